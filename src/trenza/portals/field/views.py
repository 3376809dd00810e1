"""The one view that belongs to no portal."""

from django.http import HttpRequest, HttpResponse

from trenza.core.access import public
from trenza.portals.field import inline


@public
def favicon(request: HttpRequest) -> HttpResponse:
    """Our icon for whoever asks by name; our own pages carry it and do not ask."""
    return HttpResponse(
        inline.ICON_SVG, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=604800, immutable"}
    )
