"""What follows from learning's observations: lessons done, best scores, attempts, days active, progress.

The journal applies them in the order of their names, so progress, which reads the others' tables, comes last.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from trenza.apps.learning import catalogue
from trenza.apps.learning.events import LessonCompleted, QuestionAnswered
from trenza.apps.learning.models import ActiveDay, AttemptCount, BestScore, CourseProgress, LessonDone
from trenza.core import bulk
from trenza.core.journal import Line, Projection, projection
from trenza.core.journal.engines import db_moment, db_uuid

Key = tuple[UUID, ...]


class ActiveDays(Projection):
    """The days on which she learned."""

    name = "learning.active_days"
    kinds = (LessonCompleted, QuestionAnswered)
    tables = (ActiveDay,)

    def apply(self, batch: Sequence[Line]) -> None:
        days = {(line.person, line.happened_at.astimezone(UTC).date()) for line in batch}
        rows = [(db_uuid(person), day.isoformat() if _sqlite() else day) for person, day in days if person]
        bulk.upsert(ActiveDay, ["person", "day"], rows, merge={})


class Attempts(Projection):
    """How often she answered each question; counts only entries that are new."""

    name = "learning.attempts"
    kinds = (QuestionAnswered,)
    tables = (AttemptCount,)

    def apply(self, batch: Sequence[Line]) -> None:
        counts = Counter(
            (line.person, line.event.lesson, line.event.question)
            for line in batch
            if isinstance(line.event, QuestionAnswered) and line.person
        )
        rows = [(db_uuid(person), db_uuid(lesson), code, n) for (person, lesson, code), n in counts.items()]
        bulk.upsert(AttemptCount, ["person", "lesson", "question"], rows, merge={"attempts": bulk.ADD})


class BestScores(Projection):
    """Her best score in each question: exactly the right choices is 1, anything else 0."""

    name = "learning.best_scores"
    kinds = (QuestionAnswered,)
    tables = (BestScore,)

    def apply(self, batch: Sequence[Line]) -> None:
        lessons = catalogue.known({line.event.lesson for line in batch if isinstance(line.event, QuestionAnswered)})
        best: dict[tuple[UUID, UUID, str], tuple[float, datetime]] = {}
        for line in batch:
            event = line.event
            if not isinstance(event, QuestionAnswered) or not line.person or event.lesson not in lessons:
                continue
            answer = lessons[event.lesson].answers.get(event.question)
            if answer is None:
                continue
            score = 1.0 if frozenset(event.choices) == answer else 0.0
            key = (line.person, event.lesson, event.question)
            earlier = best.get(key)
            if earlier is None or (-score, line.happened_at) < (-earlier[0], earlier[1]):
                best[key] = (score, line.happened_at)
        rows = [
            (db_uuid(person), db_uuid(lesson), code, score, db_moment(moment))
            for (person, lesson, code), (score, moment) in best.items()
        ]
        first_at_best = (
            "CASE WHEN excluded.score > t.score OR (excluded.score = t.score AND excluded.{column} < t.{column}) "
            "THEN excluded.{column} ELSE t.{column} END"
        )
        merge = {"score": bulk.greatest(), "scored_at": first_at_best}
        bulk.upsert(BestScore, ["person", "lesson", "question"], rows, merge=merge)


class LessonsDone(Projection):
    """The lessons that she went through, and when first."""

    name = "learning.lessons_done"
    kinds = (LessonCompleted,)
    tables = (LessonDone,)

    def apply(self, batch: Sequence[Line]) -> None:
        first: dict[tuple[UUID, UUID], datetime] = {}
        for line in batch:
            if isinstance(line.event, LessonCompleted) and line.person:
                key = (line.person, line.event.lesson)
                first[key] = min(first.get(key, line.happened_at), line.happened_at)
        rows = [(db_uuid(person), db_uuid(lesson), db_moment(at)) for (person, lesson), at in first.items()]
        bulk.upsert(LessonDone, ["person", "lesson"], rows, merge={"done_at": bulk.least()})


class Progress(Projection):
    """How far she is in each version of a course, made anew from the tables above for each that the batch touches."""

    name = "learning.progress"
    kinds = (LessonCompleted, QuestionAnswered)
    tables = (CourseProgress,)

    def apply(self, batch: Sequence[Line]) -> None:
        touched = {
            (line.person, line.event.lesson)
            for line in batch
            if line.person and isinstance(line.event, (LessonCompleted, QuestionAnswered))
        }
        lessons = catalogue.known({lesson for _, lesson in touched})
        begun: dict[tuple[UUID, UUID], datetime] = {}
        for line in batch:
            event = line.event
            if line.person and isinstance(event, (LessonCompleted, QuestionAnswered)) and event.lesson in lessons:
                key = (line.person, lessons[event.lesson].version)
                begun[key] = min(begun.get(key, line.happened_at), line.happened_at)
        if not begun:
            return
        persons = sorted({person for person, _ in begun})
        versions = {version_id: catalogue.version(version_id) for _, version_id in begun}
        wanted = sorted({lesson for each in versions.values() for lesson in each.lessons})
        done = _done(persons, wanted)
        scores = _scores(persons, wanted) if any(each.pass_score > 0 for each in versions.values()) else {}
        rows: list[tuple[Any, ...]] = []
        for (person, version_id), moment in begun.items():
            passed = _passed(person, versions[version_id], done, scores)
            complete = len(passed) == len(versions[version_id].lessons)
            rows.append(
                (
                    db_uuid(person),
                    db_uuid(version_id),
                    db_moment(moment),
                    len(passed),
                    max(passed) if complete else None,
                )
            )
        merge = {
            "begun_at": bulk.least(),
            "lessons_passed": "excluded.{column}",
            "completed_at": "excluded.{column}",
        }
        bulk.upsert(CourseProgress, ["person", "version"], rows, merge=merge)


def register() -> None:
    """Register them with the journal."""
    for each in (ActiveDays, Attempts, BestScores, LessonsDone, Progress):
        projection(each)


Scores = dict[tuple[Any, Any], dict[str, tuple[float, Any]]]


def _passed(person: UUID, version: catalogue.PublishedVersion, done: dict[Key, Any], scores: Scores) -> list[Any]:
    """When each of the lessons that count began to count (as the driver gives moments)."""
    moments = []
    for lesson_id in version.lessons:
        moment = done.get((person, lesson_id))
        if moment is None:
            continue
        questions = catalogue.lesson(lesson_id).answers
        if version.pass_score > 0 and questions:
            found = scores.get((person, lesson_id), {})
            if sum(score for score, _ in found.values()) / len(questions) < version.pass_score:
                continue
            moment = max([moment, *(at for score, at in found.values() if score > 0)])
        moments.append(moment)
    return moments


def _done(persons: Sequence[UUID], lessons: Sequence[UUID]) -> dict[Key, Any]:
    rows = _select("SELECT person, lesson, done_at FROM learning_lessondone", persons, lessons)
    return {(_uuid(row[0]), _uuid(row[1])): row[2] for row in rows}


def _scores(persons: Sequence[UUID], lessons: Sequence[UUID]) -> Scores:
    scores: Scores = {}
    sql = "SELECT person, lesson, question, score, scored_at FROM learning_bestscore"
    for person, lesson, question, score, at in _select(sql, persons, lessons):
        scores.setdefault((_uuid(person), _uuid(lesson)), {})[question] = (score, at)
    return scores


def _select(sql: str, persons: Sequence[UUID], lessons: Sequence[UUID]) -> list[tuple[Any, ...]]:
    """Rows of these persons and lessons, raw: converting each field is most of what the ORM would cost here."""
    rows: list[tuple[Any, ...]] = []
    wanted = {db_uuid(lesson) for lesson in lessons}
    with connection.cursor() as cursor:
        for start in range(0, len(persons), 500):
            some = [db_uuid(person) for person in persons[start : start + 500]]
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(f"{sql} WHERE person IN ({marks})", some)
            rows += [row for row in cursor.fetchall() if row[1] in wanted]
    return rows


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(bytes=bytes(value))


def _sqlite() -> bool:
    return connection.vendor == "sqlite"
