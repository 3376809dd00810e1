"""Eligibility: a pure function from rules and answers to what is met, with a sentence for her.

Nothing here reads the database or the clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from trenza.apps.programmes.api import age_on
from trenza.core.definition import Code, Item, Line, Text, refuse

AGE = "age"
BIRTH_DATE = "birth_date"

Answer = str | int | bool | list[str]
Value = bool | int | str


class Unmet(StrEnum):
    """What follows when a rule is not met."""

    REFUSE = "refuse"
    HELP = "help"


class EligibilityRule(Item):
    """One condition of a call, tested on one answer (or on `age`, on a given day). Exactly one test.

    `sentence` is what it asks, said to the person; with `unmet = "help"` she is never refused for it, and `help` says
    how to get there.
    """

    code: Code
    question: Code
    at_least: int | None = None
    at_most: int | None = None
    equals: Value | None = None
    one_of: tuple[Value, ...] | None = Field(default=None, min_length=1)
    sentence: Line
    unmet: Literal["refuse", "help"] = "refuse"
    help: Text = ""

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        ranged = self.at_least is not None or self.at_most is not None
        if [ranged, self.equals is not None, self.one_of is not None].count(True) != 1:
            raise refuse("a rule has exactly one test", hint="use at_least and at_most, or equals, or one_of")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise refuse("at_least is larger than at_most: nobody can meet it", hint="exchange them")
        if self.question == AGE and not ranged:
            raise refuse("age is tested by its limits", hint="use at_least and at_most")
        if self.unmet == "help" and not self.help:
            raise refuse('unmet = "help" needs "help"', hint="say what she can do to get there")
        return self

    def is_met_by(self, answer: Answer | None) -> bool:
        """Whether this answer passes; no answer never does."""
        if answer is None:
            return False
        if self.equals is not None:
            return self.equals in answer if isinstance(answer, list) else _same(answer, self.equals)
        if self.one_of is not None:
            given = answer if isinstance(answer, list) else [answer]
            return any(_same(each, wanted) for each in given for wanted in self.one_of)
        if isinstance(answer, bool) or not isinstance(answer, int):
            return False
        return (self.at_least is None or answer >= self.at_least) and (self.at_most is None or answer <= self.at_most)


@dataclass(frozen=True)
class Outcome:
    """A rule, whether it is met, and what to tell her."""

    rule: str
    met: bool
    sentence: str
    help: str
    unmet: Unmet


class Verdict(StrEnum):
    """What all outcomes come to."""

    ELIGIBLE = "eligible"
    NEEDS_HELP = "needs_help"
    NOT_ELIGIBLE = "not_eligible"


def evaluate(rules: Sequence[EligibilityRule], answers: Mapping[str, Answer], on: date) -> list[Outcome]:
    """Test each rule, in order. `on` is the day on which age counts; age follows from the answer `birth_date`."""
    return [
        Outcome(
            rule.code, rule.is_met_by(_answer(rule.question, answers, on)), rule.sentence, rule.help, Unmet(rule.unmet)
        )
        for rule in rules
    ]


def verdict(outcomes: Sequence[Outcome]) -> Verdict:
    """One unmet rule that refuses decides; then one that helps."""
    unmet = {outcome.unmet for outcome in outcomes if not outcome.met}
    if Unmet.REFUSE in unmet:
        return Verdict.NOT_ELIGIBLE
    return Verdict.NEEDS_HELP if unmet else Verdict.ELIGIBLE


def _answer(question: str, answers: Mapping[str, Answer], on: date) -> Answer | None:
    if question != AGE:
        return answers.get(question)
    born = answers.get(BIRTH_DATE)
    return age_on(date.fromisoformat(born), on) if isinstance(born, str) else None


def _same(answer: Answer, wanted: bool | int | str) -> bool:
    # In Python True == 1.
    return type(answer) is type(wanted) and answer == wanted
