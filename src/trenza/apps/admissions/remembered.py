"""A published call from memory: everybody who applies asks for the same one, on every page of its form.

A call and what it points at (programme, edition, track, form, regions) change by a definition that is loaded and by
publishing: both write an entry about nobody in the same transaction. So a call is as it was while the newest of these
is the one that was the newest *before* it was read, as with her page (docs/decisions/0022-home-from-memory.md); and for
`SECONDS` at most, for what somebody changes by hand in the database. What is taken of its seats is never here.
"""

import time
from collections.abc import Callable
from copy import copy
from typing import Final, NamedTuple

from django.conf import settings

from trenza.apps.admissions.models import Call
from trenza.core.journal import last_about_nobody

SECONDS: Final = 10
MOST: Final = 200
_Codes = tuple[str, str]


class Kept(NamedTuple):
    """A call, and when it was so."""

    stood: int
    read_at: float
    call: Call


_kept: dict[_Codes, Kept] = {}


def call_from_memory(codes: _Codes, read: Callable[[], Call | None]) -> Call | None:
    """The call of these codes (programme, call): the one in memory where it is still so, else what `read` finds.

    Everybody gets a copy of her own; what it points at is shared, and nobody changes it. On a hub definitions come
    without entries of its own, so nothing is kept.
    """
    if settings.IS_HUB:
        return read()
    stood, now = last_about_nobody(), time.monotonic()  # before reading: what is written meanwhile is read next time
    kept = _kept.get(codes)
    if kept is None or kept.stood != stood or now - kept.read_at > SECONDS:
        found = read()
        if found is None:
            return None
        if len(_kept) >= MOST:
            _kept.clear()
        kept = _kept[codes] = Kept(stood, now, found)
    call = copy(kept.call)
    vars(call)["_prefetched_objects_cache"] = dict(vars(kept.call)["_prefetched_objects_cache"])
    return call


def forget_calls() -> None:
    """Empty the memory: between tests."""
    _kept.clear()
