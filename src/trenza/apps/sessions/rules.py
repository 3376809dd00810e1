"""Who may see and keep sessions: by scope, and those that she gives; and whom may be recorded about in them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from trenza.apps.people.api import Permission, Person, Reach, reach_of
from trenza.apps.places.api import Centre
from trenza.apps.programmes.api import Edition, Enrolment, Region, visible_enrolments
from trenza.apps.sessions.models import Session, SessionTrainer, SignUp, WalkIn
from trenza.core import clock
from trenza.core.access import Rule
from trenza.core.journal import standing_aliases

Pair = tuple[UUID, UUID]
"""A session and a person."""


def within(reach: Reach) -> Q:
    """The condition that a session lies within reach. A region is one programme's: to it belong the sessions of that
    programme in the centres there, not those of other programmes in the same centres."""
    condition = reach.q(edition="edition", centre="centre")
    regions = reach.ids("region")
    if not regions:
        return condition
    there = Centre.objects.filter(pk=OuterRef(OuterRef("centre"))).values("region")[:1]
    its_own = Region.objects.filter(pk__in=regions, programme=OuterRef("edition__programme"), code=Subquery(there))
    return condition | Q(Exists(its_own))


def _permitted(viewer: Person | None, permission: Permission) -> QuerySet[Session]:
    """Within her scope, and those that she gives; without a role that permits it, hers are hers no more."""
    reach = reach_of(viewer, permission)
    if viewer is None or not (reach.everything or reach.by_kind):
        return Session.objects.none()
    gives = SessionTrainer.objects.filter(session=OuterRef("pk"), person=viewer, removed_at=None)
    return Session.objects.filter(within(reach) | Exists(gives))


def _readable(viewer: Person | None) -> QuerySet[Session]:
    return _permitted(viewer, Permission.SESSION_READ)


def _kept(viewer: Person | None) -> QuerySet[Session]:
    return _permitted(viewer, Permission.SESSION_KEEP)


def _own(viewer: Person | None) -> QuerySet[Session]:
    """Those that are for her, or in which she has a place: of the editions and tracks in which she is enrolled."""
    if viewer is None:
        return Session.objects.none()
    enrolled = Enrolment.objects.filter(person=viewer, edition=OuterRef("edition")).exclude(state="withdrawn")
    for_her = Exists(enrolled.filter(track=OuterRef("track"))) | (Q(track=None) & Exists(enrolled))
    signed = SignUp.objects.filter(session=OuterRef("pk"), person=viewer, withdrawn_at=None)
    return Session.objects.filter(for_her | Exists(signed))


def _open_to_sign_up(viewer: Person | None) -> QuerySet[Session]:
    return _own(viewer).filter(cancelled_at=None, starts_at__gt=clock.now())


def _taught(viewer: Person | None) -> QuerySet[SessionTrainer]:
    """Who gave which session that she may read; it has begun, and was not cancelled."""
    begun = _readable(viewer).filter(cancelled_at=None, starts_at__lte=clock.now())
    return SessionTrainer.objects.filter(removed_at=None, session__in=begun.values("pk"))


def _teachers(viewer: Person | None) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=_taught(viewer).values("person"))


def may_open(viewer: Person | None, *, edition: Edition, centre: UUID | None = None) -> bool:
    """Whether she may open a session of this edition, in this centre: who keeps sessions in the edition, in the centre,
    or in a region in which it runs."""
    reach = reach_of(viewer, Permission.SESSION_KEEP)
    if reach.everything or edition.pk in reach.ids("edition"):
        return True
    if centre is not None and centre in reach.ids("centre"):
        return True
    regions = reach.ids("region")
    return bool(regions) and edition.regions.filter(pk__in=regions).exists()


def _openable(viewer: Person | None) -> QuerySet[Edition]:
    """Editions in which she may open a session, as `may_open`: all of them where she keeps a centre, for then the
    centre decides."""
    if reach_of(viewer, Permission.SESSION_KEEP).ids("centre"):
        return Edition.objects.filter(retired_at=None)
    return _openable_anywhere(viewer)


def _openable_anywhere(viewer: Person | None) -> QuerySet[Edition]:
    """Those in which she may open one in whatever place."""
    reach = reach_of(viewer, Permission.SESSION_KEEP)
    if reach.everything:
        return Edition.objects.filter(retired_at=None)
    within_reach = Q(pk__in=reach.ids("edition"))
    regions = reach.ids("region")
    if regions:
        within_reach |= Q(pk__in=Edition.regions.through.objects.filter(region__in=regions).values("edition"))
    return Edition.objects.filter(within_reach, retired_at=None)


def recordable(viewer: Person, pairs: Collection[Pair]) -> set[Pair]:
    """Of these sessions, which are the viewer's to keep, and persons those about whom she may record: who had a place,
    who walked in there, and who is enrolled in the edition within her scope. Never about herself. Whoever
    is another name of somebody is she. Four queries."""
    kept = standing_aliases({person for _, person in pairs})
    sessions = {session for session, _ in pairs}
    persons = {kept.get(person, person) for _, person in pairs} - {viewer.pk}
    found: set[Pair] = set()
    if not persons:
        return found
    signed = SignUp.objects.filter(session__in=sessions, person__in=persons).order_by()
    found.update(signed.values_list("session", "person"))
    walked = WalkIn.objects.filter(session__in=sessions, pk__in=persons | kept.keys()).order_by()
    found.update((session, kept.get(person, person)) for session, person in walked.values_list("session", "pk"))
    enrolled = visible_enrolments.which(viewer).filter(person__in=persons, edition__sessions__in=sessions).order_by()
    found.update(enrolled.values_list(F("edition__sessions"), "person"))
    return {(session, person) for session, person in pairs if (session, kept.get(person, person)) in found}


openable_anywhere: Rule[Person | None, Edition] = Rule(_openable_anywhere)
openable_editions: Rule[Person | None, Edition] = Rule(_openable)
readable_sessions: Rule[Person | None, Session] = Rule(_readable)
kept_sessions: Rule[Person | None, Session] = Rule(_kept)
taught: Rule[Person | None, SessionTrainer] = Rule(_taught)
teachers: Rule[Person | None, Person] = Rule(_teachers)
own_sessions: Rule[Person | None, Session] = Rule(_own)
sessions_to_sign_up: Rule[Person | None, Session] = Rule(_open_to_sign_up)
