"""What follows from learning's observations: lessons done, best scores, attempts, days active, progress.

The journal applies them in the order of their names, so progress, which reads the others' tables, comes last. They
see every observation of every woman: values are turned into the driver's form once and kept so.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC
from typing import Any

from django.db import connection

from trenza.apps.learning import catalogue
from trenza.apps.learning.events import LessonCompleted, QuestionAnswered
from trenza.apps.learning.models import ActiveDay, AttemptCount, BestScore, CourseProgress, LessonDone
from trenza.core import bulk
from trenza.core.journal import Line, Projection, projection
from trenza.core.journal.engines import Driver, driver

# In the driver's form.
Id = Any
Moment = Any
Scores = dict[tuple[Id, Id], list[tuple[float, Moment]]]


class ActiveDays(Projection):
    """The days on which she learned."""

    name = "learning.active_days"
    kinds = (LessonCompleted, QuestionAnswered)
    tables = (ActiveDay,)

    def apply(self, batch: Sequence[Line]) -> None:
        own = driver()
        days = {(line.db_person, line.happened_at.astimezone(UTC).date()) for line in batch if line.person}
        bulk.upsert(ActiveDay, ["person", "day"], [(person, own.day(day)) for person, day in days], merge={})


class Attempts(Projection):
    """How often she answered each question; counts only entries that are new."""

    name = "learning.attempts"
    kinds = (QuestionAnswered,)
    tables = (AttemptCount,)

    def apply(self, batch: Sequence[Line]) -> None:
        uuid = driver().uuid
        counts = Counter(
            (line.db_person, uuid(line.event.lesson), line.event.question)
            for line in batch
            if isinstance(line.event, QuestionAnswered) and line.person
        )
        rows = [(*key, count) for key, count in counts.items()]
        bulk.upsert(AttemptCount, ["person", "lesson", "question"], rows, merge={"attempts": bulk.ADD})


class BestScores(Projection):
    """Her best score in each question: exactly the right choices is 1, anything else 0."""

    name = "learning.best_scores"
    kinds = (QuestionAnswered,)
    tables = (BestScore,)

    def apply(self, batch: Sequence[Line]) -> None:
        own = driver()
        lessons = catalogue.known({line.event.lesson for line in batch if isinstance(line.event, QuestionAnswered)})
        best: dict[tuple[Id, Id, str], tuple[float, Moment]] = {}
        for line in batch:
            event = line.event
            if not isinstance(event, QuestionAnswered) or not line.person or event.lesson not in lessons:
                continue
            answer = lessons[event.lesson].answers.get(event.question)
            if answer is None:
                continue
            # Kept negated, so that the better and then the earlier is the smaller.
            found = (-1.0 if frozenset(event.choices) == answer else 0.0, line.db_moment)
            key = (line.db_person, own.uuid(event.lesson), event.question)
            if key not in best or found < best[key]:
                best[key] = found
        first_at_best = (
            "CASE WHEN excluded.score > t.score OR (excluded.score = t.score AND excluded.{column} < t.{column}) "
            "THEN excluded.{column} ELSE t.{column} END"
        )
        rows = [(*key, -negated, moment) for key, (negated, moment) in best.items()]
        merge = {"score": bulk.greatest(), "scored_at": first_at_best}
        bulk.upsert(BestScore, ["person", "lesson", "question"], rows, merge=merge)


class LessonsDone(Projection):
    """The lessons that she went through, and when first."""

    name = "learning.lessons_done"
    kinds = (LessonCompleted,)
    tables = (LessonDone,)

    def apply(self, batch: Sequence[Line]) -> None:
        own = driver()
        first: dict[tuple[Id, Id], Moment] = {}
        for line in batch:
            if isinstance(line.event, LessonCompleted) and line.person:
                key, moment = (line.db_person, own.uuid(line.event.lesson)), line.db_moment
                if key not in first or moment < first[key]:
                    first[key] = moment
        rows = [(*key, moment) for key, moment in first.items()]
        bulk.upsert(LessonDone, ["person", "lesson"], rows, merge={"done_at": bulk.least()})


class Progress(Projection):
    """How far she is in each version of a course, made anew from the tables above for each that the batch touches."""

    name = "learning.progress"
    kinds = (LessonCompleted, QuestionAnswered)
    tables = (CourseProgress,)

    def apply(self, batch: Sequence[Line]) -> None:
        own = driver()
        begun, versions = _begun(batch, own)
        persons = sorted({person for person, _ in begun})
        done = _done(persons, own)
        scored = any(version.pass_score > 0 for version in versions.values())
        scores = _scores(persons, own) if scored else {}
        rows = []
        for (person, version_id), moment in begun.items():
            passed = _passed(person, versions[version_id], done, scores, own)
            complete = len(passed) == len(versions[version_id].lessons)
            rows.append((person, version_id, moment, len(passed), max(passed) if complete else None))
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


Begun = dict[tuple[Id, Id], Moment]


def _begun(batch: Sequence[Line], own: Driver) -> tuple[Begun, dict[Id, catalogue.PublishedVersion]]:
    """The earliest moment in the batch by person and version, and the versions."""
    begun: Begun = {}
    versions: dict[Id, catalogue.PublishedVersion] = {}
    version_of: dict[Id, Id] = {}
    events = (line.event for line in batch)
    lessons = {event.lesson for event in events if isinstance(event, (LessonCompleted, QuestionAnswered))}
    for lesson in catalogue.known(lessons).values():
        version = catalogue.version(lesson.version)
        version_of[lesson.id.int] = own.uuid(version.id)
        versions[version_of[lesson.id.int]] = version
    for line in batch:
        event = line.event
        if line.person and isinstance(event, (LessonCompleted, QuestionAnswered)):
            version_id = version_of.get(event.lesson.int)
            if version_id is not None:
                key, moment = (line.db_person, version_id), line.db_moment
                if key not in begun or moment < begun[key]:
                    begun[key] = moment
    return begun, versions


def _passed(
    person: Id, version: catalogue.PublishedVersion, done: dict[tuple[Id, Id], Moment], scores: Scores, own: Driver
) -> list[Moment]:
    """When each of the lessons that count began to count."""
    moments = []
    for lesson_id in version.lessons:
        key = (person, own.uuid(lesson_id))
        moment = done.get(key)
        if moment is None:
            continue
        questions = catalogue.lesson(lesson_id).answers
        if version.pass_score > 0 and questions:
            found = scores.get(key, [])
            if sum(score for score, _ in found) / len(questions) < version.pass_score:
                continue
            moment = max([moment, *(at for score, at in found if score > 0)])
        moments.append(moment)
    return moments


def _done(persons: Sequence[Id], own: Driver) -> dict[tuple[Id, Id], Moment]:
    rows = _select("SELECT person, lesson, done_at FROM learning_lessondone", persons)
    return {(own.read_uuid(person), own.read_uuid(lesson)): at for person, lesson, at in rows}


def _scores(persons: Sequence[Id], own: Driver) -> Scores:
    scores: Scores = {}
    rows = _select("SELECT person, lesson, score, scored_at FROM learning_bestscore", persons)
    for person, lesson, score, at in rows:
        scores.setdefault((own.read_uuid(person), own.read_uuid(lesson)), []).append((score, at))
    return scores


def _select(sql: str, persons: Collection[Id]) -> list[tuple[Any, ...]]:
    """Rows of these persons, raw: converting each field is most of what the ORM would cost here."""
    rows: list[tuple[Any, ...]] = []
    ordered = list(persons)
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), 500):
            some = ordered[start : start + 500]
            cursor.execute(f"{sql} WHERE person IN ({', '.join(['%s'] * len(some))})", some)
            rows += cursor.fetchall()
    return rows
