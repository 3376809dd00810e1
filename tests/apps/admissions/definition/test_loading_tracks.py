"""Tracks to choose from, as a definition has them: seats, ledger, and what stands once women have wished."""

from datetime import date

import pytest

from tests.apps.admissions.actions.test_awards import coordinator_of
from tests.apps.admissions.definition.examples import WITH_CALLS, WITH_TRACKS, read
from tests.apps.admissions.definition.test_loading import JULY
from tests.apps.admissions.tracks import taken_of, track_of, wishing
from trenza.apps.admissions.actions.awards import award_in_order
from trenza.apps.admissions.actions.calls import publish_call
from trenza.apps.admissions.actions.seat_changes import change_seats, move_seats
from trenza.apps.admissions.actions.seats import SeatPlan, seat_plan_of
from trenza.apps.admissions.errors import SeatsDoNotAddUp, SeatsTaken, TracksStand
from trenza.apps.admissions.models import Call, SeatChange
from trenza.apps.programmes.api import export_definition, load_definition
from trenza.core import clock
from trenza.core.journal import check, work_until_done

pytestmark = pytest.mark.django_db
WHY = "Hay una docente más"


@pytest.fixture
def call() -> Call:
    programme = load_definition(definition=read(WITH_TRACKS), today=JULY.date())
    return publish_call(call=programme.calls.get(code="becas"), by=None)


def test_loading_makes_a_pool_for_each_track_and_writing_back_is_the_same(call: Call):
    assert (call.track, call.change_until) == (None, date(2026, 8, 31))
    assert [each.code for each in call.tracks_offered] == ["basico", "avanzado"]
    assert taken_of(call) == {"": 0, "el-alto": 0, "oruro": 0, "basico": 0, "avanzado": 0}
    text = export_definition(call.programme)
    again = load_definition(definition=read(text), today=JULY.date())
    assert export_definition(again) == text
    assert list(SeatChange.objects.all()) == []


def test_seats_of_a_track_are_changed_and_moved_with_a_reason_and_go_to_who_wishes(call: Call):
    team, basico, avanzado = coordinator_of(call), track_of(call, "basico"), track_of(call, "avanzado")
    now = seat_plan_of(call)
    with clock.travel(JULY):
        change_seats(
            call=call, plan=SeatPlan(now.total, 0, now.by_region, {basico.pk: 1, avanzado.pk: 3}), reason=WHY, by=team
        )
        for n in range(3):
            wishing(call, n, "basico")
        award_in_order(call=call, by=None)
        assert taken_of(call)["basico"] == 1

        move_seats(call=call, seats=2, source=avanzado.pk, target=basico.pk, reason=WHY, by=team)
        work_until_done()

    assert taken_of(call)["basico"] == 3
    lines = SeatChange.objects.order_by("id").values_list("of", "track__code", "before", "after", "reason")
    assert sorted(lines) == [
        ("track", "avanzado", 3, 1, WHY), ("track", "avanzado", 30, 3, WHY),
        ("track", "basico", 1, 3, WHY), ("track", "basico", 50, 1, WHY),
    ]  # fmt: skip
    text = export_definition(call.programme)
    assert '[[call.track_seats]]\ntrack = "basico"\nseats = 3' in text or '{ track = "basico", seats = 3 }' in text
    assert [each for each in check() if "seat" in each] == []


def test_seats_do_not_move_between_a_track_and_a_region_nor_below_what_is_taken(call: Call):
    team, basico = coordinator_of(call), track_of(call, "basico")
    alto = call.regions.get(code="el-alto")
    with clock.travel(JULY):
        for n in range(2):
            wishing(call, n, "basico")
        award_in_order(call=call, by=None)
        now = seat_plan_of(call)

        with pytest.raises(SeatsDoNotAddUp):
            move_seats(call=call, seats=1, source=alto.pk, target=basico.pk, reason=WHY, by=team)
        plan = SeatPlan(now.total, 0, now.by_region, {**now.by_track, basico.pk: 1})
        with pytest.raises(SeatsTaken) as taken:
            change_seats(call=call, plan=plan, reason=WHY, by=team)

    assert taken.value.pools == [("becas", "basico")]


def test_what_women_wish_for_stays(call: Call):
    with clock.travel(JULY):
        wishing(call, 1, "avanzado")

    one = WITH_TRACKS.replace('tracks = ["basico", "avanzado"]\nform', 'track = "basico"\nform')
    one = one.replace("change_until = 2026-08-31\n", "")
    start = one.index("[[call.track_seats]]")
    one = one[:start] + one[one.index('[[call]]\ncode = "abierta"') :]
    with pytest.raises(TracksStand):
        load_definition(definition=read(one), today=JULY.date())

    assert Call.objects.get(pk=call.pk).has_several_tracks


def test_one_track_becomes_several_only_before_anybody_has_applied():
    programme = load_definition(definition=read(WITH_CALLS), today=JULY.date())
    call = programme.calls.get(code="becas")

    load_definition(definition=read(WITH_TRACKS), today=JULY.date())

    assert Call.objects.get(pk=call.pk).has_several_tracks
