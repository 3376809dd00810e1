"""Addresses of the learner's portal that only a cell has: a hub has no certificates."""

from django.urls import path

from trenza.portals.learner.views import certificates, elsewhere, taking_along, wallet

urlpatterns = [
    path("mis/certificados/<uuid:credential>/", certificates.pdf, name="certificate_pdf"),
    path("mis/certificados/<uuid:credential>/insignia/", certificates.badge, name="certificate_badge"),
    path("mi/certificados/", wallet.wallet, name="learner_certificates"),
    path("mi/certificados/nombre/", wallet.name, name="certificates_name"),
    path("mi/certificados/pagina/", wallet.page, name="certificates_page"),
    path("mi/certificados/<uuid:credential>/", wallet.one, name="learner_certificate"),
    path("mis/certificados/todo/", taking_along.bundle, name="certificates_take"),
    path("mis/certificados/<uuid:credential>/credencial/", taking_along.document, name="certificate_file"),
    path("mis/certificados/<uuid:credential>/<slug:what>.svg", wallet.square, name="certificate_square"),
    path("mi/inscripciones/<uuid:enrolment>/otros-certificados/", elsewhere.elsewhere, name="elsewhere"),
    path("mi/otros-certificados/<uuid:external>/", elsewhere.file, name="elsewhere_file"),
]
