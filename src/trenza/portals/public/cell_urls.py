"""Addresses of the public pages that only a cell has: a hub has neither certificates nor results."""

from django.urls import path

from trenza.portals.public.views import certificates, issuers, results, showcase, verify

urlpatterns = [
    path("certificado/", certificates.ask, name="certificate_ask"),
    path("certificado/<str:code>/", certificates.certificate, name="certificate"),
    path("certificado/<str:code>/credencial/", certificates.document, name="certificate_document"),
    path("verificar/", verify.check, name="verify"),
    path("verificar/llaves.json", verify.keys, name="verify_keys"),
    path("V/", verify.check, name="verify_code"),
    path("v/", verify.check, name="verify_typed"),
    path("certificados-de/<str:code>/", showcase.showcase, name="showcase"),
    path("emisores/<slug:programme>/<slug:organisation>/did.json", issuers.keys, name="issuer_keys"),
    path("estado/<uuid:status_list>/<slug:purpose>/", issuers.status, name="status_list"),
    path("programas/<slug:programme>/resultados/", results.results, name="results"),
]
