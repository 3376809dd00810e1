"""What learning keeps about a person: how far she is, under her pseudonym. Without the person nothing describes her."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from trenza.apps.learning.exams import Attempt, attempts_of, counting
from trenza.apps.learning.models import (
    CourseProgress,
    CourseVersion,
    ExamResult,
    Lesson,
    LessonDone,
    QuestionProgress,
)
from trenza.core.privacy import register_keeper


def export(person: UUID) -> dict[str, Any]:
    """Her courses, lessons, best scores and exams, by title, in the order in which she had them."""
    progress = list(CourseProgress.objects.filter(person=person).order_by("begun_at"))
    done = list(LessonDone.objects.filter(person=person).order_by("done_at"))
    scores = list(QuestionProgress.objects.filter(person=person).order_by("scored_at"))
    courses = dict(CourseVersion.objects.filter(id__in=[row.version for row in progress]).values_list("id", "title"))
    exams = list(ExamResult.objects.filter(person=person).order_by("scored_at"))
    attempts = attempts_of(person, [row.lesson for row in exams])
    lesson_ids = {row.lesson for rows in (done, scores, exams) for row in rows}
    lessons = dict(Lesson.objects.filter(id__in=lesson_ids).values_list("id", "title"))
    return {
        "courses": [
            {"course": courses.get(row.version), "begun_at": row.begun_at, "completed_at": row.completed_at}
            for row in progress
        ],
        "lessons": [{"lesson": lessons.get(row.lesson), "done_at": row.done_at} for row in done],
        "scores": [
            {"lesson": lessons.get(row.lesson), "question": row.question, "score": row.score, "at": row.scored_at}
            for row in scores
        ],
        "exams": [
            {
                "lesson": lessons.get(exam.lesson),
                "score": exam.score,
                "at": exam.scored_at,
                "passed_at": exam.passed_at,
                "attempts": _attempts(attempts[exam.lesson]),
            }
            for exam in exams
        ],
    }


def _attempts(attempts: Sequence[Attempt]) -> list[dict[str, Any]]:
    """In order; of those that do not count nothing is said of what was right, or trying on would tell her."""
    left = list(counting(attempts))
    found = []
    for attempt in sorted(attempts, key=lambda each: (each.at, -each.correct)):
        counts = attempt in left
        if counts:
            left.remove(attempt)
        found.append({"at": attempt.at, "correct": attempt.correct if counts else None, "counts": counts})
    return found


def register() -> None:
    """Register with core."""
    register_keeper("learning", export=export, erase=None)
