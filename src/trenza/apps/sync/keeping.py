"""What could not become entries is kept, sealed as it came, and tried again."""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final
from uuid import UUID

from trenza.apps.sync import judging, opening
from trenza.apps.sync.acts import NotYet, Refused
from trenza.apps.sync.judging import Outcome
from trenza.apps.sync.models import CarriedRecord, UnopenedRecord
from trenza.core import clock
from trenza.core.journal import Answer, Status, action
from trenza.core.journal.ingest import MAX_BATCH
from trenza.core.sealing import Record

MOST_KEPT: Final = 2_000
"""Records that one carrier may leave with us unopened."""
_PORTION: Final = 200


def keep(records: Sequence[Record], outcomes: Sequence[Outcome], *, carrier: UUID) -> list[Answer]:
    """Keep those that could not become entries; the answers, which hold once this returns."""
    unopened = [
        _row(record, outcome, carrier)
        for record, outcome in zip(records, outcomes, strict=True)
        if not isinstance(outcome, Answer) and opening.is_whole(record)
    ]
    if not unopened:
        return [_answer(outcome) for outcome in outcomes]
    kept = _keep(rows=unopened, carrier=carrier)
    return [
        _answer(outcome) if isinstance(outcome, Answer | Refused) or kept else Answer(Status.REFUSED, "too_many_kept")
        for outcome in outcomes
    ]


def reconsider() -> int:
    """Try what is held once more: after an upgrade, or when what it speaks of has arrived. How many were settled."""
    settled, last = 0, None
    while True:
        held = UnopenedRecord.objects.filter(state=UnopenedRecord.State.HELD).order_by("id")
        rows = _portion(list(held.filter(id__gt=last)[:_PORTION] if last else held[:_PORTION]))
        if not rows:
            return settled
        last = rows[-1].pk
        outcomes = judging.judge_all([row.record for row in rows])
        done = [row.pk for row, outcome in zip(rows, outcomes, strict=True) if isinstance(outcome, Answer)]
        settled += UnopenedRecord.objects.filter(pk__in=done).delete()[0]
        for row, outcome in zip(rows, outcomes, strict=True):
            if isinstance(outcome, Refused):
                row.state, row.reason = UnopenedRecord.State.REFUSED, outcome.reason
                row.save(update_fields=["state", "reason"])


def _portion(rows: list[UnopenedRecord]) -> list[UnopenedRecord]:
    """As many of them as one `ingest` takes."""
    entries = list(accumulate(row.count for row in rows))
    return rows[: bisect_right(entries, MAX_BATCH)]


def forget(devices: Sequence[UUID]) -> None:
    """Remove what is kept of these devices: the person whose they are is erased."""
    UnopenedRecord.objects.filter(device__in=devices).delete()
    CarriedRecord.objects.filter(device__in=devices).delete()


@action
def _keep(*, rows: Sequence[UnopenedRecord], carrier: UUID) -> bool:
    if UnopenedRecord.objects.filter(carrier=carrier).count() + len(rows) > MOST_KEPT:
        return False
    UnopenedRecord.objects.bulk_create(rows, ignore_conflicts=True)
    return True


def _row(record: Record, outcome: Refused | NotYet, carrier: UUID) -> UnopenedRecord:
    return UnopenedRecord(
        device=record.device,
        session=record.session,
        sequence=record.sequence,
        count=record.count,
        sealed=record.sealed,
        digest=digest_of(record),
        state=_answer(outcome).status.value,
        reason=outcome.reason,
        carrier=carrier,
        received_at=clock.now(),
    )


def _answer(outcome: Outcome) -> Answer:
    if isinstance(outcome, Answer):
        return outcome
    return Answer(Status.HELD if isinstance(outcome, NotYet) else Status.REFUSED, outcome.reason)


def digest_of(record: Record) -> bytes:
    """Names a record by all that it is: the same one, handed in again, is kept once."""
    numbers = record.sequence.to_bytes(8, "big") + record.count.to_bytes(2, "big")
    return hashlib.sha256(record.device.bytes + record.session + numbers + record.sealed).digest()
