"""Women wish for tracks, and each gets the best of her wishes that has a seat when it is her turn."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.apps.admissions.actions.test_awards import coordinator_of, states
from tests.apps.admissions.examples import READY, a_call, a_person, region_of
from tests.apps.admissions.tracks import TRACKS, a_tracks_call, held_of, places, taken_of, track_of, wishing
from tests.journal import journal
from trenza.apps.admissions.actions.acceptance import accept_award, decline_award
from trenza.apps.admissions.actions.applications import submit_application
from trenza.apps.admissions.actions.awards import award_application, award_in_order
from trenza.apps.admissions.actions.cascade import fill_from_waiting_list
from trenza.apps.admissions.actions.ending import expire_award, rejoin_waiting_list
from trenza.apps.admissions.actions.several import award_applications
from trenza.apps.admissions.errors import NoSeatLeft, WishesNotValid
from trenza.apps.admissions.models import Application, Award, Call
from trenza.apps.admissions.queries import waiting_place, wished_by
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db


def test_she_applies_with_her_wishes_in_her_order():
    call, person = a_tracks_call(), a_person()
    wishes = [track_of(call, "python"), track_of(call, "soporte")]

    application = submit_application(
        call=call, person=person, region=region_of(call), answers=READY, by=person, wishes=wishes
    )

    assert wished_by(application) == wishes
    assert [(each.rank, each.track) for each in application.wishes.all()] == list(enumerate(wishes, 1))


@pytest.mark.parametrize("codes", [[], ["python", "python"], ["alfabetizacion"], ["python", "alfabetizacion"]])
def test_wishes_that_are_none_of_the_call_or_stand_twice_are_refused(codes: list[str]):
    call, person = a_tracks_call(), a_person()
    wishes = [track_of(call, code) for code in codes]

    with pytest.raises(WishesNotValid):
        submit_application(call=call, person=person, region=region_of(call), answers=READY, by=person, wishes=wishes)

    assert list(Application.objects.all()) == []


def test_where_there_is_one_track_nobody_wishes():
    call, person = a_call(), a_person()
    [track] = call.tracks_offered

    with pytest.raises(WishesNotValid):
        submit_application(call=call, person=person, region=region_of(call), answers=READY, by=person, wishes=[track])


def test_each_gets_her_best_wish_that_has_a_seat_in_order_of_arrival():
    call = a_tracks_call(python=1, redes=1, soporte=5)
    wishing(call, 1, "python", "soporte")
    wishing(call, 2, "python", "redes", "soporte")
    wishing(call, 3, "python")
    wishing(call, 4, "python", "redes")
    wishing(call, 5, "redes", "soporte")

    award_in_order(call=call, by=None)

    assert places(call) == {"Juana 1": "python", "Juana 2": "redes", "Juana 5": "soporte"}
    assert states(call) == ["awarded", "awarded", "waiting_list", "waiting_list", "awarded"]
    assert taken_of(call) == held_of(call) == {"python": 1, "redes": 1, "soporte": 1}


def test_a_wish_needs_a_seat_in_total_in_the_region_and_in_the_track():
    call = a_tracks_call(3, regions={"el_alto": 2, "oruro": 2}, python=2, redes=2)
    wishing(call, 1, "python", region="el-alto")
    wishing(call, 2, "python", region="el-alto")
    wishing(call, 3, "redes", region="el-alto")  # no seat in El Alto
    wishing(call, 4, "python", "redes", region="oruro")  # none in python
    wishing(call, 5, "redes", region="oruro")  # none in total

    award_in_order(call=call, by=None)

    assert places(call) == {"Juana 1": "python", "Juana 2": "python", "Juana 4": "redes"}
    assert taken_of(call) == held_of(call) == {"": 3, "el-alto": 2, "oruro": 1, "python": 2, "redes": 1}


def test_the_team_may_award_another_of_her_wishes_and_nothing_that_she_did_not_wish_for():
    call = a_tracks_call(python=2, redes=1, soporte=2)
    first, second = wishing(call, 1, "python", "redes"), wishing(call, 2, "redes")
    team = coordinator_of(call)

    with pytest.raises(WishesNotValid):
        award_application(application=first, by=team, track=track_of(call, "soporte"))
    award = award_application(application=first, by=team, track=track_of(call, "redes"))
    with pytest.raises(NoSeatLeft):
        award_application(application=second, by=team)

    assert (award.track.code, taken_of(call)) == ("redes", {"python": 0, "redes": 1, "soporte": 0})


def test_those_that_are_ticked_get_their_best_wishes():
    call = a_tracks_call(python=1, redes=1)
    asked = [wishing(call, n, "python", "redes") for n in range(3)]

    outcomes = award_applications(applications=asked, by=coordinator_of(call))

    assert [type(outcomes[each.pk]) for each in asked] == [type(None), type(None), NoSeatLeft]
    assert places(call) == {"Juana 0": "python", "Juana 1": "redes"}


def test_she_is_enrolled_in_the_track_of_her_place():
    call = a_tracks_call(python=1)
    award = award_application(application=wishing(call, 1, "python"), by=None)

    assert accept_award(award=award, by=None).track.code == "python"


def test_a_seat_that_is_free_in_a_track_goes_to_the_first_who_wishes_for_it():
    call = a_tracks_call(python=1, redes=1)
    for n, wishes in enumerate([["python"], ["redes"], ["redes"], ["redes", "python"], ["python"]]):
        wishing(call, n, *wishes)
    [python, _redes] = award_in_order(call=call, by=None)

    decline_award(award=python, by=None)
    work_until_done()

    assert places(call) == {"Juana 1": "redes", "Juana 3": "python"}
    assert states(call) == ["declined", "awarded", "waiting_list", "awarded", "waiting_list"]


def test_who_wishes_for_nothing_that_is_free_is_passed_over_however_many_wait(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("trenza.apps.admissions.actions.cascade.MOST", 2)
    call = a_tracks_call(9, regions={"oruro": 1}, python=4, redes=0)
    for n in range(8):
        wishing(call, n, "redes", state="waiting_list")
    for n in range(8, 11):
        wishing(call, n, "python", region="oruro", state="waiting_list")
    for n in range(11, 13):
        wishing(call, n, "redes", "python", state="waiting_list")

    while fill_from_waiting_list(call=call.pk):
        pass

    assert places(call) == {"Juana 8": "python", "Juana 11": "python", "Juana 12": "python"}


def test_where_a_track_has_no_limit_nobody_is_taken_from_the_list_unless_a_seat_can_become_free():
    call = a_tracks_call(python=1)
    wishing(call, 1, "redes", state="waiting_list")  # there because the team put her there
    wishing(call, 2, "python", state="waiting_list")

    fill_from_waiting_list(call=call.pk)

    assert places(call) == {"Juana 2": "python"}


def test_who_let_an_offer_expire_may_be_offered_another_of_her_wishes():
    call = a_tracks_call(python=1, redes=1)
    Call.objects.update(answer_days=1, may_rejoin=True)
    call.refresh_from_db()
    application = wishing(call, 1, "python", "redes")
    award = award_application(application=application, by=None)
    wishing(call, 2, "python", state="waiting_list")
    Award.objects.update(reached_at=clock.now(), reached_how="seen", expires_at=clock.now())
    expire_award(award=award)
    work_until_done()
    assert places(call) == {"Juana 2": "python"}

    rejoin_waiting_list(application=application, by=application.person)
    work_until_done()

    assert places(call) == {"Juana 1": "redes", "Juana 2": "python"}
    assert taken_of(call) == held_of(call) == {"python": 1, "redes": 1}


def test_her_place_on_the_waiting_list_is_among_those_who_wish_for_the_same():
    call = a_tracks_call(python=0, redes=0, soporte=0)
    wishing(call, 1, "redes", state="waiting_list")
    wishing(call, 2, "python", state="waiting_list")
    hers = wishing(call, 3, "python", "soporte", state="waiting_list")
    wishing(call, 4, "soporte", state="waiting_list")

    assert waiting_place(hers) == 2


def test_nothing_of_her_wishes_stands_in_the_journal():
    call, person = a_tracks_call(), a_person()
    wishes = [track_of(call, "python")]
    submit_application(call=call, person=person, region=region_of(call), answers=READY, by=person, wishes=wishes)

    [data] = [data for kind, _about, _by, data in journal() if kind.startswith("admissions.")]

    assert set(data) == {"application", "call", "region", "state"}


Pools = dict[str, int]
WISHES = st.lists(st.sampled_from(TRACKS), min_size=1, max_size=3, unique=True)
WOMEN = st.lists(st.tuples(st.sampled_from(["el-alto", "oruro"]), WISHES), min_size=1, max_size=8)
SEATS = st.dictionaries(st.sampled_from(TRACKS), st.integers(0, 3))


class Properties(TestCase):
    @given(
        women=WOMEN,
        total=st.none() | st.integers(0, 6),
        alto=st.none() | st.integers(0, 3),
        seats=SEATS,
        data=st.data(),
    )
    @hypothesis_settings(max_examples=30, deadline=None)
    def test_nobody_has_a_lesser_wish_while_a_better_one_had_a_seat(
        self, women: list[Any], total: int | None, alto: int | None, seats: Pools, data: st.DataObject
    ):
        """Against a plain reckoning of the serial dictatorship; whatever the order in which the rows were made."""
        pools: Any = {"regions": {} if alto is None else {"el_alto": alto}, **seats}
        call = a_tracks_call(total, **pools)
        for n in data.draw(st.permutations(range(len(women)))):
            region, wishes = women[n]
            wishing(call, n, *wishes, region=region)

        award_in_order(call=call, by=None)

        left: dict[str, float] = {track: seats.get(track, float("inf")) for track in TRACKS}
        left |= {"": float("inf") if total is None else total, "oruro": float("inf")}
        left["el-alto"] = float("inf") if alto is None else alto
        expected = {}
        for n, (region, wishes) in enumerate(women):
            for wish in wishes:
                if min(left[""], left[region], left[wish]) > 0:
                    for pool in ("", region, wish):
                        left[pool] -= 1
                    expected[f"Juana {n}"] = wish
                    break
        assert places(call) == expected
        assert taken_of(call) == held_of(call)

    @given(women=WOMEN, seats=SEATS, more=SEATS, leaving=st.integers(0, 7))
    @hypothesis_settings(max_examples=20, deadline=None)
    def test_after_the_cascade_nobody_waits_for_a_track_that_has_a_seat(
        self, women: list[Any], seats: Pools, more: Pools, leaving: int
    ):
        pools: Any = {track: seats.get(track, 1) for track in TRACKS}
        call = a_tracks_call(6, **pools)
        for n, (region, wishes) in enumerate(women):
            wishing(call, n, *wishes, region=region)
        awards = award_in_order(call=call, by=None)
        if awards:
            decline_award(award=awards[leaving % len(awards)], by=None)
        for track, number in more.items():
            pool = call.pools.get(track__code=track)
            pool.seats += number
            pool.save()

        while fill_from_waiting_list(call=call.pk):
            pass

        assert taken_of(call) == held_of(call)
        free = {pool.track_id for pool in call.pools.filter(track__isnull=False) if pool.left}
        if call.pools.get(track=None).left:
            assert not call.applications.filter(state="waiting_list", wishes__track__in=free).exists()
