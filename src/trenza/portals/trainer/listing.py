"""What stands on a trainer's pages: her days, and the rows of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from trenza.apps.people.api import Person, called_alike
from trenza.apps.sessions import api as sessions
from trenza.apps.sessions.api import Session, Standing
from trenza.portals.trainer.words import MARKS, REASONS

BEFORE: Final = timedelta(days=2)  # yesterday from its morning on, in whatever zone
AFTER: Final = timedelta(days=14)
MOST: Final = 200
"""Sessions on one page, and women on one list: a page says how many it leaves out, and its figures count all."""

MOST_ALIKE: Final = 5


@dataclass(frozen=True)
class Row:
    """One woman of a list; `choice` is what the viewer's own mark says, as the form has it."""

    person: UUID
    name: str
    walk_in: bool
    standing: Standing | None
    choice: str

    @property
    def conflict(self) -> bool:
        """Whether her marks disagree."""
        return self.standing is not None and self.standing.conflict

    @property
    def words(self) -> list[str | Promise]:
        """The marks that stand, in words, each once."""
        heads = self.standing.heads if self.standing else ()
        return [MARKS[mark] for mark in dict.fromkeys(head.mark for head in heads)]

    @property
    def seen(self) -> str:
        """The heads by name, for a form that settles them."""
        heads = self.standing.heads if self.standing else ()
        return " ".join(f"{head.device.hex}:{head.sequence}" for head in heads)

    @property
    def options(self) -> list[tuple[str, str | Promise]]:
        """The marks that disagree, to choose from."""
        heads = self.standing.heads if self.standing else ()
        return [(mark, MARKS[mark]) for mark in dict.fromkeys(head.mark for head in heads)]


class Given(NamedTuple):
    """A session, and how many have a place in it."""

    session: Session
    taken: int


def days_of(viewer: Person, now: datetime) -> Sequence[tuple[date, Sequence[Given]]]:
    """Her sessions from yesterday to in two weeks, by the day where they are held."""
    rows = sessions.timetable(viewer, since=now - BEFORE, until=now + AFTER).filter(cancelled_at=None)
    found = list(rows[:MOST])
    taken = sessions.places_taken([each.pk for each in found])
    return [(day, [Given(each, taken[each.pk]) for each in some]) for day, some in groupby(found, key=_day)]


def rows_of(session: Session, viewer: Person) -> list[Row]:
    """Everybody of a session, with the mark that holds as the choice to begin with."""
    return [
        Row(each.person, each.name, each.walk_in, each.standing, _choice(each.standing, each.reason))
        for each in sessions.attendance_of(session, viewer)
    ]


def alike_on_list(session: Session, viewer: Person, said: Mapping[str, Any]) -> list[Row]:
    """Who of the list may be she whom the trainer is about to add: it is asked, and blocks nothing."""
    rows = rows_of(session, viewer)[:MOST]
    return [each for each in rows if called_alike(said["given_name"], said["family_name"], each.name)][:MOST_ALIKE]


def _choice(standing: Standing | None, reason: str) -> str:
    if standing is None or standing.mark is None:
        return ""
    return f"{standing.mark}:{reason}" if reason in REASONS and standing.mark == "excused" else standing.mark


def _day(session: Session) -> date:
    return session.starts_at.astimezone(ZoneInfo(session.time_zone)).date()
