"""How somebody stands in one session after another: what whoever accompanies her wants to know, of many at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from trenza.apps.people.api import Person
from trenza.apps.sessions.heads import Standing, standings
from trenza.apps.sessions.models import Mark, MarkKind, Session
from trenza.apps.sessions.rules import readable_sessions


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


def turnouts(persons: Collection[UUID], editions: Collection[UUID]) -> dict[tuple[UUID, UUID], Turnout]:
    """By edition and person, of those who were marked there. Three queries, however many there are."""
    marked = Mark.objects.filter(person__in=persons, superseded=False).order_by().values("session")
    held = Session.objects.filter(edition__in=editions, cancelled_at=None, pk__in=marked).order_by("starts_at", "pk")
    sessions = {
        pk: (edition, Moment(at, at.astimezone(ZoneInfo(zone)).date()))
        for pk, edition, at, zone in held.values_list("pk", "edition", "starts_at", "time_zone")
    }
    rank = {session: number for number, session in enumerate(sessions)}
    found: dict[tuple[UUID, UUID], Turnout] = defaultdict(Turnout)
    standing = standings(sessions, persons)
    for session, person in sorted(standing, key=lambda pair: rank[pair[0]]):
        edition, moment = sessions[session]
        turnout = found[edition, person]
        if standing[session, person].came:
            turnout.last_came, turnout.absent = moment, []
        elif standing[session, person].mark == MarkKind.ABSENT:
            turnout.absent.append(moment)
    return found
