"""Courses in the office: what is published, how large it is, and who uses it."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.apps.learning.examples import published
from tests.apps.programmes.examples import a_person, a_programme, an_enrolment
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.learning.models import CourseProgress, ExamAttempt
from trenza.core import clock

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


@pytest.mark.parametrize(("many", "told"), [(9, ("menos de 10", "–", "–")), (10, ("10", "40 %", "80 %"))])
def test_page_of_a_course_with_a_test_says_what_changed_of_ten_women_or_more(client: Client, many, told):
    version = published("uno", tests=True)
    forms = {lesson.test: lesson.pk for lesson in version.lessons.exclude(test="")}
    programme, noon = a_programme(), clock.now()
    for _ in range(many):
        person = an_enrolment(programme, person=a_person()).person.pk
        ExamAttempt.objects.create(person=person, lesson=forms["b"], at=noon, correct=2, times=1)
        ExamAttempt.objects.create(person=person, lesson=forms["a"], at=noon + timedelta(hours=2), correct=4, times=1)
        CourseProgress.objects.create(
            person=person, version=version.pk, begun_at=noon, lessons_passed=2, completed_at=noon + timedelta(hours=1)
        )
    sign_in(client, staff("trainer"))

    answer = client.get(f"/oficina/cursos/{version.course_id}/")

    [(edition, *numbers)] = answer.context["changes"]
    assert tuple(numbers) == told
    assert edition.name in answer.content.decode()
    assert "no a qué se debe el cambio" in answer.content.decode()
    sign_in(client, staff("trainer", scope_kind="programme", scope=a_programme("otro").pk))
    elsewhere = client.get(f"/oficina/cursos/{version.course_id}/")
    assert elsewhere.context["changes"] == []
    assert "Nadie que tú puedas ver hizo las dos todavía." in elsewhere.content.decode()


def test_page_of_a_course_without_a_test_says_nothing_of_change(client: Client):
    version = published("uno")
    sign_in(client, staff("trainer"))

    assert "Antes y después" not in client.get(f"/oficina/cursos/{version.course_id}/").content.decode()
