"""The test before and after a course: which form she is offered, and what changed among those who did both.

Half of the women get form `a` before and `b` after, the others the other way round; who gets which follows from her id
and the course, so that every phone and hub says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal
from uuid import UUID

from django.db.models import Avg, Count, F, OuterRef, Q, QuerySet, Subquery

from trenza.apps.learning.models import CourseProgress, ExamAttempt, Lesson
from trenza.apps.learning.queries import CourseState
from trenza.apps.people.api import Person, merged_away
from trenza.apps.programmes.api import Enrolment, Module


@dataclass(frozen=True)
class OfferedTest:
    """A form that she may do now, or leave."""

    lesson: Lesson
    when: Literal["before", "after"]


@dataclass(frozen=True)
class Answered:
    """How many questions she had right in her first form, and in her second; None where she has not done it."""

    before: int | None
    after: int | None
    total: int


@dataclass(frozen=True)
class Change:
    """What changed in an edition: the share of right answers before and after, of the `women` who did both.

    All three are None where fewer did than may be told of; then their number is not told either.
    """

    edition: UUID
    women: int | None
    before: float | None
    after: float | None


def first_form(person: UUID, course: str) -> str:
    """The form that she is offered before the course."""
    return "ab"[sha256(person.bytes + course.encode()).digest()[0] % 2]


def offered_test(person: Person, state: CourseState) -> OfferedTest | None:
    """The test that she may do now: the first form while she has done no lesson, the other one once she has done all,
    if she did the first. Two queries at most."""
    untouched = not any(each.done for each in state.lessons)
    finished = state.next_state is None
    if not untouched and not finished:
        return None
    forms = {row.test: row for row in _forms(state.version.pk)}
    if not forms:
        return None
    first = forms.pop(first_form(person.pk, state.version.course.code))
    (other,) = forms.values()
    done = set(_attempts(person.pk, [first.pk, other.pk]).values_list("lesson", flat=True))
    for each in (first, other):
        each.version = state.version  # so that asking for it costs no query
    if untouched and first.pk not in done:
        return OfferedTest(first, "before")
    if finished and first.pk in done and other.pk not in done:
        return OfferedTest(other, "after")
    return None


def answered_of(person: Person, test: Lesson) -> Answered:
    """How she answered the forms of a test. What is right is told to her once she has done both. Two queries."""
    forms = {row.test: row.pk for row in _forms(test.version_id)}
    first = forms.pop(first_form(person.pk, test.version.course.code))
    (other,) = forms.values()
    earliest: dict[UUID, int] = {}
    for lesson, correct in (
        _attempts(person.pk, [first, other]).order_by("at", "correct").values_list("lesson", "correct")
    ):
        earliest.setdefault(lesson, correct)
    return Answered(earliest.get(first), earliest.get(other), len(test.questions))


def changes_of(course: str, *, among: QuerySet[Enrolment], least: int) -> list[Change]:
    """What changed among these enrolments in a course, by edition, of at least so many women who did one form
    before their last lesson counted and the other one after. The first time that she did a form is the one that counts.

    Two queries for each version that has a test, and one more.
    """
    sums: dict[UUID, tuple[int, float, float]] = {}
    versions: dict[UUID, dict[str, UUID]] = {}
    tests = Lesson.objects.filter(version__course__code=course).exclude(test="").order_by()
    totals: dict[UUID, int] = {}
    for pk, version, test, questions in tests.values_list("pk", "version", "test", "questions"):
        versions.setdefault(version, {})[test] = pk
        totals[version] = len(questions)
    for version, forms in versions.items():
        for before, after in ((forms["a"], forms["b"]), (forms["b"], forms["a"])):
            for edition, women, first, second in _both(among, course, version, before, after):
                known = sums.get(edition, (0, 0.0, 0.0))
                share = women / totals[version]
                sums[edition] = (known[0] + women, known[1] + first * share, known[2] + second * share)
    return [
        Change(edition, women, before / women, after / women) if women >= least else Change(edition, None, None, None)
        for edition, (women, before, after) in sums.items()
    ]


def _both(
    among: QuerySet[Enrolment], course: str, version: UUID, before: UUID, after: UUID
) -> QuerySet[Enrolment, tuple[UUID, int, float, float]]:
    """Of each edition: how many did both in this order, and how many questions they had right, on average."""
    modules = Module.objects.filter(course=course).order_by().values("track")
    done = CourseProgress.objects.filter(person=OuterRef("person_id"), version=version).values("completed_at")
    enrolments = (
        among.filter(track__in=modules)
        .filter(Q(person__synthetic=False) | Q(edition__demonstration=True))
        .exclude(person__in=merged_away())
        .annotate(
            _before_at=_first("at", before),
            _before=_first("correct", before),
            _after_at=_first("at", after),
            _after=_first("correct", after),
            _completed_at=Subquery(done[:1]),
        )
        .filter(_before_at__lt=F("_completed_at"), _after_at__gte=F("_completed_at"))
    )
    return (
        enrolments.order_by()
        .values_list("edition_id")
        .annotate(_women=Count("pk"), _mean_before=Avg("_before"), _mean_after=Avg("_after"))
    )


def _first(column: str, lesson: UUID) -> Subquery:
    attempts = ExamAttempt.objects.filter(person=OuterRef("person_id"), lesson=lesson)
    return Subquery(attempts.order_by("at", "correct").values(column)[:1])


def _forms(version: UUID) -> QuerySet[Lesson]:
    return Lesson.objects.filter(version=version).exclude(test="").order_by("test").defer("body")


def _attempts(person: UUID, lessons: Sequence[UUID]) -> QuerySet[ExamAttempt]:
    return ExamAttempt.objects.filter(person=person, lesson__in=lessons)
