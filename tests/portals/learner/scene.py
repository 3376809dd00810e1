"""A woman in a programme, and what her browser sends."""

from collections.abc import Mapping
from typing import Any

from django.test import Client

from tests.apps.learning.examples import published
from tests.apps.programmes.examples import a_programme, an_enrolment
from trenza.apps.learning.api import CourseVersion, Lesson
from trenza.apps.people.api import Person, register_person
from trenza.apps.programmes.api import Enrolment, Programme
from trenza.core.journal import work_until_done

SITE = "http://testserver"
OURS = {"Origin": SITE, "Sec-Fetch-Site": "same-origin"}
THEIRS = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
RIGHT: dict[str, Any] = {"q.a": "1", "q.b": ["0", "1"]}
"""Right answers to the first lesson of the sample course."""


def rosa(name: str = "Rosa") -> Person:
    return register_person(
        given_name=name, family_name="Quispe", email=f"{name.lower()}@demo.example", sex="female", country="BO"
    )


def browser(person: Person | None = None) -> Client:
    """A browser that is checked as in use; signed in as `person`."""
    client = Client(enforce_csrf_checks=True)
    if person:
        client.force_login(person.accounts.get())
    return client


def enrolled(person: Person | None = None, programme: Programme | None = None) -> Enrolment:
    """In the sample programme, whose first module is the course `uno`."""
    return an_enrolment(programme or a_programme(), person=person or rosa())


def url(lesson: Lesson) -> str:
    return f"/lecciones/{lesson.version.course.code}/{lesson.version.digest[:12]}/{lesson.code}/"


def first(version: CourseVersion) -> Lesson:
    return lessons(version)[0]


def lessons(version: CourseVersion) -> list[Lesson]:
    return list(version.lessons.select_related("version__course").order_by("position"))


def answer(
    client: Client, lesson: Lesson, form: Mapping[str, Any] = RIGHT, headers: Mapping[str, str] = OURS, **more: Any
) -> Any:
    """Post to a lesson as the page does."""
    return client.post(url(lesson) + "responder/", dict(form), headers=dict(headers), **more)


def finish(client: Client, version: CourseVersion) -> None:
    """Do every lesson of the sample course, and let the worker count it."""
    begin, *others = lessons(version)
    answer(client, begin)
    for lesson in others:
        answer(client, lesson, {"q.c": "1"})
    work_until_done()


__all__ = ["OURS", "RIGHT", "THEIRS", "a_programme", "answer", "browser", "enrolled", "finish", "first", "lessons"]
__all__ += ["published", "rosa", "url"]
