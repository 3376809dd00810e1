"""On the hub: phones' sealed records on their way to the cell, unread."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from trenza.apps.sync import keeping, opening
from trenza.apps.sync.models import CarriedRecord
from trenza.apps.sync.wire import MOST_ENTRIES, RecordAnswer, WireDevice
from trenza.core import clock
from trenza.core.journal import Status, action
from trenza.core.sealing import Record

MOST_BYTES: Final = 400_000
"""Of sealed records in one message."""


@action
def carry(*, sealed: Sequence[WireDevice]) -> list[RecordAnswer]:
    """Keep what a phone hands in until the cell has it; one answer for each record, in order, once this returns.

    Whole ones are *held*: safe with us, and the cell decides what they become. Others never were records.
    """
    records = opening.records_of(sealed)
    now = clock.now()
    CarriedRecord.objects.bulk_create(
        [_row(record, now) for record in records if opening.is_whole(record)], ignore_conflicts=True
    )
    return [
        RecordAnswer(record.device.hex, record.sequence, Status.HELD.value, "on_its_way")
        if opening.is_whole(record)
        else RecordAnswer(record.device.hex, record.sequence, Status.REFUSED.value, "malformed")
        for record in records
    ]


def waiting(*, most: int) -> list[CarriedRecord]:
    """The next records that the cell does not have, in the order in which they came; about `MOST_BYTES` at most."""
    found: list[CarriedRecord] = []
    size = entries = 0
    for row in CarriedRecord.objects.filter(delivered_at=None).order_by("id")[:most]:
        size += len(row.sealed)
        entries += row.count
        if found and (size > MOST_BYTES or entries > MOST_ENTRIES):
            break
        found.append(row)
    return found


def as_sent(rows: Sequence[CarriedRecord]) -> list[WireDevice]:
    """As they travel."""
    grouped: dict[UUID, dict[bytes, list[tuple[int, int, bytes]]]] = {}
    for row in rows:
        sessions = grouped.setdefault(row.device, {})
        sessions.setdefault(bytes(row.session), []).append((row.sequence, row.count, bytes(row.sealed)))
    return [(device.bytes, list(sessions.items())) for device, sessions in grouped.items()]


def _row(record: Record, now: datetime) -> CarriedRecord:
    return CarriedRecord(
        device=record.device, session=record.session, sequence=record.sequence, count=record.count,
        sealed=record.sealed, digest=keeping.digest_of(record), received_at=now,
    )  # fmt: skip
