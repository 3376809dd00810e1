"""On the hub: phones' sealed records on their way to the cell, unread."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import Length

from trenza.apps.sync import keeping, opening
from trenza.apps.sync.hub.errors import NoRoom
from trenza.apps.sync.models import CarriedRecord
from trenza.apps.sync.wire import MOST_ENTRIES, RecordAnswer, WireDevice
from trenza.core import clock
from trenza.core.journal import Status, action
from trenza.core.sealing import Record

MOST_BYTES: Final = 400_000
"""Of sealed records in one message."""
MOST_OF_STRANGERS: Final = 1_500
"""Records waiting here beyond which none are taken of phones that nobody knows; a cell keeps 2,000 unopened."""
MOST_BYTES_OF_STRANGERS: Final = 20_000_000
MOST_EVER_OF_STRANGERS: Final = 100_000
"""Records with those that were delivered, which stay."""


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


def carry_for_strangers(*, sealed: Sequence[WireDevice]) -> list[RecordAnswer]:
    """Keep what phones hand in that nobody here knows, as long as there is room for those that somebody does.

    Raises:
        NoRoom: see there.
    """
    here = CarriedRecord.objects.filter(delivered_at=None)
    held = here.aggregate(records=Count("pk"), size=Sum(Length("sealed"), default=0))
    records = [act for _, sessions in sealed for _, acts in sessions for act in acts]
    size = held["size"] + sum(len(sealed) for _, _, sealed in records)
    if held["records"] + len(records) > MOST_OF_STRANGERS or size > MOST_BYTES_OF_STRANGERS:
        raise NoRoom
    if CarriedRecord.objects.count() > MOST_EVER_OF_STRANGERS:
        raise NoRoom
    return carry(sealed=sealed)


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
