"""What follows from the attempts to reach somebody: each of them, named by its entry."""

from collections.abc import Sequence

from trenza.apps.accompaniment.events import ContactAttempted
from trenza.apps.accompaniment.models import Attempt
from trenza.core.journal import Line, Projection, projection


class Attempts(Projection):
    """Every attempt to reach her. A corrected one is gone."""

    name = "accompaniment.attempts"
    kinds = (ContactAttempted,)
    tables = (Attempt,)

    def apply(self, batch: Sequence[Line]) -> None:
        rows = [row for line in batch if (row := _row(line)) is not None]
        Attempt.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _row(line: Line) -> Attempt | None:
    event = line.event
    if not isinstance(event, ContactAttempted) or line.person is None or line.device is None or line.sequence is None:
        return None
    return Attempt(
        device=line.device,
        sequence=line.sequence,
        person=line.person,
        edition=line.edition,
        by=line.by,
        channel=event.channel,
        outcome=event.outcome,
        call_back_on=event.call_back_on,
        moment=line.moment,
    )


def register() -> None:
    """Register with the journal."""
    projection(Attempts)
