"""Skip logic: which questions are asked of her, by what she answered before. Pure: no database, no clock."""

from collections.abc import Mapping
from typing import Final

from trenza.apps.forms.definition.sections import Condition, FormDefinition, Page, Question, Value

Answer = str | int | bool | list[str]

# A record needs these, so everybody is asked for them (`definition/checks.py`).
ASKED_OF_ALL: Final = frozenset({"given_name", "birth_date", "email", "region"})


def applying(form: FormDefinition, answers: Mapping[str, Answer]) -> list[Question]:
    """The questions that are asked of who answers so, in order. The answer to one that is not asked counts as none."""
    asked: list[Question] = []
    heard: dict[str, Answer] = {}
    for page in form.page:
        # A page looks back to earlier pages only, so it is decided before its questions.
        if not _all_met(page, heard):
            continue
        for question in page.question:
            if _all_met(question, heard):
                asked.append(question)
                if question.code in answers:
                    heard[question.code] = answers[question.code]
    return asked


def answers_that_apply(form: FormDefinition, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers without those to questions that are not asked of her; unknown ones stay, to be refused."""
    skipped = {question.code for question in form.questions} - {each.code for each in applying(form, answers)}
    return {code: answer for code, answer in answers.items() if code not in skipped}


def is_met(condition: Condition, answer: Answer | None) -> bool:
    """Whether this answer passes; of several that she chose, one is enough."""
    if answer is None:
        return False
    if condition.wanted:
        given = answer if isinstance(answer, list) else [answer]
        return any(_same(each, wanted) for each in given for wanted in condition.wanted)
    if isinstance(answer, bool) or not isinstance(answer, int):
        return False
    low, high = condition.at_least, condition.at_most
    return (low is None or answer >= low) and (high is None or answer <= high)


def _all_met(what: Page | Question, heard: Mapping[str, Answer]) -> bool:
    return all(is_met(condition, heard.get(condition.question)) for condition in what.when)


def _same(answer: Answer, wanted: Value) -> bool:
    # In Python True == 1.
    return type(answer) is type(wanted) and answer == wanted
