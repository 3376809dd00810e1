from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from trenza.apps.admissions.eligibility import EligibilityRule, Outcome, Unmet, Verdict, evaluate, verdict

TODAY = date(2026, 11, 22)
DATES = st.dates(date(1900, 1, 1), TODAY)
VALUES = st.booleans() | st.integers(-5, 120) | st.text(max_size=5) | st.lists(st.text(max_size=3), max_size=3)
TESTS = [{"at_least": 16}, {"at_most": 29}, {"at_least": 16, "at_most": 29}, {"equals": True}, {"one_of": ["x", 3]}]
CODES = st.sampled_from(["a", "b", "c"])


def rule(**changes: Any) -> EligibilityRule:
    return EligibilityRule.model_validate({"code": "r", "question": "a", "sentence": "Algo."} | changes, strict=False)


def helpful(**changes: Any) -> EligibilityRule:
    return rule(unmet="help", help="Así.", **changes)


@st.composite
def rules(draw: st.DrawFn) -> EligibilityRule:
    test: dict[str, Any] = draw(st.sampled_from(TESTS))
    kind: dict[str, Any] = draw(st.sampled_from([{"unmet": "refuse"}, {"unmet": "help", "help": "Así."}]))
    return rule(code=draw(CODES), question=draw(CODES), **test, **kind)


@given(st.lists(rules()), st.dictionaries(CODES, VALUES))
def test_every_rule_has_one_outcome_in_order(given_rules: list[EligibilityRule], answers: dict[str, Any]):
    outcomes = evaluate(given_rules, answers, TODAY)

    assert [outcome.rule for outcome in outcomes] == [rule.code for rule in given_rules]
    assert [outcome.sentence for outcome in outcomes] == [rule.sentence for rule in given_rules]


@given(st.lists(rules()), st.dictionaries(CODES, VALUES))
def test_the_verdict_follows_from_what_is_unmet(given_rules: list[EligibilityRule], answers: dict[str, Any]):
    outcomes = evaluate(given_rules, answers, TODAY)
    unmet = [outcome for outcome in outcomes if not outcome.met]

    expected = {
        True: Verdict.NOT_ELIGIBLE,
        False: Verdict.NEEDS_HELP if unmet else Verdict.ELIGIBLE,
    }[any(outcome.unmet == Unmet.REFUSE for outcome in unmet)]
    assert verdict(outcomes) == expected


@given(st.lists(rules()), st.dictionaries(CODES, VALUES), st.dictionaries(CODES, VALUES))
def test_a_rule_looks_only_at_its_own_question(
    given_rules: list[EligibilityRule], answers: dict[str, Any], others: dict[str, Any]
):
    elsewhere = {f"other-{code}": value for code, value in others.items()}

    assert evaluate(given_rules, answers | elsewhere, TODAY) == evaluate(given_rules, answers, TODAY)


@given(st.lists(rules()), st.dictionaries(CODES, VALUES), st.randoms())
def test_the_order_of_rules_changes_nothing_of_the_verdict(
    given_rules: list[EligibilityRule], answers: dict[str, Any], random: Any
):
    shuffled = random.sample(given_rules, len(given_rules))

    assert verdict(evaluate(shuffled, answers, TODAY)) == verdict(evaluate(given_rules, answers, TODAY))


@given(st.lists(rules(), min_size=1))
def test_who_answers_nothing_meets_nothing(given_rules: list[EligibilityRule]):
    assert [outcome.met for outcome in evaluate(given_rules, {}, TODAY)] == [False] * len(given_rules)


@given(DATES, st.integers(0, 100))
def test_age_rises_by_one_on_the_birthday(born: date, least: int):
    old_enough = rule(question="age", at_least=least)
    try:
        birthday = born.replace(year=born.year + least)
    except ValueError:
        birthday = date(born.year + least, 3, 1)

    [outcome] = evaluate([old_enough], {"birth_date": born.isoformat()}, birthday)
    [before] = evaluate([old_enough], {"birth_date": born.isoformat()}, date.fromordinal(birthday.toordinal() - 1))

    assert (outcome.met, before.met) == (True, False)


def test_an_outcome_carries_the_words_for_her():
    assert evaluate([helpful(equals=True)], {"a": False}, TODAY) == [Outcome("r", False, "Algo.", "Así.", Unmet.HELP)]


@pytest.mark.parametrize(
    ("test", "answer", "met"),
    [
        ({"at_least": 16}, 16, True),
        ({"at_least": 16}, 15, False),
        ({"at_most": 29}, 29, True),
        ({"at_most": 29}, 30, False),
        ({"at_least": 0}, True, False),
        ({"at_least": 0}, "5", False),
        ({"equals": True}, True, True),
        ({"equals": True}, 1, False),
        ({"equals": 1}, True, False),
        ({"equals": "el-alto"}, "el-alto", True),
        ({"equals": "mon"}, ["mon", "tue"], True),
        ({"one_of": ["a", "b"]}, "b", True),
        ({"one_of": ["a", "b"]}, "c", False),
        ({"one_of": ["a", "b"]}, ["c", "a"], True),
        ({"one_of": ["a", "b"]}, [], False),
    ],
)
def test_a_test_is_exact(test: dict[str, Any], answer: Any, met: bool):
    assert rule(**test).is_met_by(answer) is met


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"equals": True, "one_of": ["a"]},
        {"at_least": 1, "equals": True},
        {"at_least": 30, "at_most": 16},
        {"one_of": []},
        {"question": "age", "equals": 18},
        {"equals": True, "unmet": "help"},
        {"equals": True, "unmet": "forgive"},
        {"equals": 1.5},
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(changes: dict[str, Any]):
    with pytest.raises(ValidationError):
        rule(**changes)
