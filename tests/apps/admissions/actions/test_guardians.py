"""Applications of minors: they wait, go on when the team has checked a guardian, and wait again when she withdraws."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.apps.admissions.examples import (
    READY,
    a_call,
    a_minor,
    a_person,
    a_programme,
    an_application,
    an_open_call,
    region_of,
    with_seats,
)
from tests.journal import journal
from trenza.apps.admissions.api import (
    Application,
    SeatPool,
    SignUp,
    WaitsForGuardian,
    WrongState,
    accept_award,
    adult_from,
    award_application,
    continue_application,
    country_of,
    sign_up,
    submit_application,
    waits_for_guardian,
)
from trenza.apps.people.api import Guardianship, Person, check_guardian, grant_role, name_guardian, withdraw_guardian
from trenza.apps.programmes.api import Enrolment, Region
from trenza.core import clock, reference
from trenza.core.errors import NotAllowed
from trenza.core.journal import check, work_until_done

pytestmark = pytest.mark.django_db


def guarded(person: Person) -> Guardianship:
    guardianship = name_guardian(person=person, name="Lucía", relation="mother", phone="7", by=person)
    return check_guardian(guardianship=guardianship, how="in_person", by=None)


def applied(person: Person, call: Any = None, **answers: Any) -> Application:
    call = call or a_call()
    return submit_application(call=call, person=person, region=region_of(call), answers=READY | answers, by=person)


def state(application: Application) -> str:
    application.refresh_from_db()
    return application.state


def came_of_age(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(birth_date=clock.now().date() - timedelta(days=19 * 366))


def test_a_checked_guardian_lets_what_waited_go_on_and_keeps_the_place_in_the_order():
    person = a_minor()
    application = applied(person)
    submitted_at = application.submitted_at
    assert application.state == "waiting_guardian"

    guarded(person)
    assert state(application) == "waiting_guardian"  # until a worker comes to it
    work_until_done()
    work_until_done()

    assert (state(application), application.submitted_at) == ("submitted", submitted_at)
    entries = [entry for entry in journal() if entry[0] == "admissions.application_continued.v1"]
    assert entries == [
        (
            "admissions.application_continued.v1", person.pk, None,
            {"application": str(application.pk), "state": "submitted"},
        )
    ]  # fmt: skip
    assert check() == []


def test_who_lacks_something_needs_help_once_her_guardian_was_checked():
    person = a_minor()
    application = applied(person, has_email=False)

    guarded(person)
    work_until_done()

    assert (application.outcomes.filter(met=False).count(), state(application)) == (1, "needs_help")


def test_naming_and_agreeing_open_nothing():
    person = a_minor()
    application = applied(person)
    name_guardian(person=person, name="Lucía", relation="mother", phone="7", by=person)

    work_until_done()

    assert state(application) == "waiting_guardian"
    with pytest.raises(WaitsForGuardian):
        continue_application(application=application, by=person)


def test_a_minor_with_a_checked_guardian_waits_for_nothing():
    person = a_minor()
    guarded(person)

    assert applied(person).state == "submitted"
    result = sign_up(call=an_open_call(), person=person, region=region_of(an_open_call_again()), by=person)
    assert isinstance(result, Enrolment)


def an_open_call_again() -> Any:
    from trenza.apps.admissions.models import Call

    return Call.objects.get(code="abierta")


def test_an_open_call_enrols_her_once():
    person, call = a_minor(), with_seats(an_open_call(), 1)
    application = sign_up(call=call, person=person, region=region_of(call), by=person)
    assert isinstance(application, Application)

    guarded(person)
    work_until_done()

    assert state(application) == "accepted"
    assert Enrolment.objects.get().person == person
    assert SignUp.objects.get().person == person
    assert SeatPool.objects.get().taken == 1
    with pytest.raises(WrongState):
        continue_application(application=application, by=person)


def test_a_full_open_call_puts_her_on_the_waiting_list_and_takes_no_seat():
    call = with_seats(an_open_call(), 5, el_alto=0)
    application = an_application(call, 1, person=a_minor(), state="waiting_guardian")

    guarded(application.person)
    work_until_done()

    assert state(application) == "waiting_list"
    assert list(SeatPool.objects.values_list("taken", flat=True)) == [0, 0]
    assert list(Enrolment.objects.all()) == []


def test_coming_of_age_ends_the_need():
    person = a_minor()
    application = applied(person)
    came_of_age(person)

    continue_application(application=application, by=Person.objects.get(pk=person.pk))

    assert state(application) == "submitted"


def test_continue_application_is_hers_or_the_teams():
    application = applied(a_minor())
    came_of_age(application.person)
    team, stranger = a_person(8), a_person(9)
    grant_role(person=team, role="coordinator", by=None)

    with pytest.raises(NotAllowed):
        continue_application(application=application, by=stranger)
    assert continue_application(application=application, by=team).state == "submitted"


def test_a_withdrawn_guardian_stops_what_has_no_place_and_nothing_else():
    person = a_minor()
    guardianship = guarded(person)
    waiting = applied(person)
    placed = an_application(a_call(code="otra"), 2, person=person, state="awarded")
    grown_up = applied(a_person(7), a_call_again())

    withdraw_guardian(guardianship=guardianship, by=None)
    work_until_done()

    assert [state(each) for each in (waiting, placed, grown_up)] == ["waiting_guardian", "awarded", "submitted"]
    assert journal()[-1][0] == "admissions.application_stopped.v1"


def a_call_again() -> Any:
    from trenza.apps.admissions.models import Call

    return Call.objects.get(code="beca-2026")


def test_an_enrolment_goes_on_when_the_guardian_withdraws():
    person, call = a_minor(), an_open_call()
    guardianship = guarded(person)
    enrolment = sign_up(call=call, person=person, region=region_of(call), by=person)

    withdraw_guardian(guardianship=guardianship, by=None)
    work_until_done()

    enrolment.refresh_from_db()
    assert enrolment.state == "active"


def test_a_minor_takes_a_place_only_with_a_guardian():
    person = a_minor()
    guardianship = guarded(person)
    award = award_application(application=applied(person), by=None)
    withdraw_guardian(guardianship=guardianship, by=None)

    with pytest.raises(WaitsForGuardian):
        accept_award(award=award, by=person)
    guarded(person)

    assert accept_award(award=award, by=person).person == person


def test_a_guardian_who_expired_counts_no_more():
    person, call = a_minor(), a_call()
    guarded(person)
    Guardianship.objects.update(expires_on=clock.now().astimezone(call.zone).date())

    assert waits_for_guardian(call, person, region_of(call), clock.now()) is True
    assert applied(person, call).state == "waiting_guardian"


@pytest.mark.parametrize(
    ("law", "programme", "years"),
    [(18, 18, 18), (18, 16, 18), (18, 21, 21), (21, 18, 21)],
)
def test_the_law_of_her_country_holds_and_a_programme_may_only_ask_more(
    monkeypatch: pytest.MonkeyPatch, law: int, programme: int, years: int
):
    call = a_call(a_programme())
    call.programme.adult_from = programme
    monkeypatch.setattr(reference, "adult_age", lambda country: {"BO": law}[country])

    assert adult_from(call, a_person(), region_of(call)) == years


def test_her_country_is_that_of_her_region_then_hers_then_the_editions():
    call = a_call(a_programme())
    nowhere, at_home = a_person(1), a_person(2, country="MX")

    assert country_of(call, at_home, region_of(call)) == "BO"
    assert country_of(call, at_home, None) == "MX"
    assert country_of(call, nowhere, None) == ""
    call.edition.countries = ["PY"]
    assert country_of(call, nowhere, None) == "PY"
    call.edition.countries = ["PY", "BO"]
    assert country_of(call, nowhere, None) == ""
    assert adult_from(call, nowhere, None) == 18


def test_the_day_counts_where_the_call_runs():
    call, birthday = a_call(a_programme()), date(2009, 3, 1)
    person = a_person(1, birth_date=birthday)
    from datetime import UTC, datetime

    before = datetime(2027, 3, 1, 3, 59, tzinfo=UTC)  # 28 February, 23:59 in La Paz

    region: Region = region_of(call)
    assert waits_for_guardian(call, person, region, before) is True
    assert waits_for_guardian(call, person, region, before + timedelta(minutes=1)) is False
