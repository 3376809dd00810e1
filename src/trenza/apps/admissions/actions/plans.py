"""Her plan for studying: when, where, and who helps. She writes it; the form may ask for it."""

from collections.abc import Mapping
from typing import Final

from trenza.apps.admissions.events import PlanWritten
from trenza.apps.admissions.models import Call, StudyPlan
from trenza.apps.admissions.models.study_plan import PLAN_LENGTH
from trenza.apps.forms.api import Answer, Answers, Question
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition
from trenza.core import clock
from trenza.core.bulk import put
from trenza.core.errors import NotAllowed
from trenza.core.journal import action, record

PLAN: Final[Mapping[str, str]] = {"plan_when": "moments", "plan_where": "place", "plan_help": "helper"}
"""What a question fills, and what of the plan it becomes."""


@action
def write_plan(
    *, person: Person, edition: Edition, by: Person, moments: str = "", place: str = "", helper: str = ""
) -> StudyPlan:
    """Write her plan for an edition, in place of the one before.

    Raises:
        NotAllowed: `by` is somebody else.
    """
    if by.pk != person.pk:
        raise NotAllowed
    return _write(person, edition, {"moments": moments, "place": place, "helper": helper}, by)


def keep_plan_of_answers(*, call: Call, person: Person, answers: Answers, before: Answers | None = None) -> None:
    """Within an action: what the form asked about her plan becomes her plan, unless she answered the same `before`.

    So a plan that she changed since is not lost when she corrects another answer.
    """
    if call.form is None:
        return
    asked = [each for each in call.form.questionnaire.questions if each.fills in PLAN]
    if not asked or (before is not None and all(before.get(q.code) == answers.get(q.code) for q in asked)):
        return
    said = {PLAN[str(each.fills)]: _in_words(each, answers.get(each.code)) for each in asked}
    if any(said.values()):
        _write(person, call.edition, said, None)


def _write(person: Person, edition: Edition, said: Mapping[str, str], by: Person | None) -> StudyPlan:
    values = {name: " ".join(text.split())[:PLAN_LENGTH] for name, text in said.items()}
    plan = StudyPlan(person=person, edition=edition, written_at=clock.now(), **values)
    put(plan, key=["person_id", "edition_id"])
    record(PlanWritten(plan=plan.pk), by=by.pk if by else person.pk, about=person.pk, edition=edition.pk)
    return plan


def _in_words(question: Question, answer: Answer | None) -> str:
    labels = {choice.code: choice.label for choice in question.choices}
    if isinstance(answer, list):
        return ", ".join(labels.get(code, code) for code in answer)
    return labels.get(answer, answer) if isinstance(answer, str) else ""
