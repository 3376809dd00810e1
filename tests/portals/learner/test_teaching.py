"""Slides, handouts and guides of a lesson: addresses that everybody may open, and that an exam does not have."""

import gzip

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


def test_guide_is_a_page_of_its_own_where_there_is_one(first, django_assert_num_queries):
    assert Client().get(f"{url(first)}guia/").status_code == 404
    Lesson.objects.filter(pk=first.pk).update(guide="<p><b>Purpose</b>: that she knows.</p>")

    page = Client().get(f"{url(first)}guia/")

    text = page.content.decode()
    assert (page.status_code, page.cookies) == (200, {})
    assert [words in text for words in ("<b>Purpose</b>", "First</h1>", "data-kept", "Guía para dar esta sesión")] == [
        True
    ] * 4
    assert "choice 1" not in text
    assert len(gzip.compress(page.content, 9)) < 14_336 - 1_000
    with django_assert_num_queries(0):
        assert Client().get(f"{url(first)}guia/").content == page.content
    assert Client().post(f"{url(first)}guia/").status_code == 405
    assert "Purpose" not in Client().get(url(first)).content.decode()


@pytest.mark.parametrize("shown", ["laminas/", "hoja/", "guia/"])
def test_what_is_not_there_is_said_plainly(first, shown):
    course = first.version.course.code
    exam = lessons(published("dos", exam=True))[-1]

    assert Client().get(f"/lecciones/{course}/000000000000/{first.code}/{shown}").status_code == 404
    assert Client().get(f"/lecciones/{course}/x/{first.code}/{shown}").status_code == 404
    assert exam.exam
    assert Client().get(url(exam) + shown).status_code == 404
