"""A seat that becomes free goes to who is next on the waiting list, by itself."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.apps.admissions.actions.test_awards import states, taken
from tests.apps.admissions.definition.examples import WITH_CALLS, read
from tests.apps.admissions.definition.test_loading import JULY
from tests.apps.admissions.examples import a_call, an_application, with_seats
from tests.journal import journal
from trenza.apps.admissions.actions.acceptance import decline_award
from trenza.apps.admissions.actions.awards import award_in_order
from trenza.apps.admissions.actions.calls import publish_call
from trenza.apps.admissions.actions.cascade import fill_from_waiting_list
from trenza.apps.admissions.models import Application, Award, Call, SeatPool
from trenza.apps.programmes.api import Edition, load_definition
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db


def decline_first(call: Call) -> None:
    award = call.awards.filter(application__state="awarded").order_by("application__submitted_at").first()
    assert award is not None
    decline_award(award=award, by=award.person)


def test_who_is_next_gets_the_seat_that_was_declined():
    call = with_seats(a_call(), 2)
    for number in range(4):
        an_application(call, number)
    award_in_order(call=call, by=None)
    assert states(call) == ["awarded", "awarded", "waiting_list", "waiting_list"]

    decline_first(call)
    work_until_done()

    assert states(call) == ["declined", "awarded", "awarded", "waiting_list"]
    assert taken(call) == {"": 2}
    assert [kind for kind, *_ in journal()][-2:] == ["admissions.award_declined.v1", "admissions.award_made.v1"]
    work_until_done()
    assert Award.objects.count() == 3


def test_seat_of_a_region_stays_in_the_region():
    call = with_seats(a_call(), 3, el_alto=1, oruro=1)
    for number, region in enumerate(("el-alto", "oruro", "oruro", "el-alto")):
        an_application(call, number, region=region)
    award_in_order(call=call, by=None)

    decline_first(call)
    work_until_done()

    assert states(call) == ["declined", "awarded", "waiting_list", "awarded"]
    assert taken(call) == {"": 2, "el-alto": 1, "oruro": 1}


def test_more_seats_in_the_definition_go_to_who_waits():
    source = WITH_CALLS.replace("2026-07-01T00:00:00", "2026-01-01T00:00:00")
    fewer = (
        source.replace("seats = 100", "seats = 2").replace("seats = 60", "seats = 1").replace("seats = 40", "seats = 1")
    )
    programme = load_definition(definition=read(fewer), today=JULY.date())
    call = programme.calls.get(code="becas")
    with clock.travel(JULY):
        publish_call(call=call, by=None)
        for number in range(3):
            an_application(call, number)
        award_in_order(call=call, by=None)
        assert states(call) == ["awarded", "waiting_list", "waiting_list"]

        more = fewer.replace("seats = 2", "seats = 3").replace("seats = 1", "seats = 2", 1)
        load_definition(definition=read(more), today=JULY.date())
        work_until_done()

    assert states(call) == ["awarded", "awarded", "waiting_list"]


@pytest.mark.parametrize("closed", ["retired", "over", "unlimited"])
def test_nobody_is_awarded_where_nothing_is_given_any_more(closed):
    call = with_seats(a_call(), 1)
    for number in range(2):
        an_application(call, number)
    award_in_order(call=call, by=None)
    SeatPool.objects.update(seats=2)
    if closed == "retired":
        Call.objects.update(retired_at=clock.now())
    elif closed == "over":
        past = (clock.now() - timedelta(days=2)).date()
        Edition.objects.update(starts_on=past, ends_on=past)
    else:
        SeatPool.objects.all().delete()

    assert fill_from_waiting_list(call=call.pk) == []
    assert states(call) == ["awarded", "waiting_list"]


def test_queries_do_not_grow_with_the_list(django_assert_max_num_queries):
    call = with_seats(a_call(), 1)
    for number in range(12):
        an_application(call, number)
    award_in_order(call=call, by=None)
    SeatPool.objects.update(seats=2)

    with django_assert_max_num_queries(16):
        assert len(fill_from_waiting_list(call=call.pk)) == 1


class EverySeatThatAnyoneWants(TestCase):
    @hypothesis_settings(max_examples=25, deadline=None)
    @given(
        st.lists(st.sampled_from(["el-alto", "oruro"]), max_size=8),
        st.integers(0, 6), st.integers(0, 4), st.integers(0, 4),
    )  # fmt: skip
    def test_is_filled_and_none_more(self, regions, total, el_alto, oruro):
        call = with_seats(a_call(), 0, el_alto=0, oruro=0)
        for number, region in enumerate(regions):
            an_application(call, number, region=region)
        award_in_order(call=call, by=None)
        for code, seats in ((None, total), ("el-alto", el_alto), ("oruro", oruro)):
            SeatPool.objects.filter(call=call, region__code=code).update(seats=seats)

        fill_from_waiting_list(call=call.pk)

        held = {"el-alto": 0, "oruro": 0}
        for code in Award.objects.values_list("region__code", flat=True):
            held[code] += 1
        wanted = {code: min(regions.count(code), limit) for code, limit in (("el-alto", el_alto), ("oruro", oruro))}
        assert all(held[code] <= wanted[code] for code in held)
        assert sum(held.values()) == min(total, sum(wanted.values()))
        waiting = Application.objects.filter(state="waiting_list")
        assert waiting.count() == len(regions) - sum(held.values())
