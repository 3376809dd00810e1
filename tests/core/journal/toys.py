"""Kinds and handlers for the journal's own tests."""

from uuid import UUID

from trenza.core.journal import Code, Decision, Line, Observation, action, kind, reaction, record
from trenza.core.models import Cursor


@kind("toys.seen.v1")
class Seen(Observation, frozen=True):
    number: int


@kind("toys.chosen.v1")
class Chosen(Decision, frozen=True):
    number: int
    why: Code = "because"


@kind("toys.followed.v1")
class Followed(Decision, frozen=True):
    number: int


@action
def choose(*, number: int, about: UUID | None = None) -> None:
    record(Chosen(number=number), by=None, about=about)


FAILING: set[int] = set()


class ToyError(Exception):
    """Text that must never be stored: ana@example.org"""


@reaction("toys.follow", Chosen)
def follow(line: Line) -> None:
    """Count in a row of ours (a cursor stands in for an app's table) and record an entry."""
    assert isinstance(line.event, Chosen)
    if line.event.number in FAILING:
        raise ToyError("ana@example.org")
    row, _ = Cursor.objects.get_or_create(handler=f"toys.count.{line.event.number}")
    row.position += 1
    row.save()
    record(Followed(number=line.event.number), by=None, about=line.person)
