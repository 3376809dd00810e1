"""Of Wagtail's own addresses the office opens icons and words, and nothing else."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from wagtail.admin import urls as wagtails

from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff


def views(patterns: Iterable[Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The address and the module of each view."""
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        else:
            yield address, pattern.callback.__module__


def test_office_opens_no_page_of_wagtail():
    office = [(address, module) for address, module in views(get_resolver().url_patterns) if "oficina" in address]

    assert [address for address, module in office if module.startswith("wagtail.")] == [
        "oficina/iconos/",
        "oficina/palabras/",
    ]


@pytest.mark.django_db
def test_addresses_of_wagtail_are_not_there(client: Client):
    sign_in(client, staff("administrator"))
    plain = [
        address for address, _ in views(wagtails.urlpatterns) if "<" not in address and "^" not in address and address
    ]

    answers = {address: client.get(f"/oficina/{address}").status_code for address in plain}

    assert len(answers) > 20
    assert {address for address, status in answers.items() if status != 404} == set()


@pytest.mark.django_db
def test_office_sends_a_visitor_to_our_sign_in(client: Client):
    answer = client.get("/oficina/")

    assert (answer.status_code, answer.headers["Location"].endswith("?next=/oficina/")) == (302, True)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["mentor", None])
def test_office_is_closed_to_whose_role_does_not_enter_it(client: Client, role: str | None):
    sign_in(client, staff(role))

    assert client.get("/oficina/").status_code == 403


@pytest.mark.django_db
def test_pages_are_closed_to_whose_role_confirms_but_does_not_enter(client: Client):
    """A mentor may confirm what she did with a learner: on her own pages, not here."""
    enrolment = scene.an_enrolment(scene.a_scene_call(), 1)
    workshop = enrolment.track.modules.get(code="taller")
    sign_in(client, staff("mentor"))
    page = f"/oficina/inscripciones/{enrolment.pk}/"

    pages = [
        "/oficina/inscripciones/",
        "/oficina/inscripciones/resultados/",
        "/oficina/inscripciones/?export=csv",
        page,
    ]

    assert [client.get(address).status_code for address in pages] == [403] * 4
    assert client.post(f"{page}confirmar/{workshop.pk}/").status_code == 403


@pytest.mark.django_db
def test_office_shows_a_trainer_the_enrolments_and_nothing_else(client: Client):
    enrolment = scene.an_enrolment(scene.a_scene_call(), 1)
    workshop = enrolment.track.modules.get(code="taller")
    sign_in(client, staff("trainer"))
    page = f"/oficina/inscripciones/{enrolment.pk}/"

    opened = {address: client.get(f"/oficina/{address}").status_code for address in ["", "inscripciones/"]}
    closed = [f"/oficina/{name}/" for name in ("convocatorias", "solicitudes", "personas")]
    closed.append(f"/oficina/personas/{enrolment.person_id}/")

    assert opened == {"": 200, "inscripciones/": 200}
    assert [client.get(address).status_code for address in closed] == [403] * 4
    # How she comes in again is the trainer's to help with; the rest of the person is not hers to see.
    led = re.findall(rf"/oficina/personas/{enrolment.person_id}/[^\"]*", client.get(page).text)
    assert led == [f"/oficina/personas/{enrolment.person_id}/entrada/"]
    assert client.post(f"{page}confirmar/{workshop.pk}/").headers["Location"] == page


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["administrator", "coordinator", "trainer", "auditor"])
def test_office_opens_to_whose_role_enters_it(client: Client, role: str):
    sign_in(client, staff(role))

    answer = client.get("/oficina/")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


@pytest.mark.django_db
def test_office_closes_with_the_role(client: Client):
    coordinator = staff("coordinator")
    sign_in(client, coordinator)
    coordinator.role_grants.update(withdrawn_at=coordinator.registered_at)

    assert client.get("/oficina/").status_code == 403


@pytest.mark.django_db
def test_leaving_the_office_signs_out(client: Client):
    sign_in(client, staff("coordinator"))

    client.post("/oficina/salir/")

    assert client.get("/oficina/").status_code == 302
