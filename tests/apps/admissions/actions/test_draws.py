"""A draw from its announcement to its last place, as the team and the women meet it."""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.apps.admissions.examples import (
    CLOSES,
    HOURS,
    OPENS,
    READY,
    TERMS,
    a_draw_call,
    a_minor,
    a_person,
    an_application,
    region_of,
)
from tests.journal import journal
from trenza.apps.admissions.actions.acceptance import accept_award, decline_award
from trenza.apps.admissions.actions.announcing import rule_of
from trenza.apps.admissions.actions.applications import submit_application, update_answers, withdraw_application
from trenza.apps.admissions.actions.awards import award_application, award_in_order
from trenza.apps.admissions.actions.draws import freeze_list, give_seed, hold_draw
from trenza.apps.admissions.actions.several import award_applications
from trenza.apps.admissions.draw.replay import verify_replay
from trenza.apps.admissions.errors import (
    ByDrawOnly,
    CallNotOpen,
    DrawMovedOn,
    DrawNotReady,
    NoSeatLeft,
    SeedNotValid,
)
from trenza.apps.admissions.models import Application, Award, Call, Draw, DrawEntry, SeatPool
from trenza.apps.admissions.privacy import erase, export
from trenza.apps.admissions.queries import replay_of, waiting_place
from trenza.apps.forms.api import Form, keep_response
from trenza.apps.people.api import Person, grant_role
from trenza.core import journal as core_journal
from trenza.core.clock import travel
from trenza.core.errors import NotAllowed
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db

AFTER = CLOSES + timedelta(hours=HOURS, seconds=1)
SEED, READ_AT = "48211", "Lotería Nacional, 5 de agosto de 2026"


def applied(call: Call, n: int, region: str = "el-alto", **changes: Any) -> Application:
    """Somebody who has applied, with e-mail where n is even."""
    person = changes.pop("person", None) or a_person(n)
    form = Form.objects.get(programme=call.programme.code, code="beca")
    response = keep_response(form=form, person=person.pk, answers={"has_email": n % 2 == 0})
    return an_application(call, n, region, person=person, response=response, **changes)


def coordinator_of(call: Call, role: str = "coordinator") -> Person:
    person = a_person(900)
    grant_role(person=person, role=role, scope_kind="programme", scope=call.programme_id, by=None)
    return person


@pytest.fixture(autouse=True)
def _after_the_window() -> Iterator[None]:
    with travel(AFTER):
        yield


def drawn(call: Call) -> Draw:
    freeze_list(call=call, by=None)
    give_seed(call=call, seed=SEED, source=READ_AT, by=None)
    return hold_draw(call=call, by=None)


def content_of(draw: Draw) -> bytes:
    return b"".join(replay_of(draw))


def states(call: Call) -> dict[str, int]:
    found: dict[str, int] = {}
    for state in call.applications.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def test_publishing_a_call_announces_the_rule_of_its_draw():
    call = a_draw_call(3, el_alto=2)

    draw = Draw.objects.get(call=call)
    assert draw.rule == '{"seats":3,"regions":{"el-alto":2,"oruro":null},"groups":[["correo",1]]}'
    assert draw.source == TERMS["source"]
    kinds = [(entry[0], entry[3]) for entry in journal()]
    hashed = hashlib.sha256(draw.rule.encode()).hexdigest()
    assert kinds[-2:] == [
        ("admissions.draw_announced.v1", {"draw": str(draw.pk), "call": str(call.pk), "rule": hashed}),
        ("admissions.call_published.v1", {"call": str(call.pk)}),
    ]


def test_whole_draw_awards_within_the_seats_and_its_replay_file_verifies():
    call = a_draw_call(3, el_alto=2)
    for n in range(1, 9):
        applied(call, n, "el-alto" if n < 6 else "oruro")

    draw = drawn(call)

    report = verify_replay(BytesIO(content_of(draw)))
    assert report.faults == []
    assert (report.reserved, report.at_large, report.head.seed, report.head.source) == (1, 2, SEED, TERMS["source"])
    assert states(call) == {"awarded": 3, "waiting_list": 5}
    awarded = set(Award.objects.values_list("application", flat=True))
    assert awarded == set(DrawEntry.objects.exclude(result="waiting").values_list("application", flat=True))
    pools = {pool.region.code if pool.region else "": pool for pool in call.pools.select_related("region")}
    assert pools[""].taken == 3
    assert pools["el-alto"].taken == sum(each.region == region_of(call) for each in Award.objects.all()) <= 2
    assert Award.objects.filter(application__response__answers__has_email=True).exists()
    assert [fault for fault in core_journal.check() if "submitted" not in fault] == []


def test_replay_file_of_a_draw_names_nobody():
    call = a_draw_call()
    application = applied(call, 1)

    content = content_of(drawn(call))

    assert application.draw_entry.number.encode() in content
    for secret in (application.person.given_name, str(application.pk), str(application.person_id), "juana1"):
        assert secret.encode() not in content


@pytest.mark.parametrize("before", [timedelta(seconds=1), timedelta(hours=HOURS, seconds=1), timedelta(days=39)])
def test_list_is_not_frozen_before_the_call_and_the_hours_after_it_are_over(before):
    call = a_draw_call()

    with travel(AFTER - before), pytest.raises(DrawNotReady):
        freeze_list(call=call, by=None)


def test_each_step_follows_the_one_before_and_is_done_once():
    call = a_draw_call()
    applied(call, 1)

    with pytest.raises(DrawNotReady):
        give_seed(call=call, seed=SEED, source=READ_AT, by=None)
    freeze_list(call=call, by=None)
    with pytest.raises(DrawNotReady):
        hold_draw(call=call, by=None)
    with pytest.raises(DrawMovedOn):
        freeze_list(call=call, by=None)
    give_seed(call=call, seed="48112", source=READ_AT, by=None)
    give_seed(call=call, seed=SEED, source=READ_AT, by=None)
    hold_draw(call=call, by=None)
    with pytest.raises(DrawMovedOn):
        hold_draw(call=call, by=None)
    with pytest.raises(DrawMovedOn):
        give_seed(call=call, seed=SEED, source=READ_AT, by=None)

    assert Draw.objects.get().seed == SEED


def test_each_step_is_recorded_with_who_did_it():
    call = a_draw_call()
    applied(call, 1)
    coordinator = coordinator_of(call)
    before = len(journal())

    freeze_list(call=call, by=coordinator)
    give_seed(call=call, seed=SEED, source=READ_AT, by=coordinator)
    draw = hold_draw(call=call, by=coordinator)

    entries = journal()[before:]
    assert [(kind, by) for kind, _about, by, _data in entries] == [
        ("admissions.draw_list_frozen.v1", coordinator.pk),
        ("admissions.draw_seed_given.v1", coordinator.pk),
        ("admissions.draw_held.v1", coordinator.pk),
        ("admissions.award_made.v1", coordinator.pk),
    ]
    assert entries[0][3]["list"] == draw.list_hash
    assert entries[1][3]["seed"] == hashlib.sha256(SEED.encode()).hexdigest()


@pytest.mark.parametrize("role", ["auditor", "trainer", "mentor"])
def test_steps_are_for_who_may_award_in_the_whole_call(role):
    call = a_draw_call()
    somebody = coordinator_of(call, role)

    for act in (freeze_list, hold_draw):
        with pytest.raises(NotAllowed):
            act(call=call, by=somebody)
    with pytest.raises(NotAllowed):
        give_seed(call=call, seed=SEED, source=READ_AT, by=somebody)


@pytest.mark.parametrize(("seed", "source"), [("12", READ_AT), ("48á21", READ_AT), (SEED, ""), (SEED, "a\nb cd")])
def test_seed_that_is_none_is_refused(seed, source):
    call = a_draw_call()
    freeze_list(call=call, by=None)

    with pytest.raises(SeedNotValid):
        give_seed(call=call, seed=seed, source=source, by=None)


def test_nobody_is_awarded_a_place_of_a_draw_out_of_turn():
    call = a_draw_call()
    application = applied(call, 1)
    coordinator = coordinator_of(call)

    with pytest.raises(ByDrawOnly):
        award_application(application=application, by=coordinator)
    with pytest.raises(DrawNotReady):
        award_in_order(call=call, by=coordinator)
    [refused] = award_applications(applications=[application], by=coordinator).values()

    assert isinstance(refused, ByDrawOnly)
    assert Award.objects.count() == 0


def test_free_seat_goes_to_the_next_who_was_drawn_and_then_to_who_came_later():
    call = a_draw_call(1)
    for n in (1, 3, 5):
        applied(call, n)
    drawn(call)
    late = applied(call, 7, state="waiting_list", submitted_at=OPENS)
    order = list(Application.objects.filter(draw_entry__isnull=False).order_by("draw_entry__rank"))
    assert [waiting_place(Application.objects.get(pk=each.pk)) for each in (*order, late)] == [None, 1, 2, 3]

    for following in (*order[1:], late):
        award = Award.objects.filter(application__state="awarded").get()
        decline_award(award=award, by=award.person)
        work_until_done()
        assert Award.objects.get(application__state="awarded").application == following


def test_who_is_brought_in_late_stands_on_the_list_until_it_is_frozen_and_then_behind_it():
    call = a_draw_call()
    team = coordinator_of(call)
    with travel(CLOSES + timedelta(hours=1)):
        in_time = submit_application(call=call, person=a_person(1), region=region_of(call), answers=READY, by=team)
    freeze_list(call=call, by=None)
    late = submit_application(call=call, person=a_person(2), region=region_of(call), answers=READY, by=team)
    with pytest.raises(CallNotOpen):
        submit_application(call=call, person=(p := a_person(3)), region=region_of(call), answers=READY, by=p)

    assert [(each.state, hasattr(each, "draw_entry")) for each in (in_time, late)] == [
        ("submitted", True),
        ("waiting_list", False),
    ]
    assert waiting_place(late) is None  # nobody knows yet how many stand before her


def test_who_meets_the_conditions_after_the_list_is_frozen_stands_at_the_end_of_the_waiting_list():
    call = a_draw_call(1)
    rule = {"code": "correo", "question": "has_email", "equals": True, "sentence": "Tener correo.", "unmet": "help"}
    Call.objects.filter(pk=call.pk).update(rules=[rule | {"help": "Te ayudamos."}])
    call.refresh_from_db()
    with travel(OPENS + timedelta(days=1)):
        her = a_person(1)
        application = submit_application(
            call=call, person=her, region=region_of(call), answers={"has_email": False}, by=her
        )
    for n in (2, 4):
        applied(call, n)
    drawn(call)

    updated = update_answers(application=application, answers=READY, by=her)

    assert (application.state, updated.state, waiting_place(updated)) == ("needs_help", "waiting_list", 2)


def test_minor_who_waits_for_her_guardian_is_not_on_the_list():
    call = a_draw_call()
    with travel(OPENS + timedelta(days=1)):
        minor = a_minor(1)
        submit_application(call=call, person=minor, region=region_of(call), answers=READY, by=minor)

    assert freeze_list(call=call, by=None).applications == 0


def test_who_withdraws_after_the_list_was_frozen_keeps_her_line_and_leaves_her_seat():
    call = a_draw_call(2)
    for n in (1, 3, 5):
        applied(call, n)
    freeze_list(call=call, by=None)
    give_seed(call=call, seed=SEED, source=READ_AT, by=None)
    numbers = {entry.number: entry for entry in DrawEntry.objects.all()}
    first = min(numbers, key=lambda n: hmac.digest(SEED.encode(), n.encode(), "sha256"))
    withdrawn = Application.objects.get(draw_entry=numbers[first])
    withdraw_application(application=withdrawn, by=withdrawn.person)

    draw = hold_draw(call=call, by=None)

    assert verify_replay(BytesIO(content_of(draw))).faults == []
    assert DrawEntry.objects.get(rank=1).application == withdrawn
    assert states(call) == {"withdrawn": 1, "awarded": 1, "waiting_list": 1}
    work_until_done()
    assert states(call) == {"withdrawn": 1, "awarded": 2}


def test_call_with_fewer_seats_than_its_rule_is_not_drawn():
    call = a_draw_call(2)
    for n in (1, 3, 5):
        applied(call, n)
    SeatPool.objects.filter(call=call).update(seats=1)

    with pytest.raises(NoSeatLeft):
        drawn(call)

    assert Award.objects.count() == 0


def test_her_place_may_be_accepted():
    call = a_draw_call(1)
    application = applied(call, 1)
    drawn(call)

    enrolment = accept_award(award=Award.objects.get(), by=application.person)

    assert enrolment.person == application.person


def test_erased_person_leaves_a_line_that_leads_to_nobody_and_the_file_verifies():
    call = a_draw_call()
    application = applied(call, 2)
    draw = drawn(call)
    [told] = export(application.person_id)

    erase(person=application.person_id)

    entry = DrawEntry.objects.get()
    assert told["draw"] == {"number": entry.number, "groups": ["correo"], "rank": 1}
    assert entry.application is None
    assert verify_replay(BytesIO(content_of(draw))).faults == []


def test_group_follows_from_her_answer():
    call = a_draw_call()
    for n in (1, 2):
        applied(call, n)

    freeze_list(call=call, by=None)

    found = DrawEntry.objects.values_list("application__response__answers", "groups")
    said = {answers["has_email"]: groups for answers, groups in found}
    assert said == {True: ["correo"], False: []}


@pytest.mark.parametrize(
    "changes", [{"drawn_at": AFTER}, {"seeded_at": AFTER, "seed": "1234"}, {"frozen_at": AFTER, "list_hash": ""}]
)
def test_database_refuses_a_step_before_the_one_before(changes):
    a_draw_call()

    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.update(**changes)


def test_rule_is_made_of_seats_of_regions_and_of_groups():
    assert rule_of(a_draw_call(None, el_alto=2)).text == (
        '{"seats":null,"regions":{"el-alto":2,"oruro":null},"groups":[["correo",1]]}'
    )
