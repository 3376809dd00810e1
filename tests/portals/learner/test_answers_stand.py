"""What she answered stands in the page that answers her, and may be handed in again: only what is not right is left."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.apps.learning.content import kinds
from tests.journal import journal
from tests.portals.learner.scene import OURS, answer, browser, enrolled, first, lessons, published, url
from tests.portals.learner.test_kinds import form, recorded
from tests.portals.learner.test_kinds import published as with_kinds
from trenza.apps.learning.api import Lesson
from trenza.apps.learning.models import ExamAttempt

pytestmark = pytest.mark.django_db
BY_SCRIPT = OURS | {"Accept": "application/json"}


class Form(HTMLParser):
    """What a browser would post from the page's form, as it came."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._list, self._option = "", False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "select":
            self._list = given.get("name") or ""
        self._option = tag == "option" and "selected" in given and "value" not in given
        if tag == "option" and "selected" in given and "value" in given:
            self._note(self._list, given["value"])
        if tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self._note(given.get("name"), given.get("value"))

    def handle_data(self, data: str) -> None:
        if self._option:
            self._note(self._list, data)
        self._option = False

    def _note(self, name: str | None, value: str | None) -> None:
        if name and value:
            self.sent.setdefault(name, []).append(value)


def sent(response: Any) -> dict[str, list[str]]:
    found = Form(response.content.decode()).sent
    return {name: values for name, values in found.items() if name.startswith(("q.", "left-out"))}


def sections(response: Any) -> list[str]:
    return re.findall(r'<section class="card q">(.*?)</section>', response.content.decode(), re.DOTALL)


@pytest.fixture
def exam() -> Lesson:
    return lessons(published(lessons=1, exam=True))[-1]


def test_lesson_with_one_wrong_answer_comes_back_with_all_of_them():
    lesson, client = first(published()), browser(enrolled().person)

    response = answer(client, lesson, {"q.a": "0", "q.b": ["0", "1"]})

    assert sent(response) == {"q.a": ["0"], "q.b": ["0", "1"]}
    wrong, right = sections(response)
    assert re.search(r'class="opt no"><input checked type="radio" name="q.a" value="0">', wrong)
    assert '<span class="fb" data-fb><p>feedback 0</p></span>' in wrong
    assert wrong.count("data-fb hidden") == 2
    assert "choice 0" in right
    assert "feedback 1" in right
    assert f'action="{url(lesson)}responder/"' in response.content.decode()
    assert "feedback 0" in sections(answer(client, lesson, sent(response)))[0]


def test_half_of_several_stands_and_nothing_else_is_marked():
    response = answer(browser(), first(published()), {"q.a": "1", "q.b": ["1"]})

    assert sent(response) == {"q.a": ["1"], "q.b": ["1"]}
    assert sections(response)[1].count("checked") == sections(response)[1].count('"opt ok"') == 1


def test_lesson_that_is_all_right_has_nothing_to_hand_in_again():
    response = answer(browser(enrolled().person), first(published()), {"q.a": "1", "q.b": ["0", "1"]})

    assert "<form" not in response.content.decode().split("<main")[1].split("</main>")[0]


def test_answers_of_each_kind_stand_as_she_sent_them():
    lesson = with_kinds(kinds.a_course())
    given = form({"steps": [1, 0, 2], "pairs": [2, 1], "profit": [1], "word": [3], "message": [2]})
    given |= {"q.word": 'una "clave" & <b>más</b>'}

    response = answer(browser(enrolled().person), lesson, given)

    assert sent(response) == {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    steps, pairs, profit, word, message = sections(response)
    assert "<b>más" not in word
    assert [steps.count("opt ok"), steps.count("opt no")] == [1, 2]
    assert "data-no>Without the app" in steps
    assert [pairs.count("opt ok"), pairs.count("opt no")] == [1, 1]
    assert 'data-is="60 60">That is all' in profit
    assert '<span class="fb">Look at the beginning' in word
    assert "They take your money." in message
    assert "clave" not in repr(journal())


def test_right_answers_go_along_when_the_others_are_handed_in_again():
    lesson, client = with_kinds(kinds.a_course()), browser(enrolled().person)
    response = answer(client, lesson, form(kinds.RIGHT | {"profit": [2]}))

    again = sent(response) | {"q.profit": "20"}

    assert "¡Todo bien!" in answer(client, lesson, again).content.decode()


def test_half_of_an_answer_stands_without_a_mark():
    half = {"q.steps.0": "1", "q.steps.1": "1", "q.pairs.0": "1"}
    response = answer(browser(), with_kinds(kinds.a_course()), half)

    assert sent(response) == {name: [value] for name, value in half.items()}
    assert "opt ok" not in "".join(sections(response)[:2])


@pytest.mark.parametrize("written", ["dos", "veinte", "-", "12 y 13"])
def test_number_in_words_is_not_answered_rather_than_wrong(written):
    response = answer(browser(enrolled().person), with_kinds(kinds.a_course()), form() | {"q.profit": written})

    profit = sections(response)[2]
    assert "Escríbelo con cifras, por ejemplo 3." in profit
    assert "opt no" not in profit
    assert sent(response)["q.profit"] == [written]
    assert "profit" not in recorded()


def test_exam_with_blanks_is_told_once_and_keeps_her_answers(exam):
    client = browser(enrolled().person)
    given = {"q.x1": "1", "q.x2": "0", "q.x3": "1"}

    response = answer(client, exam, given)

    assert "2 preguntas sin respuesta" in response.content.decode()
    assert not ExamAttempt.objects.exists()
    told = "".join(sections(response))
    assert "feedback" not in told
    assert "opt ok" not in told
    assert told.count("Esta quedó sin respuesta.") == 2
    assert sent(response) == {name: [value] for name, value in given.items()} | {"left-out": ["1"]}

    assert "Dejaste 2 preguntas sin responder." in answer(client, exam, sent(response)).content.decode()
    assert ExamAttempt.objects.get().correct == 2


def test_exam_that_a_browser_names_no_origin_of_is_asked_about_blanks_once(exam):
    client = browser(enrolled().person)

    response = answer(client, exam, {"q.x1": "1", "left-out": "1"}, headers={})

    assert sent(response)["left-out"] == ["1"]


def test_exam_by_script_has_told_her_of_its_blanks(exam):
    assert answer(browser(enrolled().person), exam, {"q.x1": "1"}, headers=BY_SCRIPT).json()["saved"]


def test_test_before_a_course_may_be_handed_in_with_blanks():
    version = published(lessons=1, tests=True)
    test = lessons(version)[-1]

    assert "Guardamos tus respuestas." in answer(browser(enrolled().person), test, {"q.p1": "1"}).content.decode()
    assert ExamAttempt.objects.get().correct == 1
    assert ' data-exam="test"' in browser().get(url(test)).content.decode()
