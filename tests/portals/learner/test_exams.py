"""An exam: graded by the server, told as a whole, and never which answer was right."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.journal import journal
from tests.portals.learner.scene import OURS, THEIRS, answer, browser, enrolled, lessons, published, url
from trenza.apps.learning.api import CourseVersion, Lesson
from trenza.apps.learning.models import ExamAttempt, ExamResult
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def version() -> CourseVersion:
    return published(lessons=1, exam=True)


@pytest.fixture
def exam(version) -> Lesson:
    return lessons(version)[-1]


def form(right: int, *, blank: int = 0) -> dict[str, str]:
    """A filled exam of five questions, so many of them right and the last ones left out."""
    return {f"q.x{n}": "1" if n <= right else "0" for n in range(1, 6 - blank)}


def hand_in(client: Client, exam: Lesson, right: int, **more: Any) -> Any:
    return answer(client, exam, form(right, **more), headers=OURS | JSON).json()


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


# --- Without JavaScript ---


def test_exam_by_form_says_the_score_and_that_it_is_enough(exam):
    said = words(answer(browser(enrolled().person), exam, form(4)))

    assert "Aprobaste la prueba" in said
    assert "Tienes 4 de 5 bien." in said
    assert "Seguir" in said


def test_exam_by_form_that_is_not_enough_says_what_is_and_that_she_may_try_again(exam):
    response = answer(browser(enrolled().person), exam, form(2, blank=2) | {"left-out": "1"})

    said = words(response)
    assert "Tienes 2 de 5 bien. Para aprobar necesitas 60 de 100. Dejaste 2 preguntas sin responder." in said.replace(
        "  ", " "
    )
    assert "Hoy puedes intentarlo 4 veces más." in said
    assert url(exam) in response.content.decode()


@pytest.mark.parametrize("right", [0, 2, 4, 5])
def test_page_after_an_exam_tells_of_no_answer_whether_it_was_right(exam, right):
    response = answer(browser(enrolled().person), exam, form(right))

    html = response.content.decode()
    for told in ("choice", "feedback", "hint", "x1?", 'class="opt', "data-right"):
        assert told not in html


def test_exam_of_nobody_is_neither_graded_nor_kept(exam):
    response = answer(browser(), exam, form(5))

    said = words(response)
    assert "primero entra con tu cuenta" in said
    assert "bien." not in said
    assert list(ExamAttempt.objects.all()) == []


def test_exam_from_another_site_is_kept_only_after_she_says_so(exam):
    client = browser(enrolled().person)
    response = answer(client, exam, form(5), headers=THEIRS)

    assert list(ExamAttempt.objects.all()) == []
    assert response.content.decode().count('name="q.x') == 5


def test_exam_without_any_answer_is_no_attempt(exam):
    said = words(answer(browser(enrolled().person), exam, {}))

    assert "No había respuestas que guardar" in said
    assert list(ExamAttempt.objects.all()) == []


def test_exam_takes_whatever_a_form_holds(exam):
    odd = {"q.x1": ["1", "1", "9", "-1", "x"], "q.x2": "1" * 5_000, "q.made-up": "1", "other": "\x00", "left-out": "1"}

    assert answer(browser(enrolled().person), exam, odd).status_code == 200
    assert [data["answers"] for kind, *_, data in journal() if "exam" in kind] == [[[1], [], [], [], []]]


# --- With JavaScript ---


def test_exam_by_script_gets_its_score_and_nothing_of_its_answers(exam):
    told = hand_in(browser(enrolled().person), exam, 3)

    assert (told["saved"], told["graded"], told["score"], told["done"]) == (True, True, 0.6, True)
    assert set(told) == {"saved", "signed_in", "name", "graded", "score", "done", "message", "next"}
    assert told["message"] == "Tienes 3 de 5 bien. ¡Aprobaste la prueba!"
    assert told["next"] == f"/cursos/{exam.version.course.code}/"


def test_exam_by_script_of_nobody_leads_to_sign_in(exam):
    told = hand_in(browser(), exam, 5)

    assert (told["saved"], told["signed_in"], told["graded"], "score" in told) == (False, False, False, False)
    assert told["next"].startswith("/entrar/?next=%2Flecciones%2F")


def test_worse_attempt_after_a_good_one_takes_nothing_away(exam):
    client = browser(enrolled().person)
    hand_in(client, exam, 5)

    told = hand_in(client, exam, 1)

    assert (told["score"], told["done"]) == (1.0, True)
    assert told["message"] == "Tienes 1 de 5 bien. Ya la aprobaste con 100 de 100, y eso se queda."


def test_sixth_attempt_of_a_day_is_kept_does_not_count_and_tells_nothing(exam):
    client = browser(enrolled().person)
    for minute in range(5):
        with clock.travel(NOON + timedelta(minutes=minute)):
            assert "Hoy puedes" in hand_in(client, exam, 1)["message"] or minute == 4
    with clock.travel(NOON + timedelta(minutes=9)):
        told = hand_in(client, exam, 5)

    assert (told["saved"], told["graded"], told["score"], told["done"]) == (True, False, 0.2, False)
    assert told["message"].startswith("Guardamos este intento, pero no cuenta: hoy ya habías hecho la prueba cinco")
    assert told["message"].endswith("Mañana puedes intentarlo otra vez. Mientras tanto, repasa las lecciones.")
    assert ExamResult.objects.get().attempts == 6

    with clock.travel(NOON + timedelta(days=1)):
        assert hand_in(client, exam, 5)["done"]


# --- Where it is shown ---


def test_page_of_an_exam_says_that_it_is_one(exam, version):
    html = browser().get(url(exam)).content.decode()

    assert " data-exam" in html.split("<article")[0]
    assert "data-right" not in html.split("<article")[1].split("</article>")[0]
    assert " data-exam" not in browser().get(url(lessons(version)[0])).content.decode().split("<article")[0]


def test_course_page_says_how_she_stands_in_its_exam(exam):
    client = browser(enrolled().person)
    assert "· prueba" in words(client.get("/cursos/uno/"))

    hand_in(client, exam, 2)
    assert "tu mejor intento: 40 de 100, todavía no alcanza" in words(client.get("/cursos/uno/"))

    hand_in(client, exam, 4)
    assert "aprobada con 80 de 100" in words(client.get("/cursos/uno/"))


def test_her_page_says_how_she_stands_in_the_exam_that_comes_next(exam, version):
    client = browser(enrolled().person)
    answer(client, lessons(version)[0])
    assert "· prueba" in words(client.get("/mi/"))

    hand_in(client, exam, 2)
    assert "tu mejor intento: 40 de 100, todavía no alcanza" in words(client.get("/mi/"))

    hand_in(client, exam, 4)
    work_until_done()
    assert "Final" not in words(client.get("/mi/"))


def test_lesson_of_a_course_with_an_exam_is_recorded_as_ever(version):
    client = browser(enrolled().person)
    answer(client, lessons(version)[0])

    assert [kind for kind, *_ in journal() if "answered" in kind or "completed" in kind] == [
        "learning.question_answered.v1", "learning.question_answered.v1", "learning.lesson_completed.v1",
    ]  # fmt: skip
