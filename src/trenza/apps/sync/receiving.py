"""Take in what a phone hands in: each record is answered for itself, after all that is written has been committed."""

from collections.abc import Sequence
from uuid import UUID

from trenza.apps.sync import judging, keeping, opening
from trenza.apps.sync.wire import RecordAnswer, WireDevice


def receive(sealed: Sequence[WireDevice], *, carrier: UUID) -> list[RecordAnswer]:
    """Take in what the profile of the device `carrier` hands in, whosever it is; one answer for each record, in order.

    What cannot become entries is kept with its reason, up to a limit; beyond it a record is refused, and stays where
    it was.
    """
    records = opening.records_of(sealed)
    outcomes = judging.judge_all(records)
    answers = keeping.keep(records, outcomes, carrier=carrier)
    return [
        RecordAnswer(record.device.hex, record.sequence, answer.status.value, str(answer.reason))
        for record, answer in zip(records, answers, strict=True)
    ]
