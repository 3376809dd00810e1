"""The pages of the phone itself: who shares it and what is hers, and what leaves it without a signal. They know nobody;
the phone fills them."""

import gzip
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from trenza.core.access import public
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.field.pages import accepts_gzip

PHONE: Final = "/telefono/"
HAND_OVER: Final = "/telefono/entregar/"
PAGES: Final[Mapping[str, str]] = {PHONE: "field/phone/page.html", HAND_OVER: "field/phone/hand_over.html"}
"""Their templates, by address."""

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
        context = {"demonstration": demonstration_everywhere()}
        html = render_to_string(PAGES[address], context)
    return "\n".join(line for line in html.splitlines() if line.strip()).encode()


@cache
def etag(address: str, language: str) -> str:
    """Weak, because the plain and the compressed bytes share it (RFC 9110, 8.8.1)."""
    return f'W/"{hashlib.sha256(document(address, language)).hexdigest()[:16]}"'


@cache
def _packed(address: str, language: str) -> bytes:
    return gzip.compress(document(address, language), 9, mtime=0)
