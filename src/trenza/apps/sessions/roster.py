"""What goes down to a trainer's own phone: her sessions of these days, with whom she may mark in them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from trenza.apps.people.api import Person
from trenza.apps.places.api import read_centre
from trenza.apps.programmes.api import Region
from trenza.apps.sessions import rules
from trenza.apps.sessions.heads import MARKS, Standing, standings
from trenza.apps.sessions.models import Session, SessionTrainer
from trenza.apps.sessions.queries import MOST_PEOPLE, enrolled_for, people_of
from trenza.apps.sync.api import register_roster
from trenza.core import clock

BEFORE: Final = timedelta(days=1)
AFTER: Final = timedelta(days=14)
MOST_SESSIONS: Final = 60
MOST_OFFERED: Final = 60


def register() -> None:
    """Register with sync."""
    register_roster("trainer", roster)


def roster(person: UUID) -> dict[str, Any]:
    """`teaching`: the sessions that she gives, from yesterday to in two weeks, each with the regions of its edition,
    its people by name, and how they are marked: [device in hex, sequence, number of the mark, whether it is hers].
    `opening`: of what and where she may begin one. Empty for who gives none and never has.

    One query for who gives none; a fixed number for who does.
    """
    if not SessionTrainer.objects.filter(person=person).exists():
        return {}
    viewer = Person.objects.get(pk=person)
    now = clock.now()
    given = SessionTrainer.objects.filter(person=person, removed_at=None).values("session")
    sessions = list(
        rules.kept_sessions.which(viewer)
        .filter(pk__in=given, starts_at__gte=now - BEFORE, starts_at__lt=now + AFTER, cancelled_at=None)
        .order_by("starts_at", "id")[:MOST_SESSIONS]
    )
    opening = _opening(viewer)
    if not sessions:
        return {"teaching": [], "opening": opening}
    marked = standings([session.pk for session in sessions])
    also: dict[UUID, set[UUID]] = defaultdict(set)
    for session, about in marked:
        also[session].add(about)
    for session, enrolled in enrolled_for(viewer, sessions).items():
        also[session] |= enrolled
    people = people_of([session.pk for session in sessions], also=also)
    regions = _regions({session.edition_id for session in sessions})
    return {
        "opening": opening,
        "teaching": [
            {
                **_session(session),
                "regions": regions[session.edition_id],
                "people": [
                    {
                        "id": each.person.hex,
                        "name": each.name,
                        "heads": _heads(marked.get((session.pk, each.person)), person),
                    }
                    for each in people[session.pk][:MOST_PEOPLE]
                ],
            }
            for session in sessions
        ],
    }


def _opening(viewer: Person) -> dict[str, Any]:
    """`of`: the workshops and the tracks of the editions that go on, each with whether a centre must be named;
    `centres`: hers. At most MOST_OFFERED of each. A fixed number of queries."""
    today = clock.now().date()
    current = rules.openable_editions.which(viewer).filter(ends_on__gte=today).select_related("programme")
    editions = list(current.prefetch_related("tracks", "workshops").order_by("-starts_on", "pk")[:MOST_OFFERED])
    ids = [edition.pk for edition in editions]
    anywhere = set(rules.openable_anywhere.which(viewer).filter(pk__in=ids).values_list("pk", flat=True))
    regions = _regions(ids)
    centres = read_centre.which(viewer).filter(closed_at=None).order_by("name", "pk")[:MOST_OFFERED]
    offered = []
    for edition in editions:
        of_edition = {
            "edition": edition.pk.hex, "centre": edition.pk not in anywhere, "regions": regions[edition.pk]
        }  # fmt: skip
        where = f"{edition.programme.name}, {edition.name}"
        offered += [
            {
                **of_edition,
                "track": each.track_id.hex,
                "workshop": each.pk.hex,
                "title": each.name,
                "minutes": each.minutes,
                "name": f"{each.name} · {where}",
            }
            for each in edition.workshops.all()
            if each.retired_at is None
        ]
        offered += [
            {**of_edition, "track": track.pk.hex, "name": f"{track.name} · {where}"}
            for track in edition.tracks.all()
            if track.retired_at is None
        ]
    return {
        "of": offered[:MOST_OFFERED],
        "centres": [[centre.pk.hex, centre.name, centre.time_zone] for centre in centres],
    }


def _regions(editions: Collection[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """The regions of these editions, code and name, for walk-ins. One query."""
    found: dict[UUID, list[tuple[str, str]]] = {edition: [] for edition in editions}
    rows = Region.objects.current().filter(editions__in=editions).order_by("position", "code")
    for edition, code, name in rows.values_list("editions", "code", "name"):
        if edition in found:
            found[edition].append((code, name))
    return found


def _session(session: Session) -> dict[str, Any]:
    return {
        "id": session.pk.hex,
        "kind": session.kind,
        "title": session.title,
        "place": session.place,
        "edition": session.edition_id.hex,
        "track": session.track_id.hex if session.track_id else None,
        "starts_at": int(session.starts_at.timestamp()),
        "minutes": session.minutes,
        "time_zone": session.time_zone,
    }


def _heads(standing: Standing | None, viewer: UUID) -> list[list[Any]]:
    heads = standing.heads if standing else ()
    return [[head.device.hex, head.sequence, MARKS.index(head.mark), head.marker == viewer] for head in heads]
