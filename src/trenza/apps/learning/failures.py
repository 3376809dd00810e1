"""Where somebody is stuck, and when she last learned: what whoever accompanies her wants to know of many at once."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from trenza.apps.learning.exams import Attempt, counting
from trenza.apps.learning.models import (
    ActiveDay,
    CourseProgress,
    ExamAttempt,
    ExamResult,
    Lesson,
    QuestionProgress,
)

Pair = tuple[UUID, UUID]
"""A person and a lesson."""


@dataclass(frozen=True)
class Failures:
    """So many failures in a row at an exam, or at one question of a lesson, that she has not overcome since.

    `since` is the first of them, `latest` the last. Of a question only the first is kept: it stands for both.
    """

    title: str
    course: str
    exam: bool
    count: int
    since: datetime
    latest: datetime


def last_learned(persons: Collection[UUID]) -> dict[UUID, date]:
    """The last day (UTC) on which each of these persons learned. One query."""
    days = ActiveDay.objects.filter(person__in=persons).order_by().values_list("person")
    return dict(days.annotate(last=Max("day")))


def failures_in_a_row(persons: Collection[UUID], *, least: int) -> dict[UUID, list[Failures]]:
    """What each of these persons failed so often at least, without having passed it since; nothing of courses that she
    completed. Five queries at most, however many persons there are."""
    exams = dict(_exams(persons, least))
    questions = _questions(persons, least)
    lessons = Lesson.objects.filter(pk__in={lesson for _, lesson in [*exams, *questions]}, test="").order_by()
    columns = ("pk", "title", "exam", "version", "version__course__code")
    known = {pk: rest for pk, *rest in lessons.values_list(*columns)}
    completed = CourseProgress.objects.filter(
        person__in={person for person, _ in questions}, completed_at__isnull=False
    )
    done = set(completed.values_list("person", "version"))
    found: dict[UUID, list[Failures]] = defaultdict(list)
    for (person, lesson), (count, since, latest) in [*exams.items(), *questions.items()]:
        title, exam, version, course = known.get(lesson, ("", False, None, ""))
        if title and (person, version) not in done:
            found[person].append(Failures(title, course, exam, count, since, latest))
    return found


def _exams(persons: Collection[UUID], least: int) -> Iterator[tuple[Pair, tuple[int, datetime, datetime]]]:
    """Exams that she never passed: every attempt that counts is a failure. Nobody fails a test."""
    failed = ExamResult.objects.filter(person__in=persons, passed_at=None, counted__gte=least)
    pairs = set(failed.values_list("person", "lesson"))
    rows = ExamAttempt.objects.filter(
        person__in={person for person, _ in pairs}, lesson__in={lesson for _, lesson in pairs}
    )
    attempts: dict[Pair, list[Attempt]] = defaultdict(list)
    for person, lesson, at, correct, times in rows.values_list("person", "lesson", "at", "correct", "times"):
        attempts[person, lesson] += [Attempt(at, correct)] * times
    for pair in pairs:
        counted = [each.at for each in counting(attempts[pair])]
        yield pair, (len(counted), counted[0], counted[-1])


def _questions(persons: Collection[UUID], least: int) -> dict[Pair, tuple[int, datetime, datetime]]:
    """Of each lesson the question that she answered most often and never had right."""
    found: dict[Pair, tuple[int, datetime, datetime]] = {}
    wrong = QuestionProgress.objects.filter(person__in=persons, score=0, attempts__gte=least)
    rows = wrong.order_by("attempts", "-scored_at").values_list("person", "lesson", "attempts", "scored_at")
    for person, lesson, attempts, first in rows:
        found[person, lesson] = (attempts, first, first)
    return found
