"""What one can join and read, in one place, and how it is found."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.admissions.examples import a_programme, an_open_call
from tests.apps.learning.examples import published
from trenza.apps.programmes.api import Branch, Module, Programme
from trenza.portals.public.catalogue import CourseEntry

pytestmark = pytest.mark.django_db


def with_module(programme: Programme, course: str, *, level: str = "basic") -> Programme:
    track = programme.tracks.get()
    track.level = level
    track.save()
    Module.objects.create(track=track, code=course, name=course.title(), requirement_kind="course", course=course)
    return programme


def found(client: Any, query: str = "") -> list[str]:
    entries = client.get(f"/catalogo/{query}").context["page"]
    return [each.facts.version.course.code if isinstance(each, CourseEntry) else each.name for each in entries]


def test_catalogue_holds_programmes_that_are_open_first_then_courses(client: Any):
    published("uno")
    a_programme("cerrado")
    an_open_call(a_programme("otro"))
    Programme.objects.filter(code="otro").update(name="Abierto")

    assert found(client) == ["Abierto", "Mujeres Online", "uno"]


def test_branches_of_a_programme_stand_in_one_place(client: Any):
    programme = with_module(a_programme(), "uno")
    Programme.objects.update(place="Educación conTigo")
    for code, name in (("conectadas", "Conectadas"), ("maestros", "Maestr@s Conectad@s")):
        Branch.objects.create(programme=programme, code=code, name=name, summary="…", participants="teachers")
    Branch.objects.get(code="conectadas").tracks.set(programme.tracks.all())

    assert found(client) == ["Conectadas", "Maestr@s Conectad@s"]
    assert found(client, "?q=educacion+contigo") == ["Conectadas", "Maestr@s Conectad@s"]
    assert found(client, "?q=maestras") == ["Maestr@s Conectad@s"]
    page = client.get("/programas/mujeres-online/").content.decode()
    assert 'id="conectadas"' in page
    assert "Educación conTigo" in page


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("?q=MUJERES", ["Mujeres Online", "uno"]),
        ("?q=lesson+2", ["dos", "uno"]),
        ("?q=alfabetizacion", ["Mujeres Online", "uno"]),
        ("?q=cocina", []),
        ("?que=courses", ["dos", "uno"]),
        ("?que=programmes", ["Mujeres Online"]),
        ("?nivel=basic", ["Mujeres Online", "uno"]),
        ("?nivel=advanced", []),
        ("?nivel=unheard&que=%00&q=%00&pagina=-3", ["Mujeres Online", "dos", "uno"]),
        ("?q=%F0%9F%8C%BA", ["Mujeres Online", "dos", "uno"]),
    ],
)
def test_catalogue_finds(client: Any, query: str, codes: list[str]):
    published("uno")
    published("dos")
    with_module(a_programme(), "uno")

    assert found(client, query) == codes


def test_course_tells_what_it_takes(client: Any):
    published("uno")
    with_module(a_programme(), "uno")

    page = client.get("/catalogo/?que=courses").content.decode()

    entry = client.get("/catalogo/?que=courses").context["page"][0]
    assert (entry.facts.lessons, entry.facts.minutes, entry.levels) == (2, 10, {"basic"})
    assert f"2 lecciones · 10 minutos · {entry.kilobytes} KB · Español" in page


def test_catalogue_asks_the_same_whatever_it_holds(client: Any):
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            client.get("/catalogo/")
        return len(context)

    an_open_call(with_module(a_programme(), "uno"))
    published("uno")
    one = queries()
    for n in range(3):
        an_open_call(with_module(a_programme(f"p{n}"), f"c{n}"))
        published(f"c{n}")

    assert (one, queries()) == (11, 11)


def test_long_catalogue_has_pages_that_keep_the_question(client: Any):
    for n in range(12):
        published(f"c{n}")

    answer = client.get("/catalogo/?q=lesson&que=courses")

    assert len(answer.context["page"]) == 10
    assert 'href="?q=lesson&amp;que=courses&amp;pagina=2"' in answer.content.decode()
    assert len(found(client, "?q=lesson&que=courses&pagina=2")) == 2
