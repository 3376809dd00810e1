"""Addresses of the public pages that only a cell has: a hub has neither certificates nor results."""

from django.urls import path

from trenza.portals.public.views import certificates, results

urlpatterns = [
    path("certificado/", certificates.ask, name="certificate_ask"),
    path("certificado/<str:code>/", certificates.certificate, name="certificate"),
    path("programas/<slug:programme>/resultados/", results.results, name="results"),
]
