"""Any order, repetition and split of the same observations gives the same tables."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.apps.learning.examples import published, sheet
from trenza.apps.learning import catalogue
from trenza.apps.learning.events import ExamSubmitted, LessonCompleted, QuestionAnswered
from trenza.apps.learning.models import (
    ActiveDay,
    CourseProgress,
    ExamAttempt,
    ExamResult,
    LessonDone,
    QuestionProgress,
)
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import check, conflicts, incoming, ingest

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 22, tzinfo=UTC)
NOW = START + timedelta(days=9)  # when the phones send
TABLES = (LessonDone, QuestionProgress, ExamAttempt, ExamResult, CourseProgress, ActiveDay)


@pytest.fixture(autouse=True)
def _fresh_catalogue():
    catalogue.forget()
    with clock.travel(NOW):
        yield
    catalogue.forget()


def state(persons: dict[UUID, int]) -> list[tuple[Any, ...]]:
    """Every row of the tables about these persons, with the person as a number."""
    rows = []
    for table in TABLES:
        for row in table.objects.filter(person__in=persons):
            values = (getattr(row, field.attname) for field in table._meta.concrete_fields if field.column)
            rows.append((table.__name__, *(persons.get(value, value) for value in values)))
    return sorted(rows, key=repr)


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Entries of up to three devices about two persons; some correct others, also ones that come later or never."""
    entries = []
    for n in range(draw(st.integers(1, 14))):
        entries.append(
            {
                "device": draw(st.integers(0, 2)),
                "sequence": n + 1,
                "person": draw(st.integers(0, 1)),
                "event": draw(
                    st.one_of(
                        st.tuples(st.just("done"), st.integers(0, 3)),
                        st.tuples(st.just("answer"), st.integers(0, 3), st.sampled_from("abcz"), st.integers(0, 3)),
                        st.tuples(st.just("exam"), st.integers(2, 3), st.integers(0, 5)),
                    )
                ),
                "minutes": draw(st.integers(0, 6000) | st.integers(0, 20)),
                "corrects": draw(st.none() | st.tuples(st.integers(0, 2), st.integers(1, 15))),
            }
        )
    return entries


class Run:
    """The same history under names of its own, so that many runs stand in one database."""

    def __init__(self, history: list[dict[str, Any]], lessons: list[UUID]) -> None:
        self.name = new_id()
        self.lessons = lessons
        self.persons = {uuid5(self.name, f"person {n}"): n for n in range(2)}
        self.entries = [self._entry(each) for each in history]

    def _device(self, number: int) -> UUID:
        return uuid5(self.name, f"device {number}")

    def _entry(self, each: dict[str, Any]):
        what, number, *rest = each["event"]
        lesson = self.lessons[number]
        event: LessonCompleted | QuestionAnswered | ExamSubmitted
        match what:
            case "done":
                event = LessonCompleted(lesson=lesson)
            case "exam":
                event = ExamSubmitted(lesson=lesson, answers=sheet(rest[0]))
            case _:
                event = QuestionAnswered(lesson=lesson, question=rest[0], choices=[rest[1]])
        person = uuid5(self.name, f"person {each['person']}")
        corrects = each["corrects"] and (self._device(each["corrects"][0]), each["corrects"][1])
        return incoming(
            event,
            device=self._device(each["device"]),
            sequence=each["sequence"],
            happened_at=START + timedelta(minutes=each["minutes"]),
            person=person,
            by=person,
            corrects=corrects,
        )


@given(histories(), st.randoms(use_true_random=False), st.sampled_from([0.0, 0.5, 1.0]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)
def test_projections_do_not_depend_on_order_repetition_or_split(history, random, pass_score):
    version = published(f"course-{int(pass_score * 10)}", pass_score=pass_score, exam=True)
    lessons = [*version.lessons.values_list("id", flat=True), UUID(int=7)]  # the last is not published here
    whole, shuffled = Run(history, lessons), Run(history, lessons)
    ingest(whole.entries)
    left = [*shuffled.entries, *random.choices(shuffled.entries, k=5)]
    random.shuffle(left)
    while left:
        size = random.randint(1, 4)
        ingest(left[:size])
        left = left[size:]

    assert state(shuffled.persons) == state(whole.persons)
    assert check() == []


def test_projections_of_a_plain_history():
    version = published(pass_score=0.5)
    first, second = version.lessons.values_list("id", flat=True)
    run = Run(
        [
            {"device": 0, "sequence": 1, "person": 0, "event": ("answer", 0, "a", 0), "minutes": 0, "corrects": None},
            {"device": 0, "sequence": 2, "person": 0, "event": ("answer", 0, "a", 1), "minutes": 60, "corrects": None},
            {"device": 0, "sequence": 3, "person": 0, "event": ("answer", 0, "a", 1), "minutes": 90, "corrects": None},
            {"device": 0, "sequence": 4, "person": 0, "event": ("done", 0), "minutes": 90, "corrects": None},
            {"device": 0, "sequence": 5, "person": 0, "event": ("done", 1), "minutes": 180, "corrects": None},
        ],
        [first, second],
    )
    ingest(run.entries)

    at = {minutes: START + timedelta(minutes=minutes) for minutes in (0, 60, 90, 180)}
    assert state(run.persons) == sorted(
        [
            ("LessonDone", 0, first, at[90]),
            ("LessonDone", 0, second, at[180]),
            ("QuestionProgress", 0, first, "a", 3, 1.0, at[60]),
            ("CourseProgress", 0, version.id, at[0], 1, None),  # the second lesson's question has no answer yet
            ("ActiveDay", 0, START.date()),
            ("ActiveDay", 0, (START + timedelta(days=1)).date()),
        ],
        key=repr,
    )


def test_correction_takes_the_place_of_what_it_corrects():
    version = published()
    lessons = list(version.lessons.values_list("id", flat=True))
    wrong = {"device": 0, "sequence": 1, "person": 0, "event": ("done", 0), "minutes": 0, "corrects": None}
    right = {"device": 1, "sequence": 1, "person": 0, "event": ("done", 1), "minutes": 5, "corrects": (0, 1)}
    run = Run([wrong, right], lessons)
    ingest(run.entries[1:])
    ingest(run.entries[:1])

    assert list(LessonDone.objects.values_list("lesson", flat=True)) == [lessons[1]]
    assert conflicts() == []


def test_two_corrections_of_one_entry_are_a_conflict_until_one_is_corrected():
    version = published()
    lessons = list(version.lessons.values_list("id", flat=True))
    entry = {"device": 0, "sequence": 1, "person": 0, "event": ("done", 0), "minutes": 0, "corrects": None}
    mends = [{**entry, "device": n, "sequence": 1, "event": ("done", 1), "corrects": (0, 1)} for n in (1, 2)]
    resolution = {**entry, "device": 1, "sequence": 2, "corrects": (2, 1)}
    run = Run([entry, *mends, resolution], lessons)

    ingest(run.entries[:3])
    assert conflicts() == [(run.entries[0].device, 1)]

    ingest(run.entries[3:])
    assert conflicts() == []


@pytest.mark.parametrize("table", TABLES)
def test_check_names_a_row_that_was_changed_by_hand(table):
    version = published(exam=True)
    lessons = list(version.lessons.values_list("id", flat=True))
    run = Run(
        [
            {"device": 0, "sequence": 1, "person": 0, "event": ("answer", 0, "a", 1), "minutes": 0, "corrects": None},
            {"device": 0, "sequence": 2, "person": 0, "event": ("done", 0), "minutes": 0, "corrects": None},
            {"device": 0, "sequence": 3, "person": 0, "event": ("exam", 2, 3), "minutes": 0, "corrects": None},
        ],
        lessons,
    )
    ingest(run.entries)
    person = run.entries[0].person
    assert check() == []
    row = table.objects.get()
    changes: dict[str, dict[str, Any]] = {
        "LessonDone": {"done_at": START - timedelta(days=1)},
        "QuestionProgress": {"attempts": 2},
        "ExamAttempt": {"times": 2},
        "ExamResult": {"passed_at": None},
        "CourseProgress": {"lessons_passed": 3},
        "ActiveDay": {"day": START.date() - timedelta(days=3)},
    }
    table.objects.filter(pk=row.pk).update(**changes[table.__name__])

    faults = check()

    assert len(faults) == (2 if table is ActiveDay else 1)
    assert all(f"learning.{table.__name__} ({person}" in fault for fault in faults)


@pytest.mark.parametrize(
    "shown",
    [datetime(1970, 1, 1, 0, 4, tzinfo=UTC), datetime(2016, 5, 1, tzinfo=UTC), datetime(2090, 7, 1, tzinfo=UTC)],
    ids=["reset", "years behind", "years ahead"],
)
def test_work_by_a_clock_that_cannot_be_right_counts_when_it_was_received(shown):
    version = published()
    lessons = list(version.lessons.values_list("id", flat=True))
    minutes = (shown - START) // timedelta(minutes=1)
    done = {"device": 0, "person": 0, "corrects": None}
    history = [
        {**done, "sequence": n, "event": ("done", n - 1), "minutes": minutes + n} for n in range(1, len(lessons) + 1)
    ]
    run = Run(history, lessons)

    answers = ingest(run.entries)
    assert {answer.status for answer in ingest(run.entries)} == {"duplicate"}

    assert {answer.status for answer in answers} == {"accepted"}
    progress = CourseProgress.objects.get(person__in=run.persons)
    assert (progress.begun_at, progress.completed_at) == (NOW, NOW)
    assert set(LessonDone.objects.values_list("done_at", flat=True)) == {NOW}
    assert [day.day for day in ActiveDay.objects.all()] == [NOW.date()]
    assert check() == []
