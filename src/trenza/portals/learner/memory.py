"""Her page from memory: rendered once, then sent again for as long as nothing that stands on it has changed.

What it shows are rows, and rows change in the transaction that writes an entry of the journal: about her, or, for
definitions and courses, about nobody. So a page is good while the newest entry of each is the one that was the newest
*before* the page was rendered, and while it is the same day, for rests end by date. That is one query
(docs/decisions/0022-home-from-memory.md). What can change without an entry may not be on a page that is kept here.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import Final, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from trenza.apps.people.api import Person, is_bound
from trenza.core import clock
from trenza.core.journal import Standing, standing
from trenza.portals.field.appearance import look_of
from trenza.portals.field.pages import accepts_gzip

ROOM: Final = 16 * 1024 * 1024
"""Bytes of pages that a process keeps, compressed: those of some 4,000 women."""


class Key(NamedTuple):
    """Whose page, and what else decides its bytes: everything of the request that its templates read."""

    person: UUID
    language: str
    look: str
    bound: bool


class Kept(NamedTuple):
    """A page, and when it was true."""

    stood: Standing
    day: date
    packed: bytes


_kept: OrderedDict[Key, Kept] = OrderedDict()
_lock = Lock()
_used = 0


def answer(request: HttpRequest, person: Person, render: Callable[[], HttpResponse]) -> HttpResponse:
    """Her page: the one in memory where it is still true, else what `render` makes, which is then kept.

    A page that shows a message, or was asked for with a query (its form leads back to it), is made for this once.
    """
    if request.META.get("QUERY_STRING") or len(messages.get_messages(request)):
        return render()
    key = Key(person.pk, request.LANGUAGE_CODE, look_of(request).code, is_bound(request))
    # Before rendering: what is written meanwhile may be on the page or not, and the next request makes it anew.
    stood, day = standing(person.pk), clock.now().date()
    kept = _kept.get(key)
    if kept is None or kept[:2] != (stood, day):
        response = render()
        _keep(key, Kept(stood, day, gzip.compress(response.content, 6, mtime=0)))
        return response
    return _sent(request, kept.packed)


def forget_all() -> None:
    """Empty the memory: between tests."""
    global _used
    with _lock:
        _kept.clear()
        _used = 0


def _sent(request: HttpRequest, packed: bytes) -> HttpResponse:
    if not accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        return HttpResponse(gzip.decompress(packed))
    return HttpResponse(packed, headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})


def _keep(key: Key, page: Kept) -> None:
    """The page that was made longest ago leaves when there is no room."""
    global _used
    with _lock:
        _drop(key)
        _kept[key] = page
        _used += len(page.packed)
        while _used > ROOM and len(_kept) > 1:
            _drop(next(iter(_kept)))


def _drop(key: Key) -> None:
    global _used
    page = _kept.pop(key, None)
    if page is not None:
        _used -= len(page.packed)
