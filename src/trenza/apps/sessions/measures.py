"""Pseudonymous facts for impact: sessions that were held, and how those who were expected stood; never about whom, and
never why somebody was excused."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from trenza.apps.sessions.heads import standings
from trenza.apps.sessions.models import Mark, Session
from trenza.core import clock
from trenza.core.facts import Count

CONFLICT = "conflict"
_AT_ONCE = 200


@dataclass(frozen=True)
class Fact:
    """How one person stood in one session: `mark` is a MarkKind, or CONFLICT. `day` is in UTC. `synthetic` facts are a
    demonstration's and never stand in a total with real ones."""

    mark: str
    programme: UUID
    edition: UUID
    track: UUID | None
    kind: str
    centre: UUID | None
    day: date
    synthetic: bool


def attendances(programme: UUID) -> Iterator[Fact]:
    """One fact for each person who was marked in each session of the programme that was not cancelled, in the order of
    the sessions."""
    sessions = (
        Session.objects.filter(edition__programme=programme, cancelled_at=None)
        .select_related("edition")
        .order_by("starts_at", "id")
    )
    some: list[Session] = []
    for session in sessions.iterator(chunk_size=_AT_ONCE):
        some.append(session)
        if len(some) == _AT_ONCE:
            yield from _facts(some)
            some = []
    yield from _facts(some)


def sessions_held(programme: UUID, starts: Sequence[datetime]) -> list[Count]:
    """The sessions of the programme that were held, by edition and period: over, not cancelled, and somebody was marked
    in them; see `core.facts.count`."""
    found: Counter[tuple[UUID, int, bool]] = Counter()
    for edition, at, demonstration in held(programme).values_list("edition", "starts_at", "edition__demonstration"):
        found[edition, bisect_right(starts, at) - 1, demonstration] += 1
    return [
        Count(edition=edition, region=None, period=period, synthetic=synthetic, number=number)
        for (edition, period, synthetic), number in sorted(
            found.items(), key=lambda each: (str(each[0][0]), each[0][1:])
        )
    ]


def held(programme: UUID) -> QuerySet[Session]:
    """Those that were held."""
    marked = Mark.objects.filter(session=OuterRef("pk"))
    ahead = Session.objects.filter(edition__programme=programme, cancelled_at=None, starts_at__lte=clock.now())
    return ahead.filter(Exists(marked))


def _facts(sessions: Sequence[Session]) -> Iterator[Fact]:
    by_id = {session.pk: session for session in sessions}
    rank = {session.pk: number for number, session in enumerate(sessions)}
    marked = standings(by_id)
    for session_id, person in sorted(marked, key=lambda pair: (rank[pair[0]], pair[1])):
        session = by_id[session_id]
        yield Fact(
            mark=marked[session_id, person].mark or CONFLICT,
            programme=session.edition.programme_id,
            edition=session.edition_id,
            track=session.track_id,
            kind=session.kind,
            centre=session.centre,
            day=session.starts_at.astimezone(UTC).date(),
            synthetic=session.edition.demonstration,
        )
