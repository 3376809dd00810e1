"""What a scholarship contains is tracked, thing by thing."""

from datetime import date, timedelta

import pytest

from tests.apps.admissions.actions.test_awards import coordinator_of
from tests.apps.admissions.examples import a_call, a_person, an_application, region_of
from tests.journal import journal
from trenza.apps.admissions.actions.acceptance import accept_award
from trenza.apps.admissions.actions.awards import award_application
from trenza.apps.admissions.actions.parts import give_part, give_parts, take_mark_back, update_parts
from trenza.apps.admissions.errors import NotReachedThen, WrongState
from trenza.apps.admissions.models import AwardPart, Call
from trenza.apps.admissions.rules import keepable_parts, readable_parts
from trenza.apps.people.api import grant_role
from trenza.core import clock
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db
CONTAINS = [
    {"code": "curso", "kind": "course", "name": "El curso"},
    {"code": "datos", "kind": "data_voucher", "name": "Un bono de datos", "amount": 20, "currency": "BOB"},
]


@pytest.fixture
def call() -> Call:
    call = a_call(contains=CONTAINS)
    award = award_application(application=an_application(call), by=None)
    accept_award(award=award, by=award.person)
    return call


def part(call: Call, code: str = "datos") -> AwardPart:
    return AwardPart.objects.select_related("award").get(award__call=call, code=code)


def today(call: Call) -> date:
    return clock.today(call.zone)


def test_who_accepts_has_the_course_and_gets_the_rest(call: Call):
    assert part(call, "curso").given_on == today(call)
    assert part(call, "curso").given_by is None
    assert part(call).given_on is None


def test_a_part_is_given_once_and_a_mistake_is_taken_back(call: Call):
    team = coordinator_of(call)

    give_part(part=part(call), on=today(call), by=team)
    assert (part(call).given_on, part(call).given_by) == (today(call), team)
    with pytest.raises(WrongState):
        give_part(part=part(call), on=today(call), by=team)

    take_mark_back(part=part(call), by=team)
    assert (part(call).given_on, part(call).given_by, part(call).recorded_at) == (None, None, None)
    with pytest.raises(WrongState):
        take_mark_back(part=part(call), by=team)
    assert [kind for kind, *_ in journal()][-2:] == ["admissions.part_given.v1", "admissions.part_not_given.v1"]


@pytest.mark.parametrize("days", [-1, 1])
def test_nothing_was_given_before_the_award_or_tomorrow(call: Call, days: int):
    with pytest.raises(NotReachedThen):
        give_part(part=part(call), on=today(call) + timedelta(days=days), by=coordinator_of(call))


def test_several_are_marked_at_once_and_each_says_why_not(call: Call):
    outcomes = give_parts(parts=[part(call), part(call, "curso")], on=today(call), by=coordinator_of(call))

    assert outcomes[part(call).pk] is None
    assert isinstance(outcomes[part(call, "curso").pk], WrongState)


def test_parts_are_kept_by_who_awards_there_and_never_by_herself(call: Call):
    beside, her = a_person(901), part(call).award.person
    grant_role(person=beside, role="coordinator", scope_kind="region", scope=region_of(call, "oruro").pk, by=None)
    grant_role(person=her, role="coordinator", scope_kind="programme", scope=call.programme_id, by=None)
    for viewer in (beside, her):
        with pytest.raises(NotAllowed):
            give_part(part=part(call), on=today(call), by=viewer)
    assert list(readable_parts.which(beside)) == list(keepable_parts.which(her)) == []
    assert readable_parts.which(her).count() == 2


def test_what_a_definition_adds_is_promised_to_who_has_accepted_and_nothing_goes(call: Call):
    give_part(part=part(call), on=today(call), by=coordinator_of(call))
    call.contains = [
        {"code": "datos", "kind": "data_voucher", "name": "Dos bonos"},
        {"code": "taxi", "kind": "other", "name": "El pasaje"},
    ]
    call.save()

    update_parts(call)
    update_parts(call)

    found = AwardPart.objects.order_by("code").values_list("code", "name", "given_on")
    assert list(found) == [
        ("curso", "El curso", today(call)), ("datos", "Dos bonos", today(call)), ("taxi", "El pasaje", None),
    ]  # fmt: skip
