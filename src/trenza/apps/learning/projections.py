"""What follows from learning's observations: lessons done, attempts, best scores, days active, progress in courses.

The journal applies them in the order of their names, so progress, which reads the others' tables, comes last. They
see every observation of every woman: values are turned into the driver's form once and kept so.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from django.db import connection

from trenza.apps.learning import catalogue
from trenza.apps.learning.events import ExamSubmitted, LessonCompleted, QuestionAnswered
from trenza.apps.learning.exams import Exams
from trenza.apps.learning.models import ActiveDay, CourseProgress, LessonDone, QuestionProgress
from trenza.core import bulk
from trenza.core.journal import Line, Projection, projection
from trenza.core.journal.engines import Driver, driver

# In the driver's form.
Id = Any
Moment = Any
# Of a person and a lesson: when it was done, the sum of her best scores, and when the last of them came.
Done = dict[tuple[Id, Id], tuple[Moment, float, Moment]]
# Of a person and an exam: when she first had enough.
Passed = dict[tuple[Id, Id], Moment]

_LEARNED: Final = (LessonCompleted, QuestionAnswered, ExamSubmitted)


class ActiveDays(Projection):
    """The days on which she learned."""

    name = "learning.active_days"
    kinds = _LEARNED
    tables = (ActiveDay,)

    def apply(self, batch: Sequence[Line]) -> None:
        own = driver()
        days = {(line.db_person, line.moment.astimezone(UTC).date()) for line in batch if line.person}
        bulk.upsert(ActiveDay, ["person", "day"], [(person, own.day(day)) for person, day in days], merge={})


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


class Questions(Projection):
    """How often she answered each question, her best score, and when she first had it.

    A right answer scores 1, anything else 0. Only entries that are new are counted. Two of the journal's
    facts in one table: they have the same key, and a batch touches it once. Single answers to an exam score nothing
    here, or whoever sends them one by one could read off which is right.
    """

    name = "learning.questions"
    kinds = (QuestionAnswered,)
    tables = (QuestionProgress,)

    def apply(self, batch: Sequence[Line]) -> None:
        own = driver()
        lessons = _lessons(batch)
        questions = {lesson.id.int: lesson.questions for lesson in lessons}
        exams = {lesson.id.int for lesson in lessons if lesson.exam}
        found: dict[tuple[Id, Id, str], tuple[int, float, Moment]] = {}
        for line in batch:
            event = line.event
            if not isinstance(event, QuestionAnswered) or not line.person or event.lesson.int in exams:
                continue
            question = questions.get(event.lesson.int, {}).get(event.question)
            right = question is not None and question.key.is_right(event.choices)
            # Negated, so that the better and then the earlier is the smaller.
            score, moment = (-1.0 if right else 0.0), line.db_moment
            key = (line.db_person, own.uuid(event.lesson), event.question)
            if key in found:
                attempts, *best = found[key]
                found[key] = (attempts + 1, *min((score, moment), (best[0], best[1])))
            else:
                found[key] = (1, score, moment)
        rows = [(*key, attempts, -score, moment) for key, (attempts, score, moment) in found.items()]
        first_at_best = (
            "CASE WHEN excluded.score > t.score OR (excluded.score = t.score AND excluded.{column} < t.{column}) "
            "THEN excluded.{column} ELSE t.{column} END"
        )
        merge = {"attempts": bulk.ADD, "score": bulk.greatest(), "scored_at": first_at_best}
        bulk.upsert(QuestionProgress, ["person", "lesson", "question"], rows, merge=merge)


class Progress(Projection):
    """How far she is in each version of a course, made anew from the tables above for each that the batch touches."""

    name = "learning.versions"
    kinds = _LEARNED
    tables = (CourseProgress,)

    def apply(self, batch: Sequence[Line]) -> None:
        own = driver()
        begun, versions = _begun(batch, own)
        done = _done({person for person, _ in begun}, own)
        exams = _exams_passed(begun, versions, own)
        rows = []
        for (person, version_id), moment in begun.items():
            passed = _passed(person, versions[version_id], done, exams, own)
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
    for each in (ActiveDays, Exams, LessonsDone, Questions, Progress):
        projection(each)


Begun = dict[tuple[Id, Id], Moment]


def _begun(batch: Sequence[Line], own: Driver) -> tuple[Begun, dict[Id, catalogue.PublishedVersion]]:
    """The earliest moment in the batch by person and version, and the versions."""
    begun: Begun = {}
    versions: dict[Id, catalogue.PublishedVersion] = {}
    version_of: dict[Id, Id] = {}
    for lesson in _lessons(batch):
        version = catalogue.version(lesson.version)
        version_of[lesson.id.int] = own.uuid(version.id)
        versions[version_of[lesson.id.int]] = version
    for line in batch:
        event = line.event
        if line.person and isinstance(event, _LEARNED):
            version_id = version_of.get(event.lesson.int)
            if version_id is not None:
                key, moment = (line.db_person, version_id), line.db_moment
                if key not in begun or moment < begun[key]:
                    begun[key] = moment
    return begun, versions


def _lessons(batch: Sequence[Line]) -> Collection[catalogue.PublishedLesson]:
    """The lessons of a batch that are published. By number, whose hash is quick; that of a UUID is not."""
    events = (line.event for line in batch)
    ids = {each.lesson.int: each.lesson for each in events if isinstance(each, _LEARNED)}
    return catalogue.known(ids.values()).values()


def _passed(person: Id, version: catalogue.PublishedVersion, done: Done, exams: Passed, own: Driver) -> list[Moment]:
    """When each of the lessons that count began to count. An exam does by what was handed in, and by nothing else."""
    moments = []
    for lesson_id in version.lessons:
        lesson = catalogue.lesson(lesson_id)
        if lesson.exam:
            if passed_at := exams.get((person, own.uuid(lesson_id))):
                moments.append(passed_at)
            continue
        found = done.get((person, own.uuid(lesson_id)))
        if found is None:
            continue
        moment, score, scored_at = found
        questions = lesson.questions
        if version.pass_score > 0 and questions:
            if score / len(questions) < version.pass_score:
                continue
            moment = max(moment, scored_at or moment)
        moments.append(moment)
    return moments


def _done(persons: Collection[Id], own: Driver) -> Done:
    """For each lesson that these persons went through: when, the sum of her best scores, and when the last came.

    Raw, for converting each field is most of what the ORM would cost; and each moment within a CASE, for then SQLite
    gives its text as it stands.
    """
    done: Done = {}
    ordered = sorted(persons)
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), 500):
            some = ordered[start : start + 500]
            marks = ", ".join(["%s"] * len(some))
            cursor.execute(
                f"""
                SELECT d.person, d.lesson, CASE WHEN true THEN d.done_at END, coalesce(s.total, 0), s.latest
                FROM learning_lessondone d LEFT JOIN (
                    SELECT person, lesson, sum(score) AS total, max(CASE WHEN score > 0 THEN scored_at END) AS latest
                    FROM learning_questionprogress WHERE person IN ({marks}) GROUP BY person, lesson
                ) s ON s.person = d.person AND s.lesson = d.lesson
                WHERE d.person IN ({marks})
                """,
                [*some, *some],
            )
            for person, lesson, at, score, scored_at in cursor.fetchall():
                done[own.read_uuid(person), own.read_uuid(lesson)] = (at, score, scored_at)
    return done


def _exams_passed(begun: Begun, versions: Mapping[Id, catalogue.PublishedVersion], own: Driver) -> Passed:
    """When these persons first had enough in the exams of these versions. No query where there are none."""
    exams = {own.uuid(each): each for version in versions.values() for each in version.lessons}
    lessons = [key for key, lesson_id in exams.items() if catalogue.lesson(lesson_id).exam]
    passed: Passed = {}
    ordered = sorted({person for person, _ in begun}) if lessons else []
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), 500):
            some = ordered[start : start + 500]
            cursor.execute(
                "SELECT person, lesson, CASE WHEN true THEN passed_at END FROM learning_examresult "
                f"WHERE passed_at IS NOT NULL AND person IN ({_marks(some)}) AND lesson IN ({_marks(lessons)})",
                [*some, *lessons],
            )
            for person, lesson, at in cursor.fetchall():
                passed[own.read_uuid(person), own.read_uuid(lesson)] = at
    return passed


def _marks(values: Collection[Id]) -> str:
    return ", ".join(["%s"] * len(values))
