"""How an answer is graded. The server and a page with scripts follow the same rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from trenza.apps.learning.content.course import Kind, Question

_IN_ORDER: Final = ("order", "match")
_ANY: Final = ("number", "text", "scenario")


@dataclass(frozen=True)
class Key:
    """What is right, and what can be an answer at all: indices that are `possible`, so many of them.

    `exactly` these in any order are right, `any` one of them, or these `in_order`.
    """

    rule: Literal["exactly", "any", "in_order"]
    right: tuple[int, ...]
    possible: frozenset[int]
    distinct: bool = False

    def is_right(self, chosen: Sequence[int]) -> bool:
        """Whether this answer is right; an index that the question does not have is simply not right."""
        if self.rule == "in_order":
            return tuple(chosen) == self.right
        if self.rule == "any":
            return len(chosen) == 1 and chosen[0] in self.right
        return set(chosen) == set(self.right)

    def tidy(self, chosen: Sequence[int]) -> list[int] | None:
        """An answer as it is kept; None where it cannot be one."""
        if not self.possible.issuperset(chosen):
            return None
        if self.rule == "exactly":
            return sorted(set(chosen))
        if len(chosen) != (1 if self.rule == "any" else len(self.right)):
            return None
        return None if self.distinct and len(set(chosen)) < len(chosen) else list(chosen)


def make_key(kind: Kind, right: Sequence[int], possible: Sequence[int]) -> Key:
    """The key of a question of this kind."""
    rule: Literal["exactly", "any", "in_order"] = (
        "in_order" if kind in _IN_ORDER else "any" if kind in _ANY else "exactly"
    )
    return Key(rule, tuple(right), frozenset(possible), distinct=kind == "order")


def grade(question: Question, chosen: Sequence[int]) -> float:
    """Score of an answer, 0 or 1: exactly what is right is 1, anything else 0."""
    return float(make_key(question.kind, question.right, ()).is_right(chosen))
