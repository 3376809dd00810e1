"""What happened elsewhere to those who come to a centre goes down to its hub as entries, and the hub's projections say
the same of her as the cell's. A row is what one woman did, in columns (`entries_wire.py`), some entries at a time."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

from trenza.apps.sync.hub import registry, taking_in
from trenza.apps.sync.hub.entries_wire import pack, unpack
from trenza.apps.sync.hub.registry import HubPlace, Lazy, register_hub_table
from trenza.apps.sync.models import HubDevice
from trenza.core import journal
from trenza.core.journal import Incoming, as_incoming, ingest

AT_ONCE: Final = 400
"""Entries in a row: some 6 KB."""
_NUMBER: Final = 4


def register() -> None:
    """Register with the engine."""
    register_hub_table("sync.entries", rows, apply, apart=True)


def rows(place: HubPlace) -> Iterator[tuple[bytes, Any]]:
    """The entries of each person on the roster that are not the hub's own, in portions. Portions that are full never
    change. Two queries, and one for each 500 persons."""
    own = HubDevice.objects.filter(hub=place.hub).values_list("device", flat=True)
    ours = taking_in.names_of(list(own))
    hers: dict[UUID, list[Incoming]] = {}
    for line in journal.about(place.persons, kinds=registry.hub_kinds_down()):
        if line.person is not None and line.device is not None and line.device not in ours:
            hers.setdefault(line.person, []).append(as_incoming(line))
    for person, entries in hers.items():
        for number, start in enumerate(range(0, len(entries), AT_ONCE)):
            portion = entries[start : start + AT_ONCE]
            last = portion[-1]
            tag = b"%d %s %d" % (len(portion), last.device.bytes, last.sequence)
            yield person.bytes + number.to_bytes(_NUMBER, "big"), Lazy(tag, partial(pack, portion))


def apply(upserts: Sequence[tuple[bytes, Any]], _: Sequence[bytes]) -> None:
    """Take them in; those that are here already change nothing. What happened stays, also where she has left."""
    for _key, packed in upserts:
        ingest(unpack(packed))
