"""On the cell: what hubs handed on and waits for somebody's look."""

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
from django.db import IntegrityError

from trenza.apps.sync.hub.taking_in import names_of
from trenza.apps.sync.models import Hub, HubDevice
from trenza.core import journal
from trenza.core.journal import Answer, Incoming
from trenza.core.models import SetAside

MOST: Final = 2_000
"""Entries that are looked at; the others come when these are decided."""
_BY_THEMSELVES: Final = "unknown_kind"


class Held(NamedTuple):
    """Entries about one person (None: about nobody) that wait for the same reason."""

    person: UUID | None
    reason: str
    number: int


def held_of(hub: Hub) -> list[Held]:
    """What waits, by person and reason. Two queries."""
    counted = Counter((entry.person, row.reason) for row, entry in _rows(hub))
    ordered = sorted(counted.items(), key=lambda item: (item[0][1], str(item[0][0])))
    return [Held(person, reason, count) for (person, reason), count in ordered]


def decide_held(*, hub: Hub, person: UUID | None, reason: str, counts: bool, by: UUID | None) -> int:
    """Take these in, or leave them out; how many. Each is decided for itself, and twice is as once. What names a row
    that is not here, such as a session that is held itself, goes on waiting."""
    decide = _take_in if counts else journal.discard
    asked = [row.pk for row, entry in _rows(hub) if (entry.person, row.reason) == (person, reason)]
    return sum(bool(decide(set_aside=pk, by=by)) for pk in asked)


def _take_in(*, set_aside: int, by: UUID | None) -> Answer | None:
    try:
        return journal.take_in(set_aside=set_aside, by=by)
    except IntegrityError:
        return None


def _rows(hub: Hub) -> Iterator[tuple[SetAside, Incoming]]:
    devices = names_of(list(HubDevice.objects.filter(hub=hub).values_list("device", flat=True)))
    rows = SetAside.objects.filter(device__in=devices, state=SetAside.State.HELD).exclude(reason=_BY_THEMSELVES)
    for row in rows.order_by("id")[:MOST]:
        yield row, msgspec.msgpack.decode(row.payload, type=Incoming)
