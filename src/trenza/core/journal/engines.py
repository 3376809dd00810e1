"""What the two engines do differently: locks, and rows in bulk.

Lock order, the same everywhere, so that nothing deadlocks: an action's own rows, the devices that send, the persons
that projections are about, the position lock, the journal. Nothing is touched after the journal but COMMIT.
"""

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from trenza.core import bulk

_POSITION_LOCK = 0x7472656E  # any constant: one advisory lock for all positions of a database
_DEVICE_LOCK_CLASS = 0x6465
_PERSON_LOCK_CLASS = 0x7065
_BUCKETS = 1_024
COLUMNS = (
    "device_id", "sequence", "kind", "person", "by", "edition", "data", "happened_at", "recorded_at",
    "corrects_device", "corrects_sequence",
)  # fmt: skip
_QUOTED = ", ".join(f'"{column}"' for column in COLUMNS)

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


def lock_devices(devices: Iterable[UUID]) -> None:
    """Let nobody else take in entries of these devices until this transaction ends."""
    _lock(_DEVICE_LOCK_CLASS, devices)


def lock_persons(persons: Iterable[UUID]) -> None:
    """Let nobody else project about these persons until this transaction ends."""
    _lock(_PERSON_LOCK_CLASS, persons)


def _lock(lock_class: int, ids: Iterable[UUID]) -> None:
    """One lock for each 1,024th of all ids, in order: thousands at once stay within the server's table of locks."""
    buckets = sorted({each.int % _BUCKETS for each in ids})
    if buckets and connection.vendor == "postgresql":
        rows = ", ".join(f"({bucket})" for bucket in buckets)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_xact_lock({lock_class}, bucket) FROM (VALUES {rows}) AS t (bucket)")


def lock_positions() -> int | None:
    """From here to COMMIT this transaction alone gives positions, so that they commit in order.

    The row of this server's own device is read on the way (None if it has none yet): one round trip less.
    """
    lock = f", pg_advisory_xact_lock({_POSITION_LOCK})" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT (SELECT id FROM core_device WHERE kind = 'authority'){lock}")
        device: int | None = cursor.fetchone()[0]
    return device


def insert_numbered(rows: Sequence[Row]) -> int:
    """Insert journal rows whose device and sequence are known; the position before the first is returned."""
    if connection.vendor == "postgresql" and len(rows) >= bulk.FEW:
        return _copy(rows)
    last = _last_position()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            values = ", ".join(["(" + ", ".join(["%s"] * (len(COLUMNS) + 1)) + ")"] * len(rows))
            parameters = [value for n, row in enumerate(rows, last + 1) for value in (n, *row)]
            cursor.execute(
                f'INSERT INTO core_entry ("position", {_QUOTED}) VALUES {values}',
                parameters,
            )
        else:
            marks = ", ".join(["%s"] * (len(COLUMNS) + 1))
            cursor.executemany(
                f'INSERT INTO core_entry ("position", {_QUOTED}) VALUES ({marks})',
                [(n, *row) for n, row in enumerate(rows, last + 1)],
            )
    return last


def insert_own(device: int, rows: Sequence[Row]) -> None:
    """Insert rows of this server's own device (`rows` lack device and sequence): it continues its sequence."""
    rest = ", ".join(["%s"] * (len(COLUMNS) - 2))
    if connection.vendor == "postgresql":
        one = (
            '((SELECT coalesce(max("position"), 0) FROM core_entry) + %s, %s, '
            f"(SELECT coalesce(max(sequence), 0) FROM core_entry WHERE device_id = %s) + %s, {rest})"
        )
        parameters = [value for n, row in enumerate(rows, 1) for value in (n, device, device, n, *row)]
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO core_entry ("position", {_QUOTED}) VALUES {", ".join([one] * len(rows))}',
                parameters,
            )
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(sequence), 0) FROM core_entry WHERE device_id = %s",
            [device],
        )
        last = cursor.fetchone()[0]
    insert_numbered([(device, sequence, *row) for sequence, row in enumerate(rows, last + 1)])


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
    """SQL for `column IN values`, however many there are: written out, for a driver is slow with long arrays."""
    return f"{column} IN ({', '.join(str(int(value)) for value in values)})"


def _copy(rows: Sequence[Row]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS core_entry_incoming (n bigint, device_id bigint, sequence bigint, "
            'kind text, person uuid, "by" uuid, edition uuid, data jsonb, happened_at timestamptz, '
            "recorded_at timestamptz, corrects_device uuid, corrects_sequence bigint) ON COMMIT DELETE ROWS; "
            "DELETE FROM core_entry_incoming"
        )
        with cursor.copy(f"COPY core_entry_incoming (n, {_QUOTED}) FROM STDIN") as copy:
            for n, row in enumerate(rows, 1):
                copy.write_row((n, *row))
        last = _last_position()
        cursor.execute(
            f'INSERT INTO core_entry ("position", {_QUOTED}) SELECT n + %s, {_QUOTED} FROM core_entry_incoming '
            "ORDER BY n",
            [last],
        )
    return last


def _last_position() -> int:
    with connection.cursor() as cursor:
        cursor.execute('SELECT coalesce(max("position"), 0) FROM core_entry')
        return int(cursor.fetchone()[0])


def _lock_path() -> str | None:
    if connection.vendor != "sqlite":
        return None
    name = str(connection.settings_dict["NAME"])
    return None if ":memory:" in name or "mode=memory" in name else f"{name}.writing"
