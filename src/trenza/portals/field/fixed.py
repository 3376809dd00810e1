"""Answers that never change: what stands under an address that its content, or its version, names."""

from django.http import HttpRequest, HttpResponse

from trenza.portals.field.pages import accepts_gzip

IMMUTABLE = "public, max-age=31536000, immutable"


def answer(request: HttpRequest, plain: bytes, packed: bytes, *, kind: str, etag: str) -> HttpResponse:
    """The bytes, compressed (`packed`) for whoever can read that; 304 for whoever has them. `etag` is without quotes.

    The ETag is weak because the plain and the compressed bytes share it (RFC 9110, 8.8.1).
    """
    headers = {"ETag": f'W/"{etag}"', "Cache-Control": IMMUTABLE, "Vary": "Accept-Encoding"}
    asked = request.headers.get("If-None-Match", "")
    if f'"{etag}"' in asked or asked.strip() == "*":
        return HttpResponse(status=304, headers=headers)
    if accepts_gzip(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(packed, content_type=kind, headers={**headers, "Content-Encoding": "gzip"})
    return HttpResponse(plain, content_type=kind, headers=headers)
