from datetime import UTC, date, datetime

import pytest

from tests.apps.admissions.examples import RULES, a_call, a_minor, a_person, an_open_call, region_of, with_seats
from tests.journal import journal
from trenza.apps.admissions.actions.sign_up import sign_up
from trenza.apps.admissions.errors import AlreadyApplied, CallNotOpen, Incomplete, NoSeatLeft, NotEligible
from trenza.apps.admissions.models import Application, SeatPool, SignUp
from trenza.apps.programmes.api import AlreadyEnrolled, Enrolment
from trenza.core import journal as core_journal

pytestmark = pytest.mark.django_db


def test_sign_up_enrols_at_once():
    call, person = an_open_call(), a_person()

    enrolment = sign_up(call=call, person=person, region=region_of(call), by=person)

    assert isinstance(enrolment, Enrolment)
    assert (enrolment.track, enrolment.region) == (call.track, region_of(call))
    assert SignUp.objects.get().enrolment == enrolment
    assert [entry[0] for entry in journal()[-2:]] == ["programmes.enrolled.v1", "admissions.signed_up.v1"]
    assert core_journal.check() == []


def test_sign_up_twice_is_refused_and_takes_one_seat():
    call, person = with_seats(an_open_call(), 5), a_person()
    first = sign_up(call=call, person=person, region=region_of(call), by=person)

    with pytest.raises(AlreadyEnrolled) as refused:
        sign_up(call=call, person=person, region=region_of(call), by=person)

    assert refused.value.enrolment == first
    assert SeatPool.objects.get().taken == 1


def test_sign_up_of_a_minor_makes_an_application_that_waits():
    call, person = an_open_call(), a_minor()

    application = sign_up(call=call, person=person, region=region_of(call), by=person)

    assert isinstance(application, Application)
    assert application.state == "waiting_guardian"
    assert list(Enrolment.objects.all()) == []
    with pytest.raises(AlreadyApplied):
        sign_up(call=call, person=person, region=region_of(call), by=person)


def test_sign_up_without_a_seat_is_refused():
    call, person = with_seats(an_open_call(), 0), a_person()

    with pytest.raises(NoSeatLeft):
        sign_up(call=call, person=person, region=region_of(call), by=person)

    assert list(Enrolment.objects.all()) == []


def test_sign_up_of_one_who_does_not_meet_the_rules_says_why():
    call, person = an_open_call(rules=RULES[:1]), a_person(birth_date=date(1960, 1, 1))

    with pytest.raises(NotEligible) as refused:
        sign_up(call=call, person=person, region=region_of(call), by=person)

    assert [outcome.sentence for outcome in refused.value.outcomes] == ["Tener entre 16 y 29 años."]


def test_sign_up_without_a_date_of_birth_is_incomplete():
    call, person = an_open_call(), a_person(birth_date=None)

    with pytest.raises(Incomplete):
        sign_up(call=call, person=person, region=region_of(call), by=person)


def test_sign_up_to_a_selected_or_closed_call_is_refused():
    person = a_person()
    selected = a_call()
    closed = an_open_call(
        code="cerrada", opens_at=datetime(2020, 1, 1, tzinfo=UTC), closes_at=datetime(2020, 2, 1, tzinfo=UTC)
    )

    for call in (selected, closed):
        with pytest.raises(CallNotOpen):
            sign_up(call=call, person=person, region=region_of(call), by=person)
