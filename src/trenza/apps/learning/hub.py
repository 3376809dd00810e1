"""What goes down to the hub of a centre: the courses of those who come there, whole; and what hubs hand on of them."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from trenza.apps.learning.content.pictures import FILES_URL
from trenza.apps.learning.events import ExamSubmitted, LessonCompleted, QuestionAnswered
from trenza.apps.learning.models import Course, CourseProgress, CourseVersion, Lesson
from trenza.apps.programmes import api as programmes
from trenza.apps.sync.api import HubPlace, Lazy, register_hub_kinds, register_hub_rows, register_hub_table
from trenza.core import files

_VERSION: Final = (
    *("course", "digest", "number", "title", "summary", "language", "licence", "authors", "source"),
    *("pass_score", "body_bytes", "image_bytes", "published_at"),
)
_LESSON: Final = (
    *("version", "code", "position", "title", "minutes", "summary", "body", "body_bytes", "image_bytes"),
    *("media_bytes", "questions", "exam", "guide", "test"),
)
MOST_FILE: Final = 700_000
"""Bytes of a file that goes down: a message holds no more. A larger recording is heard with internet."""


_FILE: Final = re.compile(re.escape(FILES_URL) + r"([0-9a-f]{8,64}\.[a-z0-9]{2,5})")


def register() -> None:
    """Register with sync."""
    register_hub_kinds(LessonCompleted, QuestionAnswered)
    register_hub_kinds(ExamSubmitted, certifying=True)
    register_hub_rows("learning.course", Course, fields=("code", "optional"), chosen=_courses)
    register_hub_rows("learning.version", CourseVersion, fields=_VERSION, chosen=_versions)
    register_hub_rows("learning.lesson", Lesson, fields=_LESSON, chosen=_lessons, immutable=True)
    register_hub_table("learning.file", _files, _keep)
    programmes.register_completed_here(_completed)


def _courses(place: HubPlace) -> QuerySet[Course]:
    """Those that the modules of her tracks ask for or recognise, those that stand beside the programmes, and those that
    she has begun."""
    asked = {course for _, course in programmes.asked_of(place.persons)}
    begun = CourseProgress.objects.filter(person__in=place.persons).values("version")
    begun_courses = CourseVersion.objects.filter(pk__in=begun).values("course")
    return Course.objects.filter(Q(code__in=asked) | Q(optional=True) | Q(pk__in=begun_courses))


def _versions(place: HubPlace) -> QuerySet[CourseVersion]:
    """Of each of these courses the newest, and those that somebody has begun."""
    versions = CourseVersion.objects.filter(course__in=_courses(place)).order_by("course", "number")
    by_course = dict(versions.values_list("course", "pk"))
    begun = CourseProgress.objects.filter(person__in=place.persons).values("version")
    return CourseVersion.objects.filter(Q(pk__in=list(by_course.values())) | Q(pk__in=begun))


def _lessons(place: HubPlace) -> QuerySet[Lesson]:
    return Lesson.objects.filter(version__in=_versions(place).order_by()).order_by()


def _files(place: HubPlace) -> Iterator[tuple[bytes, Any]]:
    """The pictures and recordings of these lessons, by their names, which say what is in them."""
    names: set[str] = set()
    for version in _versions(place).order_by().values_list("pk", flat=True):
        names |= _named_in(version)
    for name in sorted(names):
        path = files.find(name)
        if path is not None and path.stat().st_size <= MOST_FILE:
            yield name.encode(), Lazy(b"", path.read_bytes)


@lru_cache(maxsize=500)
def _named_in(version: UUID) -> frozenset[str]:
    """The files that a version's lessons name. It never changes."""
    pages = Lesson.objects.filter(version=version).values_list("body", "guide")
    return frozenset(name for both in pages for html in both for name in _FILE.findall(html))


def _keep(upserts: Sequence[tuple[bytes, Any]], _: Sequence[bytes]) -> None:
    """A file that no lesson names any more does no harm."""
    for key, content in upserts:
        files.put(key.decode(), content)


def _completed(persons: Collection[UUID]) -> dict[UUID, dict[str, datetime]]:
    """The courses that each of these persons has completed, by code, and when. Two queries."""
    done = CourseProgress.objects.filter(person__in=persons, completed_at__isnull=False)
    rows = list(done.values_list("person", "version", "completed_at"))
    codes = dict(CourseVersion.objects.filter(pk__in={row[1] for row in rows}).values_list("pk", "course__code"))
    found: dict[UUID, dict[str, datetime]] = {}
    for person, version, completed_at in rows:
        if version in codes and completed_at:
            found.setdefault(person, {})[codes[version]] = completed_at
    return found
