"""Exams that a phone hands in: the act `x`."""

import pytest

from tests.apps.learning.examples import published
from tests.phone_client import MONDAY, Phone, statuses
from tests.portals.learner.scene import enrolled, lessons
from trenza.apps.learning.api import CourseVersion
from trenza.apps.learning.events import ExamSubmitted
from trenza.apps.learning.models import ExamResult
from trenza.core.journal import check, everything

pytestmark = pytest.mark.django_db
MINUTE = 60_000


@pytest.fixture
def version(db: None) -> CourseVersion:
    return published(lessons=1, exam=True)


def test_exam_of_a_phone_is_one_entry_graded_by_the_server(client, version):
    enrolment, exam = enrolled(), lessons(version)[-1]
    phone = Phone.of(enrolment.person)

    response = phone.send(client, [phone.act("x", [exam.pk.bytes, [[1], None, [1, 1], [], [1]]], 1)])

    assert response.json()["answers"] == [[phone.keys.device.hex, 1, "accepted", ""]]
    [line] = [line for line in everything() if isinstance(line.event, ExamSubmitted)]
    assert (line.sequence, line.person, line.edition) == (1, enrolment.person.pk, enrolment.edition_id)
    assert line.event == ExamSubmitted(lesson=exam.pk, answers=[[1], [], [1], [], [1]])
    assert ExamResult.objects.get().score == 0.6


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_phones_hand_in_one_exam_and_the_better_counts_whichever_comes_first(client, version, order):
    person, exam = enrolled().person, lessons(version)[-1]
    phones = [Phone.of(person), Phone.of(person)]
    records = [
        phones[0].act("x", [exam.pk.bytes, [[1]] * 5], 1, at=MONDAY),
        phones[1].act("x", [exam.pk.bytes, [[0]] * 5], 1, at=MONDAY + MINUTE),
    ]

    for index in order:
        assert statuses(phones[index].send(client, [records[index]])) == ["accepted"]

    assert list(ExamResult.objects.values_list("attempts", "score")) == [(2, 1.0)]
    assert check() == []


def test_exam_that_cannot_be_one_is_refused_with_its_reason(client, version):
    lesson, exam = lessons(version)
    phone = Phone.of(enrolled().person)
    sent = [
        phone.act("x", [exam.pk.bytes, [[1]] * 6], 1),
        phone.act("x", [exam.pk.bytes, [[3]]], 1),
        phone.act("x", [exam.pk.bytes, [[-1]]], 1),
        phone.act("x", [lesson.pk.bytes, [[1]]], 1),
        phone.act("x", [exam.pk.bytes], 1),
        phone.act("x", [exam.pk.bytes, "all"], 1),
        phone.act("x", [exam.pk.bytes, [[1] * 101]], 1),
        phone.act("x", [b"\x07" * 16, [[1]]], 1),
        phone.act("x", [exam.pk.bytes, []], 1),
    ]

    assert statuses(phone.send(client, sent)) == [
        "unknown_question", "unknown_choice", "unknown_choice", "no_exam", "malformed", "malformed", "malformed",
        "unknown_lesson", "accepted",
    ]  # fmt: skip


def test_exam_graded_by_the_version_that_she_took_whichever_is_the_newest(client, version):
    exam = lessons(version)[-1]
    published(lessons=2, exam=True)  # meanwhile
    phone = Phone.of(enrolled().person)

    assert statuses(phone.send(client, [phone.act("x", [exam.pk.bytes, [[1]] * 5], 1)])) == ["accepted"]

    assert (ExamResult.objects.get().lesson, ExamResult.objects.get().score) == (exam.pk, 1.0)
