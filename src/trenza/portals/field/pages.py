"""Lesson pages from memory: the first middleware, so that a lesson costs a look-up and nothing else.

The view that builds a lesson calls `remember(request.path_info, document)` and returns `answer(request, page)`; from
then on this process answers that path without a query, a session or a template. A path names an immutable version of a
course, so what is remembered stays true as long as the process lives.

Trap: being first, this runs before the check of the host's name and before the redirect to https. Public bytes
need no host; where https is demanded, plain requests are passed on to be redirected.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from trenza.portals.field import csp

LESSONS: Final = "/lecciones/"
ROOM: Final = 16 * 1024 * 1024
"""Bytes of documents that a process keeps, plain and compressed: some 600 lessons."""


class Page(NamedTuple):
    """A document ready to send: its bytes, the same compressed, and the headers that go with each."""

    etag: str
    plain: bytes
    packed: bytes
    plain_headers: dict[str, str]
    packed_headers: dict[str, str]
    unchanged_headers: dict[str, str]


_pages: OrderedDict[str, Page] = OrderedDict()
_lock = Lock()
_used = 0


def make_page(document: bytes, policy: str = csp.LESSON_POLICY) -> Page:
    """Compress a document once and write its headers, its Content-Security-Policy among them.

    The ETag is weak because the plain and the compressed bytes share it (RFC 9110, 8.8.1). `no-cache` lets a phone
    keep the page and asks it to revalidate, so a new shell arrives with the next visit and costs 304 otherwise.
    """
    etag = f'W/"{hashlib.sha256(document).hexdigest()[:16]}"'
    packed = gzip.compress(document, 9, mtime=0)
    unchanged = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    common = {
        **unchanged,
        **csp.HEADERS,
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy,
    }
    seconds = settings.SECURE_HSTS_SECONDS
    if seconds:
        common["Strict-Transport-Security"] = f"max-age={seconds}"
    return Page(
        etag=etag,
        plain=document,
        packed=packed,
        plain_headers={**common, "Content-Length": str(len(document))},
        packed_headers={**common, "Content-Encoding": "gzip", "Content-Length": str(len(packed))},
        unchanged_headers=unchanged,
    )


def remember(path: str, document: bytes, policy: str = csp.LESSON_POLICY) -> Page:
    """Keep a lesson's document under its path (`request.path_info`); the oldest leave when there is no room."""
    global _used
    page = make_page(document, policy)
    with _lock:
        _drop(path)
        _pages[path] = page
        _used += _weight(page)
        while _used > ROOM and len(_pages) > 1:
            _drop(next(iter(_pages)))
    return page


def forget_all() -> None:
    """Empty the memory: after courses were replaced in this process, and between tests."""
    for path in list(_pages):
        with _lock:
            _drop(path)


def answer(request: HttpRequest, page: Page) -> HttpResponse:
    """The page for a GET or HEAD: 304 when she has it, compressed when her browser can, in full otherwise."""
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if asked and (page.etag[2:] in asked or asked.strip() == "*"):
        return HttpResponse(status=304, headers=page.unchanged_headers)
    if accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        content, headers = page.packed, page.packed_headers
    else:
        content, headers = page.plain, page.plain_headers
    return HttpResponse(b"" if request.method == "HEAD" else content, headers=headers)


@lru_cache(maxsize=256)
def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header allows gzip (RFC 9110, 12.5.3: `q=0` forbids)."""
    weights: dict[str, bool] = {}
    for part in header.lower().split(","):
        name, _, quality = part.partition(";")
        digits = quality.strip().removeprefix("q=")
        weights[name.strip()] = not quality or bool(digits.strip("0."))
    return weights.get("gzip", weights.get("*", False))


class LessonPages:
    """First middleware: answers the lessons that this process remembers, and hands everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.only_https = bool(settings.SECURE_SSL_REDIRECT)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        page = _pages.get(request.path_info)
        if page is None or request.method not in ("GET", "HEAD") or (self.only_https and not request.is_secure()):
            return self.get_response(request)
        return answer(request, page)


def _weight(page: Page) -> int:
    return len(page.plain) + len(page.packed)


def _drop(path: str) -> None:
    global _used
    page = _pages.pop(path, None)
    if page is not None:
        _used -= _weight(page)
