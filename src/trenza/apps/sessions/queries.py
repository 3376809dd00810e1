"""What others may ask sessions."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from trenza.apps.people.api import ROLES, Permission, Person, RoleGrant
from trenza.apps.places.api import members_by_centre
from trenza.apps.programmes.api import Edition, Organisation, Region, visible_enrolments
from trenza.apps.sessions import rules
from trenza.apps.sessions.heads import CAME, Standing, standings
from trenza.apps.sessions.models import ExcusedReason, Mark, MarkKind, Session, SessionTrainer, SignUp, WalkIn
from trenza.core import clock
from trenza.core.journal import standing_aliases

MOST_PEOPLE: Final = 300
"""Of one session: what a phone can show and keep."""
MOST_TRAINERS: Final = 300
MOST_ENROLLED: Final = 3_000
"""Of all her classes: beyond that they are no groups."""


@dataclass(frozen=True)
class Expected:
    """Somebody of a session, by the id that marks name; a walk-in may not be a person yet. `name` is empty where she
    was erased."""

    person: UUID
    name: str
    walk_in: bool = False


@dataclass(frozen=True)
class Attendance:
    """How one person stands in a session; `standing` is None where nobody marked her. `reason` says why she was
    excused, to whoever keeps the session."""

    person: UUID
    name: str
    walk_in: bool
    standing: Standing | None
    reason: str = ""


@dataclass(frozen=True)
class Figures:
    """How many of those who were marked came. Who was excused leaves the denominator, and is given beside it; who is
    in conflict stands in neither."""

    came: int
    late: int
    absent: int
    excused: int
    conflicts: int

    @property
    def share(self) -> float | None:
        """(present + late) ÷ (marked - excused); None where nobody is left to count."""
        counted = self.came + self.absent
        return self.came / counted if counted else None


class Teaching(NamedTuple):
    """How many sessions somebody gave, and how many minutes; how many of these in another's stead."""

    sessions: int
    minutes: int
    substitute_minutes: int


def attendance_of(session: Session, viewer: Person | None) -> list[Attendance]:
    """Everybody of a session by name: who had a place, who walked in, who is enrolled where it is a class, and whoever
    else was marked. Ten queries at most, however many there are."""
    standing = standings([session.pk])
    also = {person for _, person in standing}
    if viewer is not None:
        also |= enrolled_for(viewer, [session]).get(session.pk, set())
    people = people_of([session.pk], also={session.pk: also})[session.pk]
    reasons = _reasons([standing[pair] for pair in standing]) if rules.kept_sessions.allows(viewer, session) else {}
    rows = []
    for each in people:
        found = standing.get((session.pk, each.person))
        said = [reasons[head.identity] for head in found.heads if head.identity in reasons] if found else []
        rows.append(Attendance(each.person, each.name, each.walk_in, found, said[-1] if said else ""))
    return rows


def enrolled_for(viewer: Person, sessions: Collection[Session]) -> dict[UUID, set[UUID]]:
    """To a class comes whoever is enrolled in its track, within her scope: nobody signs up for it; to a workshop in a
    centre, who comes to that centre. Where these are more than a class can be, they are left out, and she finds who
    signed up. Three queries."""
    expecting = [session for session in sessions if session.kind == Session.Kind.CLASS or session.centre]
    if not expecting:
        return {}
    editions = {session.edition_id for session in expecting}
    rows = visible_enrolments.which(viewer).filter(edition__in=editions, state="active").exclude(person=viewer)
    enrolled: dict[UUID, list[tuple[UUID, UUID]]] = defaultdict(list)
    found = list(rows.order_by().values_list("edition", "track", "person")[: MOST_ENROLLED + 1])
    if len(found) > MOST_ENROLLED:
        return {}
    for edition, track, person in found:
        enrolled[edition].append((track, person))
    members = members_by_centre({session.centre for session in expecting if session.centre})
    groups = {
        session.pk: {
            person
            for track, person in enrolled[session.edition_id]
            if (
                session.track_id in (None, track)
                if session.kind == Session.Kind.CLASS
                else person in members.get(session.centre, ())
            )
        }
        for session in expecting
    }
    return {session: persons for session, persons in groups.items() if len(persons) <= MOST_PEOPLE}


def people_of(sessions: Collection[UUID], *, also: "dict[UUID, set[UUID]] | None" = None) -> dict[UUID, list[Expected]]:
    """Who has a place in each of these sessions, who walked in, and `also` these persons, by name. Four queries."""
    ids: dict[UUID, set[UUID]] = {session: set((also or {}).get(session, ())) for session in sessions}
    signed = SignUp.objects.filter(session__in=sessions, withdrawn_at=None).order_by()
    for session, person in signed.values_list("session", "person"):
        ids[session].add(person)
    walked: dict[UUID, WalkIn] = {each.pk: each for each in WalkIn.objects.filter(session__in=sessions)}
    kept = standing_aliases(walked.keys())
    for each in walked.values():
        ids[each.session_id].add(kept.get(each.pk, each.pk))
    persons = Person.objects.in_bulk(list(set().union(*ids.values())))
    found = {}
    for session, those in ids.items():
        rows = [_expected(person, persons.get(person), walked.get(person), session) for person in those]
        found[session] = sorted(rows, key=lambda each: (each.name.casefold(), each.person))
    return found


def figures_of(all_standings: Iterable[Standing]) -> Figures:
    """How many came, of these."""
    marks = [standing.mark for standing in all_standings]
    return Figures(
        came=sum(mark in CAME for mark in marks),
        late=marks.count(MarkKind.LATE.value),
        absent=marks.count(MarkKind.ABSENT.value),
        excused=marks.count(MarkKind.EXCUSED.value),
        conflicts=marks.count(None),
    )


def figures_by_session(sessions: Collection[UUID]) -> dict[UUID, Figures]:
    """How many came to each of these. Two queries."""
    found: dict[UUID, list[Standing]] = {session: [] for session in sessions}
    for (session, _), standing in standings(sessions).items():
        found[session].append(standing)
    return {session: figures_of(some) for session, some in found.items()}


def timetable(
    viewer: Person | None, *, since: datetime | None = None, until: datetime | None = None
) -> QuerySet[Session]:
    """The sessions that the viewer may read, in order."""
    sessions = rules.readable_sessions.which(viewer)
    if since is not None:
        sessions = sessions.filter(starts_at__gte=since)
    if until is not None:
        sessions = sessions.filter(starts_at__lt=until)
    return _in_order(sessions)


def taught(
    viewer: Person | None,
    *,
    edition: Edition | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[SessionTrainer]:
    """Who gave which of the sessions that the viewer may read, once they have begun; none that were cancelled."""
    rows = rules.taught.which(viewer)
    if edition is not None:
        rows = rows.filter(session__edition=edition)
    if since is not None:
        rows = rows.filter(session__starts_at__gte=since)
    if until is not None:
        rows = rows.filter(session__starts_at__lte=until)
    return rows


def teaching_of(rows: QuerySet[SessionTrainer], persons: Collection[UUID]) -> dict[UUID, Teaching]:
    """How much these persons gave of what is counted. One query."""
    stood_in = Sum("session__minutes", filter=Q(substitute=True), default=0)
    totals = rows.filter(person__in=persons).order_by().values("person")
    sums = totals.annotate(n=Count("pk"), whole=Sum("session__minutes"), stood_in=stood_in)
    found = {each["person"]: Teaching(each["n"], each["whole"], each["stood_in"]) for each in sums}
    return {person: found.get(person, Teaching(0, 0, 0)) for person in persons}


def sessions_for(person: Person) -> QuerySet[Session]:
    """What is still to come of what is for her, in order."""
    ahead = rules.own_sessions.which(person).filter(cancelled_at=None, starts_at__gt=clock.now())
    return _in_order(ahead)


def places_taken(sessions: Collection[UUID]) -> dict[UUID, int]:
    """How many have a place in each of these sessions. One query."""
    rows = SignUp.objects.filter(session__in=sessions, withdrawn_at=None).order_by()
    taken = dict(rows.values_list("session").annotate(n=Count("pk")))
    return {session: taken.get(session, 0) for session in sessions}


def session_taken_part(session: Session, persons: Collection[UUID]) -> set[UUID]:
    """Those of these persons who came to a session, beyond doubt. Two queries."""
    return {person for (_, person), standing in standings([session.pk], persons).items() if standing.came}


def sessions_about(person: UUID) -> set[UUID]:
    """The sessions in which she has a part: a place now or once, a mark, a walk-in, or to give them. One query."""
    ids: QuerySet[Any, Any] = SignUp.objects.filter(person=person).order_by().values_list("session")
    return set(
        ids.union(
            Mark.objects.filter(person=person).values_list("session"),
            WalkIn.objects.filter(pk=person).order_by().values_list("session"),
            SessionTrainer.objects.filter(person=person).order_by().values_list("session"),
        ).values_list("session", flat=True)
    )


def possible_trainers(session: Session) -> list[Person]:
    """Who may be named as giving a session, by name: whoever keeps sessions somewhere in its programme or its centre,
    and does not give it already. At most MOST_TRAINERS; four queries."""
    programme = session.edition.programme_id
    scopes = {programme, session.edition_id, session.centre}
    scopes |= set(Organisation.objects.filter(programme=programme).values_list("pk", flat=True))
    scopes |= set(Region.objects.filter(programme=programme).values_list("pk", flat=True))
    keeping = [code for code, role in ROLES.items() if Permission.SESSION_KEEP in role.permissions]
    grants = RoleGrant.objects.filter(withdrawn_at=None, role__in=keeping)
    grants = grants.filter(Q(scope_kind="all") | Q(scope__in=scopes - {None}))
    gives = session.trainers.filter(removed_at=None).values("person")
    persons = Person.objects.filter(pk__in=grants.values("person")).exclude(pk__in=gives)
    return list(persons.order_by("given_name", "family_name", "pk")[:MOST_TRAINERS])


def walk_ins_to_see_to(viewer: Person | None) -> QuerySet[WalkIn]:
    """Walk-ins of the sessions that the viewer keeps who could not be registered as they were captured."""
    kept = rules.kept_sessions.which(viewer).values("pk")
    return WalkIn.objects.filter(session__in=kept, state=WalkIn.State.REFUSED).select_related("session")


def _in_order(sessions: QuerySet[Session]) -> QuerySet[Session]:
    return sessions.select_related("edition__programme", "track", "workshop", "partner").order_by("starts_at", "id")


def _expected(id: UUID, person: Person | None, walk_in: WalkIn | None, session: UUID) -> Expected:
    walked = walk_in is not None and walk_in.session_id == session
    name = person.name if person else ""
    if not person and walk_in is not None:
        name = f"{walk_in.given_name} {walk_in.family_name}".strip()
    return Expected(id, name, walked)


def _reasons(all_standings: Collection[Standing]) -> dict[tuple[UUID, int], str]:
    identities = {head.identity for each in all_standings for head in each.heads if head.mark == MarkKind.EXCUSED}
    if not identities:
        return {}
    rows = ExcusedReason.objects.filter(
        device__in={device for device, _ in identities}, sequence__in={number for _, number in identities}
    )
    found = {(device, number): reason for device, number, reason in rows.values_list("device", "sequence", "reason")}
    return {identity: reason for identity, reason in found.items() if identity in identities}
