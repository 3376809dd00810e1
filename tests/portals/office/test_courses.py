"""Courses in the office: what is published, how large it is, and who uses it."""

import pytest
from django.test import Client

from tests.apps.learning.examples import published
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff

pytestmark = pytest.mark.django_db


def test_course_says_how_large_it_is_and_which_tracks_use_it(client: Client):
    call = scene.a_scene_call()
    version = published("uno", lessons=2)
    published("otro")
    sign_in(client, scene.coordinator_of(call))

    rows = {row.code: row for row in client.get("/oficina/cursos/").context["object_list"]}

    assert rows["uno"].tracks == ["Mujeres Online · Alfabetización"]
    assert rows["otro"].tracks == []
    lessons = list(version.lessons.all())
    assert (rows["uno"].figures.lessons, rows["uno"].figures.minutes, rows["uno"].figures.questions) == (
        2,
        sum(lesson.minutes for lesson in lessons),
        sum(len(lesson.questions) for lesson in lessons),
    )


def test_page_of_a_course_shows_its_versions_the_newest_first(client: Client):
    published("uno", lessons=1)
    newest = published("uno", lessons=3)
    sign_in(client, staff("trainer"))

    answer = client.get(f"/oficina/cursos/{newest.course_id}/")

    assert [(version.number, figures.lessons) for version, figures in answer.context["versions"]] == [(2, 3), (1, 1)]
    assert newest.short in answer.content.decode()


def test_course_is_found_by_its_title(client: Client):
    version = published("uno")
    published("dos")
    sign_in(client, staff("coordinator"))

    rows = client.get("/oficina/cursos/", {"q": version.title.upper(), "language": "es"}).context["object_list"]

    assert "uno" in {row.code for row in rows}
