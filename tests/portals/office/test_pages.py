"""Pages of one row: who sees the answers, and when the banner stands above them."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from tests.apps.admissions.examples import READY, a_call, a_person, a_programme, region_of
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Application, submit_application
from trenza.apps.people import roles
from trenza.apps.people.api import Permission, give_consent

pytestmark = pytest.mark.django_db
BANNER = '<p id="demo">DATOS DE DEMOSTRACIÓN</p>'


def submitted(**answers: Any) -> Application:
    """An application through the action, with outcomes and answers."""
    call = a_call(a_programme())
    person = a_person(1)
    return submit_application(call=call, person=person, region=region_of(call), answers=READY | answers, by=person)


def test_application_shows_how_it_was_judged_and_what_she_answered(client: Client):
    application = submitted(has_email=False, why="Para vender en línea.\n<script>alert(1)</script>")
    sign_in(client, staff("coordinator"))

    answer = client.get(f"/oficina/solicitudes/{application.pk}/")
    body = answer.content.decode()

    assert answer.context["answers"] == [
        ("¿Tienes correo electrónico?", "No"),
        ("¿Por qué quieres estudiar?", "Para vender en línea.\n<script>alert(1)</script>"),
    ]
    assert [(outcome.sentence, outcome.met) for outcome in answer.context["outcomes"]] == [
        ("Tener entre 16 y 29 años.", True),
        ("Tener una cuenta de correo.", False),
    ]
    assert "Te ayudamos a crear una en el centro." in body
    assert "<script>alert(1)" not in body


def test_answers_are_for_who_may_read_the_person(client: Client, monkeypatch: pytest.MonkeyPatch):
    """No role today reads applications and not people; this holds if one comes."""
    application = submitted(why="Para vender en línea.")
    role = replace(roles.ROLES["auditor"], permissions=roles.ROLES["auditor"].permissions - {Permission.PERSON_READ})
    monkeypatch.setattr(roles, "_ALL", (role,))
    sign_in(client, staff("auditor"))

    answer = client.get(f"/oficina/solicitudes/{application.pk}/")

    assert (answer.status_code, answer.context["answers"], "Para vender" in answer.content.decode()) == (200, [], False)


def test_person_shows_what_she_agreed_to(client: Client):
    enrolment = scene.an_enrolment(scene.a_scene_call(), 1)
    give_consent(person=enrolment.person, text="data-use", version=2, by=enrolment.person)
    sign_in(client, staff("coordinator"))

    body = client.get(f"/oficina/personas/{enrolment.person_id}/").content.decode()

    assert ("Cómo usamos tus datos, versión 2" in body, "juana1@ejemplo.bo" in body) == (True, True)


@pytest.mark.parametrize("synthetic", [True, False])
@pytest.mark.parametrize("address", ["inscripciones/{0.pk}/", "personas/{0.person_id}/", "inscripciones/", ""])
def test_banner_stands_above_people_made_up(client: Client, address: str, synthetic: bool):
    enrolment = scene.an_enrolment(scene.a_scene_call(), 1, synthetic=synthetic)
    sign_in(client, staff("coordinator"))

    body = client.get(f"/oficina/{address.format(enrolment)}").content.decode()

    assert (BANNER in body) == synthetic


@pytest.mark.parametrize("address", ["", "convocatorias/", "solicitudes/", "inscripciones/", "personas/", "cuenta/"])
def test_banner_stands_above_every_page_of_a_demonstration(client: Client, settings: Any, address: str):
    settings.TRENZA_DEMONSTRATION = True
    sign_in(client, staff("coordinator"))

    assert BANNER in client.get(f"/oficina/{address}").content.decode()


def test_account_page_says_her_roles(client: Client):
    sign_in(client, staff("auditor"))

    assert [role.code for role in client.get("/oficina/cuenta/").context["roles"]] == ["auditor"]
