"""The views that belong to no portal: icons, and the name under which she sees this."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from trenza.core.access import public
from trenza.portals.field import errors
from trenza.portals.field.appearance import LOOKS, PNG_SIZES, drawing, keep_look, look_of, picture
from trenza.portals.field.origin import came_from_us
from trenza.portals.field.phone_page import PHONE

_A_WEEK = "public, max-age=604800"
_SVG = "image/svg+xml"


@public
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon of her look for whoever asks by name; our own pages carry it and do not ask."""
    headers = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
    return HttpResponse(look_of(request).svg, content_type=_SVG, headers=headers)


@public
@require_safe
def icon_drawn(request: HttpRequest, look: str) -> HttpResponse:
    """The icon of one look as SVG."""
    if look not in LOOKS:
        raise Http404
    return HttpResponse(drawing(look), content_type=_SVG, headers={"Cache-Control": _A_WEEK})


@public
@require_safe
def icon_picture(request: HttpRequest, look: str, size: int) -> HttpResponse:
    """The icon of one look as PNG, for home screens."""
    if look not in LOOKS or size not in PNG_SIZES:
        raise Http404
    return HttpResponse(picture(look, size), content_type="image/png", headers={"Cache-Control": _A_WEEK})


@public
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The web manifest, with which a phone puts this on its home screen: under the name and icon that she chose."""
    look = look_of(request)
    content = {
        "id": PHONE,
        "name": str(look.name),
        "short_name": str(look.name),
        "lang": request.LANGUAGE_CODE,
        "start_url": PHONE,
        "scope": "/",
        "display": "standalone",
        "background_color": "#fffaf2",
        "theme_color": "#fffaf2",
        "icons": look.icons,
    }
    headers = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
    return JsonResponse(content, content_type="application/manifest+json", headers=headers)


@public
@csrf_exempt  # a page that is the same for everybody has this form too, without a token; see came_from_us
@require_http_methods(["GET", "HEAD", "POST"])
def appearance(request: HttpRequest) -> HttpResponse:
    """Choose the name and icon of this on her phone. Nobody needs to be signed in: it is kept on the phone alone."""
    if request.method != "POST":
        return render(request, "field/appearance.html", {"all_looks": LOOKS.values()})
    if not came_from_us(request):
        return errors.csrf_failure(request)
    response = HttpResponseRedirect(request.path)
    keep_look(response, request.POST.get("look", ""))
    return response
