"""Seats are raised, lowered and moved with a reason, and the definition says the same."""

from typing import Any

import pytest

from tests.apps.admissions.actions.test_awards import coordinator_of, states, taken
from tests.apps.admissions.definition.examples import WITH_A_DRAW, WITH_CALLS, read
from tests.apps.admissions.definition.test_loading import JULY
from tests.apps.admissions.examples import a_person, an_application
from tests.journal import journal
from trenza.apps.admissions.actions.awards import award_in_order
from trenza.apps.admissions.actions.calls import publish_call
from trenza.apps.admissions.actions.seat_changes import change_seats, move_seats
from trenza.apps.admissions.actions.seats import SeatPlan, seat_plan_of
from trenza.apps.admissions.errors import DrawStands, NothingToChange, ReasonMissing, SeatsDoNotAddUp, SeatsTaken
from trenza.apps.admissions.models import Call, SeatChange
from trenza.apps.people.api import Person, grant_role
from trenza.apps.programmes.api import Region, export_definition, load_definition
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import check, work_until_done

pytestmark = pytest.mark.django_db
FEW = WITH_CALLS.replace("seats = 100", "seats = 6\nheld_back = 2").replace("seats = 60", "seats = 2")
FEW = FEW.replace("seats = 40", "seats = 2").replace("2026-07-01T00:00:00", "2026-01-01T00:00:00")
WHY = "Abre el centro de la Ceja"


@pytest.fixture
def call() -> Call:
    programme = load_definition(definition=read(FEW), today=JULY.date())
    return publish_call(call=programme.calls.get(code="becas"), by=None)


@pytest.fixture
def team(call: Call) -> Person:
    return coordinator_of(call)


def region(call: Call, code: str) -> Any:
    return Region.objects.get(programme=call.programme, code=code).pk


def plan(call: Call, total: int | None = 6, held_back: int = 2, **regions: int) -> SeatPlan:
    given = {"el_alto": 2, "oruro": 2} | regions
    by_region = {region(call, code.replace("_", "-")): seats for code, seats in given.items() if seats >= 0}
    return SeatPlan(total, held_back, by_region)


def waiting(call: Call, *regions: str) -> None:
    for number, code in enumerate(regions):
        an_application(call, number, region=code)
    award_in_order(call=call, by=None)


def test_what_is_kept_for_launches_is_given_to_nobody(call: Call):
    with clock.travel(JULY):
        waiting(call, *["el-alto", "oruro"] * 3)

    assert states(call) == ["awarded"] * 4 + ["waiting_list"] * 2
    assert seat_plan_of(call) == plan(call)


def test_more_seats_stand_in_the_ledger_and_in_the_definition_and_go_to_who_waits(call: Call, team: Person):
    with clock.travel(JULY):
        waiting(call, *["el-alto"] * 5)
        assert states(call).count("awarded") == 2

        change_seats(call=call, plan=plan(call, total=8, el_alto=4), reason=f"  {WHY} ", by=team)
        work_until_done()

        assert states(call).count("awarded") == 4
    lines = SeatChange.objects.order_by("of").values_list("of", "region__code", "before", "after", "reason", "by")
    assert list(lines) == [("region", "el-alto", 2, 4, WHY, team.pk), ("total", None, 6, 8, WHY, team.pk)]
    assert len(set(SeatChange.objects.values_list("change", flat=True))) == 1
    text = export_definition(call.programme)
    assert "seats = 8\nheld_back = 2" in text
    again = load_definition(definition=read(text), today=JULY.date())
    assert export_definition(again) == text
    assert SeatChange.objects.count() == 2
    assert WHY not in str(journal())
    assert [fault for fault in check() if "Application " not in fault] == []


def test_seats_move_between_regions_and_out_of_the_reserve(call: Call, team: Person):
    alto, oruro = region(call, "el-alto"), region(call, "oruro")

    move_seats(call=call, seats=2, source=oruro, target=alto, reason=WHY, by=team)
    assert seat_plan_of(Call.objects.get(pk=call.pk)) == plan(call, el_alto=4, oruro=0)

    move_seats(call=call, seats=1, source=None, target=oruro, reason=WHY, by=team)
    assert seat_plan_of(Call.objects.get(pk=call.pk)) == plan(call, held_back=1, el_alto=4, oruro=1)
    assert "held_back = 1" in export_definition(call.programme)


def test_the_reserve_is_set_free_for_anybody(call: Call, team: Person):
    with clock.travel(JULY):
        change_seats(call=call, plan=plan(call, el_alto=-1), reason=WHY, by=team)
        waiting(call, *["el-alto", "oruro"] * 3)
        assert states(call).count("awarded") == 4
        change_seats(call=call, plan=plan(call, held_back=0, el_alto=-1), reason=WHY, by=team)
        work_until_done()

    assert states(call).count("awarded") == 5
    assert taken(call) == {"": 5, "oruro": 2}
    assert "held_back" not in export_definition(call.programme)


def test_never_below_what_is_held(call: Call, team: Person):
    with clock.travel(JULY):
        waiting(call, "el-alto", "el-alto", "oruro")
    before = export_definition(call.programme)

    for wanted in (plan(call, el_alto=1), plan(call, total=2, held_back=0, el_alto=1, oruro=1)):
        with pytest.raises(SeatsTaken):
            change_seats(call=call, plan=wanted, reason=WHY, by=team)
    change_seats(call=call, plan=plan(call, total=5, oruro=1), reason=WHY, by=team)

    assert SeatChange.objects.count() == 2
    assert "seats = 6" in before
    assert taken(call) == {"": 3, "el-alto": 2, "oruro": 1}


@pytest.mark.parametrize(
    ("error", "change"),
    [
        (NothingToChange, {}),
        (SeatsDoNotAddUp, {"total": 5}),
        (SeatsDoNotAddUp, {"held_back": 3}),
        (SeatsDoNotAddUp, {"held_back": 7, "el_alto": -1, "oruro": -1}),
        (SeatsDoNotAddUp, {"el_alto": 20_000_000, "total": None, "held_back": 0}),
    ],
)
def test_seats_that_make_no_sense_are_refused(call: Call, team: Person, error: Any, change: Any):
    before = export_definition(call.programme)
    with pytest.raises(error):
        change_seats(call=call, plan=plan(call, **change), reason=WHY, by=team)
    assert export_definition(call.programme) == before


@pytest.mark.parametrize(("seats", "there"), [(0, 1), (3, 1), (-1, 1), (1, 0)])
def test_moves_that_make_no_sense_are_refused(call: Call, team: Person, seats: int, there: int):
    source = region(call, "el-alto")
    target = region(call, "oruro") if there else source
    with pytest.raises(SeatsDoNotAddUp):
        move_seats(call=call, seats=seats, source=source, target=target, reason=WHY, by=team)


def test_a_limit_goes_and_comes(call: Call, team: Person):
    change_seats(call=call, plan=SeatPlan(None, 0, {}), reason=WHY, by=team)
    assert not call.pools.exists()

    with clock.travel(JULY):
        waiting(call, "el-alto", "oruro")
    change_seats(call=call, plan=SeatPlan(9, 0, {region(call, "oruro"): 4}), reason=WHY, by=team)

    assert taken(call) == {"": 2, "oruro": 1}


def test_only_who_publishes_the_whole_call_changes_its_seats(call: Call):
    beside = a_person(901)
    grant_role(person=beside, role="coordinator", scope_kind="region", scope=region(call, "el-alto"), by=None)
    with pytest.raises(NotAllowed):
        change_seats(call=call, plan=plan(call, total=9), reason=WHY, by=beside)
    with pytest.raises(NotAllowed):
        move_seats(call=call, seats=1, source=None, target=None, reason=WHY, by=beside)


@pytest.mark.parametrize("reason", ["", "  x  ", "x" * 501])
def test_seats_change_with_a_reason(call: Call, team: Person, reason: str):
    with pytest.raises(ReasonMissing):
        change_seats(call=call, plan=plan(call, total=9), reason=reason, by=team)


def test_seats_of_a_draw_stand_until_it_was_held():
    programme = load_definition(definition=read(WITH_A_DRAW), today=JULY.date())
    with clock.travel(JULY.replace(month=6)):
        call = publish_call(call=programme.calls.get(code="becas"), by=None)
    now = seat_plan_of(call)
    assert now.total is not None
    more = SeatPlan(now.total + 1, 0, now.by_region)
    with clock.travel(JULY):
        team = coordinator_of(call)
        with pytest.raises(DrawStands):
            change_seats(call=call, plan=more, reason=WHY, by=team)

        call.draw.frozen_at = call.draw.seeded_at = call.draw.drawn_at = JULY
        call.draw.list_hash, call.draw.seed = "x", "x"
        call.draw.save()
        change_seats(call=call, plan=more, reason=WHY, by=team)

    assert seat_plan_of(Call.objects.get(pk=call.pk)) == more


def test_a_definition_with_other_seats_stands_in_the_ledger_too(call: Call):
    assert not SeatChange.objects.exists()  # what a call begins with is no change

    load_definition(definition=read(FEW.replace("seats = 6", "seats = 7")), today=JULY.date())

    line = SeatChange.objects.get()
    assert (line.of, line.before, line.after, line.reason, line.by) == ("total", 6, 7, "", None)


def test_a_demonstration_keeps_its_days(call: Call, team: Person):
    demo = call.programme.editions.get(code="demo")
    with clock.travel(JULY.replace(month=9)):
        change_seats(call=call, plan=plan(call, total=9), reason=WHY, by=team)

    assert call.programme.editions.get(code="demo").starts_on == demo.starts_on
