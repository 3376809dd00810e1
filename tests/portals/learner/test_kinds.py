"""Questions beyond choices, answered without scripts: graded one by one, and what she wrote goes nowhere."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

import pytest

from tests.apps.learning.content import kinds
from tests.apps.learning.content.test_asked import form_of
from tests.journal import journal
from tests.portals.learner.scene import answer, browser, enrolled, lessons, rosa, url
from trenza.apps.learning.api import Lesson, publish_course
from trenza.apps.learning.content.course import Course
from trenza.portals.trainer.answers import answers_of

pytestmark = pytest.mark.django_db
SECRET = "rosa1990 & <b>calle 7</b>"


def published(course: Course) -> Lesson:
    (found,) = lessons(publish_course(course=course, by=None))
    return found


def form(given: Mapping[str, list[int]] = kinds.RIGHT, *, exam: bool = False) -> dict[str, Any]:
    """What the page posts for these answers."""
    course = kinds.a_course(kinds.IN_EXAMS if exam else kinds.ALL, exam=exam)
    asked = {question.code: question for question in course.lessons[0].questions}
    posted: dict[str, Any] = {}
    for code, chosen in given.items():
        if code in asked:
            posted |= form_of(asked[code], list(chosen), exam=exam)
    return posted


def words(response: Any) -> list[str]:
    """What each question says after it was graded."""
    sections = re.findall(r'<section class="card q">(.*?)</section>', response.content.decode(), re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]*>", " ", each)).split()) for each in sections]


def recorded() -> dict[str, list[int]]:
    return {data["question"]: data["choices"] for kind, _, _, data in journal() if kind.startswith("learning.question")}


def test_right_answers_of_each_kind_are_right_and_recorded_as_they_are_written():
    lesson = published(kinds.a_course())

    response = answer(browser(enrolled().person), lesson, form())

    assert "¡Todo bien!" in response.content.decode()
    assert recorded() == kinds.RIGHT


def test_each_part_of_an_answer_is_graded_with_what_is_said_of_it():
    lesson = published(kinds.a_course())
    given = {"steps": [1, 0, 2], "pairs": [2, 1], "profit": [1], "word": [3], "message": [2]}

    response = answer(browser(enrolled().person), lesson, form(given))

    steps, pairs, profit, word, message = words(response)
    assert "Open the app Without the app nothing begins." in steps
    assert "Wi-Fi does not spend your package." in pairs
    assert "That is all that comes in." in profit
    assert "Look at the beginning of the lesson." in word
    assert "Elegiste: They take your money." in message
    html = response.content.decode()
    assert (html.count('class="opt ok"'), html.count('class="opt no"')) == (2, 6)
    assert recorded() == given


def test_what_she_wrote_is_shown_to_her_alone_and_kept_nowhere():
    lesson = published(kinds.a_course())

    response = answer(browser(enrolled().person), lesson, form() | {"q.word": SECRET})

    assert "rosa1990 &amp; &lt;b&gt;calle 7&lt;/b&gt;" in response.content.decode()
    assert recorded()["word"] == [3]
    assert "rosa1990" not in repr(journal())


def test_half_an_answer_is_none_and_says_what_is_missing():
    lesson = published(kinds.a_course())
    half = {"q.steps.0": "1", "q.steps.1": "1", "q.steps.2": "2", "q.pairs.0": "1", "q.message": "0"}

    steps, pairs, profit, *_ = words(answer(browser(enrolled().person), lesson, half))

    assert "Dale a cada paso un número distinto." in steps
    assert "Elige algo para cada uno." in pairs
    assert "Esta quedó sin respuesta." in profit
    assert recorded() == {}


def test_form_from_nowhere_is_asked_for_once_more_as_it_stands():
    lesson, client = published(kinds.a_course()), browser(enrolled().person)

    asked = answer(client, lesson, form() | {"q.word": SECRET, "q.other": "x"}, headers={}).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', asked))
    answer(client, lesson, {name: unescape(value) for name, value in fields.items()}, headers={})

    assert "q.other" not in fields
    assert recorded() == kinds.RIGHT | {"word": [3]}


def test_exam_is_graded_from_its_own_order_and_tells_nothing():
    lesson, client = published(kinds.a_course(kinds.IN_EXAMS, exam=True)), browser(enrolled().person)

    said = answer(client, lesson, form(exam=True)).content.decode()

    assert "Aprobaste la prueba" in said
    assert "data-right" not in lesson.body
    assert [data["answers"] for kind, _, _, data in journal() if kind.startswith("learning.exam")] == [
        [[0, 1, 2], [0, 1], [0], [0]]
    ]


def test_trainer_reads_what_is_right_and_why():
    (told,) = answers_of([published(kinds.a_course())])

    assert [[(choice.words, choice.right) for choice in each.choices] for each in told.questions] == [
        [("1. Open the app", True), ("2. Write the message", True), ("3. Touch <em>send</em>", True)],
        [
            ("<strong>Wi-Fi</strong> → Internet that costs nothing", True),
            ("Mobile data → Internet of your package", True),
        ],
        [("20 ± 0.5 bolivianos", True), ("60 bolivianos", False), ("…", False)],
        [("contraseña", True), ("pass word", True), ("user", False), ("…", False)],
        [("They take your money.", False), ("The bank knows of no message.", True)],
    ]


def test_page_with_every_kind_fits_in_the_first_packets():
    response = browser(rosa()).get(url(published(kinds.a_course())), headers={"Accept-Encoding": "gzip"})

    assert len(response.content) + len(str(response.headers)) <= 14_336
