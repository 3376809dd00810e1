"""The pages of the phone itself: who shares it and what is hers, and what leaves it without a signal. They know nobody;
the phone fills them."""

import gzip
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from trenza.apps.sessions.api import Reason
from trenza.core.access import public
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.field.pages import accepts_gzip

PHONE: Final = "/telefono/"
HAND_OVER: Final = "/telefono/entregar/"
LISTS: Final = "/telefono/lista/"
CERTIFICATES: Final = "/telefono/certificados/"
PAGES: Final[Mapping[str, str]] = {
    PHONE: "field/phone/page.html",
    HAND_OVER: "field/phone/hand_over.html",
    LISTS: "field/phone/lists.html",
    CERTIFICATES: "field/phone/certificates.html",
}
"""Their templates, by address."""

# The codes of apps/programmes/strata.py; a test holds that they are these.
AGE_BANDS: Final[Mapping[str, str | Promise]] = {
    "18_24": _("18 to 24 years"),
    "25_29": _("25 to 29 years"),
    "30_39": _("30 to 39 years"),
    "40_49": _("40 to 49 years"),
    "50_59": _("50 to 59 years"),
    "60_plus": _("60 years or more"),
    "16_17": _("16 or 17 years"),
    "under_16": _("less than 16 years"),
}

_TYPE: Final = "text/html; charset=utf-8"


@public
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """The same bytes for everybody in a language, so that the worker keeps them; 304 where she has them."""
    address, language = request.path_info, translation.get_language()
    known = etag(address, language)
    headers = {"ETag": known, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if known.removeprefix("W/") in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    if accepts_gzip(request.headers.get("Accept-Encoding", "")):
        packed = _packed(address, language)
        return HttpResponse(packed, content_type=_TYPE, headers={**headers, "Content-Encoding": "gzip"})
    return HttpResponse(document(address, language), content_type=_TYPE, headers=headers)


@cache
def document(address: str, language: str) -> bytes:
    """The page, rendered once per process: without a request, so that nothing about whoever asks can be in it."""
    with translation.override(language):
        context = {
            "demonstration": demonstration_everywhere(),
            "pages_only": settings.PAGES_ONLY,
            "age_bands": AGE_BANDS.items(),
            "reasons": Reason.choices,
        }
        html = render_to_string(PAGES[address], context)
    return "\n".join(line for line in html.splitlines() if line.strip()).encode()


@cache
def etag(address: str, language: str) -> str:
    """Weak, because the plain and the compressed bytes share it (RFC 9110, 8.8.1)."""
    return f'W/"{hashlib.sha256(document(address, language)).hexdigest()[:16]}"'


@cache
def _packed(address: str, language: str) -> bytes:
    return gzip.compress(document(address, language), 9, mtime=0)
