"""Eligibility: a pure function from rules and answers to what is met, with a sentence for her.

Nothing here reads the database or the clock.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from math import inf
from typing import Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from trenza.apps.programmes.api import age_on
from trenza.core.definition import Code, Item, Line, Text, refuse
from trenza.core.definition import say as _

AGE = "age"
BIRTH_DATE = "birth_date"

Answer = str | int | bool | list[str]
Value = bool | int | str
Test = Callable[[Answer | None], bool]


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
    answered: bool = Field(
        default=False, title=_("Answered"), description=_("It is met once she has answered, whatever she says.")
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
        if [ranged, self.equals is not None, self.one_of is not None, self.answered].count(True) != 1:
            raise refuse(
                _("a rule has exactly one test"), hint=_("use at_least and at_most, or equals, or one_of, or answered")
            )
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise refuse(_("at_least is larger than at_most: nobody can meet it"), hint=_("exchange them"))
        if self.question == AGE and not ranged:
            raise refuse(_("age is tested by its limits"), hint=_("use at_least and at_most"))
        if self.unmet == "help" and not self.help:
            raise refuse(_('unmet = "help" needs "help"'), hint=_("say what she can do to get there"))
        return self

    def is_met_by(self, answer: Answer | None) -> bool:
        """Whether this answer passes; no answer never does."""
        return _test(self)(answer)


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


class Ruleset:
    """Rules made ready to be applied to many people: each test and both of its outcomes are made once."""

    def __init__(self, rules: Iterable[EligibilityRule]) -> None:
        self.rules = tuple(rules)
        self.asks_age = any(rule.question == AGE for rule in self.rules)
        self._of_birth = [n for n, rule in enumerate(self.rules) if rule.question in (AGE, BIRTH_DATE)]
        self._tests: list[tuple[str, str, Test, tuple[Outcome, Outcome]]] = [
            (rule.code, rule.question, _test(rule), (_outcome(rule, met=False), _outcome(rule, met=True)))
            for rule in self.rules
        ]

    def evaluate(
        self, answers: Mapping[str, Answer], on: date, fulfilled: Collection[str] = (), *, born: date | None = None
    ) -> list[Outcome]:
        """Test each rule, in order. `on` is the day on which age counts; she was `born` then, else as the answer
        `birth_date` says. The rules `fulfilled` are met whatever the answers say."""
        given = answers.get
        found = [outcomes[is_met(given(question))] for _code, question, is_met, outcomes in self._tests]
        if self._of_birth:
            if born is None and isinstance(said := given(BIRTH_DATE), str):
                born = date.fromisoformat(said)
            for position in self._of_birth:
                _code, question, is_met, outcomes = self._tests[position]
                value = None if born is None else age_on(born, on) if question == AGE else born.isoformat()
                found[position] = outcomes[is_met(value)]
        if fulfilled:
            codes = (code for code, *_rest in self._tests)
            found = [
                outcomes[True] if code in fulfilled else outcome
                for code, outcome, (*_test_of, outcomes) in zip(codes, found, self._tests, strict=True)
            ]
        return found


@lru_cache(maxsize=256)
def read_rules(text: str) -> Ruleset:
    """The rules of a call from their JSON, as the definition wrote it; read once."""
    return Ruleset(_RULES.validate_json(text, strict=False))  # not strict: JSON has lists where rules have tuples


def evaluate(
    rules: Sequence[EligibilityRule], answers: Mapping[str, Answer], on: date, fulfilled: Collection[str] = ()
) -> list[Outcome]:
    """`Ruleset.evaluate`, for rules that are applied once."""
    return Ruleset(rules).evaluate(answers, on, fulfilled)


def verdict(outcomes: Sequence[Outcome]) -> Verdict:
    """One unmet rule that refuses decides; then one that helps."""
    found = Verdict.ELIGIBLE
    for outcome in outcomes:
        if not outcome.met:
            if outcome.unmet is Unmet.REFUSE:
                return Verdict.NOT_ELIGIBLE
            found = Verdict.NEEDS_HELP
    return found


def is_one_of(answer: Answer | None, wanted: Iterable[Value]) -> bool:
    """Whether an answer, or one of several that she chose, is among these; no answer never is."""
    given = answer if isinstance(answer, list) else [answer]
    return any(_same(each, one) for one in wanted for each in given if each is not None)


def _test(rule: EligibilityRule) -> Test:
    """The one test of a rule, as a function of the answer."""
    if rule.answered:
        return lambda answer: bool(answer.strip()) if isinstance(answer, str) else answer is not None and answer != []
    if rule.equals is not None:
        wanted, kind = rule.equals, type(rule.equals)  # in Python True == 1
        if isinstance(wanted, bool):
            return lambda answer: answer is wanted
        return lambda answer: wanted in answer if type(answer) is list else type(answer) is kind and answer == wanted
    if rule.one_of is not None:
        several = rule.one_of
        return lambda answer: is_one_of(answer, several)
    least = -inf if rule.at_least is None else rule.at_least
    most = inf if rule.at_most is None else rule.at_most
    return lambda answer: type(answer) is int and least <= answer <= most


def _outcome(rule: EligibilityRule, *, met: bool) -> Outcome:
    return Outcome(rule.code, met, rule.sentence, rule.help, Unmet(rule.unmet))


def _same(answer: Answer, wanted: bool | int | str) -> bool:
    # In Python True == 1.
    return type(answer) is type(wanted) and answer == wanted


_RULES = TypeAdapter(tuple[EligibilityRule, ...])
