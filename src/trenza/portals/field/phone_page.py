"""The page of the phone itself: who shares it, and what is hers. It knows nobody; the phone fills it."""

import gzip
import hashlib
from functools import cache
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from trenza.core.access import public
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.field.pages import accepts_gzip

_TYPE: Final = "text/html; charset=utf-8"


@public
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """The same bytes for everybody in a language, so that the worker keeps them; 304 where she has them."""
    language = translation.get_language()
    headers = {"ETag": etag(language), "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if etag(language).removeprefix("W/") in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    if accepts_gzip(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(_packed(language), content_type=_TYPE, headers={**headers, "Content-Encoding": "gzip"})
    return HttpResponse(document(language), content_type=_TYPE, headers=headers)


@cache
def document(language: str) -> bytes:
    """The page, rendered once per process: without a request, so that nothing about whoever asks can be in it."""
    with translation.override(language):
        context = {"demonstration": demonstration_everywhere()}
        html = render_to_string("field/phone/page.html", context)
    return "\n".join(line for line in html.splitlines() if line.strip()).encode()


@cache
def etag(language: str) -> str:
    """Weak, because the plain and the compressed bytes share it (RFC 9110, 8.8.1)."""
    return f'W/"{hashlib.sha256(document(language)).hexdigest()[:16]}"'


@cache
def _packed(language: str) -> bytes:
    return gzip.compress(document(language), 9, mtime=0)
