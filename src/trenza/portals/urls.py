"""Every address, portal by portal."""

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("trenza.portals.field.urls")),
    path("", include("trenza.portals.api.urls")),
    path("", include("trenza.portals.public.sign_in_urls")),
    path("", include("trenza.portals.public.urls")),
    path("", include("trenza.portals.learner.urls")),
    path("", include("trenza.portals.trainer.urls")),
]
if apps.is_installed("trenza.apps.impact"):  # a hub leaves certificates and results to its cell
    urlpatterns += [
        path("", include("trenza.portals.public.cell_urls")),
        path("", include("trenza.portals.learner.cell_urls")),
    ]
if apps.is_installed("trenza.portals.office"):
    urlpatterns += [path("oficina/", include("trenza.portals.office.urls"))]
handler400 = "trenza.portals.field.errors.bad_request"
handler403 = "trenza.portals.field.errors.forbidden"
handler404 = "trenza.portals.field.errors.not_found"
handler500 = "trenza.portals.field.errors.server_error"
