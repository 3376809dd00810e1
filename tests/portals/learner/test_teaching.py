"""Slides and handouts of a lesson: addresses that everybody may open, and that an exam does not have."""

import pytest
from django.test import Client

from tests.portals.learner.scene import lessons, published, url
from trenza.apps.learning.api import Lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> Lesson:
    return lessons(published())[0]


@pytest.mark.parametrize("shown", ["laminas/", "hoja/"])
def test_page_is_the_same_for_everybody_and_is_not_made_twice(first, shown, django_assert_num_queries):
    page = Client().get(url(first) + shown)

    assert (page.status_code, page.cookies, page.has_header("Set-Cookie")) == (200, {}, False)
    assert [words in page.content.decode() for words in ("choice 1", "feedback 1", "data-q=")] == [True, False, False]
    with django_assert_num_queries(0):
        again = Client().get(url(first) + shown)
    assert again.content == page.content
    assert Client().post(url(first) + shown).status_code == 405


@pytest.mark.parametrize("shown", ["laminas/", "hoja/"])
def test_what_is_not_there_is_said_plainly(first, shown):
    course = first.version.course.code
    exam = lessons(published("dos", exam=True))[-1]

    assert Client().get(f"/lecciones/{course}/000000000000/{first.code}/{shown}").status_code == 404
    assert Client().get(f"/lecciones/{course}/x/{first.code}/{shown}").status_code == 404
    assert exam.exam
    assert Client().get(url(exam) + shown).status_code == 404
