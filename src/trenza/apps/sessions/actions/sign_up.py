"""Take a place in a session, and give it back."""

from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment
from trenza.apps.sessions import rules
from trenza.apps.sessions.errors import (
    AlreadySignedUp,
    Full,
    NotExpected,
    NotSignedUp,
    SessionCancelled,
    SessionOver,
)
from trenza.apps.sessions.events import SignedUp, SignUpWithdrawn
from trenza.apps.sessions.models import Session, SignUp
from trenza.core import clock
from trenza.core.journal import action, record


@action
def sign_up(*, session: Session, person: Person, by: Person | None) -> SignUp:
    """Give her a place in a session: she takes it herself, or whoever keeps the session notes it.

    Raises:
        NotAllowed: `by` is neither.
        NotExpected: she is not enrolled in the session's edition.
        SessionCancelled, SessionOver: see there.
        AlreadySignedUp: she has a place; `.sign_up` is it.
        Full: as many have one as there is room for.
    """
    if by is not None and by.pk != person.pk:
        rules.kept_sessions.require(by, session)
    # The lock is the turn: of two who ask for the last place one finds it taken.
    held = Session.objects.select_for_update().get(pk=session.pk)
    if held.cancelled_at is not None:
        raise SessionCancelled
    if held.ends_at <= clock.now():
        raise SessionOver
    if not Enrolment.objects.filter(person=person, edition=held.edition_id).exclude(state="withdrawn").exists():
        raise NotExpected
    existing = held.sign_ups.filter(person=person, withdrawn_at=None).first()
    if existing is not None:
        raise AlreadySignedUp(existing)
    if held.capacity is not None and held.sign_ups.filter(withdrawn_at=None).count() >= held.capacity:
        raise Full
    row = SignUp.objects.create(session=held, person=person, at=clock.now(), by=by)
    record(
        SignedUp(session=held.pk, sign_up=row.pk),
        by=by.pk if by else None,
        about=person.pk,
        edition=held.edition_id,
    )
    return row


@action
def withdraw_sign_up(*, sign_up: SignUp, by: Person | None) -> None:
    """Give a place back, so that somebody else may have it.

    Raises:
        NotAllowed: `by` is neither she nor keeps the session.
        NotSignedUp: it was given back before.
    """
    if by is not None and by.pk != sign_up.person_id:
        rules.kept_sessions.require(by, sign_up.session)
    held = SignUp.objects.select_for_update(of=("self",)).select_related("session").get(pk=sign_up.pk)
    if held.withdrawn_at is not None:
        raise NotSignedUp
    held.withdrawn_at, held.withdrawn_by = clock.now(), by
    held.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(
        SignUpWithdrawn(session=held.session_id, sign_up=held.pk),
        by=by.pk if by else None,
        about=held.person_id,
        edition=held.session.edition_id,
    )
