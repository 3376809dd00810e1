"""Search: without accents and case on both engines, and an address or a number found exactly."""

import pytest
from django.test import Client

from tests.apps.admissions.examples import a_person, an_application
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff

pytestmark = pytest.mark.django_db
NAMES = {"given_name": "María Ñusta", "family_name": "Núñez Ibáñez"}


def found(client: Client, address: str, words: str) -> list[str]:
    return [row.person.name for row in client.get(f"/oficina/{address}/", {"q": words}).context["object_list"]]


@pytest.mark.parametrize("words", ["maria", "MARÍA", "nunez nusta", "ÑUS", "ibanez", "Núñez  María"])
def test_search_needs_no_accents_and_no_case(client: Client, words: str):
    call = scene.a_scene_call()
    an_application(call, 1, person=a_person(1, **NAMES))
    an_application(call, 2)
    sign_in(client, staff("coordinator"))

    assert found(client, "solicitudes", words) == ["María Ñusta Núñez Ibáñez"]


@pytest.mark.parametrize("words", ["maria quispe", "%", "_", "mar\\", "x" * 5_000])
def test_search_takes_every_sign_for_itself(client: Client, words: str):
    an_application(scene.a_scene_call(), 1, person=a_person(1, **NAMES))
    sign_in(client, staff("coordinator"))

    assert found(client, "solicitudes", words) == []


def test_search_finds_a_call_without_accents(client: Client):
    call = scene.a_scene_call()
    call.name = "Convocatoria de Verano ÁÉÍ"
    call.save()
    sign_in(client, staff("coordinator"))

    rows = client.get("/oficina/convocatorias/", {"q": "verano aei mujeres"}).context["object_list"]

    assert list(rows) == [call]


@pytest.mark.parametrize(("words", "names"), [("juana1@ejemplo.bo", 1), (" Juana1@Ejemplo.BO ", 1), ("juana1@", 0)])
def test_address_is_found_exactly(client: Client, words: str, names: int):
    call = scene.a_scene_call()
    for n in (1, 12):
        an_application(call, n)
    sign_in(client, scene.coordinator_of(call))

    assert len(found(client, "solicitudes", words)) == names


def test_number_is_found_exactly(client: Client):
    call = scene.a_scene_call()
    an_application(call, 1, person=a_person(1, phone="+59171234567"))
    an_application(call, 2, person=a_person(2, phone="+59171234568"))
    sign_in(client, staff("coordinator"))

    assert found(client, "solicitudes", "+591 7123-4567") == ["Juana 1 Quispe"]


def test_address_finds_nobody_for_who_may_not_read_people(client: Client):
    scene.an_enrolment(scene.a_scene_call(), 1)
    sign_in(client, staff("trainer"))

    assert found(client, "inscripciones", "juana1@ejemplo.bo") == []
    assert found(client, "inscripciones", "juana") == ["Juana 1 Quispe"]
