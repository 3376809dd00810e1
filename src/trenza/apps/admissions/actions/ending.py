"""An award ends otherwise than by her no: it expires, the team takes it back, or she leaves before it begins."""

from typing import Final
from uuid import UUID

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.judging import State, move
from trenza.apps.admissions.actions.reasons import reason_of
from trenza.apps.admissions.actions.seats import give_seat_back, lock_seats, take_seat
from trenza.apps.admissions.errors import MayNotRejoin, WrongState
from trenza.apps.admissions.events import AwardEnded, AwardResumed, WaitingListRejoined
from trenza.apps.admissions.models import Acceptance, Application, Award, AwardEnd
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment
from trenza.core import clock
from trenza.core.journal import action, record

MOST: Final = 200
"""Awards that expire in one sweep and one transaction each; the rest waits for the next sweep."""


def expire_awards() -> int:
    """End every offer whose days are over, each in an action of its own; how many. May be called at any time, by
    several at once."""
    over = Award.objects.filter(expires_at__lte=clock.now(), application__state=State.AWARDED)
    found = list(over.select_related("call").order_by("expires_at", "id")[:MOST])
    return sum(expire_award(award=award) is not None for award in found)


@action
def expire_award(*, award: Award) -> AwardEnd | None:
    """End an offer whose days are over; None where it was answered, or is not over."""
    lock_seats(award.call, award.region_id)  # seats first: see the lock order in seats.py
    application = _locked(award)
    award = Award.objects.select_related("call").get(pk=award.pk)
    if application.state != State.AWARDED or not award.has_expired_at(clock.now()):
        return None
    return _end(award, application, AwardEnd.Kind.EXPIRED, State.EXPIRED, None)


@action
def withdraw_award(*, award: Award, reason: str, by: Person) -> AwardEnd:
    """Take an offer back that she has not answered. She reads that it was, and never why; the team does.

    Who has accepted is enrolled: her enrolment is ended instead.

    Raises:
        ReasonMissing: no reason, or one that is too long.
        WrongState: she has answered, or it ended before.
        NotAllowed: `by` may not award places there, or it is her own.
    """
    rules.reachable_awards.require(by, award)
    reason = reason_of(reason)
    lock_seats(award.call, award.region_id)
    application = _locked(award)
    if application.state != State.AWARDED:
        raise WrongState(application.state)
    return _end(award, application, AwardEnd.Kind.WITHDRAWN, State.TAKEN_BACK, by, reason)


@action
def rejoin_waiting_list(*, application: Application, by: Person) -> Application:
    """Her offer expired: she stands in the line again, behind everybody who is in it.

    Raises:
        MayNotRejoin: the call lets nobody, was retired, or its edition has ended.
        WrongState: no offer of hers expired here, or she is in the line already.
        NotAllowed: it is not hers.
    """
    rules.own_applications.require(by, application)
    held = Application.objects.select_for_update(of=("self",)).select_related("call__edition").get(pk=application.pk)
    if held.state != State.EXPIRED:
        raise WrongState(held.state)
    if not may_rejoin(held):
        raise MayNotRejoin
    held.state, held.rejoined_at = State.WAITING_LIST, clock.now()
    held.save(update_fields=["state", "rejoined_at"])
    record(WaitingListRejoined(application=held.pk), by=by.pk, about=held.person_id, edition=held.call.edition_id)
    return held


def may_rejoin(application: Application) -> bool:
    """Whether she may stand in the line again once her offer has expired: places are still given there."""
    call = application.call
    return call.may_rejoin and call.gives_places_on(clock.today(call.zone))


@action
def release_seat(*, enrolment: UUID) -> AwardEnd | None:
    """She left before her edition began: the seat that she held is free. None where nothing is to be freed."""
    found = Acceptance.objects.select_related("award__call__edition", "enrolment").filter(
        enrolment=enrolment, award__call__follow_on=None, award__application__state=State.ACCEPTED
    )
    acceptance = found.order_by("accepted_at").last()
    if acceptance is None:
        return None
    award = acceptance.award
    if clock.today(award.call.zone) >= award.call.edition.starts_on:
        return None
    lock_seats(award.call, award.region_id)
    application = _locked(award)
    left = Enrolment.objects.filter(pk=enrolment, state=Enrolment.State.WITHDRAWN).exists()
    if application.state != State.ACCEPTED or not left:
        return None
    return _end(award, application, AwardEnd.Kind.RELEASED, State.RELEASED, acceptance.enrolment.person)


def take_seat_again(enrolment: Enrolment, by: Person | None) -> None:
    """Within the action by which she returns to an enrolment: if her seat was given on, she needs another.

    Raises:
        NoSeatLeft: none is left.
    """
    found = Acceptance.objects.select_related("award__call").filter(
        enrolment=enrolment, award__application__state__in=[State.ACCEPTED, State.RELEASED]
    )
    acceptance = found.order_by("accepted_at").last()
    if acceptance is None:
        return
    award = acceptance.award
    lock_seats(award.call, award.region_id)
    application = _locked(award)
    if application.state != State.RELEASED:
        return
    take_seat(award.call, award.region_id, Award.objects.values_list("track", flat=True).get(pk=award.pk))
    move(application, State.ACCEPTED)
    record(
        AwardResumed(award=award.pk, enrolment=enrolment.pk),
        by=by.pk if by else None,
        about=award.person_id,
        edition=award.call.edition_id,
    )


def _end(
    award: Award, application: Application, kind: AwardEnd.Kind, state: State, by: Person | None, reason: str = ""
) -> AwardEnd:
    # As it stands behind the locks: she may have changed her track meanwhile.
    track = Award.objects.values_list("track", flat=True).get(pk=award.pk)
    give_seat_back(award.call, award.region_id, track)
    end = AwardEnd.objects.create(award=award, kind=kind, at=clock.now(), by=by, reason=reason)
    move(application, state)
    record(
        AwardEnded(award=award.pk, end=end.pk, how=kind.value),
        by=by.pk if by else None,
        about=award.person_id,
        edition=award.call.edition_id,
    )
    return end


def _locked(award: Award) -> Application:
    return Application.objects.select_for_update(of=("self",)).get(pk=award.application_id)
