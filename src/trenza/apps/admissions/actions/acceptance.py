"""Her answer to an award."""

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.judging import State, move
from trenza.apps.admissions.actions.parts import begin_parts
from trenza.apps.admissions.actions.seats import give_seat_back, lock_seats
from trenza.apps.admissions.errors import OfferExpired, WaitsForGuardian, WrongState
from trenza.apps.admissions.events import AwardAccepted, AwardDeclined
from trenza.apps.admissions.minors import waits_for_guardian
from trenza.apps.admissions.models import Acceptance, Application, Award, Refusal
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import AlreadyEnrolled, EarnedFollowOn, Enrolment, enrol
from trenza.core import clock
from trenza.core.journal import action, record


@action
def accept_award(*, award: Award, by: Person | None) -> Enrolment:
    """Take the place: she is enrolled in the same transaction (in what she was in already, if so). What follows from a
    completion enrols her in nothing: it hangs on the enrolment that she completed.

    Raises:
        OfferExpired: her days to answer are over.
        WrongState: she accepted or declined it already.
        WaitsForGuardian: she is a minor, and her guardian has not been checked or no longer agrees. The place waits.
        NotOffered: the definition no longer offers the track there.
        NotAllowed: it is not hers.
    """
    application, award = _held(award, by)
    call = application.call
    if waits_for_guardian(call, award.person, award.region, clock.now()):
        raise WaitsForGuardian
    enrolment = _place(application, award, by)
    acceptance = Acceptance.objects.create(award=award, enrolment=enrolment, accepted_at=clock.now())
    move(application, State.ACCEPTED)
    begin_parts(call, [award], on=acceptance.accepted_at)
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
        OfferExpired: her days to answer are over; its seat is free already, or in a moment.
        WrongState: she accepted or declined it already.
        NotAllowed: it is not hers.
    """
    lock_seats(award.call, award.region_id)  # seats first: see the lock order in seats.py
    application, award = _held(award, by)
    give_seat_back(award.call, award.region_id, award.track_id)
    refusal = Refusal.objects.create(award=award, declined_at=clock.now())
    move(application, State.DECLINED)
    record(
        AwardDeclined(award=award.pk, refusal=refusal.pk),
        by=by.pk if by else None,
        about=award.person_id,
        edition=application.call.edition_id,
    )
    return refusal


def _held(award: Award, by: Person | None) -> tuple[Application, Award]:
    """The award's application, locked, if it is hers and she has not answered yet; and the award as it stands."""
    if by is not None:
        rules.own_awards.require(by, award)
    hers = Application.objects.select_for_update(of=("self",)).select_related("call__edition", "region")
    application = hers.get(pk=award.application_id)
    if application.state == State.EXPIRED:
        raise OfferExpired
    if application.state != State.AWARDED:
        raise WrongState(application.state)
    # Read under the lock: it may have reached her in the meantime, or be an offer anew in another track.
    award = Award.objects.select_related("person", "track").get(pk=award.pk)
    award.call = application.call
    if award.region_id == application.region_id:
        award.region = application.region
    if award.has_expired_at(clock.now()):
        raise OfferExpired
    return application, award


def _place(application: Application, award: Award, by: Person | None) -> Enrolment:
    call = application.call
    if call.follow_on_id is not None:
        earned = EarnedFollowOn.objects.select_related("enrolment")
        return earned.get(
            follow_on=call.follow_on_id, enrolment__person=award.person_id, enrolment__edition=call.edition_id
        ).enrolment
    try:
        return enrol(person=award.person, edition=call.edition, track=award.track, region=application.region, by=by)
    except AlreadyEnrolled as already:
        return already.enrolment
