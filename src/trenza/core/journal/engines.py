"""What the two engines do differently: locks, and rows in bulk.

Lock order, the same everywhere, so that nothing deadlocks: an action's own rows, the devices that send, the persons
that projections are about, the position lock, the journal. Nothing is touched after the journal but COMMIT.
"""

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from trenza.core.durability import without_waiting_for_the_disk

_POSITION_LOCK = 0x7472656E  # any constant: one advisory lock for all positions of a database
_DEVICE_LOCK_CLASS = 0x6465
_PERSON_LOCK_CLASS = 0x7065
_BUCKETS = 1_024
FEW = 20  # from so many rows on PostgreSQL's COPY is worth its round trips
COLUMNS = (
    "device_id", "sequence", "kind", "person", "by", "edition", "data", "happened_at", "recorded_at",
    "corrects_device", "corrects_sequence",
)  # fmt: skip
_QUOTED = ", ".join(f'"{column}"' for column in COLUMNS)
_LAST_POSITION = 'SELECT coalesce(max("position"), 0) FROM core_entry'
_AUTHORITY = "(SELECT id FROM core_device WHERE kind = 'authority')"
_LAST_SEQUENCE = f"SELECT coalesce(max(sequence), 0) FROM core_entry WHERE device_id = {_AUTHORITY}"
_STANDING = f"SELECT ({_LAST_POSITION}), {_AUTHORITY}, ({_LAST_SEQUENCE})"

Row = tuple[Any, ...]


@contextmanager
def write_turn() -> Iterator[None]:
    """Wait for the turn to write: on SQLite one file lock, taken before BEGIN, in place of the busy handler.

    The busy handler sleeps and polls (p99 of a second under load); the file lock queues.
    """
    path = _lock_path()
    if path is None or connection.in_atomic_block:
        yield
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def written_at_once() -> Iterator[None]:
    """One transaction that does not wait for the disk, but for its turn to write. Within another it is a part of that
    which can be undone. It writes no entries: what does is an action."""
    with without_waiting_for_the_disk(), write_turn(), transaction.atomic():
        yield


def lock_devices(devices: Iterable[int]) -> None:
    """Let nobody else take in entries of these devices (UUIDs as numbers) until this transaction ends."""
    _lock(_DEVICE_LOCK_CLASS, devices)


def lock_persons(persons: Iterable[int]) -> None:
    """Let nobody else project about these persons (UUIDs as numbers) until this transaction ends."""
    _lock(_PERSON_LOCK_CLASS, persons)


def _lock(lock_class: int, ids: Iterable[int]) -> None:
    """One lock for each 1,024th of all ids, in order: thousands at once stay within the server's table of locks."""
    buckets = sorted({each % _BUCKETS for each in ids})
    if buckets and connection.vendor == "postgresql":
        rows = ", ".join(f"({bucket})" for bucket in buckets)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock({lock_class}, bucket) FROM (VALUES {rows}) AS t (bucket)")


def insert(numbered: Sequence[Row], own: Sequence[Row]) -> None:
    """Give positions and write, as the transaction's last act: rows in the order of `COLUMNS`, then rows of this
    server's own device, which lack device and sequence and continue its sequence.

    From here to COMMIT this transaction alone gives positions, so that they commit in order.
    """
    if connection.vendor == "postgresql":
        _insert_on_postgresql(numbered, own)
    else:
        _insert_on_sqlite(numbered, own)


def _insert_on_sqlite(numbered: Sequence[Row], own: Sequence[Row]) -> None:
    """BEGIN IMMEDIATE was the lock."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        cursor.executemany(
            f'INSERT INTO core_entry ("position", {_QUOTED}) VALUES ({_marks(len(COLUMNS) + 1)})',
            list(_positioned(numbered, own, *cursor.fetchone())),
        )


def _insert_on_postgresql(numbered: Sequence[Row], own: Sequence[Row]) -> None:
    """Everybody waits for who holds the lock, so a small action takes it, writes and commits in one round trip.

    Of several statements in a round trip each sees what was committed before it began: what held the lock before.
    """
    lock = f"SELECT pg_advisory_xact_lock({_POSITION_LOCK})"
    with connection.cursor() as cursor:
        if not numbered and len(own) < FEW:
            one = f"(({_LAST_POSITION}) + %s, {_AUTHORITY}, ({_LAST_SEQUENCE}) + %s, {_marks(len(COLUMNS) - 2)})"
            cursor.execute(
                f'{lock}; INSERT INTO core_entry ("position", {_QUOTED}) VALUES {", ".join([one] * len(own))}{_end()}',
                [value for n, row in enumerate(own, 1) for value in (n, n, *row)],
            )
            return
        cursor.execute(f"{lock}; {_STANDING}")
        cursor.nextset()
        rows = _positioned(numbered, own, *cursor.fetchone())
        with cursor.copy(f'COPY core_entry ("position", {_QUOTED}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)


def _positioned(
    numbered: Sequence[Row], own: Sequence[Row], position: int, device: int, sequence: int
) -> Iterator[Row]:
    """Whole rows, after the last `position` and this server's `device` and its last `sequence`."""
    rows = chain(numbered, ((device, n, *row) for n, row in enumerate(own, sequence + 1)))
    return ((n, *row) for n, row in enumerate(rows, position + 1))


def _end() -> str:
    """COMMIT in the same round trip, where this transaction is Django's outermost: the lock is held no longer.

    Django then finds nothing left to commit. An error, of the commit too, is raised here, and it rolls back.
    """
    return "; COMMIT" if len(connection.atomic_blocks) == 1 else ""


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)


class Driver(NamedTuple):
    """How this engine's driver takes values. Ask once a batch: asking Django each time costs more than the work."""

    uuid: Callable[[UUID], Any]
    read_uuid: Callable[[Any], Any]  # what a query returns, in the form that `uuid` gives
    moment: Callable[[datetime], Any]
    day: Callable[[date], Any]

    def optional(self, value: UUID | None) -> Any:
        """A UUID or NULL."""
        return None if value is None else self.uuid(value)


def _same(value: Any) -> Any:
    return value


def _text(value: datetime) -> str:
    """Django's own form on SQLite: naive, in UTC."""
    return str(value if value.tzinfo is UTC else value.astimezone(UTC))[: -len("+00:00")]


_DRIVERS = {
    # Text and bytes rather than UUID, whose hash and comparison are slow.
    "postgresql": Driver(uuid=attrgetter("hex"), read_uuid=attrgetter("hex"), moment=_same, day=_same),
    "sqlite": Driver(uuid=attrgetter("bytes"), read_uuid=_same, moment=_text, day=date.isoformat),
}


def driver() -> Driver:
    """The driver's forms of values, for raw SQL."""
    return _DRIVERS[connection.vendor]


def any_of(column: str, values: Iterable[int]) -> str:
    """SQL for `column IN values`, however many there are: written out, for a driver is slow with long arrays.

    Numbers without a gap, the common case, are a range: one look into an index in place of one for each.
    """
    numbers = {int(value) for value in values}
    first, last = min(numbers), max(numbers)
    if last - first + 1 == len(numbers):
        return f"{column} BETWEEN {first} AND {last}"
    return f"{column} IN ({', '.join(map(str, numbers))})"


def _lock_path() -> str | None:
    if connection.vendor != "sqlite":
        return None
    name = str(connection.settings_dict["NAME"])
    return None if ":memory:" in name or "mode=memory" in name else f"{name}.writing"
