"""The rules of a call change: who has no place yet is judged again, and nobody else."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.apps.admissions.definition.examples import WITH_CALLS, read
from tests.apps.admissions.definition.test_loading import JULY, TODAY
from tests.apps.admissions.examples import READY, RULES, a_call, a_draw_call, a_person, region_of
from tests.core.definition.examples import changed
from tests.journal import journal
from trenza.apps.admissions.actions import judging_anew
from trenza.apps.admissions.actions.applications import submit_application, update_answers
from trenza.apps.admissions.actions.awards import award_application
from trenza.apps.admissions.actions.calls import publish_call
from trenza.apps.admissions.actions.judging_anew import judge_portion
from trenza.apps.admissions.models import Application, Call, Draw, DrawEntry
from trenza.apps.programmes.api import load_definition
from trenza.core.clock import travel
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db
ADULTS = [RULES[0] | {"at_least": 25}, RULES[1]]


def applied(call: Call, n: int = 1, **answers: Any) -> Application:
    person = a_person(n)
    return submit_application(call=call, person=person, region=region_of(call), answers=READY | answers, by=person)


def ask(call: Call, rules: list[dict[str, Any]]) -> int:
    Call.objects.filter(pk=call.pk).update(rules=rules)
    return judge_portion(call=call.pk, after=None)


def history(application: Application) -> list[tuple[str, str, list[bool]]]:
    return [
        (each.cause, each.state, [outcome["met"] for outcome in each.outcomes])
        for each in application.judgements.order_by("judged_at", "id")
    ]


def test_what_came_out_first_and_after_a_correction_is_the_history():
    application = applied(a_call(), has_email=False)
    update_answers(application=application, answers=READY, by=application.person)

    assert history(application) == [
        ("applied", "needs_help", [True, False]),
        ("answers", "submitted", [True, True]),
    ]
    assert {each.judged_by for each in application.judgements.all()} == {application.person}


def test_who_does_not_meet_the_new_rule_is_told_and_who_does_comes_back():
    call = a_call()
    application = applied(call)

    assert ask(call, ADULTS) == 1
    application.refresh_from_db()
    assert application.state == "not_eligible"
    assert list(application.outcomes.values_list("rule", "met")) == [("edad", False), ("correo", True)]
    assert journal()[-1] == (
        "admissions.rules_applied_anew.v1",
        application.person_id,
        None,
        {"application": str(application.pk), "state": "not_eligible"},
    )

    assert ask(call, RULES) == 1
    application.refresh_from_db()
    assert application.state == "submitted"
    assert [cause for cause, *_ in history(application)] == ["applied", "rules", "rules"]


def test_nothing_is_noted_where_nothing_came_out_otherwise():
    call = a_call()
    application = applied(call)
    before = len(journal())

    assert ask(call, [RULES[0] | {"at_least": 17, "sentence": "Tener de 17 a 29 años."}, RULES[1]]) == 0

    assert len(journal()) == before
    assert len(history(application)) == 1
    assert application.outcomes.get(rule="edad").sentence == "Tener de 17 a 29 años."


def test_who_has_a_place_or_withdrew_is_not_judged_again():
    call = a_call()
    awarded, other = applied(call, 1), applied(call, 2)
    award_application(application=awarded, by=None)
    Application.objects.filter(pk=other.pk).update(state="withdrawn")

    assert ask(call, ADULTS) == 0

    assert set(Application.objects.values_list("state", flat=True)) == {"awarded", "withdrawn"}


def test_who_waits_and_is_eligible_still_keeps_waiting():
    call = a_call()
    application = applied(call)
    Application.objects.filter(pk=application.pk).update(state="waiting_list")

    ask(call, [*RULES, RULES[1] | {"code": "otra"}])

    application.refresh_from_db()
    assert application.state == "waiting_list"
    assert len(history(application)) == 2


def test_the_frozen_list_of_a_draw_stands():
    call = a_draw_call()
    Call.objects.filter(pk=call.pk).update(rules=RULES)
    call.refresh_from_db()
    listed, late = applied(call, 1), applied(call, 2)
    draw = Draw.objects.get(call=call)
    DrawEntry.objects.create(draw=draw, application=listed, number="a" * 32, region="el-alto")

    assert ask(call, ADULTS) == 1

    listed.refresh_from_db()
    late.refresh_from_db()
    assert (listed.state, late.state) == ("submitted", "not_eligible")


def test_an_application_from_before_the_history_begins_with_what_it_was():
    call = a_call()
    application = applied(call)
    application.judgements.all().delete()

    ask(call, ADULTS)

    assert history(application) == [
        ("applied", "submitted", [True, True]),
        ("rules", "not_eligible", [False, True]),
    ]


def test_many_are_judged_in_portions(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(judging_anew, "PORTION", 3)
    monkeypatch.setattr(judging_anew, "CHANGES", 2)
    call = a_call()
    for n in range(7):
        applied(call, n)
    Call.objects.filter(pk=call.pk).update(rules=ADULTS)

    assert judge_portion(call=call.pk, after=None) == 2
    work_until_done()

    assert set(call.applications.values_list("state", flat=True)) == {"not_eligible"}


def test_a_portion_asks_few_queries(django_assert_max_num_queries: Any):
    call = a_call()
    for n in range(12):
        applied(call, n)
    Call.objects.filter(pk=call.pk).update(rules=[*RULES, RULES[1] | {"code": "otra"}])

    with django_assert_max_num_queries(26):  # whether one or twelve
        judge_portion(call=call.pk, after=None)


def test_a_definition_that_changes_a_rule_lets_its_applications_be_judged_again():
    call = load_definition(definition=read(WITH_CALLS), today=TODAY).calls.get(code="becas")
    with travel(JULY):
        publish_call(call=call, by=None)
        person = a_person(birth_date=date(2000, 1, 1))
        application = submit_application(
            call=call, person=person, region=region_of(call), answers=READY | {"device": "phone"}, by=person
        )
    assert application.state == "submitted"

    narrow = changed(("at_most = 29", "at_most = 20"), source=WITH_CALLS)
    load_definition(definition=read(narrow), today=TODAY)
    work_until_done()

    application.refresh_from_db()
    assert application.state == "not_eligible"
    kinds = [kind for kind, *_ in journal()]
    assert kinds.count("admissions.call_rules_changed.v1") == 1

    load_definition(definition=read(changed(('name = "Becas"', 'name = "Otras becas"'), source=narrow)), today=TODAY)
    assert [kind for kind, *_ in journal()].count("admissions.call_rules_changed.v1") == 1


def test_age_counts_on_the_day_that_the_call_names():
    """She turns thirty while the call is open: the day that is named decides, not the day on which she applies."""
    call = a_call(rules=[RULES[0]])
    turns_thirty = call.closes_at.date() - timedelta(days=5)
    born = turns_thirty.replace(year=turns_thirty.year - 30)
    person = a_person(birth_date=born)
    application = submit_application(call=call, person=person, region=region_of(call), answers=READY, by=person)
    assert application.state == "not_eligible"  # thirty on the day on which it closes

    Call.objects.filter(pk=call.pk).update(age_on=turns_thirty - timedelta(days=1))
    judge_portion(call=call.pk, after=None)

    application.refresh_from_db()
    assert application.state == "submitted"
