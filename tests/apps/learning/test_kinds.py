"""Questions beyond choices once they are published: acts, exams, and what is kept of them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from tests.apps.learning.content import kinds
from tests.apps.learning.content.examples import QUESTION, compile_body
from tests.apps.programmes.examples import an_enrolment
from trenza.apps.learning import acts, catalogue
from trenza.apps.learning.api import (
    Asked,
    CourseVersion,
    Lesson,
    build_course,
    course_folder,
    exam_handed_in,
    publish_course,
    record_exam,
    record_lesson,
    write_files,
)
from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.course import _content as content
from trenza.apps.learning.models import QuestionProgress
from trenza.apps.people.api import Person
from trenza.apps.sync.api import Act, Refused
from trenza.core.journal import work_until_done
from trenza.core.journal.reading import about

pytestmark = pytest.mark.django_db
SECRET = "mi clave es rosa1990"


@pytest.fixture(autouse=True)
def _fresh_catalogue():
    catalogue.forget()
    yield
    catalogue.forget()


@pytest.fixture
def rosa() -> Person:
    return an_enrolment().person


def published(course: Course) -> tuple[CourseVersion, Lesson]:
    version = publish_course(course=course, by=None)
    return version, version.lessons.select_related("version__course").get()


def act(lesson: Lesson, *rest: object) -> Act:
    payload = msgspec.Raw(msgspec.msgpack.encode([lesson.id.bytes, *rest]))
    return Act(person=uuid4(), device=uuid4(), at=datetime(2026, 3, 1, tzinfo=UTC), payload=payload)


def sent(lesson: Lesson, answers: dict[str, list[int]]) -> list[list[int]]:
    """These answers as a page names them."""
    asked = [Asked(question) for question in lesson.questions]
    return [
        [each.shown.index(index) for index in answers[each.code]] if each.shown else answers[each.code]
        for each in asked
    ]


def events(expanded: object) -> list[dict[str, object]]:
    assert isinstance(expanded, list), expanded
    return [msgspec.json.decode(entry.data) for entry in expanded]


def test_lesson_on_a_phone_becomes_answers_as_they_are_written():
    _, lesson = published(kinds.a_course())

    (expanded,) = acts.expand_lessons([act(lesson, sent(lesson, dict(kinds.RIGHT)), True)])

    assert {str(each["question"]): each["choices"] for each in events(expanded)[:-1]} == kinds.RIGHT
    assert len(events(expanded)) == 6


@pytest.mark.parametrize(
    "wrong", [[[0, 0, 1]], [[0, 1]], [None, [0, 3]], [None, None, [4]], [None, None, None, None, [0]]]
)
def test_act_that_cannot_answer_is_refused(wrong):
    _, lesson = published(kinds.a_course())

    assert acts.expand_lessons([act(lesson, wrong, True)]) == [Refused("unknown_choice")]


def test_exam_on_a_phone_is_graded_when_it_is_opened_and_keeps_no_word(rosa):
    _, lesson = published(kinds.a_course(kinds.IN_EXAMS, exam=True, score=0.5))
    right = sent(lesson, {code: list(answer) for code, answer in kinds.RIGHT.items()})

    (expanded,) = acts.expand_exams([act(lesson, [right[0], right[1], "20,0 Bs.", SECRET])])

    (event,) = events(expanded)
    assert event["answers"] == [[0, 1, 2], [0, 1], [0], [3]]
    assert SECRET not in repr(expanded)


def test_exam_on_a_phone_may_leave_each_kind_out():
    _, lesson = published(kinds.a_course(kinds.IN_EXAMS, exam=True))

    (expanded,) = acts.expand_exams([act(lesson, [[], None, [], ""])])

    assert events(expanded)[0]["answers"] == [[], [], [], []]


@pytest.mark.parametrize("written", ["x" * 81, 3, {"a": 1}])
def test_exam_with_anything_else_in_it_is_refused(written):
    _, lesson = published(kinds.a_course(kinds.IN_EXAMS, exam=True))

    assert acts.expand_exams([act(lesson, [None, None, None, written])]) == [Refused("malformed")]


def test_lesson_scores_each_kind(rosa):
    _, lesson = published(kinds.a_course(score=0))
    wrong = {each["code"]: Asked(each).wrong[0] for each in lesson.questions}

    record_lesson(lesson=lesson, answers=wrong, person=rosa)
    record_lesson(lesson=lesson, answers=kinds.RIGHT | {"steps": [2, 1, 0]}, person=rosa)
    work_until_done()

    rows = QuestionProgress.objects.filter(person=rosa.id).values_list("question", "attempts", "score")
    assert {code: rest for code, *rest in rows} == {code: [2, 0.0 if code == "steps" else 1.0] for code in kinds.RIGHT}


def test_exam_counts_each_kind(rosa):
    _, lesson = published(kinds.a_course(kinds.IN_EXAMS, exam=True, score=0.7))

    answers = {code: list(answer) for code, answer in kinds.RIGHT.items() if code != "message"} | {"pairs": [1, 0]}
    record_exam(lesson=lesson, answers=answers, person=rosa)
    work_until_done()

    outcome = exam_handed_in(rosa, lesson, answers)
    assert (outcome.correct, outcome.total, outcome.passed) == (3, 4, True)
    (line,) = about([rosa.id], kinds={"learning.exam_submitted.v1"})
    assert getattr(line.event, "answers", None) == [[0, 1, 2], [1, 0], [0], [0]]


def test_course_with_every_kind_is_exported_and_published_again_as_the_same(tmp_path: Path):
    version, _ = published(kinds.a_course())
    folder = course_folder(version)

    write_files(folder, tmp_path / "again")
    course, _ = build_course(tmp_path / "again")

    assert course.version == version.digest
    assert publish_course(course=course, by=None) == version


def test_course_without_them_keeps_the_name_of_its_version():
    """A version is named by its content: nothing may be in it that there was not before."""
    asked: Any = content(compile_body(QUESTION).lessons[0])["blocks"]
    paired: Any = content(kinds.a_course(kinds.MATCH).lessons[0])["blocks"]

    assert [set(each) for each in asked] == [{"code", "kind", "prompt_html", "choices", "hint_html"}]
    assert "details" in paired[0]
