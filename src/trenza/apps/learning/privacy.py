"""What learning keeps about a person: how far she is, under her pseudonym. Without the person nothing describes her."""

from typing import Any
from uuid import UUID

from trenza.apps.learning.models import CourseProgress, CourseVersion, Lesson, LessonDone, QuestionProgress
from trenza.core.privacy import register_keeper


def export(person: UUID) -> dict[str, Any]:
    """Her courses, lessons and best scores, by title, in the order in which she had them."""
    progress = list(CourseProgress.objects.filter(person=person).order_by("begun_at"))
    done = list(LessonDone.objects.filter(person=person).order_by("done_at"))
    scores = list(QuestionProgress.objects.filter(person=person).order_by("scored_at"))
    courses = dict(CourseVersion.objects.filter(id__in=[row.version for row in progress]).values_list("id", "title"))
    lesson_ids = {row.lesson for row in done} | {row.lesson for row in scores}
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
    }


def register() -> None:
    """Register with core."""
    register_keeper("learning", export=export, erase=None)
