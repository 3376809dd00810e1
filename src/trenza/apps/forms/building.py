"""From a questionnaire to a Django form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField

from trenza.apps.forms.applying import Answer, applying
from trenza.apps.forms.conditions import as_data, only_if
from trenza.apps.forms.definition.sections import FormDefinition, Question
from trenza.apps.forms.fields import Options, field_for, to_answer

PREFIX = "q_"


@dataclass(frozen=True)
class Section:
    """A page of the questionnaire with its fields, as a template shows it."""

    code: str
    title: str
    fields: list[BoundField]
    only_if: str = ""
    when: str = ""


class QuestionnaireForm(forms.Form):
    """Asks the questions of a definition; subclasses may declare fields of their own, which come first.

    A question is the field `q_CODE`. Pages are shown one under the other in one post, so that it works everywhere.
    """

    def __init__(
        self,
        questionnaire: FormDefinition,
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Answer] | None = None,
        *,
        regions: Options = (),
        **kwargs: Any,
    ) -> None:
        self.questionnaire = questionnaire
        answered = {PREFIX + code: self._shown(code, answer) for code, answer in (initial or {}).items()}
        super().__init__(data, initial=answered | kwargs.pop("own_initial", {}), **kwargs)
        for question in questionnaire.questions:
            field = field_for(question, regions)
            if question.when:
                # Read by field/form_field.html.
                vars(field).update(only_if=only_if(question, questionnaire), when=as_data(question))
            self.fields[PREFIX + question.code] = field

    def clean(self) -> dict[str, Any]:
        """What is not asked of her is neither missing nor wrong, and not kept: skip logic, as in `applying`."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asked = {question.code for question in applying(self.questionnaire, self.answers())}
        for question in self.questionnaire.questions:
            if question.code not in asked:
                cleaned.pop(PREFIX + question.code, None)
                self.errors.pop(PREFIX + question.code, None)
        return cleaned

    def answers(self) -> dict[str, Answer]:
        """What was answered, by code of question; once the form is valid."""
        found = {
            question.code: to_answer(self.cleaned_data.get(PREFIX + question.code))
            for question in self.questionnaire.questions
        }
        return {code: answer for code, answer in found.items() if answer is not None}

    def filled(self) -> dict[str, Any]:
        """What the answers fill in the person's record, by attribute; dates are dates."""
        return {
            question.fills: self.cleaned_data[PREFIX + question.code]
            for question in self.questionnaire.questions
            if question.fills and self.cleaned_data.get(PREFIX + question.code)
        }

    def sections(self) -> Iterator[Section]:
        """The pages of the questionnaire, each with its fields."""
        for page in self.questionnaire.page:
            fields = [self[PREFIX + question.code] for question in page.question]
            yield Section(page.code, page.title, fields, only_if(page, self.questionnaire), as_data(page))

    def _shown(self, code: str, answer: Answer) -> Any:
        question = self.questionnaire.question(code)
        return _as_initial(question, answer) if question else answer


def build_form(
    questionnaire: FormDefinition,
    data: Mapping[str, Any] | None = None,
    initial: Mapping[str, Answer] | None = None,
    *,
    regions: Options = (),
) -> QuestionnaireForm:
    """The form of `questionnaire`, bound to `data` or showing `initial` answers (as `answers()` gave them)."""
    return QuestionnaireForm(questionnaire, data, initial, regions=regions)


def _as_initial(question: Question, answer: Answer) -> Any:
    if question.type == "yes_no":
        return "yes" if answer else "no"
    if question.type == "date" and isinstance(answer, str):
        return date.fromisoformat(answer)
    return answer
