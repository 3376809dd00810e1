"""Eligibility: a pure function from rules and answers to what is met, with a sentence for her.

Nothing here reads the database or the clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from trenza.apps.programmes.api import age_on
from trenza.core.definition import Code, Item, Line, Text, refuse
from trenza.core.definition import say as _

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

    code: Code = Field(
        title=_("Code"),
        description=_(
            "Its name for machines: lower-case letters, digits and hyphens. Another code makes another thing."
        ),
    )
    question: Code = Field(
        title=_("Question"),
        description=_("The question whose answer is tested, or age, in years."),
    )
    at_least: int | None = Field(default=None, title=_("At least"), description=_("The smallest number that is met."))
    at_most: int | None = Field(default=None, title=_("At most"), description=_("The largest number that is met."))
    equals: Value | None = Field(
        default=None, title=_("Equals"), description=_("The only answer that is met: true, false, a number or a code.")
    )
    one_of: tuple[Value, ...] | None = Field(
        default=None, min_length=1, title=_("One of"), description=_("The answers that are met, one on each line.")
    )
    sentence: Line = Field(title=_("Sentence"), description=_("What it asks of her, as she reads it."))
    unmet: Literal["refuse", "help"] = Field(
        default="refuse",
        title=_("If it is not met"),
        description=_("She is told no, which holds if left out, or is helped and never told no."),
    )
    help: Text = Field(default="", title=_("Help"), description=_("How she gets there, where she is helped."))

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        ranged = self.at_least is not None or self.at_most is not None
        if [ranged, self.equals is not None, self.one_of is not None].count(True) != 1:
            raise refuse(_("a rule has exactly one test"), hint=_("use at_least and at_most, or equals, or one_of"))
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise refuse(_("at_least is larger than at_most: nobody can meet it"), hint=_("exchange them"))
        if self.question == AGE and not ranged:
            raise refuse(_("age is tested by its limits"), hint=_("use at_least and at_most"))
        if self.unmet == "help" and not self.help:
            raise refuse(_('unmet = "help" needs "help"'), hint=_("say what she can do to get there"))
        return self

    def is_met_by(self, answer: Answer | None) -> bool:
        """Whether this answer passes; no answer never does."""
        if answer is None:
            return False
        if self.equals is not None:
            return self.equals in answer if isinstance(answer, list) else _same(answer, self.equals)
        if self.one_of is not None:
            return is_one_of(answer, self.one_of)
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


def is_one_of(answer: Answer | None, wanted: Iterable[Value]) -> bool:
    """Whether an answer, or one of several that she chose, is among these; no answer never is."""
    given = answer if isinstance(answer, list) else [answer]
    return any(_same(each, one) for one in wanted for each in given if each is not None)


def _answer(question: str, answers: Mapping[str, Answer], on: date) -> Answer | None:
    if question != AGE:
        return answers.get(question)
    born = answers.get(BIRTH_DATE)
    return age_on(date.fromisoformat(born), on) if isinstance(born, str) else None


def _same(answer: Answer, wanted: bool | int | str) -> bool:
    # In Python True == 1.
    return type(answer) is type(wanted) and answer == wanted
