"""How often in a row somebody stayed away: what whoever accompanies her wants to know of many at once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from trenza.apps.sessions.heads import standings
from trenza.apps.sessions.models import Mark, MarkKind, Session


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
