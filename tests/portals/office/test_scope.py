"""A coordinator of one region sees that region: in lists, exports, pages and numbers; the rest is not there."""

import pytest
from django.test import Client

from tests.apps.admissions.examples import a_call, an_application
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff

pytestmark = pytest.mark.django_db


def names(client: Client, address: str) -> tuple[bool, bool]:
    """Whether Juana 1 (here) and Juana 2 (elsewhere) stand in the list."""
    body = client.get(address).content.decode()
    return "Juana 1" in body, "Juana 2" in body


@pytest.mark.parametrize(
    ("make", "address"),
    [
        (scene.enrolments, "/oficina/inscripciones/"),
        (scene.enrolments, "/oficina/inscripciones/resultados/?q=juana"),
        (scene.enrolments, "/oficina/personas/"),
        (scene.applications, "/oficina/solicitudes/"),
        (scene.applications, "/oficina/solicitudes/resultados/"),
        (scene.applications, "/oficina/personas/"),
    ],
)
def test_list_holds_the_scope_of_the_viewer(client: Client, make, address: str):
    made = make()

    sign_in(client, made.coordinator)
    assert names(client, address) == (True, False)
    sign_in(client, staff("coordinator"))
    assert names(client, address) == (True, True)


@pytest.mark.parametrize(
    ("make", "address"),
    [
        (scene.enrolments, "/oficina/inscripciones/"),
        (scene.enrolments, "/oficina/personas/"),
        (scene.applications, "/oficina/solicitudes/"),
    ],
)
def test_export_holds_the_scope_of_the_viewer(client: Client, make, address: str):
    sign_in(client, make().coordinator)

    body = b"".join(client.get(f"{address}?export=csv").streaming_content).decode()  # type: ignore[attr-defined]  # a stream

    assert ("Juana 1" in body, "Juana 2" in body) == (True, False)


@pytest.mark.parametrize(
    ("make", "address"),
    [(scene.enrolments, "/oficina/inscripciones/{}/"), (scene.applications, "/oficina/solicitudes/{}/")],
)
def test_page_of_a_row_elsewhere_is_not_there(client: Client, make, address: str):
    made = make()
    sign_in(client, made.coordinator)

    answers = [client.get(address.format(row.pk)).status_code for row in (made.here[0], made.elsewhere[0])]

    assert answers == [200, 404]


def test_page_of_a_person_elsewhere_is_not_there(client: Client):
    made = scene.enrolments()
    sign_in(client, made.coordinator)

    answers = [
        client.get(f"/oficina/personas/{row.person_id}/").status_code for row in (made.here[0], made.elsewhere[0])
    ]

    assert answers == [200, 404]


def test_page_of_a_person_shows_only_what_lies_within_the_scope(client: Client):
    made = scene.applications()
    other = a_call(code="otra", name="Otra beca")
    an_application(other, 1, "oruro", person=made.here[0].person)
    sign_in(client, made.coordinator)

    body = client.get(f"/oficina/personas/{made.here[0].person_id}/").content.decode()

    assert ("Becas 2026" in body, "Otra beca" in body) == (True, False)


def test_numbers_are_those_of_the_scope(client: Client):
    made = scene.enrolments()
    sign_in(client, made.coordinator)
    mine = client.get("/oficina/").context["numbers"]
    sign_in(client, staff("coordinator"))
    all_of_them = client.get("/oficina/").context["numbers"]

    rest = {"paused": 0, "withdrawn": 0, "completed": 0}
    assert (mine, all_of_them) == ({"enrolments": 1, "active": 1, **rest}, {"enrolments": 2, "active": 2, **rest})


def test_call_counts_the_applications_of_the_scope(client: Client):
    made = scene.applications()
    sign_in(client, made.coordinator)

    listed = [call.waiting for call in client.get("/oficina/convocatorias/").context["object_list"]]
    states = client.get(f"/oficina/convocatorias/{made.call.pk}/").context["states"]

    assert (listed, [(code, n) for code, _, n in states]) == ([1], [("submitted", 1)])


def test_awarding_in_order_a_call_that_reaches_beyond_the_scope_is_not_there(client: Client):
    made = scene.applications()
    sign_in(client, made.coordinator)

    assert client.get(f"/oficina/convocatorias/{made.call.pk}/adjudicar/").status_code == 404
