"""What a lesson's page says of its lesson: the same on the server and in a pack (docs/phone.md)."""

from django.urls import reverse

from trenza.apps.learning.api import Lesson
from trenza.portals.field.shell import LessonFacts
from trenza.portals.learner.links import lesson_url


def facts_of(lesson: Lesson, following: Lesson | None) -> LessonFacts:
    """The facts of a lesson that is followed by another, or is the last one. After a test comes the page of its course,
    which knows what comes now."""
    return LessonFacts(
        lesson=lesson.pk.hex,
        course=lesson.version.course.code,
        next_url=reverse("course", args=[lesson.version.course.code]) if lesson.test else next_url(following),
        pass_score=lesson.version.pass_score,
        exam=lesson.exam,
    )


def next_url(following: Lesson | None) -> str:
    """The lesson after; after the last one, her own page, which knows what comes now."""
    return lesson_url(following) if following else reverse("learner_home")
