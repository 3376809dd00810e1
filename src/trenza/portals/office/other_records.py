"""On the page of a person: which other records are hers, and which may be."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from trenza.apps.people.api import DuplicatePair, Merge, Person, decidable_pairs, mergeable_persons, undoable_merges

MOST: Final = 10


@dataclass(frozen=True)
class OtherRecords:
    """What was made one with hers and can be undone, and the pairs that somebody must look at."""

    merges: list[Merge]
    pairs: list[DuplicatePair]


def other_records_of(person: Person, viewer: Person) -> OtherRecords | None:
    """For whoever may merge her; None for others. Three queries."""
    if not mergeable_persons.allows(viewer, person):
        return None
    merges = undoable_merges.which(viewer).filter(kept=person, undone_at=None).select_related("absorbed")
    pairs = decidable_pairs.which(viewer).filter(Q(first=person) | Q(second=person), state=DuplicatePair.State.POSSIBLE)
    return OtherRecords(
        list(merges.order_by("-at")[:MOST]), list(pairs.select_related("first", "second").order_by("pk")[:MOST])
    )
