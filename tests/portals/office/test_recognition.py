"""Recognising what somebody had learned before she came."""

import pytest
from django.test import Client

from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.programmes.api import Enrolment, RequirementMet

pytestmark = pytest.mark.django_db


def address(enrolment: Enrolment, module: str = "uno") -> str:
    return f"/oficina/inscripciones/{enrolment.pk}/reconocer/{enrolment.track.modules.get(code=module).pk}/"


def test_who_coordinates_recognises_and_says_how_she_knows(client: Client):
    world = scene.enrolments()
    [hers] = world.here
    sign_in(client, world.coordinator)

    assert address(hers) in client.get(f"/oficina/inscripciones/{hers.pk}/").content.decode()
    assert client.get(address(hers)).status_code == 200
    assert client.post(address(hers), {"basis": "shown"}, follow=True).status_code == 200

    row = RequirementMet.objects.get()
    assert (row.enrolment, row.module.code, row.prior, row.by) == (hers, "uno", "shown", world.coordinator)
    assert address(hers) not in client.get(f"/oficina/inscripciones/{hers.pk}/").content.decode()


@pytest.mark.parametrize("basis", ["", "guess", "certificate" * 50])
def test_recognising_asks_again_how_she_knows(client: Client, basis: str):
    world = scene.enrolments()
    sign_in(client, world.coordinator)

    answer = client.post(address(world.here[0]), {"basis": basis})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["basis"])
    assert list(RequirementMet.objects.all()) == []


@pytest.mark.parametrize("role", ["trainer", "auditor"])
def test_recognising_is_not_for_who_does_not_coordinate(client: Client, role: str):
    [hers] = scene.enrolments().here
    sign_in(client, staff(role))

    assert client.post(address(hers), {"basis": "shown"}).status_code in (403, 404)
    assert address(hers) not in client.get(f"/oficina/inscripciones/{hers.pk}/").content.decode()
    assert list(RequirementMet.objects.all()) == []


def test_recognising_elsewhere_is_not_there(client: Client):
    world = scene.enrolments()
    sign_in(client, world.coordinator)

    assert client.get(address(world.elsewhere[0])).status_code == 404
    assert client.post(address(world.elsewhere[0]), {"basis": "shown"}).status_code == 404
