"""Answers as JSON: what the types of question become, and which are missing.

text, long_text, email, phone, choice, region: a string; date: "yyyy-mm-dd"; whole_number: a number; yes_no: true or
false; choices: a list of codes. A question that was left empty has no key.
"""

from collections.abc import Mapping
from datetime import date

from trenza.apps.forms.applying import Answer, applying
from trenza.apps.forms.definition.sections import FormDefinition, Question
from trenza.core.errors import DomainError

TEXT_LENGTH = 254  # an e-mail address may be so long
LONG_TEXT_LENGTH = 2_000

Answers = Mapping[str, Answer]


class AnswersNotValid(DomainError):
    """Answers that the questionnaire does not ask for or cannot be; `.questions` are their codes."""

    def __init__(self, questions: list[str]) -> None:
        super().__init__(", ".join(questions))
        self.questions = questions


def missing_answers(form: FormDefinition, answers: Answers) -> list[str]:
    """Codes of the required questions without an answer, in order, of those that are asked of who answers so."""
    return [question.code for question in applying(form, answers) if question.required and question.code not in answers]


def check_answers(form: FormDefinition, answers: Answers) -> None:
    """Refuse what no page could have sent: for callers other than the page itself.

    Raises:
        AnswersNotValid: an unknown question, or an answer of another type. One to a question that is not asked of her
            is no error; it is not kept (`answers_that_apply`).
    """
    wrong = [
        code for code in answers if (question := form.question(code)) is None or not _fits(question, answers[code])
    ]
    if wrong:
        raise AnswersNotValid(wrong)


def _fits(question: Question, answer: Answer) -> bool:
    codes = {choice.code for choice in question.choices}
    match question.type:
        case "yes_no":
            return isinstance(answer, bool)
        case "whole_number":
            return isinstance(answer, int) and not isinstance(answer, bool)
        case "choice":
            return answer in codes if isinstance(answer, str) else False
        case "choices":
            return isinstance(answer, list) and bool(answer) and set(answer) <= codes
        case "long_text":
            return isinstance(answer, str) and 0 < len(answer.strip()) <= LONG_TEXT_LENGTH
        case "date":
            return isinstance(answer, str) and _is_date(answer)
        case _:
            return isinstance(answer, str) and 0 < len(answer.strip()) <= TEXT_LENGTH


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
