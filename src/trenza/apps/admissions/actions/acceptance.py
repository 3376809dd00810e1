"""Her answer to an award."""

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.judging import State
from trenza.apps.admissions.actions.seats import give_seat_back, lock_seats
from trenza.apps.admissions.errors import WaitsForGuardian, WrongState
from trenza.apps.admissions.events import AwardAccepted, AwardDeclined
from trenza.apps.admissions.minors import waits_for_guardian
from trenza.apps.admissions.models import Acceptance, Application, Award, Refusal
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import AlreadyEnrolled, Enrolment, enrol
from trenza.core import clock
from trenza.core.journal import action, record


@action
def accept_award(*, award: Award, by: Person | None) -> Enrolment:
    """Take the place: she is enrolled in the same transaction (in what she was in already, if so).

    Raises:
        WrongState: she accepted or declined it already.
        WaitsForGuardian: she is a minor, and her guardian has not been checked or no longer agrees. The place waits.
        NotOffered: the definition no longer offers the track there.
        NotAllowed: it is not hers.
    """
    application = _held(award, by)
    call = application.call
    if waits_for_guardian(call, award.person, award.region, clock.now()):
        raise WaitsForGuardian
    try:
        enrolment = enrol(person=award.person, edition=call.edition, track=call.track, region=application.region, by=by)
    except AlreadyEnrolled as already:
        enrolment = already.enrolment
    acceptance = Acceptance.objects.create(award=award, enrolment=enrolment, accepted_at=clock.now())
    _move(application, State.ACCEPTED)
    record(
        AwardAccepted(award=award.pk, acceptance=acceptance.pk, enrolment=enrolment.pk),
        by=by.pk if by else None,
        about=award.person_id,
        edition=call.edition_id,
    )
    return enrolment


@action
def decline_award(*, award: Award, by: Person | None) -> Refusal:
    """Leave the place to somebody else; its seat is free at once.

    Raises:
        WrongState: she accepted or declined it already.
        NotAllowed: it is not hers.
    """
    lock_seats(award.call, award.region_id)  # seats first: see the lock order in seats.py
    application = _held(award, by)
    give_seat_back(award.call, award.region_id)
    refusal = Refusal.objects.create(award=award, declined_at=clock.now())
    _move(application, State.DECLINED)
    record(
        AwardDeclined(award=award.pk, refusal=refusal.pk),
        by=by.pk if by else None,
        about=award.person_id,
        edition=application.call.edition_id,
    )
    return refusal


def _held(award: Award, by: Person | None) -> Application:
    """The award's application, locked, if it is hers and she has not answered yet."""
    if by is not None:
        rules.own_awards.require(by, award)
    hers = Application.objects.select_for_update(of=("self",)).select_related("call__edition", "call__track", "region")
    application = hers.get(pk=award.application_id)
    if application.state != State.AWARDED:
        raise WrongState(application.state)
    return application


def _move(application: Application, state: State) -> None:
    application.state = state
    application.save(update_fields=["state"])
