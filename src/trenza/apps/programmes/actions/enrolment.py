"""Enrolling, and the changes of an enrolment's state."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from trenza.apps.people.api import Person
from trenza.apps.programmes import rules
from trenza.apps.programmes.actions.completion import complete_if_enough
from trenza.apps.programmes.errors import AlreadyEnrolled, NotOffered, WrongState
from trenza.apps.programmes.events import Enrolled, EnrolmentChanged
from trenza.apps.programmes.models import Edition, Enrolment, EnrolmentChange, Region, Track, WithdrawalReason
from trenza.apps.programmes.returning import settle_before_return
from trenza.apps.programmes.strata import age_band
from trenza.core import clock
from trenza.core.journal import action, record

State = Enrolment.State


@action
def enrol(
    *,
    person: Person,
    edition: Edition,
    track: Track,
    region: Region | None = None,
    said_age_band: str = "",
    by: Person | None,
) -> Enrolment:
    """Give a person a place in a track. Whether she may have it (a call, an award) is for the caller to know.
    `said_age_band` is what she said of her age, for where her date of birth is not known.

    Raises:
        NotOffered: the edition does not run this track, or not in this region.
        AlreadyEnrolled: she has it; `.enrolment` is it, and nothing was changed.
    """
    ensure_offered(edition, track, region)
    now = clock.now()
    enrolment = Enrolment(
        person=person,
        edition=edition,
        track=track,
        region=region,
        enrolled_at=now,
        age_band=age_band(person.birth_date, now.date()) or said_age_band,
        sex=person.sex,
    )
    _insert(enrolment)
    EnrolmentChange.objects.create(enrolment=enrolment, state=EnrolmentChange.State.ACTIVE, at=now, by=by)
    record(
        Enrolled(enrolment=enrolment.pk, track=track.pk, region=region.pk if region else None),
        by=_id(by),
        about=person.pk,
        edition=edition.pk,
    )
    return enrolment


@action
def pause_enrolment(*, enrolment: Enrolment, until: date, by: Person | None) -> EnrolmentChange:
    """Let her rest until `until` (included). What she does meanwhile counts.

    Raises:
        NotAllowed: neither she nor one who accompanies her asks for it.
        WrongState: she has withdrawn or completed, or `until` is not in the future.
    """
    enrolment = _held(enrolment, by, {State.ACTIVE, State.PAUSED})
    if until <= clock.now().date():
        raise WrongState("until is past")
    return _change(enrolment, EnrolmentChange.State.PAUSED, State.PAUSED, by=by, until=until)


@action
def withdraw_enrolment(
    *, enrolment: Enrolment, reason: str = WithdrawalReason.NOT_SAID, by: Person | None
) -> EnrolmentChange:
    """End it without completion; she may return. `reason` is a WithdrawalReason.

    Raises:
        NotAllowed: neither she nor one who accompanies her asks for it.
        WrongState: it has ended already.
    """
    enrolment = _held(enrolment, by, {State.ACTIVE, State.PAUSED})
    return _change(
        enrolment, EnrolmentChange.State.WITHDRAWN, State.WITHDRAWN, by=by, reason=WithdrawalReason(reason).value
    )


@action
def return_to_enrolment(*, enrolment: Enrolment, by: Person | None) -> EnrolmentChange:
    """Take up again what was paused or withdrawn from. What she did meanwhile may complete the track at once.

    Raises:
        DomainError: what an app must settle first cannot be (`register_before_return`), such as a seat that is gone.
        NotAllowed: neither she nor one who accompanies her asks for it.
        WrongState: it is active, or completed.
    """
    if by is not None:
        rules.changeable_enrolments.require(by, enrolment)
    settle_before_return(enrolment, by)
    enrolment = _held(enrolment, by, {State.PAUSED, State.WITHDRAWN})
    change = _change(enrolment, EnrolmentChange.State.RETURNED, State.ACTIVE, by=by)
    complete_if_enough(enrolment, at=change.at)
    return change


def ensure_offered(edition: Edition, track: Track, region: Region | None) -> None:
    """Raises NotOffered where the edition does not run the track, or not in this region."""
    offered = (
        edition.retired_at is None
        and edition.tracks.filter(pk=track.pk, retired_at=None).exists()
        and (region is None or edition.regions.filter(pk=region.pk, retired_at=None).exists())
    )
    if not offered:
        raise NotOffered


def _insert(enrolment: Enrolment) -> None:
    try:
        with transaction.atomic():
            enrolment.save(force_insert=True)
    except IntegrityError as error:
        existing = Enrolment.objects.filter(
            person=enrolment.person, edition=enrolment.edition, track=enrolment.track
        ).first()
        if existing is None:
            raise
        raise AlreadyEnrolled(existing) from error


def _held(enrolment: Enrolment, by: Person | None, states: set[State]) -> Enrolment:
    """The enrolment, locked, if `by` may change it and it is in one of `states`."""
    if by is not None:
        rules.changeable_enrolments.require(by, enrolment)
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if held.state not in states:
        raise WrongState(held.state)
    return held


def _change(
    enrolment: Enrolment,
    change_to: EnrolmentChange.State,
    state: State,
    *,
    by: Person | None,
    until: date | None = None,
    reason: str = "",
) -> EnrolmentChange:
    change = EnrolmentChange.objects.create(
        enrolment=enrolment, state=change_to, at=clock.now(), by=by, until=until, reason=reason
    )
    enrolment.state, enrolment.paused_until = state, until
    enrolment.save(update_fields=["state", "paused_until"])
    record(
        EnrolmentChanged(enrolment=enrolment.pk, change=change.pk, state=change_to.value),
        by=_id(by),
        about=enrolment.person_id,
        edition=enrolment.edition_id,
    )
    return change


def _id(person: Person | None) -> UUID | None:
    return person.pk if person else None
