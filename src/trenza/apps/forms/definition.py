"""The sections `[[form]]` of programme.toml: a questionnaire as data."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,49}$")]
Words = Annotated[str, Field(min_length=1, max_length=300)]

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


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(_Part):
    """One of the answers to choose from."""

    code: Code
    label: Words


class Question(_Part):
    """What is asked, and of which type the answer is; `fills` copies it into the person's record."""

    code: Code
    type: QuestionType
    label: Words
    help: str = Field(default="", max_length=500)
    required: bool = True
    choices: tuple[Choice, ...] = ()
    fills: Fills | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        takes_choices = self.type in ("choice", "choices")
        if takes_choices and len(self.choices) < 2:
            raise ValueError(f"a question of type {self.type} needs two choices or more")
        if self.choices and not takes_choices:
            raise ValueError(f"a question of type {self.type} takes no choices")
        if repeated := _repeated([choice.code for choice in self.choices]):
            raise ValueError(f"the choice {repeated} stands twice")
        if self.fills and self.type not in _FILLED_BY[self.fills]:
            raise ValueError(f"a question of type {self.type} cannot fill {self.fills}")
        return self


class Page(_Part):
    """Questions that belong together, under one heading."""

    code: Code
    title: Words
    question: tuple[Question, ...] = Field(min_length=1)


class FormDefinition(_Part):
    """A whole questionnaire. Codes of questions are unique in it, and each attribute is filled once."""

    code: Code
    title: Words
    page: tuple[Page, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if repeated := _repeated([page.code for page in self.page]):
            raise ValueError(f"the page {repeated} stands twice")
        if repeated := _repeated([question.code for question in self.questions]):
            raise ValueError(f"the question {repeated} stands twice")
        if repeated := _repeated([question.fills for question in self.questions if question.fills]):
            raise ValueError(f"two questions fill {repeated}")
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
