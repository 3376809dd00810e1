from collections.abc import Mapping, Sequence
from uuid import UUID

from trenza.apps.learning.content.asked import Asked
from trenza.apps.learning.events import LessonCompleted, QuestionAnswered
from trenza.apps.learning.models import Lesson
from trenza.apps.people.api import Person
from trenza.core.journal import action, record


@action
def record_lesson(
    *, lesson: Lesson, answers: Mapping[str, Sequence[int]], person: Person, edition: UUID | None = None
) -> None:
    """Record what she chose in a lesson's questions, and that she completed it if she answered them all.

    Every submission is an attempt and is kept; answers to questions that the lesson does not have are left out.
    """
    questions = {question["code"]: Asked(question) for question in lesson.questions}
    given = {code: questions[code].key.tidy(chosen) for code, chosen in answers.items() if code in questions}
    answered = {code: chosen for code, chosen in given.items() if chosen}
    for code, chosen in answered.items():
        event = QuestionAnswered(lesson=lesson.id, question=code, choices=chosen)
        record(event, by=person.id, about=person.id, edition=edition)
    if answered.keys() == questions.keys():
        record(LessonCompleted(lesson=lesson.id), by=person.id, about=person.id, edition=edition)
