"""A lesson's page and what becomes of her answers."""

import re
from typing import ClassVar

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.apps.learning.examples import a_course, lesson, question
from tests.journal import journal
from tests.portals.learner.scene import (
    OURS,
    RIGHT,
    THEIRS,
    a_programme,
    answer,
    browser,
    enrolled,
    finish,
    first,
    lessons,
    published,
    rosa,
    url,
)
from trenza.apps.learning.api import Lesson, publish_course
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import RequirementMet
from trenza.core import files
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def kinds() -> list[str]:
    return [kind for kind, *_ in journal() if kind.startswith("learning.") and "published" not in kind]


LESSON_RECORDED = ["learning.question_answered.v1", "learning.question_answered.v1", "learning.lesson_completed.v1"]


# --- The page ---


def test_lesson_is_the_same_bytes_for_everybody_and_leaves_nothing_behind():
    address = url(first(published()))
    visitor, learner = browser(), browser(enrolled().person)
    answers = [client.get(address) for client in (visitor, learner, visitor, learner)]

    assert {each.content for each in answers} == {answers[0].content}
    assert {(each["ETag"], each["Cache-Control"], each["Vary"]) for each in answers} == {
        (answers[0]["ETag"], "no-cache", "Accept-Encoding")
    }
    assert [dict(each.cookies) for each in answers] == [{}] * 4
    assert "Read this." in answers[0].content.decode()


def test_lesson_that_she_has_costs_304():
    client, address = browser(), url(first(published()))
    etag = client.get(address)["ETag"]

    again = client.get(address, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


def test_lesson_is_asked_once_and_then_answered_without_a_query(django_assert_num_queries):
    client, address = browser(), url(first(published()))
    client.get(address)

    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200
        assert client.head(address).content == b""


def test_lesson_of_a_locked_module_can_be_read():
    published("dos-cursos")
    programme = a_programme()
    programme.tracks.get().modules.filter(code="dos").update(
        requirement_kind="course", confirmed_by="", course="dos-cursos"
    )
    person = enrolled(programme=programme).person
    published("uno")

    assert browser(person).get(url(first(published("dos-cursos")))).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda address: address.replace("/uno/", "/otro/"),
        lambda address: address.replace("/first/", "/last/"),
        lambda address: re.sub(r"/[0-9a-f]{12}/", "/000000000000/", address),
        lambda address: re.sub(r"/([0-9a-f]{11})[0-9a-f]/", r"/\1/", address),
        lambda address: re.sub(r"/([0-9a-f]{12})/", r"/\1\1/", address),
        lambda address: re.sub(r"/[0-9a-f]{12}/", "/%25%25%25%25%25%25%25%25%25%25%25%25/", address),
        lambda address: re.sub(r"/[0-9a-f]{12}/", "/00000000%00000/", address),
        lambda address: re.sub(r"/([0-9a-f]{12})/", lambda found: found[0].upper(), address),
    ],
)
def test_lesson_that_is_not_there_is_404(change):
    address = change(url(first(published())))
    client = browser(enrolled().person)

    assert client.get(address).status_code == 404
    assert client.post(address + "responder/", RIGHT, headers=OURS).status_code == 404
    assert kinds() == []


@pytest.mark.parametrize("kind", ["avif", "webp"])
def test_image_of_a_course_is_kept_for_ever(kind):
    files.put(f"0123456789abcdef.{kind}", b"image")

    found = browser().get(f"/archivos/0123456789abcdef.{kind}")

    assert found.getvalue() == b"image"
    assert (found["Cache-Control"], found["Content-Type"]) == ("public, max-age=31536000, immutable", f"image/{kind}")


def test_nothing_but_images_is_served():
    files.put("0123456789abcdef.zip", b"PK")

    for name in ("0123456789abcdef.zip", "0123456789abcdee.webp", "..%2f..%2fetc%2fpasswd", "secret.key", "%00.webp"):
        assert browser().get(f"/archivos/{name}").status_code == 404


# --- Her answers ---


def test_answers_of_our_page_are_recorded_once_for_each_submission():
    lesson_, client = first(published()), browser(enrolled().person)

    answer(client, lesson_)
    assert kinds() == LESSON_RECORDED
    answer(client, lesson_)

    assert kinds() == LESSON_RECORDED * 2


@pytest.mark.parametrize("headers", [{"Origin": "http://testserver"}, {"Sec-Fetch-Site": "same-origin"}])
def test_either_header_shows_that_the_form_is_ours(headers):
    answer(browser(enrolled().person), first(published()), headers=headers)

    assert kinds() == LESSON_RECORDED


def test_answers_are_recorded_for_the_edition_that_they_count_in():
    enrolment = enrolled()
    answer(browser(enrolment.person), first(published()))

    entries = [(about, by) for kind, about, by, _ in journal() if kind in LESSON_RECORDED]
    assert entries == [(enrolment.person_id, enrolment.person_id)] * 3


def test_form_from_nowhere_asks_first_and_its_token_works():
    lesson_, client = first(published()), browser(enrolled().person)

    asked = answer(client, lesson_, headers={})
    assert "Respondes como Rosa" in asked.content.decode()
    assert kinds() == []

    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', asked.content.decode())
    fields = re.findall(r'<input type="hidden" name="(q\.\w+)" value="(\d+)">', asked.content.decode())
    assert (token is not None, sorted(fields)) == (True, [("q.a", "1"), ("q.b", "0"), ("q.b", "1")])
    form = {"csrfmiddlewaretoken": token[1] if token else "", "q.a": "1", "q.b": ["0", "1"]}
    answer(client, lesson_, form, headers={})

    assert kinds() == LESSON_RECORDED


@pytest.mark.parametrize(
    "headers",
    [
        THEIRS,
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver:8080"},
        {"Origin": "http://testserver.evil.example"},
    ],
)
def test_form_of_another_site_records_nothing(headers):
    lesson_, client = first(published()), browser(enrolled().person)

    assert "Respondes como Rosa" in answer(client, lesson_, headers=headers).content.decode()
    asked = answer(client, lesson_, headers=headers | JSON)

    assert (asked.status_code, asked.json()) == (409, {"confirm": True})
    assert kinds() == []


def test_form_of_another_site_records_nothing_even_with_a_token():
    lesson_, client = first(published()), browser(enrolled().person)
    token = re.search(r'value="(\w{64})"', answer(client, lesson_, headers={}).content.decode())
    assert token

    answer(client, lesson_, RIGHT | {"csrfmiddlewaretoken": token[1]}, headers=THEIRS)

    assert kinds() == []


@pytest.mark.parametrize("headers", [OURS, {}, THEIRS])
def test_visitor_is_graded_and_shown_the_way_in(headers):
    lesson_ = first(published())
    response = answer(browser(), lesson_, headers=headers)

    text = response.content.decode()
    assert (response.status_code, kinds()) == (200, [])
    assert "¡Todo bien!" in text or "Todo" in text
    assert f'href="/entrar/?next={url(lesson_).replace("/", "%2F")}"' in text
    assert dict(response.cookies) == {}


def test_visitor_with_scripts_gets_the_same_in_json():
    lesson_ = first(published())
    got = answer(browser(), lesson_, {"q.a": "0", "q.b": ["0", "1"]}, headers=OURS | JSON).json()

    assert got == {
        "saved": False,
        "signed_in": False,
        "name": None,
        "score": 0.5,
        "done": True,
        "next": f"/entrar/?next={url(lesson_).replace('/', '%2F')}",
    }


def test_she_gets_json_with_where_to_go_on():
    version = published()
    begin, second = lessons(version)
    client = browser(enrolled().person)

    got = answer(client, begin, headers=OURS | JSON).json()
    assert got == {"saved": True, "signed_in": True, "name": "Rosa", "score": 1.0, "done": True, "next": url(second)}

    assert answer(client, second, {"q.c": "1"}, headers=OURS | JSON).json()["next"] == "/cursos/uno/"


def test_answers_are_personal_and_nobody_keeps_them():
    response = answer(browser(enrolled().person), first(published()))

    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_lesson_counts_when_its_course_asks_for_enough_right_answers():
    lesson_, client = first(published(pass_score=0.6)), browser(enrolled().person)

    half = answer(client, lesson_, {"q.a": "1", "q.b": "2"}, headers=OURS | JSON).json()
    assert (half["saved"], half["score"], half["done"], half["next"]) == (True, 0.5, False, None)

    # The best of each question counts, over all attempts.
    rest = answer(client, lesson_, {"q.a": "0", "q.b": ["0", "1"]}, headers=OURS | JSON).json()
    assert (rest["score"], rest["done"]) == (0.5, True)


def test_lesson_that_does_not_count_yet_says_what_to_do():
    text = answer(
        browser(enrolled().person), first(published(pass_score=0.6)), {"q.a": "1", "q.b": "2"}
    ).content.decode()

    assert "intenta otra vez las que no salieron" in text or "otra vez" in text
    assert ">Seguir<" not in text


def test_lesson_of_an_earlier_version_counts_where_she_is():
    old = published(lessons=1)
    published(lessons=2)

    got = answer(browser(enrolled().person), first(old), headers=OURS | JSON).json()

    assert (got["done"], got["next"]) == (True, "/cursos/uno/")


def test_nothing_chosen_is_nothing_saved():
    lesson_, client = first(published()), browser(enrolled().person)

    got = answer(client, lesson_, {}, headers=OURS | JSON).json()
    assert (got["saved"], got["score"], got["done"]) == (False, 0.0, False)

    assert "No había respuestas que guardar." in answer(client, lesson_, {}).content.decode()
    assert kinds() == []


def test_lesson_without_questions_is_done_with_its_button():
    course = a_course("lectura", lessons=1)
    version = publish_course(course=type(course)(**{**vars(course), "lessons": (lesson("leer"),)}), by=None)
    client = browser(enrolled().person)

    text = answer(client, first(version), {}).content.decode()

    assert "<h1>Lección terminada</h1>" in text
    assert kinds() == ["learning.lesson_completed.v1"]


def test_course_done_meets_its_module():
    version, enrolment = published(), enrolled()
    finish(browser(enrolment.person), version)

    assert [each.module.code for each in RequirementMet.objects.filter(enrolment=enrolment)] == ["uno"]


def test_course_done_before_she_enrolled_counts_when_she_does():
    version, person = published(), rosa()
    finish(browser(person), version)
    assert list(RequirementMet.objects.all()) == []

    enrolled(person)
    work_until_done()

    assert [each.module.code for each in RequirementMet.objects.all()] == ["uno"]


def test_address_of_answers_leads_back_to_the_lesson():
    lesson_ = first(published())
    response = browser().get(url(lesson_) + "responder/")

    assert (response.status_code, response["Location"]) == (302, url(lesson_))
    assert browser().put(url(lesson_) + "responder/").status_code == 405


def test_content_with_markup_is_shown_as_it_was_cleaned():
    course = a_course("marcas", lessons=1)
    asked = type(course)(**{**vars(course), "lessons": (lesson("uno", question("a")),)})
    text = answer(browser(), first(publish_course(course=asked, by=None)), {"q.a": "0"}).content.decode()

    assert "<p>feedback 0</p>" in text
    assert "<p>A hint</p>" in text


NAMES = st.sampled_from(["q.a", "q.b", "q.c", "q.", "q.a.b", "csrfmiddlewaretoken", "lesson"]) | st.text()
VALUES = st.sampled_from(["0", "1", "2", "3", "-1", "01", "²", "1e9", "٣", "", "9" * 5000, "\x00"]) | st.text()
FORMS = st.dictionaries(NAMES, st.lists(VALUES, max_size=5), max_size=6)
HEADERS = st.sampled_from([OURS, {}, THEIRS, OURS | JSON, JSON])
TYPES = st.sampled_from(
    ["application/x-www-form-urlencoded", "application/json", "text/plain", "", "multipart/form-data"]
)


class TestJunk(TestCase):
    """Whatever is sent gets an answer that says what to do."""

    lesson: ClassVar[Lesson]
    person: ClassVar[Person]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.lesson, cls.person = first(published()), enrolled().person

    def setUp(self) -> None:
        self.client = browser(self.person)

    @given(form=FORMS, headers=HEADERS)
    def test_any_form_is_answered(self, form, headers):
        for client in (self.client, browser()):
            assert answer(client, self.lesson, form, headers).status_code in {200, 409}

    @given(body=st.binary(max_size=300), kind=TYPES, headers=HEADERS)
    def test_any_body_is_answered(self, body, kind, headers):
        response = self.client.post(
            url(self.lesson) + "responder/", data=body, content_type=kind, headers=dict(headers)
        )
        assert response.status_code in {200, 400, 409}

    @given(form=FORMS)
    def test_what_is_recorded_are_choices_of_the_lesson(self, form):
        before = len(journal())
        answer(self.client, self.lesson, form)
        for kind, _, _, data in journal()[before:]:
            if kind == "learning.question_answered.v1":
                assert data["question"] in {"a", "b"}
                assert set(data["choices"]) <= {0, 1, 2}
                assert data["choices"] == sorted(set(data["choices"]))


def test_client_that_is_not_checked_is_not_what_these_tests_use():
    """Django's own client skips the check of the token, and would prove nothing."""
    assert Client().handler.enforce_csrf_checks is False
    assert browser().handler.enforce_csrf_checks is True
