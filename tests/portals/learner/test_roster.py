"""Her state on her phone."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.learning.examples import a_course
from tests.portals.learner.scene import browser, enrolled, finish, published, rosa
from trenza.apps.learning.api import publish_course
from trenza.apps.sync.api import state_of
from trenza.portals.learner.roster import roster

pytestmark = pytest.mark.django_db


def test_state_has_her_next_step_and_how_far_she_is_in_each_open_course(client):
    version = published()
    person = enrolled(rosa()).person
    state = roster(person.pk)

    assert (state["name"], state["country"], state["step"]["title"], state["step"]["course"]) == (
        "Rosa",
        "BO",
        "First",
        "uno",
    )
    [course] = state["courses"]
    assert (course["code"], course["version"], course["url"]) == ("uno", version.short, "/cursos/uno/")
    assert course["pack"] == f"/paquetes/uno/{version.short}.json"
    assert course["bytes"] > 500
    assert "Bs" in course["cost"]
    first = course["lessons"][0]
    assert first == {
        "id": version.lessons.get(code="first").pk.hex, "code": "first", "title": "First",
        "url": f"/lecciones/uno/{version.short}/first/", "minutes": 5, "kb": first["kb"], "counts": False,
        "exam": False, "score": None,
    }  # fmt: skip

    finish(browser(person), version)
    after = roster(person.pk)
    assert [each["counts"] for each in after["courses"][0]["lessons"]] == [True, True]


def test_state_costs_the_same_queries_for_one_course_and_for_four(django_assert_num_queries):
    published()
    person = enrolled(rosa()).person
    roster(person.pk)
    with CaptureQueriesContext(connection) as one:
        roster(person.pk)
    for code in ("dos", "tres", "cuatro"):
        publish_course(course=a_course(code, lessons=4), by=None, optional=True)
    assert len(roster(person.pk)["courses"]) == 4
    with django_assert_num_queries(len(one)):
        roster(person.pk)
    assert len(one) <= 12


def test_state_is_the_same_digest_until_something_changes(client):
    version = published()
    person = enrolled(rosa()).person
    before = state_of(person.pk)
    assert state_of(person.pk) == before
    finish(browser(person), version)
    assert state_of(person.pk).digest != before.digest


def test_state_of_who_is_in_nothing_has_no_courses():
    state = roster(rosa().pk)
    assert (state["step"], state["courses"], roster(UUID(int=1))) == (None, [], {})
