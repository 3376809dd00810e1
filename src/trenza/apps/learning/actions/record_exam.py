from collections.abc import Mapping, Sequence
from uuid import UUID

from trenza.apps.learning.content.asked import Asked
from trenza.apps.learning.events import ExamSubmitted
from trenza.apps.learning.models import Lesson
from trenza.apps.people.api import Person
from trenza.core.journal import action, record


@action
def record_exam(
    *, lesson: Lesson, answers: Mapping[str, Sequence[int]], person: Person, edition: UUID | None = None
) -> None:
    """Record that she handed in an exam: one attempt, whatever she left out.

    Answers to questions that the exam does not have are left out; a sheet without any answer is no attempt.
    """
    chosen = [Asked(question).key.tidy(answers.get(question["code"], ())) or [] for question in lesson.questions]
    if any(chosen):
        event = ExamSubmitted(lesson=lesson.id, answers=chosen)
        record(event, by=person.id, about=person.id, edition=edition)
