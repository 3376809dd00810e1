"""What follows from the marks of attendance: each mark, and whether a later one of the same marker corrects it.

Whoever else disagrees does not correct: both marks stay, and are a conflict (heads.py). So this projection is given
corrected entries too, and says itself which are superseded. A correction may arrive before what it corrects.
"""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from trenza.apps.sessions.events import AttendanceMarked
from trenza.apps.sessions.models import Mark
from trenza.core.journal import Line, Projection, projection


class Marks(Projection):
    """Every mark, by the entry that made it."""

    name = "sessions.marks"
    kinds = (AttendanceMarked,)
    tables = (Mark,)
    keeps_corrected = True

    def apply(self, batch: Sequence[Line]) -> None:
        rows = [row for line in batch if (row := _row(line)) is not None]
        Mark.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        for persons in _in_portions({row.person for row in rows}):
            standing = Mark.objects.filter(person__in=persons, superseded=False)
            standing.filter(Exists(_corrections())).update(superseded=True)


def _row(line: Line) -> Mark | None:
    event = line.event
    if not isinstance(event, AttendanceMarked) or line.person is None or line.device is None or line.sequence is None:
        return None
    device, sequence = line.corrects or (None, None)
    return Mark(
        device=line.device,
        sequence=line.sequence,
        session=event.session,
        person=line.person,
        mark=event.mark,
        marker=line.by,
        moment=line.moment,
        corrects_device=device,
        corrects_sequence=sequence,
    )


def _corrections() -> QuerySet[Mark]:
    """Marks that correct one: by the same marker, of the same person in the same session."""
    return Mark.objects.filter(
        corrects_device=OuterRef("device"),
        corrects_sequence=OuterRef("sequence"),
        marker=OuterRef("marker"),
        session=OuterRef("session"),
        person=OuterRef("person"),
    )


def _in_portions(persons: Collection[UUID], size: int = 500) -> Iterator[list[UUID]]:
    ordered = sorted(persons)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def register() -> None:
    """Register with the journal."""
    projection(Marks)
