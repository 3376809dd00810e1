"""Recordings as browsers fetch them: in ranges, so that a player asks for what it plays and no more (RFC 9110, 14)."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from trenza.portals.field.fixed import IMMUTABLE

KINDS: Final = {
    "opus": "audio/ogg; codecs=opus",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "webm": "video/webm",
    "mp4": "video/mp4",
}
"""By ending. Browsers are told not to guess (nosniff): nothing that somebody recorded is ever taken for a page."""

_RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_PIECE: Final = 64 * 1024


def recording(request: HttpRequest, path: Path, kind: str) -> HttpResponseBase:
    """The whole file, or the one range that is asked for. Several ranges at once get the whole, as the RFC allows."""
    size = path.stat().st_size
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    response: HttpResponseBase
    if asked is None or not any(asked.groups()):
        response = FileResponse(path.open("rb"), content_type=kind)
    else:
        first, last = _bounds(asked[1], asked[2], size)
        if first > last:
            response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        else:
            response = StreamingHttpResponse(_pieces(path, first, last), status=206, content_type=kind)
            response.headers["Content-Length"] = str(last - first + 1)
            response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = IMMUTABLE
    return response


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte, both included; the first lies behind the last where there is nothing to give."""
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else (size, size - 1)
    return int(first), min(int(last), size - 1) if last else size - 1


def _pieces(path: Path, first: int, last: int) -> Iterator[bytes]:
    left = last - first + 1
    with path.open("rb") as file:
        file.seek(first)
        while left > 0 and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
