"""The outline of a course: the same for a visitor, with her marks for her."""

import pytest

from tests.portals.learner.scene import answer, browser, enrolled, first, lessons, published, url

pytestmark = pytest.mark.django_db


def test_visitor_sees_the_lessons_in_order_with_what_they_cost():
    version = published()
    response = browser().get("/cursos/uno/")

    assert [(each["lesson"].code, each["url"], each["counts"]) for each in response.context["lessons"]] == [
        (lesson.code, url(lesson), False) for lesson in lessons(version)
    ]
    page = response.content.decode()
    assert "2 lecciones · 10 minutos" in page
    assert '<a href="https://creativecommons.org/licenses/by-sa/4.0/" rel="license noopener nofollow">' in page
    assert "<cite>Uno</cite>. Trenza." in page
    assert "Puedes leer todo sin entrar." in page
    assert dict(response.cookies) == {}


def test_pictures_are_a_part_of_what_a_lesson_costs():
    version = published()
    before = browser().get("/cursos/uno/").context
    version.lessons.filter(code="first").update(image_bytes=10 * 1024)

    after = browser().get("/cursos/uno/").context

    more = zip(after["lessons"], before["lessons"], strict=True)
    assert [new["kilobytes"] - old["kilobytes"] for new, old in more] == [
        10,
        0,
    ]
    assert after["kilobytes"] == before["kilobytes"] + 10


def test_recordings_are_counted_apart_because_they_wait_for_a_tap():
    version = published()
    before = browser().get("/cursos/uno/")
    version.lessons.filter(code="first").update(media_bytes=300 * 1024)

    after = browser().get("/cursos/uno/")

    assert "grabaciones" not in before.content.decode()
    assert "También hay grabaciones, 300 KB en total" in after.content.decode()
    assert after.context["kilobytes"] == before.context["kilobytes"]


def test_she_sees_what_she_has_done_and_goes_on_from_there():
    begin, second = lessons(published())
    client = browser(enrolled().person)
    answer(client, begin)

    response = client.get("/cursos/uno/")

    assert [(each["counts"], each["now"]) for each in response.context["lessons"]] == [(True, False), (False, True)]
    assert f'<a class="btn" href="{url(second)}">Seguir</a>' in response.content.decode()

    answer(client, second, {"q.c": "1"})
    done = client.get("/cursos/uno/")
    assert done.context["next_url"] is None
    assert "Hiciste todas las lecciones." in done.content.decode()


def test_lesson_that_does_not_count_yet_says_so():
    version = published(pass_score=1.0)
    client = browser(enrolled().person)
    answer(client, first(version), {"q.a": "0", "q.b": "2"})

    assert "intenta otra vez lo que no salió" in client.get("/cursos/uno/").content.decode()


def test_she_stays_on_the_version_that_she_began():
    old = published(lessons=1)
    person = enrolled().person
    answer(browser(person), first(old), {"q.a": "0"})
    new = published(lessons=2)

    assert browser(person).get("/cursos/uno/").context["version"] == old
    assert browser().get("/cursos/uno/").context["version"] == new


@pytest.mark.parametrize("code", ["nadie", "UNO", "uno-"])
def test_course_that_nobody_published_is_404(code):
    published()

    assert browser().get(f"/cursos/{code}/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_outline_asks_as_much_with_one_lesson_as_with_three(many, django_assert_num_queries):
    published(lessons=many)
    client = browser(enrolled().person)

    with django_assert_num_queries(8):
        client.get("/cursos/uno/")


def test_programme_leads_to_the_outlines_that_are_there():
    enrolled()
    assert "/cursos/uno/" not in browser().get("/programas/prueba/").content.decode()

    published()

    assert '<a href="/cursos/uno/">Uno</a>' in browser().get("/programas/prueba/").content.decode()
