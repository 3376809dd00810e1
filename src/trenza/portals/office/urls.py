"""Every address of the office. Wagtail's own addresses are not included: its templates and menus need the names of a
few, which lead to our pages or nowhere, so that nothing of Wagtail can be opened that is not listed here."""

from django.contrib.auth.views import LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin.views.home import sprite
from wagtail.admin.views.i18n import localized_js_catalog

from trenza.apps.people.api import Permission
from trenza.core.access import public, signed_in
from trenza.portals.office.access import page
from trenza.portals.office.home import HomeView


@public
def closed(request: HttpRequest) -> HttpResponse:
    """An address whose name Wagtail's templates write down and whose page this office does not have."""
    raise Http404


OURS: list[URLPattern | URLResolver] = [
    path("", page(Permission.OFFICE_ENTER, HomeView.as_view()), name="wagtailadmin_home"),
]
WAGTAILS: list[URLPattern | URLResolver] = [
    path("salir/", signed_in(LogoutView.as_view(next_page="/")), name="wagtailadmin_logout"),
    path("iconos/", public(sprite), name="wagtailadmin_sprite"),
    path("palabras/", public(localized_js_catalog), name="wagtailadmin_javascript_catalog"),
    path("cuenta/", closed, name="wagtailadmin_account"),
    path("-/descartes/", closed, name="wagtailadmin_dismissibles"),
    path("-/paginas/", closed, name="wagtailadmin_explore_root"),
    path("-/bloques/", closed, name="wagtailadmin_block_preview"),
    path(
        "-/api/",
        include(
            (
                [
                    path(f"{kind}/", include(([path("", closed, name="listing")], kind)))
                    for kind in ("pages", "documents", "images")
                ],
                "wagtailadmin_api",
            )
        ),
    ),
]
urlpatterns = [*OURS, *WAGTAILS]
