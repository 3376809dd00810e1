"""Addresses of the learner's portal that only a cell has: a hub has no certificates."""

from django.urls import path

from trenza.portals.learner.views import certificates

urlpatterns = [
    path("mis/certificados/<uuid:credential>/", certificates.pdf, name="certificate_pdf"),
    path("mis/certificados/<uuid:credential>/insignia/", certificates.badge, name="certificate_badge"),
]
