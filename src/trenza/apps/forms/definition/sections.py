"""The section `[[form]]` of programme.toml: a questionnaire as data."""

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trenza.core.definition import Code, Item, Key, Line, Text, listed, refuse
from trenza.core.definition import say as _

QuestionType = Literal[
    "text", "long_text", "email", "phone", "date", "whole_number", "yes_no", "choice", "choices", "region"
]  # fmt: skip
# What a person's record may take from an answer (people owns the record); her plan for studying (admissions owns it).
Fills = Literal[
    "given_name", "family_name", "birth_date", "sex", "country", "region", "email", "phone",
    "plan_when", "plan_where", "plan_help",
]  # fmt: skip

Value = bool | int | str
MOST_CONDITIONS = 5

_ASKED_IF = _("Only asked if")
_IF_ALL = _("Conditions on answers to earlier questions; it is asked where all are met. Left out, everybody is asked.")
_CODE = _("Its name for machines: lower-case letters, digits and hyphens. Another code makes another thing.")
_PLAN = frozenset({"text", "long_text", "choice", "choices"})
_FILLED_BY: dict[str, frozenset[str]] = {
    "plan_when": _PLAN,
    "plan_where": _PLAN,
    "plan_help": _PLAN,
    "given_name": frozenset({"text"}),
    "family_name": frozenset({"text"}),
    "birth_date": frozenset({"date"}),
    "sex": frozenset({"choice"}),
    "country": frozenset({"choice"}),
    "region": frozenset({"region"}),
    "email": frozenset({"email"}),
    "phone": frozenset({"phone"}),
}


class Choice(Item):
    """One of the answers to choose from."""

    code: Code = Field(title=_("Code"), description=_CODE)
    label: Line = Field(title=_("Words"), description=_("The answer as she reads it."))


class Condition(Item):
    """A test on the answer to an earlier question. Exactly one test; no answer never passes."""

    identity = ("question",)
    question: Code = Field(title=_("Question"), description=_("An earlier question of this form."))
    equals: Value | None = Field(
        default=None, title=_("Equals"), description=_("The only answer that is met: true, false, a number or a code.")
    )
    one_of: tuple[Value, ...] | None = Field(
        default=None,
        min_length=1,
        max_length=20,
        title=_("One of"),
        description=_("The answers that are met, one on each line."),
    )
    at_least: int | None = Field(default=None, title=_("At least"), description=_("The smallest number that is met."))
    at_most: int | None = Field(default=None, title=_("At most"), description=_("The largest number that is met."))

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        ranged = self.at_least is not None or self.at_most is not None
        if [ranged, self.equals is not None, self.one_of is not None].count(True) != 1:
            raise refuse(
                _("a condition has exactly one test"), hint=_("use equals, or one_of, or at_least and at_most")
            )
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise refuse(_("at_least is larger than at_most: nobody can meet it"), hint=_("exchange them"))
        return self

    @property
    def wanted(self) -> tuple[Value, ...]:
        """The answers that it names; none where it is about a range."""
        return (self.equals,) if self.equals is not None else self.one_of or ()


class Question(Item):
    """What is asked, and of which type the answer is; `fills` copies it into the person's record, `when` says of whom
    it is asked: where it has several conditions, all are met."""

    code: Code = Field(title=_("Code"), description=_CODE)
    type: QuestionType = Field(title=_("Kind of answer"), description=_("What she answers with."))
    label: Line = Field(title=_("Question"), description=_("The question as she reads it."))
    help: Text = Field(default="", title=_("Help"), description=_("A sentence below the question. It may be left out."))
    required: bool = Field(
        default=True, title=_("Must be answered"), description=_("Without an answer she cannot go on; so if left out.")
    )
    choices: tuple[Choice, ...] = Field(
        default=(), title=_("Answers to choose from"), description=_("Two or more, only where one chooses.")
    )
    fills: Fills | None = Field(
        default=None,
        title=_("Fills her record"),
        description=_("What of her record the answer fills in. It may be left out."),
    )
    when: tuple[Condition, ...] = Field(default=(), max_length=MOST_CONDITIONS, title=_ASKED_IF, description=_IF_ALL)

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        takes_choices = self.type in ("choice", "choices")
        if takes_choices and len(self.choices) < 2:
            few = _("a question of type %(type)s needs two choices or more", type=self.type)
            raise refuse(few, hint=_("add [[…question.choices]]"))
        if self.choices and not takes_choices:
            none = _("a question of type %(type)s takes no choices", type=self.type)
            raise refuse(none, hint=_('take them out, or type = "choice"'))
        if repeated := _repeated([choice.code for choice in self.choices]):
            raise _twice("choice", repeated)
        if self.fills and self.type not in _FILLED_BY[self.fills]:
            types = listed(sorted(_FILLED_BY[self.fills]))
            cannot = _("a question of type %(type)s cannot fill %(fills)s", type=self.type, fills=self.fills)
            raise refuse(cannot, hint=_("use type %(types)s", types=types))
        return self


class Page(Item):
    """Questions that belong together, under one heading."""

    code: Code = Field(title=_("Code"), description=_CODE)
    title: Line = Field(title=_("Title"), description=_("The heading of the page."))
    question: tuple[Question, ...] = Field(
        min_length=1, title=_("Questions"), description=_("What the page asks, in its order.")
    )
    when: tuple[Condition, ...] = Field(default=(), max_length=MOST_CONDITIONS, title=_ASKED_IF, description=_IF_ALL)


class FormDefinition(Item):
    """A whole questionnaire. Codes of questions are unique in it, and each attribute is filled once."""

    code: Code = Field(title=_("Code"), description=_CODE)
    title: Line = Field(title=_("Title"), description=_("The heading of the form."))
    page: tuple[Page, ...] = Field(
        min_length=1, title=_("Pages"), description=_("The pages of the form, in their order.")
    )

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if repeated := _repeated([page.code for page in self.page]):
            raise _twice("page", repeated)
        if repeated := _repeated([question.code for question in self.questions]):
            raise _twice("question", repeated)
        if repeated := _repeated([question.fills for question in self.questions if question.fills]):
            raise refuse(_("two questions fill %(fills)s", fills=repeated), hint=_("let one of them fill it"))
        return self

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, page after page."""
        return tuple(question for page in self.page for question in page.question)

    def question(self, code: str) -> Question | None:
        """The question of this code."""
        return next((question for question in self.questions if question.code == code), None)

    def that_fills(self, attribute: Fills) -> Question | None:
        """The question whose answer fills this attribute of the person."""
        return next((question for question in self.questions if question.fills == attribute), None)


def _twice(what: str, code: str) -> PydanticCustomError:
    said = _('the %(what)s "%(code)s" stands twice', what=Key(what), code=code)
    return refuse(said, hint=_("give each a code of its own"))


def _repeated(codes: list[str]) -> str | None:
    return next((code for n, code in enumerate(codes) if code in codes[:n]), None)
