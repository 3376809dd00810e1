"""Lists: as many queries for three rows as for one, search by words, filters, order."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.apps.admissions.examples import a_call, an_application
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Call
from trenza.core.ids import new_id

pytestmark = pytest.mark.django_db


def calls(call: Call, n: int) -> None:
    made = a_call(code=f"beca-{n}")
    an_application(made, n)


LISTS = [
    ("convocatorias", calls),
    ("solicitudes", an_application),
    ("inscripciones", scene.an_enrolment),
    ("personas", scene.an_enrolment),
]
MOST_QUERIES = 20  # who she is, her reach for rows and for filters, count, keys, rows, views, choices of filters


@pytest.mark.parametrize(("address", "make"), LISTS)
def test_list_asks_as_much_for_three_rows_as_for_one(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
    make: Callable[[Call, int], object],
):
    call = scene.a_scene_call()
    sign_in(client, staff("coordinator", scope_kind="programme", scope=call.programme_id))

    asked: list[int] = []
    for new in ([1], [2, 3]):
        for n in new:
            make(call, n)
        with django_assert_max_num_queries(MOST_QUERIES) as queries:
            answer = client.get(f"/oficina/{address}/")
        asked.append(len(queries))

    assert len(answer.context["object_list"]) >= 3
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    ("words", "found"), [("quispe 1", 1), ("JUANA", 3), ("juana 1 quispe", 1), ("nadie", 0), ("", 3)]
)
def test_search_finds_every_word_somewhere(client: Client, words: str, found: int):
    call = scene.a_scene_call()
    for n in (1, 2, 3):
        scene.an_enrolment(call, n)
    sign_in(client, staff("coordinator"))

    answer = client.get("/oficina/inscripciones/", {"q": words})

    assert len(answer.context["object_list"]) == found


def test_filter_by_state_keeps_that_state(client: Client):
    call = scene.a_scene_call()
    an_application(call, 1)
    helped = an_application(call, 2, state="needs_help")
    sign_in(client, staff("coordinator"))

    answer = client.get("/oficina/solicitudes/", {"state": "needs_help", "call": str(call.pk)})

    assert list(answer.context["object_list"]) == [helped]


def test_list_is_ordered_as_asked(client: Client):
    call = scene.a_scene_call()
    rows = [scene.an_enrolment(call, n) for n in (1, 2, 3)]
    sign_in(client, staff("coordinator"))

    up = client.get("/oficina/inscripciones/", {"ordering": "person__search_text"}).context["object_list"]
    down = client.get("/oficina/inscripciones/", {"ordering": "-person__search_text"}).context["object_list"]

    assert (list(up), list(down)) == (rows, rows[::-1])


def test_list_counts_its_rows_in_spanish(client: Client):
    call = scene.a_scene_call()
    rows = [scene.an_enrolment(call, n) for n in (1, 2)]
    sign_in(client, staff("coordinator"))

    assert f"{len(rows)} filas" in client.get("/oficina/inscripciones/").content.decode()


def test_order_by_what_is_no_column_is_ignored(client: Client):
    scene.enrolments()
    sign_in(client, staff("coordinator"))

    assert client.get("/oficina/inscripciones/", {"ordering": "person__birth_date"}).status_code == 200


@pytest.mark.parametrize("address", ["convocatorias", "solicitudes", "inscripciones", "personas"])
def test_empty_list_says_so(client: Client, address: str):
    sign_in(client, staff("coordinator", scope_kind="programme", scope=new_id()))

    answer = client.get(f"/oficina/{address}/")

    assert (answer.status_code, list(answer.context["object_list"])) == (200, [])
