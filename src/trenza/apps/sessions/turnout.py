"""How somebody stands in one session after another: what whoever accompanies her wants to know, of many at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from trenza.apps.people.api import Person
from trenza.apps.sessions.heads import CAME, Standing, standings
from trenza.apps.sessions.models import Mark, MarkKind, Session
from trenza.apps.sessions.rules import Pair, readable_sessions


class Moment(NamedTuple):
    """When a session began, and on which day that was where it was held."""

    at: datetime
    day: date


@dataclass
class Turnout:
    """The last session of an edition to which she came, and those from which she was absent since, in order.

    Whoever had a reason was not absent: that session is passed over, and so is one whose marks do not agree.
    """

    last_came: Moment | None = None
    absent: list[Moment] = field(default_factory=list)


def attendance_about(person: UUID, viewer: Person, *, most: int) -> list[tuple[Session, Standing]]:
    """How she stands in those sessions that the viewer may read, the last of them first. Six queries at most."""
    marked = Mark.objects.filter(person=person, superseded=False).order_by().values("session")
    rows = readable_sessions.which(viewer).filter(pk__in=marked, cancelled_at=None).order_by("-starts_at", "-id")
    sessions = list(rows[:most])
    standing = standings([each.pk for each in sessions], [person])
    return [(each, standing[each.pk, person]) for each in sessions if (each.pk, person) in standing]


def who_came(workshop: UUID, persons: Collection[UUID] | None = None) -> dict[UUID, datetime]:
    """Who attended the workshop, or who of these did, and when the first such session began. Three queries."""
    held = Session.objects.filter(workshop=workshop, cancelled_at=None)
    if persons is not None:
        held = held.filter(
            pk__in=Mark.objects.filter(person__in=persons, superseded=False).order_by().values("session")
        )
    starts = dict(held.order_by("starts_at", "id").values_list("pk", "starts_at"))
    standing = standings(list(starts), persons)
    found: dict[UUID, datetime] = {}
    for (session, person), each in standing.items():
        if each.came:
            found[person] = min(starts[session], found.get(person, starts[session]))
    return found


def turnouts(persons: Collection[UUID], editions: Collection[UUID]) -> dict[tuple[UUID, UUID], Turnout]:
    """By edition and person, of those who were marked there. Four queries at most, however many there are."""
    marked = Mark.objects.filter(person__in=persons, superseded=False).order_by()
    held = Session.objects.filter(edition__in=editions, cancelled_at=None, pk__in=marked.values("session"))
    sessions = {
        pk: (edition, Moment(at, at.astimezone(ZoneInfo(zone)).date()))
        for pk, edition, at, zone in held.order_by().values_list("pk", "edition", "starts_at", "time_zone")
    }
    # By session: a mark where all agree, which is nearly always, and more where they do not.
    marks: dict[UUID, dict[UUID, set[str]]] = {session: {} for session in sessions}
    for session, person, mark in marked.filter(session__in=sessions).values_list("session", "person", "mark"):
        marks[session].setdefault(person, set()).add(mark)
    settled = _settled(marks)
    found: dict[tuple[UUID, UUID], Turnout] = defaultdict(Turnout)
    for session in sorted(sessions, key=lambda each: (sessions[each][1].at, each)):
        edition, moment = sessions[session]
        for person, some in marks[session].items():
            stands = settled.get((session, person)) if len(some) > 1 else next(iter(some))
            if stands in CAME:
                found[edition, person] = Turnout(moment)
            elif stands == MarkKind.ABSENT:
                found[edition, person].absent.append(moment)
    return found


def _settled(marks: Mapping[UUID, Mapping[UUID, Collection[str]]]) -> dict[Pair, str | None]:
    """What holds where marks differ; None where nobody has settled it. No query where all agree."""
    differ = {(session, person) for session, some in marks.items() for person, said in some.items() if len(said) > 1}
    if not differ:
        return {}
    standing = standings({session for session, _ in differ}, {person for _, person in differ})
    return {pair: standing[pair].mark for pair in differ if pair in standing}
