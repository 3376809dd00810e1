"""What becomes of an exam that she hands in: how it went, and never which of its answers are right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from trenza.apps.learning import catalogue
from trenza.apps.learning.content.limits import EXAM_ATTEMPTS
from trenza.apps.learning.exams import attempts_of
from trenza.apps.learning.models import ExamResult, Lesson
from trenza.apps.people.api import Person
from trenza.core import clock


@dataclass(frozen=True)
class HandedIn:
    """How she stands in an exam after an attempt. `passed` is whether her best `score` (of 1) reaches `pass_score`.

    `correct` of `total` were right in this attempt; None where it does not count, for it was one too many that day.
    """

    correct: int | None
    total: int
    score: float
    passed: bool
    pass_score: float
    left_today: int


def exam_handed_in(person: Person, lesson: Lesson, answers: Mapping[str, Sequence[int]]) -> HandedIn:
    """How she stands in an exam that she has just handed in with these answers. Two queries."""
    published = catalogue.lesson(lesson.id)
    now = clock.now().astimezone(UTC).date()
    attempts = attempts_of(person.id, [lesson.id]).get(lesson.id, [])
    today = sum(each.at.astimezone(UTC).date() == now for each in attempts)
    result = ExamResult.objects.filter(person=person.id, lesson=lesson.id).first()
    correct = published.count_right([answers.get(code, ()) for code in published.questions])
    return HandedIn(
        correct=correct if today <= EXAM_ATTEMPTS else None,
        total=len(published.questions),
        score=result.score if result else 0.0,
        passed=result is not None and result.passed_at is not None,
        pass_score=catalogue.version(lesson.version_id).exam_score,
        left_today=max(0, EXAM_ATTEMPTS - today),
    )
