"""Write down whom nobody had written down, and make her a person who takes part."""

from uuid import UUID

from trenza.apps.people.api import IdTaken, Person, give_blank_card, register_person
from trenza.apps.programmes.api import (
    AGE_BANDS,
    AlreadyEnrolled,
    Edition,
    Enrolment,
    NotOffered,
    Region,
    Track,
    all_younger_than,
    enrol,
)
from trenza.apps.sessions import rules
from trenza.apps.sessions.actions.attendance import PAGES, Said, mark_attendance
from trenza.apps.sessions.actions.session import hold
from trenza.apps.sessions.actions.sign_up import sign_up
from trenza.apps.sessions.errors import (
    AlreadySettled,
    AlreadySignedUp,
    Full,
    SessionCancelled,
    SessionOver,
)
from trenza.apps.sessions.events import WalkInCaptured, WalkInRefused, WalkInRegistered
from trenza.apps.sessions.models import Session, WalkIn
from trenza.core import clock
from trenza.core.errors import DomainError
from trenza.core.journal import action, record, take_identities

REASONS = ("id_taken", "name_gone", "guardian_needed", "no_track", "unknown_region", "not_offered")
"""Why a walk-in was not registered; a page has a sentence for each."""


class Refused(DomainError):
    """She cannot be registered as she was captured; `.reason` is one of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@action
def capture_walk_in(
    *,
    session: Session,
    given_name: str,
    family_name: str = "",
    region: str = "",
    age_band: str = "",
    card: str = "",
    mark: str = "",
    by: Person,
) -> WalkIn:
    """Write down somebody who came without being expected, from a page, and how she is marked where `mark` says so. She
    is registered soon after, and the printed card of the number `card` is hers then.

    Raises:
        NotAllowed: `by` does not keep this session.
        ValueError: she has no name, or there is no such age band or mark.
    """
    if not given_name.strip() or (age_band and age_band not in AGE_BANDS):
        raise ValueError("a walk-in has a name, and an age band that is known or none")
    held = hold(session, by)
    row = WalkIn.objects.create(
        session=held,
        given_name=given_name.strip(),
        family_name=family_name.strip(),
        region=region,
        age_band=age_band,
        card=card,
        captured_by=by,
        captured_at=clock.now(),
    )
    [identity] = take_identities(PAGES, 1)  # as her mark has, so that it stands in front of it wherever it is told
    record(
        WalkInCaptured(session=held.pk, walk_in=row.pk, region=region or None, age_band=age_band or None),
        by=by.pk,
        about=row.pk,
        edition=held.edition_id,
        identity=identity,
    )
    if mark:
        mark_attendance(session=held, marks={row.pk: Said(mark)}, by=by)
    return row


@action
def admit_walk_in(*, walk_in: UUID, region: str | None = None, track: Track | None = None, by: Person | None) -> WalkIn:
    """Register her under her id, enrol her in what her session belongs to, and give her a place in it; or keep in her
    row why that cannot be. Whoever looks at one that was refused may say another `region` or `track` and try again.

    Raises:
        NotAllowed: `by` does not keep her session.
        AlreadySettled: she is registered already.
    """
    held = WalkIn.objects.select_for_update(of=("self",)).get(pk=walk_in)
    if by is not None:
        rules.kept_sessions.require(by, held.session)
    if held.state == WalkIn.State.REGISTERED:
        raise AlreadySettled
    session = Session.objects.select_related("edition__programme", "track").get(pk=held.session_id)
    if region is not None:
        held.region = region
    try:
        enrolment = _register(walk_in=held, session=session, track=track or session.track)
    except Refused as refused:
        _settle(held, WalkIn.State.REFUSED, reason=refused.reason)
        event: WalkInRefused | WalkInRegistered = WalkInRefused(
            session=session.pk, walk_in=held.pk, reason=refused.reason
        )
    else:
        full = _give_place(session, enrolment.person)
        reason = _give_card(held, enrolment.person) or full
        _settle(held, WalkIn.State.REGISTERED, reason=reason, enrolment=enrolment)
        event = WalkInRegistered(session=session.pk, walk_in=held.pk, enrolment=enrolment.pk)
    record(event, by=by.pk if by else None, about=held.pk, edition=session.edition_id)
    return held


@action
def _register(*, walk_in: WalkIn, session: Session, track: Track | None) -> Enrolment:
    """All of it, or nothing: nobody is registered who could not be enrolled."""
    edition = session.edition
    if not walk_in.given_name:
        raise Refused("name_gone")
    if all_younger_than(walk_in.age_band, edition.programme.adult_from):
        raise Refused("guardian_needed")
    region = _region(edition, walk_in.region)
    captured_by = walk_in.captured_by
    try:
        person = register_person(
            id=walk_in.pk,
            given_name=walk_in.given_name,
            family_name=walk_in.family_name,
            country=region.country if region else "",
            synthetic=captured_by.synthetic,
            by=captured_by,
        )
        return enrol(
            person=person,
            edition=edition,
            track=track or _only_track(edition),
            region=region,
            said_age_band=walk_in.age_band,
            by=captured_by,
        )
    except IdTaken:
        raise Refused("id_taken") from None
    except NotOffered:
        raise Refused("not_offered") from None
    except AlreadyEnrolled as enrolled:
        return enrolled.enrolment


def _region(edition: Edition, code: str) -> Region | None:
    if not code:
        return None
    region = edition.regions.filter(code=code, retired_at=None).first()
    if region is None:
        raise Refused("unknown_region")
    return region


def _only_track(edition: Edition) -> Track:
    tracks = list(edition.tracks.filter(retired_at=None)[:2])
    if len(tracks) != 1:
        raise Refused("no_track")
    return tracks[0]


def _give_card(walk_in: WalkIn, person: Person) -> str:
    """Why the card that she holds could not be made hers, empty where it was or she has none."""
    if not walk_in.card or give_blank_card(number=walk_in.card, person=person, by=walk_in.captured_by):
        return ""
    return "card_not_free"


def _give_place(session: Session, person: Person) -> str:
    """Why she could not be given a place, empty where she was. She was there either way."""
    try:
        sign_up(session=session, person=person, by=None)
    except Full:
        return "full"
    except (SessionCancelled, SessionOver, AlreadySignedUp):
        return ""
    return ""


def _settle(walk_in: WalkIn, state: str, *, reason: str, enrolment: Enrolment | None = None) -> None:
    walk_in.state, walk_in.reason, walk_in.enrolment = state, reason, enrolment
    walk_in.settled_at = clock.now()
    walk_in.save(update_fields=["state", "reason", "enrolment", "settled_at", "region"])
