"""A trainer and the women whom she accompanies, for tests: an edition of 2026, with a course that has an exam."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from tests.apps.learning.examples import published, sheet
from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import a_session, women
from tests.portals.office.people import staff
from trenza.apps.accompaniment.api import record_attempt
from trenza.apps.learning.api import Lesson, record_exam, record_lesson
from trenza.apps.people.api import Account, Person
from trenza.apps.programmes.api import Enrolment, Programme
from trenza.apps.sessions.api import Said, Session, mark_attendance
from trenza.core import clock

START = datetime(2026, 3, 2, 15, tzinfo=UTC)
"""When women enrol in these tests: a Monday."""


class Group(NamedTuple):
    """`marta` trains in the edition; the course of its first module has one lesson and an exam."""

    programme: Programme
    marta: Person
    lesson: Lesson
    exam: Lesson


def day(days: int) -> datetime:
    """So many days after they enrolled."""
    return START + timedelta(days=days)


def date_of(days: int) -> date:
    """The same, as a day."""
    return day(days).date()


def a_group() -> Group:
    with clock.travel(day(-10)):
        programme = a_programme()
        version = published(lessons=1, exam=True)
        marta = staff("trainer", scope_kind="edition", scope=programme.editions.get().pk)
    lessons = version.lessons.select_related("version__course")
    return Group(programme, marta, lessons.get(exam=False), lessons.get(exam=True))


def enrolled(group: Group, *names: str) -> list[Enrolment]:
    """Women who enrolled on the first day, each with a number."""
    with clock.travel(START):
        rows = women(group.programme, *names)
        for number, each in enumerate(rows):
            Account.objects.create(person=each.person, phone=f"+5917000000{number}", created_at=START)
    return rows


def learns(group: Group, enrolment: Enrolment, days: int, *, right: bool = True) -> None:
    """The lesson: all right, or one of its questions wrong."""
    with clock.travel(day(days)):
        record_lesson(person=enrolment.person, lesson=group.lesson, answers={"a": [int(right)], "b": [0, 1]})


def sits(group: Group, enrolment: Enrolment, days: int, *, right: int = 0) -> None:
    """The exam, with so many of its five questions right."""
    answers = {f"x{number}": chosen for number, chosen in enumerate(sheet(right), start=1)}
    with clock.travel(day(days)):
        record_exam(person=enrolment.person, lesson=group.exam, answers=answers)


def marked(group: Group, days: int, mark: str, *enrolments: Enrolment) -> Session:
    """A class of that day, and how these women stand in it."""
    with clock.travel(day(days)):
        session = a_session(group.programme, by=group.marta, starts_at=day(days))
        marks = {each.person_id: Said(mark, "") for each in enrolments}
        mark_attendance(session=session, marks=marks, by=group.marta)
    return session


def called(group: Group, enrolment: Enrolment, days: int, outcome: str, **more: Any) -> bool:
    with clock.travel(day(days)):
        return record_attempt(person=enrolment.person_id, channel="call", outcome=outcome, by=group.marta, **more)
