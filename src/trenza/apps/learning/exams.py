"""What follows from exams handed in: each attempt, and of those that count the best.

Only the first attempts of a day count. They are chosen anew from all that are known of an exam whenever one more
arrives, so that it does not matter in which order two phones bring theirs.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from trenza.apps.learning import catalogue
from trenza.apps.learning.content.limits import EXAM_ATTEMPTS
from trenza.apps.learning.events import ExamSubmitted
from trenza.apps.learning.models import ExamAttempt, ExamResult
from trenza.core import bulk
from trenza.core.journal import Line, Projection
from trenza.core.journal.engines import driver


class Attempt(NamedTuple):
    """An exam handed in: when (by her device's clock) and how many of its questions were right."""

    at: datetime
    correct: int


class Exams(Projection):
    """Every attempt at an exam, and how she stands in it. An exam that is not published here has nothing right."""

    name = "learning.exams"
    kinds = (ExamSubmitted,)
    tables = (ExamAttempt, ExamResult)

    def apply(self, batch: Sequence[Line]) -> None:
        own = driver()
        events = {line.event.lesson.int: line.event.lesson for line in batch if isinstance(line.event, ExamSubmitted)}
        published = {lesson.id.int: lesson for lesson in catalogue.known(events.values()).values()}
        times: dict[tuple[Any, Any, Any, int], int] = defaultdict(int)
        touched: dict[UUID, set[UUID]] = defaultdict(set)
        for line in batch:
            event = line.event
            if not isinstance(event, ExamSubmitted) or not line.person:
                continue
            lesson = published.get(event.lesson.int)
            correct = lesson.count_right(event.answers) if lesson else 0
            times[line.db_person, own.uuid(event.lesson), line.db_moment, correct] += 1
            touched[event.lesson].add(line.person)
        bulk.upsert(
            ExamAttempt,
            ["person", "lesson", "at", "correct"],
            [(*key, count) for key, count in times.items()],
            merge={"times": bulk.ADD},
        )
        _sum_up(touched)


def _sum_up(touched: dict[UUID, set[UUID]]) -> None:
    """Write how these persons (by lesson) stand, from all their attempts."""
    own = driver()
    rows = []
    published = catalogue.known(touched)
    for (person, lesson_id), attempts in _attempts(touched).items():
        lesson = published.get(lesson_id)
        counted = list(counting(attempts))
        best = min(counted, key=lambda each: (-each.correct, each.at))
        enough = enough_right(lesson) if lesson else None
        passed = [each.at for each in counted if enough is not None and each.correct >= enough]
        rows.append(
            (
                own.uuid(person),
                own.uuid(lesson_id),
                len(attempts),
                len(counted),
                best.correct / len(lesson.questions) if lesson and lesson.questions else 0.0,
                own.moment(best.at),
                own.moment(min(passed)) if passed else None,
            )
        )
    columns = ("attempts", "counted", "score", "scored_at", "passed_at")
    bulk.upsert(ExamResult, ["person", "lesson"], rows, merge=dict.fromkeys(columns, "excluded.{column}"))


def _attempts(touched: dict[UUID, set[UUID]]) -> dict[tuple[UUID, UUID], list[Attempt]]:
    found: dict[tuple[UUID, UUID], list[Attempt]] = defaultdict(list)
    for lesson, persons in touched.items():
        for some in _in_portions(persons):
            rows = ExamAttempt.objects.filter(lesson=lesson, person__in=some)
            for person, at, correct, times in rows.values_list("person", "at", "correct", "times"):
                found[person, lesson] += [Attempt(at, correct)] * times
    return found


def _in_portions(persons: Collection[UUID], size: int = 500) -> Iterator[list[UUID]]:
    ordered = sorted(persons)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def counting(attempts: Iterable[Attempt]) -> Iterator[Attempt]:
    """Of these attempts those that count: the first of each day (UTC); of several at one moment the better first."""
    of_day: dict[date, int] = defaultdict(int)
    for attempt in sorted(attempts, key=lambda each: (each.at, -each.correct)):
        day = attempt.at.astimezone(UTC).date()
        of_day[day] += 1
        if of_day[day] <= EXAM_ATTEMPTS:
            yield attempt


def enough_right(lesson: catalogue.PublishedLesson) -> int:
    """How many questions of an exam must be right: the least number whose share reaches the score of its version."""
    total, score = len(lesson.questions), catalogue.version(lesson.version).exam_score
    return next((correct for correct in range(total) if correct / total >= score), total)


def attempts_of(person: UUID, lessons: Collection[UUID]) -> dict[UUID, list[Attempt]]:
    """Her attempts at these exams, those that do not count among them. One query."""
    found: dict[UUID, list[Attempt]] = defaultdict(list)
    rows = ExamAttempt.objects.filter(person=person, lesson__in=lessons)
    for lesson, at, correct, times in rows.values_list("lesson", "at", "correct", "times"):
        found[lesson] += [Attempt(at, correct)] * times
    return found


def not_counting(person: UUID, lessons: Collection[UUID]) -> set[tuple[UUID, datetime]]:
    """The moments of her attempts at these exams of which none counts, each with its exam. One query."""
    found = set()
    for lesson, attempts in attempts_of(person, lessons).items():
        counted = {each.at for each in counting(attempts)}
        found |= {(lesson, each.at) for each in attempts if each.at not in counted}
    return found
