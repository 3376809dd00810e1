"""Answers of the phone's addresses: JSON, never cached; an error is `{"error": code}`."""

import gzip
from typing import Any, Final

import msgspec
from django.http import HttpRequest, HttpResponse

from trenza.portals.field.pages import accepts_gzip

_WORTH_PACKING: Final = 400
_QUICK: Final = 3


def answer(request: HttpRequest, content: Any, *, status: int = 200) -> HttpResponse:
    """What msgspec makes of `content`, compressed where her browser takes it and it is worth it."""
    body = msgspec.json.encode(content)
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if len(body) > _WORTH_PACKING and accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        body = gzip.compress(body, _QUICK, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return HttpResponse(body, status=status, content_type="application/json", headers=headers)


def refuse(status: int, code: str, *, retry_after: int | None = None, **more: Any) -> HttpResponse:
    """An error: what a script reads is the code. `retry_after` in seconds, for 429 and 503."""
    response = HttpResponse(
        msgspec.json.encode({"error": code, **more}), status=status, content_type="application/json"
    )
    response.headers["Cache-Control"] = "no-store"
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response
