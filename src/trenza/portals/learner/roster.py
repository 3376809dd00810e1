"""Her state on her phone (docs/phone.md, "State"): all that her own pages need without a signal.

Her given name and country, the one next step, her certificates, and of each course that she may open the lessons and
how far she is.
"""

import math
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from trenza.apps.learning.api import CourseState, Learning, LessonState, Step, learning_of
from trenza.apps.people.api import Person
from trenza.portals.learner.certificates import to_carry
from trenza.portals.learner.costs import cost_in_words
from trenza.portals.learner.links import kilobytes, lesson_url
from trenza.portals.learner.packs import pack_bytes, pack_url


def roster(person: UUID) -> dict[str, Any]:
    """The keys of hers. As many queries as her own page, whatever she has."""
    row = Person.objects.filter(pk=person).first()
    if row is None:
        return {}
    offered = dict(settings.LANGUAGES)
    with translation.override(row.language if row.language in offered else settings.LANGUAGE_CODE):
        learning = learning_of(row)
        return {
            "name": row.given_name,
            "country": row.country,
            "step": _step(learning.step),
            "certificates": to_carry(row),
            "courses": [_course(state, row.country) for state in _open_courses(learning)],
        }


def _open_courses(learning: Learning) -> list[CourseState]:
    """What she is in, the courses of modules that are open, finished or met; then those beside the programmes."""
    found: dict[UUID, CourseState] = {}
    for path in learning.current:
        for module in path.modules:
            if module.course and module.where not in ("locked", "missing"):
                found.setdefault(module.course.version.pk, module.course)
    for each in learning.optional:
        found.setdefault(each.version.pk, each.state)
    return list(found.values())


def _step(step: Step | None) -> dict[str, Any] | None:
    if step is None:
        return None
    return {
        "title": step.lesson.title,
        "course": step.lesson.version.course.code,
        "url": lesson_url(step.lesson),
        "minutes": step.lesson.minutes,
        "kb": kilobytes(step.lesson),
    }


def _course(state: CourseState, country: str) -> dict[str, Any]:
    version = state.version
    size = pack_bytes(version)
    return {
        "code": version.course.code,
        "title": version.title,
        "version": version.short,
        "url": reverse("course", args=[version.course.code]),
        "pack": pack_url(version),
        "bytes": size,
        "cost": cost_in_words(math.ceil(size / 1024), country),
        "lessons": [_lesson(each) for each in state.lessons],
    }


def _lesson(state: LessonState) -> dict[str, Any]:
    lesson = state.lesson
    return {
        "id": lesson.pk.hex,
        "code": lesson.code,
        "title": lesson.title,
        "url": lesson_url(lesson),
        "minutes": lesson.minutes,
        "kb": kilobytes(lesson),
        "counts": state.counts,
        "exam": lesson.exam,
        "score": state.score,
    }
