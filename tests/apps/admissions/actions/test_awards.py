from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.apps.admissions.examples import (
    a_call,
    a_person,
    a_programme,
    an_application,
    region_of,
    with_seats,
)
from tests.journal import journal
from trenza.apps.admissions.actions.acceptance import accept_award, decline_award
from trenza.apps.admissions.actions.applications import submit_application
from trenza.apps.admissions.actions.awards import award_application, award_in_order
from trenza.apps.admissions.errors import NoSeatLeft, NotEligible, WaitsForGuardian, WrongState
from trenza.apps.admissions.models import Acceptance, Application, Award, SeatPool
from trenza.apps.admissions.queries import awards_to_answer, seats_of, waiting_place
from trenza.apps.people.api import Person, grant_role
from trenza.apps.programmes.api import Enrolment, enrol
from trenza.core import journal as core_journal
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def taken(call: Any) -> dict[str, int]:
    return {pool.region.code if pool.region else "": pool.taken for pool in call.pools.select_related("region")}


def states(call: Any) -> list[str]:
    return list(call.applications.order_by("submitted_at").values_list("state", flat=True))


def coordinator_of(call: Any, role: str = "coordinator") -> Person:
    person = a_person(900)
    grant_role(person=person, role=role, scope_kind="programme", scope=call.programme_id, by=None)
    return person


def test_award_application_takes_a_seat_of_the_call_and_of_the_region():
    call = with_seats(a_call(), 10, el_alto=3, oruro=3)
    application = an_application(call)
    coordinator = coordinator_of(call)

    award = award_application(application=application, by=coordinator)

    assert taken(call) == {"": 1, "el-alto": 1, "oruro": 0}
    assert (award.person, award.region, award.awarded_by) == (application.person, application.region, coordinator)
    assert states(call) == ["awarded"]
    assert journal()[-1][:3] == ("admissions.award_made.v1", application.person_id, coordinator.id)


def test_award_application_without_a_limit_takes_nothing():
    call = a_call()

    award_application(application=an_application(call), by=None)

    assert taken(call) == {}


def test_award_application_when_the_region_is_full_is_refused_and_the_total_stays():
    call = with_seats(a_call(), 10, el_alto=1)
    award_application(application=an_application(call, 1), by=None)
    before = journal()

    with pytest.raises(NoSeatLeft):
        award_application(application=an_application(call, 2), by=None)

    assert taken(call) == {"": 1, "el-alto": 1}
    assert [entry[0] for entry in journal()[len(before) :]] == ["people.person_registered.v1"]


def test_award_application_twice_is_refused():
    call = with_seats(a_call(), 1)
    application = an_application(call)
    award_application(application=application, by=None)

    with pytest.raises(WrongState):
        award_application(application=application, by=None)

    assert taken(call) == {"": 1}


@pytest.mark.parametrize(
    ("state", "error"),
    [
        ("not_eligible", NotEligible),
        ("needs_help", NotEligible),
        ("waiting_guardian", WaitsForGuardian),
        ("withdrawn", WrongState),
        ("declined", WrongState),
    ],
)
def test_award_application_that_may_not_be_awarded_is_refused(state: str, error: type[Exception]):
    application = an_application(a_call(), state=state)

    with pytest.raises(error):
        award_application(application=application, by=None)

    assert list(Award.objects.all()) == []


@pytest.mark.parametrize("role", ["auditor", "trainer"])
def test_award_application_by_who_may_not_is_refused(role: str):
    call = a_call()
    application = an_application(call)

    with pytest.raises(NotAllowed):
        award_application(application=application, by=coordinator_of(call, role))


def test_award_application_of_another_programme_is_refused():
    here, there = a_call(a_programme("una")), a_call(a_programme("otra"))

    with pytest.raises(NotAllowed):
        award_application(application=an_application(there), by=coordinator_of(here))


def test_nobody_awards_herself():
    call = a_call()
    coordinator = coordinator_of(call)
    application = an_application(call, person=coordinator)

    with pytest.raises(NotAllowed):
        award_application(application=application, by=coordinator)
    assert award_in_order(call=call, by=coordinator) == []


def test_award_in_order_follows_arrival_within_the_seats_of_each_region():
    call = with_seats(a_call(), el_alto=2, oruro=1)
    for n, region in enumerate(["el-alto", "oruro", "el-alto", "oruro", "el-alto"], start=1):
        an_application(call, n, region)

    awards = award_in_order(call=call, by=None)

    assert [award.person.given_name for award in awards] == ["Juana 1", "Juana 2", "Juana 3"]
    assert states(call) == ["awarded", "awarded", "awarded", "waiting_list", "waiting_list"]
    assert taken(call) == {"el-alto": 2, "oruro": 1}
    assert [entry[0] for entry in journal()[-5:]] == ["admissions.award_made.v1"] * 3 + [
        "admissions.application_put_on_waiting_list.v1"
    ] * 2


def test_award_in_order_stops_at_the_total():
    call = with_seats(a_call(), 3, el_alto=2)
    for n, region in enumerate(["el-alto", "el-alto", "el-alto", "oruro", "oruro"], start=1):
        an_application(call, n, region)

    award_in_order(call=call, by=None)

    assert states(call) == ["awarded", "awarded", "waiting_list", "awarded", "waiting_list"]
    assert taken(call) == {"": 3, "el-alto": 2}


def test_award_in_order_with_a_limit_leaves_the_others_as_they_are():
    call = a_call()
    for n in (1, 2, 3):
        an_application(call, n)

    assert len(award_in_order(call=call, by=None, limit=2)) == 2
    assert states(call) == ["awarded", "awarded", "submitted"]


def test_award_in_order_of_a_region_leaves_the_other_regions_as_they_are():
    call = with_seats(a_call(), oruro=1)
    regions = {region.code: region for region in call.regions.all()}
    for n, region in enumerate(["el-alto", "oruro", "oruro"], start=1):
        an_application(call, n, region)

    assert len(award_in_order(call=call, by=None, region=regions["oruro"])) == 1
    assert states(call) == ["submitted", "awarded", "waiting_list"]


def test_award_in_order_leaves_out_who_may_not_be_awarded():
    call = a_call()
    for n, state in enumerate(["needs_help", "waiting_guardian", "not_eligible", "withdrawn", "submitted"], start=1):
        an_application(call, n, state=state)

    award_in_order(call=call, by=None)

    assert states(call) == ["needs_help", "waiting_guardian", "not_eligible", "withdrawn", "awarded"]


def test_award_in_order_again_changes_nothing():
    call = with_seats(a_call(), 1)
    an_application(call, 1)
    an_application(call, 2)
    award_in_order(call=call, by=None)
    before = journal()

    assert award_in_order(call=call, by=None) == []
    assert journal() == before


def test_a_declined_seat_goes_to_the_waiting_list():
    call = with_seats(a_call(), 1, el_alto=1)
    an_application(call, 1)
    second = an_application(call, 2)
    [award] = award_in_order(call=call, by=None)
    second.refresh_from_db()
    assert waiting_place(second) == 1

    decline_award(award=award, by=award.person)

    assert taken(call) == {"": 0, "el-alto": 0}
    assert [award.person for award in award_in_order(call=call, by=None)] == [second.person]


def test_waiting_place_counts_her_region_where_it_has_seats_of_its_own():
    call = with_seats(a_call(), el_alto=0)
    for n in (1, 2, 3):
        an_application(call, n, "el-alto", state="waiting_list")
        an_application(call, n + 10, "oruro", state="waiting_list")

    last = call.applications.get(person__given_name="Juana 3")
    elsewhere = call.applications.get(person__given_name="Juana 11")
    assert (waiting_place(last), waiting_place(elsewhere)) == (3, 4)


def test_accept_award_enrols_in_the_same_action():
    call = a_call()
    award = award_application(application=an_application(call), by=None)
    assert list(awards_to_answer(award.person)) == [award]

    enrolment = accept_award(award=award, by=award.person)

    assert (enrolment.person, enrolment.track, enrolment.region) == (award.person, call.track, award.region)
    assert Acceptance.objects.get().enrolment == enrolment
    assert states(call) == ["accepted"]
    assert [entry[0] for entry in journal()[-2:]] == ["programmes.enrolled.v1", "admissions.award_accepted.v1"]
    assert list(awards_to_answer(award.person)) == []


def test_accept_award_of_who_is_enrolled_already_keeps_her_enrolment():
    call = a_call()
    award = award_application(application=an_application(call), by=None)
    enrolment = enrol(person=award.person, edition=call.edition, track=call.tracks_offered[0], by=None)

    assert accept_award(award=award, by=award.person) == enrolment
    assert list(Enrolment.objects.all()) == [enrolment]


@pytest.mark.parametrize("answer", [accept_award, decline_award])
@pytest.mark.parametrize("first", [accept_award, decline_award])
def test_an_award_is_answered_once(first: Any, answer: Any):
    call = with_seats(a_call(), 1)
    award = award_application(application=an_application(call), by=None)
    first(award=award, by=award.person)
    before = taken(call)

    with pytest.raises(WrongState):
        answer(award=award, by=award.person)

    assert taken(call) == before


@pytest.mark.parametrize("answer", [accept_award, decline_award])
def test_the_award_of_somebody_else_is_not_answered(answer: Any):
    award = award_application(application=an_application(a_call()), by=None)

    with pytest.raises(NotAllowed):
        answer(award=award, by=a_person(2))


def test_the_database_refuses_more_than_the_seats():
    call = with_seats(a_call(), 1)

    with pytest.raises(IntegrityError), transaction.atomic():
        SeatPool.objects.filter(call=call).update(taken=2)


def test_the_database_refuses_two_awards_to_a_person_in_a_call():
    award = award_application(application=an_application(a_call()), by=None)
    other = an_application(a_call(award.call.programme, "otra"), person=award.person)

    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(application=other, call=award.call, person=award.person, awarded_at=award.awarded_at)


def test_every_decision_has_its_entry():
    call = with_seats(a_call(), 2)
    for n in (1, 2):
        person = a_person(n)
        submit_application(call=call, person=person, region=region_of(call), answers={"has_email": True}, by=person)
    one, two = award_in_order(call=call, by=None)
    accept_award(award=one, by=one.person)
    decline_award(award=two, by=two.person)

    assert core_journal.check() == []


class AnyOrder(TestCase):
    @hypothesis_settings(max_examples=25)
    @given(
        total=st.none() | st.integers(0, 6),
        quotas=st.dictionaries(st.sampled_from(["el_alto", "oruro"]), st.integers(0, 4)),
        regions=st.lists(st.sampled_from(["el-alto", "oruro"]), max_size=8),
        limits=st.lists(st.none() | st.integers(0, 3), min_size=1, max_size=3),
    )
    def test_seats_are_never_exceeded_and_nobody_is_passed_over(
        self, total: int | None, quotas: dict[str, int], regions: list[str], limits: list[int | None]
    ):
        call = with_seats(a_call(), total, **quotas)
        for n, region in enumerate(regions, start=1):
            an_application(call, n, region)

        for limit in [*limits, None]:
            award_in_order(call=call, by=None, limit=limit)

        left: dict[str | None, int | None] = {None: total}
        left |= {code.replace("_", "-"): seats for code, seats in quotas.items()}
        expected = []
        for region in regions:
            limits_here = [key for key in (None, region) if left.get(key) is not None]
            found = all((left[key] or 0) > 0 for key in limits_here)
            for key in limits_here:
                left[key] = (left[key] or 0) - found
            expected.append("awarded" if found else "waiting_list")
        assert states(call) == expected
        given_out = expected.count("awarded")
        assert (total is None) or given_out <= total
        assert Award.objects.count() == given_out == Application.objects.filter(state="awarded").count()
        seats = seats_of(call)
        assert seats.total == left[None]
