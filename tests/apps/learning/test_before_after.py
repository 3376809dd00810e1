"""The test before and after a course: who is offered what, and what is told of what changed."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.apps.learning.examples import published, sheet
from tests.apps.programmes.examples import a_person, a_programme, an_enrolment
from trenza.apps.learning import catalogue
from trenza.apps.learning.api import (
    CourseVersion,
    ExamSubmitted,
    Lesson,
    LessonCompleted,
    answered_of,
    changes_of,
    course_facts,
    course_states,
    failures_in_a_row,
    figures_of,
    offered_test,
)
from trenza.apps.learning.before_after import first_form
from trenza.apps.learning.models import CourseProgress
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import check, incoming, ingest

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_catalogue():
    catalogue.forget()
    with clock.travel(NOON + timedelta(days=9)):
        yield
    catalogue.forget()


@pytest.fixture
def version() -> CourseVersion:
    return published(lessons=2, tests=True)


def form(version: CourseVersion, person: Person, *, other: bool = False) -> Lesson:
    first = first_form(person.pk, version.course.code)
    wanted = "ab".replace(first, "") if other else first
    return version.lessons.select_related("version__course").get(test=wanted)


def send(person: Person, *what: ExamSubmitted | LessonCompleted, minute: int = 0) -> None:
    device = new_id()
    answers = ingest(
        [
            incoming(
                event,
                device=device,
                sequence=n,
                happened_at=NOON + timedelta(minutes=minute + n),
                person=person.id,
                by=person.id,
            )
            for n, event in enumerate(what, 1)
        ]
    )
    assert {answer.status for answer in answers} == {"accepted"}


def do_before(version: CourseVersion, person: Person, right: int) -> None:
    send(person, ExamSubmitted(lesson=form(version, person).pk, answers=sheet(right)))


def do_lessons(version: CourseVersion, person: Person) -> None:
    rows = version.lessons.filter(test="")
    send(person, *(LessonCompleted(lesson=row.pk) for row in rows), minute=10)


def do_after(version: CourseVersion, person: Person, right: int) -> None:
    send(person, ExamSubmitted(lesson=form(version, person, other=True).pk, answers=sheet(right)), minute=20)


def offer(person: Person) -> tuple[str, str] | None:
    found = offered_test(person, course_states(person, ["uno"])["uno"])
    return (found.when, found.lesson.test) if found else None


def test_first_form_is_offered_before_the_first_lesson_and_the_other_one_after_the_last(version):
    rosa = an_enrolment().person
    first = first_form(rosa.pk, "uno")

    assert offer(rosa) == ("before", first)
    do_before(version, rosa, 2)
    assert offer(rosa) is None
    do_lessons(version, rosa)
    assert offer(rosa) == ("after", "ab".replace(first, ""))
    do_after(version, rosa, 4)
    assert offer(rosa) is None
    assert answered_of(rosa, form(version, rosa)) == answered_of(rosa, form(version, rosa, other=True))
    assert (answered_of(rosa, form(version, rosa)).before, answered_of(rosa, form(version, rosa)).after) == (2, 4)


def test_who_skipped_the_first_form_is_offered_none_later(version):
    rosa = an_enrolment().person
    send(rosa, LessonCompleted(lesson=version.lessons.get(code="first").pk))
    assert offer(rosa) is None

    do_lessons(version, rosa)

    assert offer(rosa) is None


def test_course_without_a_test_offers_none():
    published("uno")

    assert offer(an_enrolment().person) is None


def test_half_of_the_women_get_each_form_first_and_everywhere_the_same():
    ids = [new_id() for _ in range(400)]

    forms = [first_form(each, "uno") for each in ids]

    assert 160 <= forms.count("a") <= 240
    assert forms == [first_form(each, "uno") for each in ids]
    assert forms != [first_form(each, "dos") for each in ids]


def test_test_is_no_part_of_progress_completion_figures_or_failures(version):
    rosa = an_enrolment().person
    do_before(version, rosa, 0)
    do_before(version, rosa, 0)

    state = course_states(rosa, ["uno"])["uno"]
    assert [each.lesson.code for each in state.lessons] == ["first", "lesson-2"]
    assert failures_in_a_row([rosa.pk], least=2) == {}
    assert figures_of([version.pk])[version.pk].lessons == 2
    assert [facts.lessons for facts in course_facts()] == [2]
    do_lessons(version, rosa)
    row = CourseProgress.objects.get(person=rosa.pk)
    assert row.lessons_passed == 2
    assert row.completed_at is not None
    assert check() == []


def test_first_time_that_she_did_a_form_is_the_one_that_counts(version):
    rosa = an_enrolment().person
    do_before(version, rosa, 1)
    send(rosa, ExamSubmitted(lesson=form(version, rosa).pk, answers=sheet(5)), minute=5)

    assert answered_of(rosa, form(version, rosa)).before == 1


def women(version: CourseVersion, many: int, *, before: int = 2, after: int = 4) -> Enrolment:
    programme = a_programme()
    for _ in range(many):
        enrolment = an_enrolment(programme, person=a_person())
        do_before(version, enrolment.person, before)
        do_lessons(version, enrolment.person)
        do_after(version, enrolment.person, after)
    return enrolment


def test_change_is_told_of_ten_women_and_of_no_fewer(version):
    nine = women(version, 9)
    [change] = changes_of("uno", among=Enrolment.objects.all(), least=10)
    assert (change.edition, change.women, change.before, change.after) == (nine.edition_id, None, None, None)

    ten = an_enrolment(nine.edition.programme, person=a_person())
    do_before(version, ten.person, 2)
    do_lessons(version, ten.person)
    do_after(version, ten.person, 4)

    [change] = changes_of("uno", among=Enrolment.objects.all(), least=10)
    assert (change.women, round(change.before or 0, 6), round(change.after or 0, 6)) == (10, 0.4, 0.8)


def test_only_who_did_both_in_order_is_counted(version):
    programme = women(version, 1).edition.programme
    only_before, late = (an_enrolment(programme, person=a_person()).person for _ in range(2))
    do_before(version, only_before, 0)
    do_lessons(version, only_before)
    do_lessons(version, late)  # both forms after her last lesson: there is no before
    do_after(version, late, 5)
    send(late, ExamSubmitted(lesson=form(version, late).pk, answers=sheet(5)), minute=30)

    assert [each.women for each in changes_of("uno", among=Enrolment.objects.all(), least=1)] == [1]


def test_synthetic_women_are_counted_in_a_demonstration_only(version):
    enrolment = women(version, 2)
    Person.objects.update(synthetic=True)
    assert changes_of("uno", among=Enrolment.objects.all(), least=1) == []

    type(enrolment.edition).objects.update(demonstration=True)

    assert [each.women for each in changes_of("uno", among=Enrolment.objects.all(), least=1)] == [2]


def test_change_asks_as_much_of_one_woman_as_of_three(version, django_assert_num_queries):
    women(version, 1)
    with django_assert_num_queries(3):
        changes_of("uno", among=Enrolment.objects.all(), least=1)
    programme = Enrolment.objects.get().edition.programme
    for _ in range(2):
        an_enrolment(programme, person=a_person())

    with django_assert_num_queries(3):
        changes_of("uno", among=Enrolment.objects.all(), least=1)
