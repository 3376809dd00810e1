"""The test before and after a course on her pages: offered, graded in silence, and compared at the end."""

import json
import re
from typing import Any

import pytest

from tests.portals.learner.scene import OURS, answer, browser, enrolled, lessons, published, url
from trenza.apps.learning.api import CourseVersion, Lesson, pack_of
from trenza.apps.learning.before_after import first_form
from trenza.apps.learning.models import ExamAttempt
from trenza.apps.people.api import Person
from trenza.portals.learner.packs import manifest_of

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def version() -> CourseVersion:
    return published(lessons=1, tests=True)


@pytest.fixture
def rosa(version) -> Person:
    return enrolled().person


def form(version: CourseVersion, person: Person, *, other: bool = False) -> Lesson:
    first = first_form(person.pk, "uno")
    return next(each for each in lessons(version) if each.test == ("ab".replace(first, "") if other else first))


def sheet(right: int) -> dict[str, str]:
    return {f"q.p{n}": "1" if n <= right else "0" for n in range(1, 6)}


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def test_course_offers_it_before_it_begins_and_compares_after_its_end(version, rosa):
    client = browser(rosa)
    before, after = form(version, rosa), form(version, rosa, other=True)
    page = client.get("/cursos/uno/").content.decode()
    assert url(before) in page
    assert url(after) not in page
    assert "Puedes saltarlo" in page

    said = words(answer(client, before, sheet(2)))
    assert "Gracias. Guardamos tus respuestas." in said
    assert "bien" not in said
    assert url(before) not in client.get("/cursos/uno/").content.decode()

    answer(client, lessons(version)[0], {"q.a": "1", "q.b": ["0", "1"]})
    assert url(after) in client.get("/cursos/uno/").content.decode()

    said = words(answer(client, after, sheet(4)))
    assert "Antes del curso tuviste 2 de 5 bien. Ahora tienes 4 de 5. Sabes más que cuando empezaste." in said
    assert url(after) not in client.get("/cursos/uno/").content.decode()


def test_with_scripts_it_says_the_same_and_leads_to_the_course(version, rosa):
    told = answer(browser(rosa), form(version, rosa), sheet(3), headers=OURS | JSON).json()

    assert (told["saved"], told["done"], told["graded"], told["next"]) == (True, True, False, "/cursos/uno/")
    assert "score" not in told
    assert "Gracias." in told["message"]


def test_empty_sheet_is_not_kept_and_may_be_skipped(version, rosa):
    said = words(answer(browser(rosa), form(version, rosa), {}))

    assert "Saltarlo e ir al curso" in said
    assert not ExamAttempt.objects.exists()


def test_visitor_reads_it_and_is_asked_to_sign_in(version, rosa):
    client = browser()
    assert url(form(version, rosa)) not in client.get("/cursos/uno/").content.decode()

    said = words(answer(client, form(version, rosa), sheet(3)))

    assert "Para guardar tus respuestas, primero entra con tu cuenta" in said
    assert not ExamAttempt.objects.exists()


def test_page_of_a_form_tells_no_answer_and_leads_back_to_the_course(version, rosa):
    page = browser().get(url(form(version, rosa))).content.decode()

    assert "Esto no es un examen." in page
    asked = page[page.index("<form") : page.index("</form>")]
    assert "data-right" not in asked
    assert "feedback" not in asked
    assert 'data-next="/cursos/uno/" data-pass="0" data-exam' in page


def test_pack_brings_the_forms_along_and_lists_them_as_tests(version):
    manifest = json.loads(manifest_of(version).plain)

    assert [(each["code"], each.get("test", False)) for each in manifest["lessons"]] == [
        ("first", False),
        ("tests-a", True),
        ("tests-b", True),
    ]
    assert [each["next"] for each in manifest["lessons"]] == ["/cursos/uno/"] * 3
    assert len(pack_of(version).lessons) == 3


def test_last_lesson_is_followed_by_the_page_of_its_course_and_not_by_a_test(version):
    assert 'data-next="/cursos/uno/"' in browser().get(url(lessons(version)[0])).content.decode()
