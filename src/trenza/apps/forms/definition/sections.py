"""The section `[[form]]` of programme.toml: a questionnaire as data."""

from typing import Literal, Self

from pydantic import Field, model_validator

from trenza.core.definition import Code, Item, Line, Text, refuse

QuestionType = Literal[
    "text", "long_text", "email", "phone", "date", "whole_number", "yes_no", "choice", "choices", "region"
]  # fmt: skip
# What a person's record may take from an answer (people owns the record).
Fills = Literal["given_name", "family_name", "birth_date", "sex", "country", "region", "email", "phone"]

_FILLED_BY: dict[str, frozenset[str]] = {
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

    code: Code
    label: Line


class Question(Item):
    """What is asked, and of which type the answer is; `fills` copies it into the person's record."""

    code: Code
    type: QuestionType
    label: Line
    help: Text = ""
    required: bool = True
    choices: tuple[Choice, ...] = ()
    fills: Fills | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        takes_choices = self.type in ("choice", "choices")
        if takes_choices and len(self.choices) < 2:
            raise refuse(f"a question of type {self.type} needs two choices or more", hint="add [[…question.choices]]")
        if self.choices and not takes_choices:
            raise refuse(f"a question of type {self.type} takes no choices", hint='take them out, or type = "choice"')
        if repeated := _repeated([choice.code for choice in self.choices]):
            raise refuse(f'the choice "{repeated}" stands twice', hint="give each a code of its own")
        if self.fills and self.type not in _FILLED_BY[self.fills]:
            types = " or ".join(sorted(_FILLED_BY[self.fills]))
            raise refuse(f"a question of type {self.type} cannot fill {self.fills}", hint=f"use type {types}")
        return self


class Page(Item):
    """Questions that belong together, under one heading."""

    code: Code
    title: Line
    question: tuple[Question, ...] = Field(min_length=1)


class FormDefinition(Item):
    """A whole questionnaire. Codes of questions are unique in it, and each attribute is filled once."""

    code: Code
    title: Line
    page: tuple[Page, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if repeated := _repeated([page.code for page in self.page]):
            raise refuse(f'the page "{repeated}" stands twice', hint="give each a code of its own")
        if repeated := _repeated([question.code for question in self.questions]):
            raise refuse(f'the question "{repeated}" stands twice', hint="give each a code of its own")
        if repeated := _repeated([question.fills for question in self.questions if question.fills]):
            raise refuse(f"two questions fill {repeated}", hint="let one of them fill it")
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


def _repeated(codes: list[str]) -> str | None:
    return next((code for n, code in enumerate(codes) if code in codes[:n]), None)
