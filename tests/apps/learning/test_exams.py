"""Exams handed in: one entry is one attempt, the best of those that count is hers, and nothing else passes one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.apps.learning.examples import a_course, published, sheet
from tests.apps.programmes.examples import an_enrolment
from trenza.apps.learning import catalogue
from trenza.apps.learning.api import (
    CourseVersion,
    ExamSubmitted,
    Lesson,
    LessonCompleted,
    QuestionAnswered,
    course_states,
    exam_handed_in,
    lesson_counts,
    not_counting,
    publish_course,
    record_exam,
    record_lesson,
)
from trenza.apps.learning.models import CourseProgress, ExamResult, QuestionProgress
from trenza.apps.learning.privacy import export
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import RequirementMet
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import Observation, check, incoming, ingest, work_until_done
from trenza.core.journal.reading import about

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOW = NOON + timedelta(days=9)


@pytest.fixture(autouse=True)
def _fresh_catalogue():
    catalogue.forget()
    with clock.travel(NOW):
        yield
    catalogue.forget()


@pytest.fixture
def version() -> CourseVersion:
    return published(lessons=1, exam=True)


@pytest.fixture
def exam(version: CourseVersion) -> Lesson:
    return version.lessons.select_related("version").get(exam=True)


@pytest.fixture
def rosa() -> Person:
    return an_enrolment().person


def send(person: Person, *what: tuple[Observation, int], device: UUID | None = None) -> list[str]:
    """Her phone sends what she did, each so many minutes after noon."""
    name = device or new_id()
    answers = ingest(
        [
            incoming(
                event,
                device=name,
                sequence=n,
                happened_at=NOON + timedelta(minutes=minutes),
                person=person.id,
                by=person.id,
            )
            for n, (event, minutes) in enumerate(what, 1)
        ]
    )
    return [answer.status for answer in answers]


def handed_in(exam: Lesson, right: int, **more: Any) -> ExamSubmitted:
    return ExamSubmitted(lesson=exam.id, answers=sheet(right, **more))


def result(person: Person, exam: Lesson) -> tuple[int, int, float, timedelta, timedelta | None]:
    """Attempts, those that count, the best score, and when after noon it came and was enough."""
    row = ExamResult.objects.get(person=person.id, lesson=exam.id)
    return (row.attempts, row.counted, row.score, row.scored_at - NOON, row.passed_at - NOON if row.passed_at else None)


def minutes(n: int) -> timedelta:
    return timedelta(minutes=n)


def test_exam_is_graded_as_a_whole_and_its_best_attempt_counts(rosa, exam):
    send(rosa, (handed_in(exam, 2), 0), (handed_in(exam, 4), 10), (handed_in(exam, 5), 20), (handed_in(exam, 1), 30))

    assert result(rosa, exam) == (4, 4, 1.0, minutes(20), minutes(10))  # enough is 0.6 where the course sets nothing


def test_two_devices_that_answer_one_exam_are_both_kept_and_the_better_counts(rosa, exam):
    send(rosa, (handed_in(exam, 4), 0))
    send(rosa, (handed_in(exam, 2), 5))

    assert result(rosa, exam) == (2, 2, 0.8, minutes(0), minutes(0))


def test_same_attempt_at_the_same_moment_by_two_devices_is_two_attempts(rosa, exam):
    send(rosa, (handed_in(exam, 4), 0))
    send(rosa, (handed_in(exam, 4), 0))

    assert result(rosa, exam)[:2] == (2, 2)


def test_question_left_out_is_not_right(rosa, exam):
    send(rosa, (handed_in(exam, 2, blank=3), 0))

    assert result(rosa, exam)[2:] == (0.4, minutes(0), None)


@pytest.mark.parametrize("answers", [[], [[1]] * 2, [[1]] * 40, [[1, 1], [1, 9], [-1], [2**40]]])
def test_sheet_of_another_length_or_with_choices_that_are_not_there_is_graded_all_the_same(rosa, exam, answers):
    assert send(rosa, (ExamSubmitted(lesson=exam.id, answers=answers), 0)) == ["accepted"]

    right = sum(set(each) == {1} for each in answers[:5])
    assert result(rosa, exam)[2] == right / 5


def test_more_than_five_attempts_in_a_day_are_kept_and_do_not_count(rosa, exam):
    send(rosa, *((handed_in(exam, 1), n) for n in range(5)), (handed_in(exam, 5), 10))
    assert result(rosa, exam) == (6, 5, 0.2, minutes(0), None)
    assert not_counting(rosa.id, [exam.id]) == {(exam.id, NOON + minutes(10))}

    send(rosa, (handed_in(exam, 5), 24 * 60))
    assert result(rosa, exam) == (7, 6, 1.0, minutes(24 * 60), minutes(24 * 60))


def test_attempts_that_count_do_not_depend_on_which_phone_sends_first(rosa, exam):
    early, late = [(handed_in(exam, 1), n) for n in range(5)], [(handed_in(exam, 5), 10)]
    send(rosa, *late)
    assert result(rosa, exam)[4] == minutes(10)

    send(rosa, *early)

    assert result(rosa, exam) == (6, 5, 0.2, minutes(0), None)
    assert check() == []


def test_course_is_complete_only_with_its_exam(rosa, version, exam):
    [first] = version.lessons.filter(exam=False)
    record_lesson(lesson=first, answers={"a": [0], "b": [0]}, person=rosa)
    record_exam(lesson=exam, answers={"x1": [1], "x2": [1]}, person=rosa)
    work_until_done()
    assert CourseProgress.objects.get().completed_at is None
    assert list(RequirementMet.objects.all()) == []

    record_exam(lesson=exam, answers={f"x{n}": [1] for n in (1, 2, 3)}, person=rosa)
    work_until_done()

    assert CourseProgress.objects.get().lessons_passed == 2
    assert [met.module.code for met in RequirementMet.objects.all()] == ["uno"]


@pytest.mark.parametrize(
    ("pass_score", "right", "enough"), [(0.8, 3, False), (0.8, 4, True), (1.0, 4, False), (0.6, 3, True)]
)
def test_exam_asks_for_the_score_of_its_version(rosa, pass_score, right, enough):
    version = published("otro", pass_score=pass_score, exam=True)
    exam = version.lessons.select_related("version").get(exam=True)

    send(rosa, (handed_in(exam, right), 0))

    assert lesson_counts(rosa, exam) is enough


def test_single_answers_and_going_through_it_pass_no_exam_and_tell_nothing(rosa, version, exam):
    answered = [QuestionAnswered(lesson=exam.id, question=f"x{n}", choices=[1]) for n in range(1, 6)]
    send(rosa, *((each, 0) for each in answered), (LessonCompleted(lesson=exam.id), 1))

    assert (lesson_counts(rosa, exam), CourseProgress.objects.get().lessons_passed) == (False, 0)
    assert list(QuestionProgress.objects.all()) == []  # who sends them one by one would read there which is right


def test_exam_that_is_not_published_here_is_kept_and_has_nothing_right(rosa):
    unknown = ExamSubmitted(lesson=UUID(int=7), answers=sheet(5))

    assert send(rosa, (unknown, 0)) == ["accepted"]

    assert ExamResult.objects.get().score == 0
    assert check() == []


def test_exam_changed_in_a_newer_version_changes_nothing_for_who_took_it(rosa, version, exam):
    send(rosa, (handed_in(exam, 5), 0))
    before = result(rosa, exam)
    course = a_course(lessons=1, exam=True)
    final = course.lessons[-1]
    fewer = replace(final, blocks=final.blocks[:3])  # three of its questions are gone
    newer = publish_course(course=replace(course, lessons=(*course.lessons[:-1], fewer)), by=None)

    send(rosa, (handed_in(exam, 4), 10))  # from a phone that still has the version that she began

    assert newer.number == 2
    assert result(rosa, exam) == (2, 2, *before[2:])
    assert course_states(rosa, ["uno"])["uno"].version == version
    assert check() == []


def test_attempt_at_what_is_finished_already_is_kept_and_changes_nothing(rosa, version, exam):
    [first] = version.lessons.filter(exam=False)
    record_lesson(lesson=first, answers={"a": [1], "b": [0, 1]}, person=rosa)
    record_exam(lesson=exam, answers={f"x{n}": [1] for n in range(1, 6)}, person=rosa)
    work_until_done()
    progress, met = CourseProgress.objects.values().get(), RequirementMet.objects.values().get()

    with clock.travel(NOW + timedelta(days=3)):
        record_lesson(lesson=first, answers={"a": [0], "b": [0]}, person=rosa)
        record_exam(lesson=exam, answers={"x1": [0]}, person=rosa)
        work_until_done()

    assert (CourseProgress.objects.values().get(), RequirementMet.objects.values().get()) == (progress, met)
    assert ExamResult.objects.get().attempts == 2


def test_record_exam_records_one_entry_in_the_order_of_the_page(rosa, exam):
    record_exam(lesson=exam, answers={"x3": [2, 0, 2], "x1": [1], "made-up": [1]}, person=rosa)

    [line] = about([rosa.id], kinds={"learning.exam_submitted.v1"})
    assert isinstance(line.event, ExamSubmitted)
    assert line.event.answers == [[1], [], [0, 2], [], []]
    assert line.person == line.by == rosa.id


def test_record_exam_with_nothing_chosen_is_no_attempt(rosa, exam):
    record_exam(lesson=exam, answers={}, person=rosa)

    assert list(ExamResult.objects.all()) == []


def test_handed_in_says_how_it_went_and_how_often_she_may_try_again(rosa, exam):
    answers = {"x1": [1], "x2": [1], "x3": [0]}
    record_exam(lesson=exam, answers=answers, person=rosa)

    told = exam_handed_in(rosa, exam, answers)

    assert (told.correct, told.total, told.score, told.passed, told.pass_score, told.left_today) == (
        2, 5, 0.4, False, 0.6, 4,
    )  # fmt: skip


def test_attempt_that_does_not_count_tells_nothing_of_what_was_right(rosa, exam):
    right = {f"x{n}": [1] for n in range(1, 6)}
    for n in range(6):
        with clock.travel(NOW + timedelta(minutes=n)):
            record_exam(lesson=exam, answers=right if n == 5 else {"x1": [0]}, person=rosa)

            told = exam_handed_in(rosa, exam, right if n == 5 else {"x1": [0]})

    assert (told.correct, told.score, told.passed, told.left_today) == (None, 0.0, False, 0)
    [kept] = export(rosa.id)["exams"]
    assert [(each["correct"], each["counts"]) for each in kept["attempts"]] == [*[(0, True)] * 5, (None, False)]


def test_course_state_has_the_best_score_of_an_exam(rosa, version, exam):
    assert course_states(rosa, ["uno"])["uno"].lessons[-1].score is None

    send(rosa, (handed_in(exam, 4), 0))

    state = course_states(rosa, ["uno"])["uno"]
    assert [(each.lesson.exam, each.done, each.counts, each.score) for each in state.lessons] == [
        (False, False, False, None),
        (True, True, True, 0.8),
    ]
    assert state.next_lesson == state.lessons[0].lesson
