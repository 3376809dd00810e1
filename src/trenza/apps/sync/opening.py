"""Records become acts: opened with the secret of whose device it is, and read."""

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from trenza.apps.sync.acts import Act, NotYet, Refused
from trenza.apps.sync.owners import Owner
from trenza.apps.sync.wire import WireDevice
from trenza.core import sealing
from trenza.core.journal.ingest import MAX_SEQUENCE
from trenza.core.sealing import Record

MOST_SEALED: Final = 65_536
"""Bytes of one sealed act."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Opened(NamedTuple):
    """A record, and the act within."""

    code: str
    act: Act


class _Plain(msgspec.Struct, array_like=True, frozen=True):
    at: int | float
    act: str
    payload: msgspec.Raw


_decoder = msgspec.msgpack.Decoder(_Plain)


def records_of(sealed: Iterable[WireDevice]) -> list[Record]:
    """The records of a body, in its order."""
    return [
        Record(device, session, sequence, count, act)
        for raw, sessions in sealed
        for device in [UUID(bytes=raw)]
        for session, records in sessions
        for sequence, count, act in records
    ]


def is_whole(record: Record) -> bool:
    """Whether it has the form of a record; what has not never was one."""
    return (
        len(record.session) == sealing.PUBLIC_BYTES
        and len(record.sealed) <= MOST_SEALED
        and 0 < record.count <= sealing.MOST_ENTRIES
        and 0 < record.sequence <= MAX_SEQUENCE - record.count
    )


def open_all(records: Sequence[Record], owners: dict[UUID, Owner]) -> list[Opened | Refused | NotYet]:
    """Each record opened, or why not."""
    return [_open(record, owners.get(record.device)) for record in records]


def _open(record: Record, owner: Owner | None) -> Opened | Refused | NotYet:
    if not is_whole(record):
        return Refused("malformed")
    if owner is None:
        return Refused("unknown_device")
    if owner.secret is None:
        return NotYet("secret_lost")
    try:
        plain = _decoder.decode(sealing.open_record(record, secret=owner.secret))
        at = _moment(plain.at)
    except sealing.CannotOpen:
        return Refused("cannot_open")
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return Refused("malformed")
    if at is None:
        return Refused("bad_time")
    return Opened(plain.act, Act(owner.person, record.device, at, plain.payload))


def _moment(milliseconds: float) -> datetime | None:
    if not math.isfinite(milliseconds):
        return None
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None
