"""Open a session, change it, cancel it, and say who gives it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, NotOffered, Organisation, Track
from trenza.apps.sessions import rules
from trenza.apps.sessions.beside import opener_row
from trenza.apps.sessions.errors import AlreadyGives, SessionCancelled, TooFewPlaces
from trenza.apps.sessions.events import SessionCancelled as SessionWasCancelled
from trenza.apps.sessions.events import SessionChanged, SessionOpened, TrainerAdded, TrainerRemoved
from trenza.apps.sessions.models import Session, SessionTrainer, Workshop
from trenza.apps.sync.api import upstream
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import action, record

CHANGEABLE = ("title", "place", "centre", "partner", "time_zone", "starts_at", "minutes", "capacity")


@action
def open_session(
    *,
    edition: Edition,
    kind: str,
    starts_at: datetime,
    minutes: int,
    time_zone: str,
    title: str = "",
    place: str = "",
    track: Track | None = None,
    workshop: Workshop | None = None,
    centre: UUID | None = None,
    partner: Organisation | None = None,
    capacity: int | None = None,
    given_by: Person | None = None,
    by: Person | None,
) -> Session:
    """Put a session into the timetable, and `given_by` into it as who gives it. A workshop of the definition brings its
    name and its track. Whoever opens one beyond her own scope (a trainer of a region) gives it too.

    On a hub it is one of the hub's centre, and whoever opens it gives it: the cell says the same once it hears of it.

    Raises:
        NotAllowed: `by` keeps no sessions there.
        NotOffered: the edition does not run this track or workshop, or the partner is of another programme.
    """
    if by is not None and not rules.may_open(by, edition=edition, centre=centre):
        raise NotAllowed
    track = workshop.track if workshop else track
    _ensure_offered(edition, track, workshop, partner)
    session = Session.objects.create(
        edition=edition,
        track=track,
        kind=Session.Kind(kind).value,
        workshop=workshop,
        title=title.strip() or (workshop.name if workshop else ""),
        centre=centre or (upstream().centre if settings.IS_HUB else None),
        place=place.strip(),
        partner=partner,
        time_zone=time_zone,
        starts_at=starts_at,
        minutes=minutes,
        capacity=capacity,
        opened_at=clock.now(),
        opened_by=by,
    )
    record(opened(session), by=_id(by), about=None, edition=edition.pk)
    if settings.IS_HUB:
        if by is not None:
            row = opener_row(session.pk, by.pk)
            SessionTrainer.objects.create(pk=row, session=session, person=by, added_at=session.opened_at, added_by=by)
        return session
    if given_by is not None:
        _give(session, given_by, substitute=False, by=by)
    if by is not None and by != given_by and not rules.kept_sessions.allows(by, session):
        _give(session, by, substitute=False, by=by)
    return session


@action
def change_session(*, session: Session, changes: Mapping[str, Any], by: Person | None) -> bool:
    """Change what is named, of `CHANGEABLE`; False when all was so already.

    Raises:
        NotAllowed: `by` does not keep this session.
        SessionCancelled: it does not take place.
        TooFewPlaces: more have signed up than `capacity`.
        NotOffered: the partner is of another programme.
    """
    unknown = changes.keys() - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"a session's {', '.join(sorted(unknown))} cannot be changed")
    held = hold(session, by)
    if held.cancelled_at is not None:
        raise SessionCancelled
    changed = [name for name in CHANGEABLE if name in changes and getattr(held, name) != changes[name]]
    if not changed:
        return False
    capacity = changes.get("capacity")
    if capacity is not None and held.sign_ups.filter(withdrawn_at=None).count() > capacity:
        raise TooFewPlaces
    _ensure_offered(held.edition, None, None, changes.get("partner"))
    for name in changed:
        setattr(held, name, changes[name])
    held.save(update_fields=changed)
    record(SessionChanged(session=held.pk, fields=changed), by=_id(by), about=None, edition=held.edition_id)
    return True


@action
def cancel_session(*, session: Session, by: Person | None) -> None:
    """Say that it does not take place. Places and marks stay as they are.

    Raises:
        NotAllowed: `by` does not keep this session.
        SessionCancelled: it was cancelled before.
    """
    held = hold(session, by)
    if held.cancelled_at is not None:
        raise SessionCancelled
    held.cancelled_at, held.cancelled_by = clock.now(), by
    held.save(update_fields=["cancelled_at", "cancelled_by"])
    record(SessionWasCancelled(session=held.pk), by=_id(by), about=None, edition=held.edition_id)


@action
def add_trainer(*, session: Session, person: Person, substitute: bool = False, by: Person | None) -> SessionTrainer:
    """Say that she gives it, in another's stead where she is a substitute.

    Raises:
        NotAllowed: `by` does not keep this session.
        AlreadyGives: she does already.
    """
    held = hold(session, by)
    if held.trainers.filter(person=person, removed_at=None).exists():
        raise AlreadyGives
    return _give(held, person, substitute=substitute, by=by)


@action
def remove_trainer(*, trainer: SessionTrainer, by: Person | None) -> None:
    """Say that she gives it no more; what she marked stays.

    Raises:
        NotAllowed: `by` does not keep this session, or she was removed before.
    """
    held = hold(trainer.session, by)
    row = held.trainers.select_for_update().filter(pk=trainer.pk, removed_at=None).first()
    if row is None:
        raise NotAllowed
    row.removed_at, row.removed_by = clock.now(), by
    row.save(update_fields=["removed_at", "removed_by"])
    record(TrainerRemoved(session=held.pk, trainer=row.pk), by=_id(by), about=row.person_id, edition=held.edition_id)


def hold(session: Session, by: Person | None) -> Session:
    """The session, locked until the action ends, if `by` keeps it."""
    if by is not None:
        rules.kept_sessions.require(by, session)
    return Session.objects.select_for_update(of=("self",)).select_related("edition__programme").get(pk=session.pk)


def opened(session: Session) -> SessionOpened:
    """The event that says that it stands."""
    return SessionOpened(
        session=session.pk,
        edition=session.edition_id,
        track=session.track_id,
        centre=session.centre,
        kind="workshop" if session.kind == Session.Kind.WORKSHOP else "class",
        starts_at=int(session.starts_at.timestamp()),
        minutes=session.minutes,
    )


def _give(session: Session, person: Person, *, substitute: bool, by: Person | None) -> SessionTrainer:
    row = SessionTrainer.objects.create(
        session=session, person=person, substitute=substitute, added_at=clock.now(), added_by=by
    )
    record(
        TrainerAdded(session=session.pk, trainer=row.pk, substitute=substitute),
        by=_id(by),
        about=person.pk,
        edition=session.edition_id,
    )
    return row


def _ensure_offered(
    edition: Edition, track: Track | None, workshop: Workshop | None, partner: Organisation | None
) -> None:
    if edition.retired_at is not None:
        raise NotOffered
    if track is not None and not edition.tracks.filter(pk=track.pk, retired_at=None).exists():
        raise NotOffered
    if workshop is not None and (workshop.edition_id != edition.pk or workshop.retired_at is not None):
        raise NotOffered
    if partner is not None and partner.programme_id != edition.programme_id:
        raise NotOffered


def _id(person: Person | None) -> UUID | None:
    return person.pk if person else None
