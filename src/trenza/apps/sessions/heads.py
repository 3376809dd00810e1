"""Which mark holds: the heads of a person in a session, and what comes of them (docs/decisions/0023)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple, cast
from uuid import UUID

from trenza.apps.sessions import events
from trenza.apps.sessions.models import Mark, MarkKind, Reason, Settlement
from trenza.apps.sessions.rules import Pair

MARKS: Final = tuple(MarkKind.values)
"""In the order of the numbers in which phones send them."""
REASONS: Final = ("", *Reason.values)
"""Likewise; 0 is not said."""
CAME: Final = frozenset({MarkKind.PRESENT.value, MarkKind.LATE.value})


class Head(NamedTuple):
    """A mark that nobody corrected, named by its entry."""

    device: UUID
    sequence: int
    mark: str
    marker: UUID | None
    moment: datetime

    @property
    def identity(self) -> tuple[UUID, int]:
        return self.device, self.sequence


@dataclass(frozen=True)
class Standing:
    """How one person stands in one session: the mark that holds, None where the heads are in conflict. `settled` is
    whether somebody decided it."""

    mark: str | None
    heads: tuple[Head, ...]
    settled: bool = False

    @property
    def conflict(self) -> bool:
        """Whether the marks disagree and nobody has settled that."""
        return self.mark is None

    @property
    def came(self) -> bool:
        """Whether she was there, beyond doubt."""
        return self.mark in CAME


def as_mark(value: str) -> events.Mark:
    """The same, as an event has it.

    Raises:
        ValueError: no such mark.
    """
    return cast("events.Mark", MarkKind(value).value)


def standings(sessions: Collection[UUID], persons: Collection[UUID] | None = None) -> dict[Pair, Standing]:
    """How everybody stands who was marked in these sessions, or of these persons only. Two queries."""
    marks = Mark.objects.filter(session__in=sessions, superseded=False).order_by("moment", "device", "sequence")
    settled = Settlement.objects.filter(session__in=sessions).order_by("at", "id")
    if persons is not None:
        marks, settled = marks.filter(person__in=persons), settled.filter(person__in=persons)
    heads: dict[Pair, list[Head]] = defaultdict(list)
    columns = ("session", "person", "device", "sequence", "mark", "marker", "moment")
    for session, person, *rest in marks.values_list(*columns):
        heads[session, person].append(Head(*rest))
    decisions: dict[Pair, list[Settlement]] = defaultdict(list)
    for settlement in settled:
        decisions[settlement.session_id, settlement.person].append(settlement)
    return {pair: resolved(found, decisions[pair]) for pair, found in heads.items()}


def resolved(heads: Sequence[Head], settlements: Iterable[Settlement]) -> Standing:
    """What holds of these heads. A settlement holds while every head is one of those that it saw; the last counts."""
    current = {head.identity for head in heads}
    for settlement in reversed(list(settlements)):
        if current <= {(UUID(device), sequence) for device, sequence in settlement.heads}:
            return Standing(settlement.mark, tuple(heads), settled=True)
    marks = {head.mark for head in heads}
    return Standing(marks.pop() if len(marks) == 1 else None, tuple(heads))
