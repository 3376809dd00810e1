"""Addresses of the learner's portal that only a cell has: a hub has no certificates."""

from django.urls import path

from trenza.portals.learner.views import certificates, elsewhere

urlpatterns = [
    path("mis/certificados/<uuid:credential>/", certificates.pdf, name="certificate_pdf"),
    path("mi/inscripciones/<uuid:enrolment>/otros-certificados/", elsewhere.elsewhere, name="elsewhere"),
    path("mi/otros-certificados/<uuid:external>/", elsewhere.file, name="elsewhere_file"),
]
