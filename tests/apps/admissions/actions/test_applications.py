from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.apps.admissions.examples import READY, RULES, a_call, a_minor, a_person, an_open_call, region_of
from tests.journal import journal
from trenza.apps.admissions.actions.applications import submit_application, update_answers, withdraw_application
from trenza.apps.admissions.errors import AlreadyApplied, CallNotOpen, Incomplete, RegionNotOffered, WrongState
from trenza.apps.admissions.models import Application, Call
from trenza.apps.forms.api import AnswersNotValid, Response
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Region
from trenza.core.clock import travel
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def submit(call: Call, person: Person, **answers: Any) -> Application:
    return submit_application(call=call, person=person, region=region_of(call), answers=READY | answers, by=person)


def test_submit_application_keeps_answers_and_outcomes_beside_the_entry():
    call, person = a_call(), a_person()

    application = submit(call, person, why="Quiero vender mejor")

    assert (application.state, application.region) == ("submitted", region_of(call))
    assert Response.objects.get().answers == {"has_email": True, "why": "Quiero vender mejor"}
    assert list(application.outcomes.values_list("rule", "met")) == [("edad", True), ("correo", True)]
    [entry] = [entry for entry in journal() if entry[0].startswith("admissions.")]
    assert entry == (
        "admissions.application_submitted.v1",
        person.id,
        person.id,
        {
            "application": str(application.id),
            "call": str(call.id),
            "region": str(region_of(call).id),
            "state": "submitted",
        },
    )


def test_submit_application_of_one_too_old_is_not_eligible_and_says_why():
    application = submit(a_call(), a_person(birth_date=date(1970, 1, 1)))

    assert application.state == "not_eligible"
    assert list(application.outcomes.filter(met=False).values_list("sentence", flat=True)) == [
        "Tener entre 16 y 29 años."
    ]


def test_submit_application_without_an_email_account_is_helped_and_not_refused():
    application = submit(a_call(), a_person(), has_email=False)

    assert application.state == "needs_help"
    assert list(application.outcomes.filter(met=False).values_list("help", flat=True)) == [
        "Te ayudamos a crear una en el centro."
    ]


def test_submit_application_of_a_minor_waits_for_a_guardian():
    assert submit(a_call(rules=[]), a_minor()).state == "waiting_guardian"


def test_submit_application_of_a_minor_who_is_refused_does_not_wait():
    rules = [RULES[0] | {"at_least": 18}]
    call = a_call(rules=rules, closes_at=datetime(2026, 12, 31, tzinfo=UTC), opens_at=datetime(2020, 1, 1, tzinfo=UTC))

    with travel(datetime(2026, 6, 1, tzinfo=UTC)):
        application = submit(call, a_person(birth_date=date(2010, 1, 1)))

    assert application.state == "not_eligible"


def test_age_counts_on_the_day_on_which_the_call_closes():
    call = a_call(
        rules=RULES[:1],
        opens_at=datetime(2026, 1, 1, tzinfo=UTC),
        closes_at=datetime(2026, 3, 2, 3, 59, 59, tzinfo=UTC),
    )

    with travel(datetime(2026, 2, 1, tzinfo=UTC)):
        # In La Paz the call closes on 1 March: sixteen that day, and sixteen the day after.
        just, later = (submit(call, a_person(n, birth_date=date(2010, 3, n))).outcomes.get().met for n in (1, 2))

    assert (just, later) == (True, False)


def test_submit_application_twice_keeps_the_first():
    call, person = a_call(), a_person()
    first = submit(call, person, why="Uno")

    with pytest.raises(AlreadyApplied) as refused:
        submit(call, person, why="Dos")

    assert refused.value.application == first
    assert [response.answers["why"] for response in Response.objects.all()] == ["Uno"]


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2019, 7, 1, 3, 59, 59, 999_999, tzinfo=UTC), False),
        (datetime(2019, 7, 1, 4, 0, 0, tzinfo=UTC), True),
        (datetime(2019, 8, 1, 3, 59, 59, 999_999, tzinfo=UTC), True),
        (datetime(2019, 8, 1, 4, 0, 0, tzinfo=UTC), False),
    ],
)
def test_a_call_opens_and_closes_at_the_second_of_its_own_zone(moment: datetime, is_open: bool):
    # From 1 July 00:00:00 to 31 July 23:59:59 in La Paz, four hours behind UTC.
    call = a_call(
        opens_at=datetime(2019, 7, 1, 4, tzinfo=UTC), closes_at=datetime(2019, 8, 1, 3, 59, 59, tzinfo=UTC), rules=[]
    )
    person = a_person(birth_date=date(1990, 1, 1))

    assert list(Call.objects.open_at(moment)) == [call] * is_open
    with travel(moment):
        if is_open:
            assert submit(call, person).state == "submitted"
        else:
            with pytest.raises(CallNotOpen):
                submit(call, person)


def test_submit_application_to_a_call_that_is_not_published_is_refused():
    with pytest.raises(CallNotOpen):
        submit(a_call(published_at=None), a_person())


def test_submit_application_to_an_open_call_is_refused():
    with pytest.raises(CallNotOpen):
        submit(an_open_call(), a_person())


def test_submit_application_from_another_region_is_refused():
    call, person = a_call(), a_person()
    call.regions.remove(region_of(call, "oruro"))

    for region in (region_of(call, "oruro"), None):
        with pytest.raises(RegionNotOffered):
            submit_application(call=call, person=person, region=region, answers=READY, by=person)


def test_submit_application_without_required_answers_names_them():
    call, person = a_call(), a_person()

    with pytest.raises(Incomplete) as refused:
        submit_application(call=call, person=person, region=region_of(call), answers={}, by=person)

    assert refused.value.questions == ["has_email"]
    assert list(Application.objects.all()) == []


def test_submit_application_without_a_date_of_birth_is_incomplete():
    with pytest.raises(Incomplete) as refused:
        submit(a_call(), a_person(birth_date=None))

    assert refused.value.questions == ["birth_date"]


def test_submit_application_with_answers_nobody_asked_for_is_refused():
    with pytest.raises(AnswersNotValid):
        submit(a_call(), a_person(), password="x")


def test_submit_application_for_somebody_else_is_refused():
    call, person = a_call(), a_person()

    with pytest.raises(NotAllowed):
        submit_application(call=call, person=person, region=region_of(call), answers=READY, by=a_person(2))


def test_update_answers_judges_again_and_keeps_the_place_in_the_order():
    application = submit(a_call(), a_person(), has_email=False)

    again = update_answers(application=application, answers=READY, by=application.person)

    assert (again.state, again.submitted_at) == ("submitted", application.submitted_at)
    assert list(again.outcomes.values_list("met", flat=True)) == [True, True]
    assert Response.objects.get().answers == READY
    assert journal()[-1] == (
        "admissions.application_judged_again.v1",
        application.person_id,
        application.person_id,
        {"application": str(application.id), "state": "submitted"},
    )


def test_update_answers_may_come_after_the_call_has_closed():
    application = submit(a_call(), a_person(), has_email=False)
    closed = application.call.opens_at + timedelta(days=1)
    Call.objects.update(closes_at=closed)

    assert update_answers(application=application, answers=READY, by=application.person).state == "submitted"


def test_update_answers_of_an_application_that_needs_no_help_is_refused():
    application = submit(a_call(), a_person())

    with pytest.raises(WrongState):
        update_answers(application=application, answers={"has_email": False}, by=application.person)


def test_update_answers_of_somebody_else_is_refused():
    application = submit(a_call(), a_person(), has_email=False)

    with pytest.raises(NotAllowed):
        update_answers(application=application, answers=READY, by=a_person(2))


def test_withdraw_application_is_final():
    application = submit(a_call(), a_person())

    assert withdraw_application(application=application, by=application.person).state == "withdrawn"
    with pytest.raises(WrongState):
        withdraw_application(application=application, by=application.person)


def test_regions_of_a_call_are_its_own():
    call = a_call()

    assert list(call.regions.order_by("position")) == list(Region.objects.filter(programme=call.programme))
