"""What others may ask learning."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Q

from trenza.apps.learning.content.archive import unpack
from trenza.apps.learning.errors import SourceNotKept
from trenza.apps.learning.models import (
    ActiveDay,
    CourseProgress,
    CourseVersion,
    ExamResult,
    Lesson,
    LessonDone,
    QuestionProgress,
)
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Module, Track
from trenza.core import files

SHORTEST_HASH = 8
"""Digits of a hash that name a version; what is shorter and has only digits is a number."""


@dataclass(frozen=True)
class LessonState:
    """A lesson as one person sees it; `counts` is whether it is done with the score that its version asks for.

    `score` is her best in an exam (0 to 1), None where she has not handed it in, and in other lessons.
    """

    lesson: Lesson
    done: bool
    counts: bool
    score: float | None = None


@dataclass(frozen=True)
class CourseState:
    """The version of a course that is hers (the one she began, or the newest), and how far she is in it."""

    version: CourseVersion
    lessons: tuple[LessonState, ...]
    completed_at: datetime | None

    @property
    def passed(self) -> int:
        """How many lessons count."""
        return sum(state.counts for state in self.lessons)

    @property
    def next_state(self) -> LessonState | None:
        """The first lesson that does not count yet, with how she stands in it."""
        return next((state for state in self.lessons if not state.counts), None)

    @property
    def next_lesson(self) -> Lesson | None:
        """The first lesson that does not count yet."""
        return self.next_state.lesson if self.next_state else None


def completed_courses(person: Person) -> list[tuple[CourseVersion, datetime]]:
    """The courses that she completed, whichever programme she did them in, the latest first. Two queries."""
    completed = CourseProgress.objects.filter(person=person.id, completed_at__isnull=False)
    at: dict[UUID, datetime] = {
        version: day for version, day in completed.values_list("version", "completed_at") if day
    }
    versions = CourseVersion.objects.filter(pk__in=at).select_related("course")
    return sorted(((version, at[version.pk]) for version in versions), key=lambda row: row[1], reverse=True)


def known_modules(person: Person, track: Track) -> list[Module]:
    """The modules of a track that she need not do again: she completed a course that meets them. Three queries."""
    done = {version.course.code for version, _ in completed_courses(person)}
    modules = Module.objects.current().filter(track=track).order_by("position")
    return list(modules.filter(Q(course__in=done) | Q(recognised__course__in=done)).distinct()) if done else []


def find_lesson(course: str, version: str, lesson: str) -> Lesson | None:
    """A published lesson by the parts of its address (`version`: the first twelve digits of the hash)."""
    return (
        Lesson.objects.select_related("version__course")
        .filter(version__course__code=course, version__digest__startswith=version, code=lesson)
        .first()
    )


def find_version(course: str, version: str = "") -> CourseVersion | None:
    """A published version by its course's code and its number or the beginning of its hash; the newest, if none is
    named."""
    found = CourseVersion.objects.select_related("course").filter(course__code=course).order_by("-number")
    if version.isascii() and version.isdigit() and len(version) < SHORTEST_HASH:
        found = found.filter(number=int(version))
    elif version:
        found = found.filter(digest__startswith=version) if len(version) >= SHORTEST_HASH else found.none()
    return found.first()


def course_folder(version: CourseVersion) -> dict[str, bytes]:
    """The course folder that a version was compiled from: building it again gives the same version.

    Raises:
        SourceNotKept: it was published before sources were kept, or its file is lost.
    """
    path = files.find(version.archive)
    if path is None:
        raise SourceNotKept(version)
    return unpack(path.read_bytes())


def following_lesson(lesson: Lesson) -> Lesson | None:
    """The lesson after this one in its version."""
    return (
        Lesson.objects.select_related("version__course")
        .filter(version=lesson.version_id, position__gt=lesson.position, test="")
        .order_by("position")
        .first()
    )


def published_courses(*, optional: bool | None = None) -> list[CourseVersion]:
    """The newest version of each course, by title; only optional courses, or only the others, if asked."""
    newest: dict[UUID, CourseVersion] = {}
    for version in CourseVersion.objects.select_related("course").order_by("number"):
        if optional is None or version.course.optional == optional:
            newest[version.course_id] = version
    return sorted(newest.values(), key=lambda version: version.title)


@dataclass(frozen=True)
class CourseFacts:
    """What somebody wants to know of a course before she begins it. `body_bytes`: its lessons' bodies, compressed."""

    version: CourseVersion
    lessons: int
    minutes: int
    body_bytes: int
    titles: tuple[str, ...]


def course_facts() -> list[CourseFacts]:
    """The facts of the newest version of every course, by title. Two queries."""
    versions = published_courses()
    found: dict[UUID, list[tuple[str, int, int]]] = {}
    rows = Lesson.objects.filter(version__in=versions, test="").order_by("version", "position")
    for version, title, minutes, size in rows.values_list("version", "title", "minutes", "body_bytes"):
        found.setdefault(version, []).append((title, minutes, size))
    return [
        CourseFacts(
            version=version,
            lessons=len(lessons),
            minutes=sum(minutes for _, minutes, _ in lessons),
            body_bytes=sum(size for _, _, size in lessons),
            titles=tuple(title for title, _, _ in lessons),
        )
        for version in versions
        for lessons in [found.get(version.pk, [])]
    ]


def course_states(person: Person | None, courses: Collection[str]) -> dict[str, CourseState]:
    """How far `person` is in these courses, by code; courses that nobody published are left out. Four queries, and
    one more where there are exams."""
    if not courses:
        return {}
    versions = list(CourseVersion.objects.filter(course__code__in=courses).select_related("course").order_by("number"))
    progress: dict[UUID, CourseProgress] = {}
    if person:
        progress = {row.version: row for row in CourseProgress.objects.filter(person=person.id)}
    hers = _hers(versions, progress)
    lessons = list(Lesson.objects.filter(version__in=list(hers.values()), test="").defer("body", "guide"))
    by_id = {version.id: version for version in hers.values()}
    for lesson in lessons:
        lesson.version = by_id[lesson.version_id]  # so that asking for it costs no query
    done, scores = _done(person, lessons)
    exams = _exams(person, lessons)
    states = {}
    for code, version in hers.items():
        states[code] = CourseState(
            version,
            tuple(
                _exam_state(lesson, exams)
                if lesson.exam
                else LessonState(lesson, lesson.id in done, _counts(lesson, version, done, scores))
                for lesson in lessons
                if lesson.version_id == version.id
            ),
            progress[version.id].completed_at if version.id in progress else None,
        )
    return states


def learned_since(person: Any, day: date) -> Exists:
    """The condition that somebody learned on `day` (UTC) or later; `person` leads to her id: OuterRef("person")."""
    return Exists(ActiveDay.objects.filter(person=person, day__gte=day))


def lesson_scores(person: Person, lesson: Lesson) -> dict[str, float]:
    """Her best score in each question of a lesson that she answered."""
    return dict(QuestionProgress.objects.filter(person=person.id, lesson=lesson.id).values_list("question", "score"))


def lesson_counts(person: Person, lesson: Lesson) -> bool:
    """Whether this lesson is done with the score that its version asks for, in whichever version she is. Two queries
    (`lesson.version` must be loaded)."""
    if lesson.exam:
        return _exam_state(lesson, _exams(person, [lesson])).counts
    done, scores = _done(person, [lesson])
    return _counts(lesson, lesson.version, done, scores)


def _hers(versions: Sequence[CourseVersion], progress: dict[UUID, CourseProgress]) -> dict[str, CourseVersion]:
    """For each course the version that she completed, else the one that she began first, else the newest."""
    hers: dict[str, CourseVersion] = {}
    for version in versions:
        code = version.course.code
        current = hers.get(code)
        if current is None or _rank(version, progress) > _rank(current, progress):
            hers[code] = version
    return hers


def _rank(version: CourseVersion, progress: dict[UUID, CourseProgress]) -> tuple[bool, bool, float, int]:
    row = progress.get(version.id)
    if row is None:
        return (False, False, 0.0, version.number)
    return (row.completed_at is not None, True, -row.begun_at.timestamp(), version.number)


def _done(person: Person | None, lessons: Sequence[Lesson]) -> tuple[set[UUID], dict[UUID, float]]:
    """The lessons that she went through, and the sum of her best scores in each."""
    if person is None:
        return set(), {}
    ids = [lesson.id for lesson in lessons]
    done = set(LessonDone.objects.filter(person=person.id, lesson__in=ids).values_list("lesson", flat=True))
    scores: dict[UUID, float] = {}
    for lesson, score in QuestionProgress.objects.filter(person=person.id, lesson__in=ids).values_list(
        "lesson", "score"
    ):
        scores[lesson] = scores.get(lesson, 0.0) + score
    return done, scores


def _exams(person: Person | None, lessons: Sequence[Lesson]) -> dict[UUID, ExamResult]:
    """How she stands in those of these lessons that are exams. No query where there are none."""
    ids = [lesson.id for lesson in lessons if lesson.exam]
    if person is None or not ids:
        return {}
    return {row.lesson: row for row in ExamResult.objects.filter(person=person.id, lesson__in=ids)}


def _exam_state(lesson: Lesson, results: Mapping[UUID, ExamResult]) -> LessonState:
    result = results.get(lesson.id)
    if result is None:
        return LessonState(lesson, done=False, counts=False)
    return LessonState(lesson, done=True, counts=result.passed_at is not None, score=result.score)


def _counts(lesson: Lesson, version: CourseVersion, done: set[UUID], scores: dict[UUID, float]) -> bool:
    if lesson.id not in done:
        return False
    if version.pass_score == 0 or not lesson.questions:
        return True
    return scores.get(lesson.id, 0.0) / len(lesson.questions) >= version.pass_score


@dataclass(frozen=True)
class VersionFigures:
    """How large a version is: `bytes` are those of its lessons' bodies, compressed, and of their pictures."""

    lessons: int
    minutes: int
    questions: int
    bytes: int

    @property
    def kilobytes(self) -> int:
        """Of 1,024 bytes, rounded up, as pages say them."""
        return math.ceil(self.bytes / 1024)


def figures_of(versions: Collection[UUID]) -> dict[UUID, VersionFigures]:
    """The figures of these versions. One query, which leaves the bodies where they are."""
    rows = Lesson.objects.filter(version__in=versions, test="").order_by()
    found: dict[UUID, VersionFigures] = {}
    figures = rows.values_list("version", "minutes", "questions", "body_bytes", "image_bytes")
    for version, minutes, questions, body, images in figures:
        one = found.get(version, VersionFigures(0, 0, 0, 0))
        found[version] = VersionFigures(
            one.lessons + 1, one.minutes + minutes, one.questions + len(questions), one.bytes + body + images
        )
    return found
