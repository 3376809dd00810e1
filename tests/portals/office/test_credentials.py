"""Certificates in the office: who reads them, and taking one back."""

import pytest
from django.test import Client

from tests.journal import journal
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from tests.portals.office.test_lists import a_credential
from trenza.apps.admissions.api import Call
from trenza.apps.credentials.api import Credential
from trenza.apps.people.api import Person

pytestmark = pytest.mark.django_db


def issued() -> tuple[Call, Credential]:
    call = scene.a_scene_call()
    a_credential(call, 1)
    return call, Credential.objects.get()


def test_certificate_is_read_within_the_scope(client: Client):
    call, credential = issued()
    page = f"/oficina/certificados/{credential.pk}/"

    for viewer, status, rows in [
        (scene.coordinator_of(call), 200, [credential]),
        (scene.coordinator_of(call, "oruro"), 404, []),
        (staff("auditor"), 200, [credential]),
    ]:
        sign_in(client, viewer)
        assert client.get(page).status_code == status
        assert list(client.get("/oficina/certificados/").context["object_list"]) == rows


def test_page_of_a_certificate_tells_its_history(client: Client):
    _call, credential = issued()
    sign_in(client, staff("coordinator"))

    body = client.get(f"/oficina/certificados/{credential.pk}/").content.decode()

    assert "Se emitió el certificado «Primeros pasos»." in body
    assert "quitar/" not in body


def test_administrator_takes_it_back_and_says_why(client: Client):
    _call, credential = issued()
    administrator = staff("administrator")
    sign_in(client, administrator)
    address = f"/oficina/certificados/{credential.pk}/quitar/"

    unsaid = client.post(address, {"reason": "whim"})
    assert (unsaid.status_code, unsaid.context["form"].errors.keys()) == (200, {"reason"})
    answer = client.post(address, {"reason": "mistake"}, follow=True)

    credential.refresh_from_db()
    assert (credential.revoked_by, credential.revoked_reason) == (administrator, "mistake")
    assert [str(message) for message in answer.context["messages"]] == [
        "El certificado ya no vale, y su página lo dice."
    ]
    assert journal()[-1][0] == "credentials.credential_revoked.v1"
    assert list(client.get("/oficina/certificados/?state=valid").context["object_list"]) == []


@pytest.mark.parametrize(("role", "status"), [("coordinator", 403), ("auditor", 403), ("trainer", 403)])
def test_nobody_else_takes_it_back(client: Client, role: str, status: int):
    _call, credential = issued()
    sign_in(client, staff(role))

    assert client.post(f"/oficina/certificados/{credential.pk}/quitar/", {"reason": "mistake"}).status_code == status
    credential.refresh_from_db()
    assert credential.is_valid


def test_code_of_a_certificate_is_in_no_list_and_no_export(client: Client):
    _call, credential = issued()
    sign_in(client, staff("coordinator"))

    listed = client.get("/oficina/certificados/").content
    exported = b"".join(client.get("/oficina/certificados/?export=csv").streaming_content)  # type: ignore[attr-defined]  # a stream

    assert credential.code.encode() not in listed + exported
    assert Person.objects.filter(pk=credential.person_id).exists()
