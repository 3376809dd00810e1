"""With which level she might begin: which questions a woman gets, and what her answers say. No model, no request.

Fourteen questions in two stages. The first six are two of each level. Who has up to three of them right gets four more
of the basic and four of the intermediate level; who has more, four of the intermediate and four of the advanced. So
twelve of her questions stand on the border between two levels, and eight right of these lead to the higher one:

    of the first six   the twelve are of             right of the twelve   she begins with
    up to 3            basic and intermediate        0 to 7                basic
                                                     8 to 12               intermediate
    4 to 6             intermediate and advanced     0 to 3                basic
                                                     4 to 7                intermediate
                                                     8 to 12               advanced

"I do not know" is not right, and tells more than a guess. Who guesses everything begins with basic. What the rule is
worth was measured with synthetic women (tests/apps/learning/test_levels.py).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trenza.apps.learning.content.bank import LEVELS, BankItem

FORMS: Final = 10_000
"""Forms have a number below this; it alone decides which questions she gets, and in which order their choices stand."""
FIRST: Final = 6
QUESTIONS: Final = 14
NOT_KNOWN: Final = -1
"""The answer "I do not know"."""

_OF_EACH_FIRST: Final = 2
_OF_EACH_SECOND: Final = 4
_HIGH_ROUTE: Final = 4
_HIGHER: Final = 8
_LOWER: Final = 4

Answers = Sequence[int]
"""In the order of her questions: the index of the choice, as its author wrote them, or NOT_KNOWN."""


@dataclass(frozen=True)
class Outcome:
    """The level that fits her, and how many of her questions of each level (known, asked) she knew."""

    level: str
    known: dict[str, tuple[int, int]]

    @property
    def right(self) -> int:
        """How many she knew, of all."""
        return sum(known for known, _ in self.known.values())


def questions_of(items: Sequence[BankItem], form: int, answers: Answers) -> list[BankItem]:
    """Her questions as far as her answers tell: the first six, and once these are answered the other eight.

    The same items, form and answers always give the same.
    """
    order = {level: _mixed(items, level, form) for level in LEVELS}
    first = [item for level in LEVELS for item in order[level][:_OF_EACH_FIRST]]
    if len(answers) < FIRST:
        return first
    second = LEVELS[1:] if _is_high(first, answers) else LEVELS[:2]
    end = _OF_EACH_FIRST + _OF_EACH_SECOND
    return first + [item for level in second for item in order[level][_OF_EACH_FIRST:end]]


def outcome_of(items: Sequence[BankItem], form: int, answers: Answers) -> Outcome:
    """What fourteen answers say."""
    asked = questions_of(items, form, answers)
    known: dict[str, tuple[int, int]] = {}
    for item, answer in zip(asked, answers, strict=True):
        right, total = known.get(item.level, (0, 0))
        known[item.level] = (right + (answer == item.right), total + 1)
    high = _is_high(asked, answers)
    lower, higher = LEVELS[1:] if high else LEVELS[:2]
    on_border = known[lower][0] + known[higher][0]
    level = higher if on_border >= _HIGHER else lower
    if high and on_border < _LOWER:
        level = LEVELS[0]
    return Outcome(level, known)


def choices_of(item: BankItem, form: int) -> list[int]:
    """The order in which the choices of a question stand on her form; true and false stay as they are."""
    order = list(range(len(item.choices)))
    if item.kind == "true_false":
        return order
    return sorted(order, key=lambda index: _number(f"{form} {item.code} {index}"))


def _mixed(items: Sequence[BankItem], level: str, form: int) -> list[BankItem]:
    of_level = [item for item in items if item.level == level]
    return sorted(of_level, key=lambda item: _number(f"{form} {item.code}"))


def _is_high(first: Sequence[BankItem], answers: Answers) -> bool:
    right = sum(item.right == answer for item, answer in zip(first[:FIRST], answers[:FIRST], strict=True))
    return right >= _HIGH_ROUTE


def _number(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
