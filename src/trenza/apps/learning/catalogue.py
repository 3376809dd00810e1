"""What is published, in memory: versions never change, so a process reads each once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from trenza.apps.learning.content.asked import Asked
from trenza.apps.learning.models import CourseVersion, Lesson
from trenza.apps.learning.models.course import exam_score


@dataclass(frozen=True)
class PublishedLesson:
    """What is needed to count work in a lesson: its questions by their codes, in the order of the page. A test is an
    exam that its version does not list."""

    id: UUID
    version: UUID
    questions: Mapping[str, Asked]
    exam: bool = False

    def count_right(self, answers: Sequence[Sequence[int]]) -> int:
        """How many questions are right in `answers`, which are in the order of the page; what is missing is not."""
        pairs = zip(answers, self.questions.values(), strict=False)
        return sum(question.key.is_right(chosen) for chosen, question in pairs)


@dataclass(frozen=True)
class PublishedVersion:
    """A version's lessons in order, and the score from which a lesson counts."""

    id: UUID
    course: str
    pass_score: float
    lessons: tuple[UUID, ...]

    @property
    def exam_score(self) -> float:
        """The share of right answers from which an exam of it counts."""
        return exam_score(self.pass_score)


class UnknownLesson(LookupError):
    """No published lesson has this id."""


class UnknownVersion(LookupError):
    """No published version has this id."""


@lru_cache(maxsize=20_000)
def lesson(lesson_id: UUID) -> PublishedLesson:
    """Raises UnknownLesson, which is not remembered: it may be published later."""
    row = Lesson.objects.filter(pk=lesson_id).values_list("version_id", "questions", "exam").first()
    if row is None:
        raise UnknownLesson(lesson_id)
    version_id, questions, exam = row
    return PublishedLesson(lesson_id, version_id, {each["code"]: Asked(each) for each in questions}, exam)


@lru_cache(maxsize=5_000)
def version(version_id: UUID) -> PublishedVersion:
    """Raises UnknownVersion, which is not remembered."""
    row = CourseVersion.objects.filter(pk=version_id).values_list("course__code", "pass_score").first()
    if row is None:
        raise UnknownVersion(version_id)
    lessons = Lesson.objects.filter(version=version_id, test="").order_by("position").values_list("id", flat=True)
    return PublishedVersion(version_id, row[0], row[1], tuple(lessons))


def known(lesson_ids: Collection[UUID]) -> dict[UUID, PublishedLesson]:
    """Those of these lessons that are published here."""
    found = {}
    for lesson_id in lesson_ids:
        try:
            found[lesson_id] = lesson(lesson_id)
        except UnknownLesson:
            continue
    return found


def forget() -> None:
    """Empty the memory (a test's database comes and goes)."""
    lesson.cache_clear()
    version.cache_clear()
