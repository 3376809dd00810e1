"""With which level she might begin: the rule, and what it is worth."""

import random
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from tools.catalogue import ROOT
from trenza.apps.learning.content.bank import LEVELS, BankItem, read_bank
from trenza.apps.learning.content.digcomp import COMPETENCES
from trenza.apps.learning.levels import FIRST, FORMS, NOT_KNOWN, QUESTIONS, choices_of, outcome_of, questions_of

KNOWS = {"basic": (0.5, 0.2, 0.05), "intermediate": (0.9, 0.5, 0.2), "advanced": (0.97, 0.88, 0.5)}
"""How much of each level's items a synthetic woman knows whom each level suits: about half of her own."""

Answering = Callable[[BankItem], int]


@cache
def bank() -> tuple[BankItem, ...]:
    """The items of Conectadas."""
    return read_bank(ROOT / "programmes" / "tigo-conectadas" / "level-check").items


def level_of(form: int, answer: Answering) -> str:
    first = [answer(item) for item in questions_of(bank(), form, [])]
    answers = [*first, *(answer(item) for item in questions_of(bank(), form, first)[FIRST:])]
    return outcome_of(bank(), form, answers).level


def a_woman(dice: random.Random, knows: tuple[float, float, float]) -> Answering:
    """What she does not know she guesses half of the time, and half of the time she says so."""

    def answer(item: BankItem) -> int:
        if dice.random() < knows[LEVELS.index(item.level)]:
            return item.right
        return dice.randrange(len(item.choices)) if dice.random() < 0.5 else NOT_KNOWN

    return answer


def levels_of(women: int, seed: int, answering: Callable[[random.Random], Answering]) -> Counter[str]:
    dice = random.Random(seed)
    return Counter(level_of(dice.randrange(FORMS), answering(dice)) for _ in range(women))


@pytest.mark.parametrize(("level", "at_least"), [("basic", 0.84), ("intermediate", 0.77), ("advanced", 0.76)])
def test_women_of_known_level_are_placed_right(level, at_least):
    placed = levels_of(1000, 7, lambda dice: a_woman(dice, KNOWS[level]))

    assert placed[level] / 1000 >= at_least


@pytest.mark.parametrize(("level", "far"), [("basic", "advanced"), ("advanced", "basic")])
def test_hardly_anybody_is_placed_two_levels_away(level, far):
    assert levels_of(1000, 8, lambda dice: a_woman(dice, KNOWS[level]))[far] <= 10


def test_who_guesses_everything_begins_with_basic():
    guessing = levels_of(1000, 9, lambda dice: lambda item: dice.randrange(len(item.choices)))

    assert guessing["basic"] >= 950
    assert guessing["advanced"] <= 5


@pytest.mark.parametrize("place", range(4))
def test_length_of_the_choices_does_not_tell_which_is_right(place):
    """Who always takes the longest, or the second longest, or a shorter one, is not taken for somebody who knows."""
    placed = levels_of(300, 10, lambda _: lambda item: item.choices.index(sorted(item.choices, key=len)[place]))

    assert placed["advanced"] <= 6
    assert placed["basic"] >= 250


@pytest.mark.parametrize(
    ("answer", "level"),
    [
        (lambda item: NOT_KNOWN, "basic"),
        (lambda item: item.right if item.level == "basic" else NOT_KNOWN, "basic"),
        (lambda item: item.right if item.level != "advanced" else NOT_KNOWN, "intermediate"),
        (lambda item: item.right, "advanced"),
    ],
)
def test_who_knows_whole_levels_begins_with_the_first_that_she_does_not_know(answer, level):
    # Who knows all that is basic and nothing else has six of twelve: two short of the next level.
    assert {level_of(form, answer) for form in range(50)} == {level}


def test_form_alone_decides_what_is_asked():
    one = [item.code for item in questions_of(bank(), 12, [NOT_KNOWN] * FIRST)]

    assert one == [item.code for item in questions_of(bank(), 12, [NOT_KNOWN] * FIRST)]
    assert len(one) == len(set(one)) == QUESTIONS
    assert one != [item.code for item in questions_of(bank(), 13, [NOT_KNOWN] * FIRST)]


def test_second_stage_is_near_what_she_showed_in_the_first():
    first = questions_of(bank(), 5, [])
    right = [item.right for item in first]

    low = Counter(item.level for item in questions_of(bank(), 5, [NOT_KNOWN] * FIRST)[FIRST:])
    high = Counter(item.level for item in questions_of(bank(), 5, right)[FIRST:])

    assert Counter(item.level for item in first) == {"basic": 2, "intermediate": 2, "advanced": 2}
    assert low == {"basic": 4, "intermediate": 4}
    assert high == {"intermediate": 4, "advanced": 4}


def test_choices_stand_mixed_and_each_once():
    item = bank()[0]

    orders = {tuple(choices_of(item, form)) for form in range(40)}

    assert len(orders) > 10
    assert {tuple(sorted(order)) for order in orders} == {(0, 1, 2, 3)}


def test_bank_of_conectadas_asks_every_competence_in_each_level():
    for level in LEVELS:
        of_level = [item for item in bank() if item.level == level]
        assert {item.competence for item in of_level} == COMPETENCES.keys()
        assert all(len(item.choices) == 4 for item in of_level)
        assert max(Counter(item.right for item in of_level).values()) <= len(of_level) / 3
