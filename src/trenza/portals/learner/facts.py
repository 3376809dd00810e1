"""What a lesson's page says of its lesson: the same on the server and in a pack (docs/phone.md)."""

from django.urls import reverse

from trenza.apps.learning.api import Lesson
from trenza.portals.field.shell import LessonFacts
from trenza.portals.learner.links import lesson_url


def facts_of(lesson: Lesson, following: Lesson | None) -> LessonFacts:
    """The facts of a lesson that is followed by another, or is the last one."""
    course = lesson.version.course.code
    return LessonFacts(
        lesson=lesson.pk.hex,
        course=course,
        next_url=next_url(None if lesson.test else following, course),
        pass_score=lesson.version.pass_score,
        exam=lesson.exam,
        test=bool(lesson.test),
    )


def next_url(following: Lesson | None, course: str) -> str:
    """The lesson after; after the last one, and after a test, the page of its course: it says that she has done it all,
    offers the questions after it, and leads on to her own page."""
    return lesson_url(following) if following else reverse("course", args=[course])
