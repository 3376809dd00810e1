"""Sign up to an open call: enrolled at once."""

from trenza.apps.admissions.actions.applications import ensure_region, insert_application, require_herself_or_bringer
from trenza.apps.admissions.actions.judging import State, judge, keep_first_judgement
from trenza.apps.admissions.actions.seats import take_seat
from trenza.apps.admissions.eligibility import Verdict, verdict
from trenza.apps.admissions.errors import CallNotOpen, NotEligible
from trenza.apps.admissions.events import SignedUp
from trenza.apps.admissions.minors import waits_for_guardian
from trenza.apps.admissions.models import Application, Call, SignUp
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, Region, enrol
from trenza.core import clock
from trenza.core.journal import action, record


@action
def sign_up(*, call: Call, person: Person, region: Region | None, by: Person | None) -> Enrolment | Application:
    """Enrol by an open call. A minor whose guardian was not checked is not enrolled: an application that waits is
    returned.

    Raises:
        CallNotOpen: it has not begun or has ended in its own time zone, or is not published, or selects.
        RegionNotOffered: the call does not run there.
        Incomplete: her date of birth is not known.
        NotEligible: she does not meet the rules; `.outcomes` say why.
        NoSeatLeft: the seats are taken.
        AlreadyEnrolled: `.enrolment` is hers; AlreadyApplied: `.application` is hers, and waits.
        NotAllowed: `by` is somebody else, and may not bring people in there.
    """
    require_herself_or_bringer(person, by, call, region)
    now = clock.now()
    if call.is_selected or not call.is_open_at(now):
        raise CallNotOpen
    ensure_region(call, region)
    outcomes = judge(call, person, {})
    if verdict(outcomes) != Verdict.ELIGIBLE:
        raise NotEligible(outcomes)
    if waits_for_guardian(call, person, region, now):
        application = insert_application(call, person, region, State.WAITING_GUARDIAN, by=by)
        keep_first_judgement(application, outcomes, by)
        return application
    return place_by_open_call(call, person, region, by)


def place_by_open_call(call: Call, person: Person, region: Region | None, by: Person | None) -> Enrolment:
    """Take a seat and enrol, once it is known that she may. Raises NoSeatLeft, NotOffered and AlreadyEnrolled."""
    take_seat(call, region.pk if region else None)
    [track] = call.tracks_offered  # no open call has several
    enrolment = enrol(person=person, edition=call.edition, track=track, region=region, by=by)
    row = SignUp.objects.create(call=call, person=person, region=region, enrolment=enrolment, signed_up_at=clock.now())
    record(
        SignedUp(sign_up=row.pk, call=call.pk, enrolment=enrolment.pk),
        by=by.pk if by else None,
        about=person.pk,
        edition=call.edition_id,
    )
    return enrolment
