"""The office's pages of a centre's people and of its hub."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.apps.learning.examples import published, sheet
from tests.apps.places.examples import a_centre, a_hub
from tests.apps.programmes.examples import a_person, a_programme, an_enrolment
from tests.portals.office.people import sign_in, staff
from trenza.apps.learning.events import ExamSubmitted
from trenza.apps.places.api import Centre, Member, add_members, guests
from trenza.apps.sync import api as sync
from trenza.apps.sync.hub.entries_wire import pack
from trenza.core import clock
from trenza.core.journal import incoming
from trenza.core.models import SetAside

pytestmark = pytest.mark.django_db
CODE = re.compile(r"<strong>([0-9A-Z]{5}-[0-9A-Z]{5})</strong>")


@pytest.fixture
def centre() -> Centre:
    return a_centre()


@pytest.fixture
def office(centre: Centre, client: Client) -> Client:
    sign_in(client, staff("coordinator"))
    return client


def at(centre: Centre, rest: str) -> str:
    return f"/oficina/centros/{centre.pk}/{rest}"


def said(client: Client, address: str, **data: Any) -> str:
    return client.post(address, data, follow=True).content.decode()


# --- Who comes ---


def test_somebody_is_looked_for_and_added_and_taken_from_the_list(office, centre):
    ana = an_enrolment(person=a_person("Ana")).person
    assert "Ana" in office.get(at(centre, "personas/?q=ana")).content.decode()

    assert "Se agregó a 1 persona." in said(office, at(centre, "personas/"), q="ana", person=str(ana.pk))
    assert "Se agregó a 0 personas." in said(office, at(centre, "personas/"), q="ana", person=str(ana.pk))
    member = Member.objects.get()
    assert (member.person, member.centre) == (ana, centre)

    assert "ya no está en la lista" in said(office, at(centre, f"personas/{member.pk}/quitar/"))
    assert "Ya estaba fuera" in said(office, at(centre, f"personas/{member.pk}/quitar/"))
    assert Member.objects.get().ended_at is not None


def test_everybody_of_the_region_who_is_enrolled_is_added_at_once(office, centre):
    programme = a_programme()
    Centre.objects.update(region="norte")
    for name, region in (("Ana", "norte"), ("Berta", "norte"), ("Carla", "sur")):
        an_enrolment(programme, person=a_person(name), region=region)

    page = said(office, at(centre, "personas/"), edition=str(programme.editions.get().pk))

    assert "Se agregó a 2 personas." in page
    assert set(Member.objects.values_list("person__given_name", flat=True)) == {"Ana", "Berta"}


@pytest.mark.parametrize("data", [{}, {"person": "x"}, {"edition": "\0"}])
def test_nobody_is_added_by_an_empty_or_broken_form(office, centre, data):
    assert office.post(at(centre, "personas/"), data).status_code == 200
    assert not Member.objects.exists()


def test_whoever_is_out_of_reach_is_not_there(client, centre):
    stranger = an_enrolment(person=a_person("Ana")).person
    sign_in(client, staff("trainer", scope_kind="centre", scope=centre.pk))

    client.post(at(centre, "personas/"), {"person": str(stranger.pk)})

    assert not Member.objects.exists()


def test_a_member_is_of_those_whom_the_team_of_the_centre_sees(centre):
    ana = a_person("Ana")
    trainer = staff("trainer", scope_kind="centre", scope=centre.pk)
    assert not guests.which(trainer).filter(pk=ana.pk).exists()
    add_members(centre=centre, persons=[ana], by=None)
    assert guests.which(trainer).filter(pk=ana.pk).exists()


# --- The hub ---


def test_a_code_is_said_once_and_pairs_one_hub(office, centre, settings):
    page = office.post(at(centre, "hub/"), {"name": "Centro El Alto"})
    [code] = CODE.findall(page.content.decode())
    assert page.headers["Cache-Control"].startswith("no-store")
    assert f"<pre>sudo trenza hub pair {settings.PUBLIC_URL} {code}</pre>" in page.content.decode()
    assert not CODE.findall(office.get(at(centre, "hub/")).content.decode())

    hub = sync.pair(code=code, device=a_person("x").pk, recipient=str(sync.own_identity().to_public())).hub

    assert (hub.name, hub.centre) == ("Centro El Alto", centre.pk)
    assert "Todavía no." in office.get(at(centre, "hub/")).content.decode()
    assert "ya tiene un nodo" in said(office, at(centre, "hub/"), name="Otro")


@pytest.mark.parametrize("role", ["trainer", "auditor"])
def test_a_hub_is_for_who_coordinates(client, centre, role):
    hub = a_hub(centre)
    sign_in(client, staff(role))
    addresses = ["hub/", "hub/traer/", f"hub/{hub.pk}/llevar/", f"hub/{hub.pk}/quitar/", f"hub/{hub.pk}/decidir/"]

    assert {client.post(at(centre, each)).status_code for each in addresses} <= {403, 404, 302}
    assert client.get(at(centre, "hub/")).status_code in (302, 403, 404)
    assert sync.Hub.objects.get().revoked_at is None


def test_a_stolen_hub_loses_its_access(office, centre):
    hub = a_hub(centre)

    assert "ya no tiene acceso" in said(office, at(centre, f"hub/{hub.pk}/quitar/"))

    assert sync.Hub.objects.get().revoked_at is not None
    assert "Nodos anteriores" in office.get(at(centre, "hub/")).content.decode()


def test_an_exam_that_was_handed_in_at_a_hub_waits_to_be_confirmed(office, centre):
    ana = an_enrolment(person=a_person("Ana")).person
    add_members(centre=centre, persons=[ana], by=None)
    hub = a_hub(centre)
    exam = published(exam=True).lessons.get(exam=True)
    event = ExamSubmitted(lesson=exam.pk, answers=sheet(5))
    sent = incoming(event, device=hub.device, sequence=1, happened_at=clock.now(), person=ana.pk, by=ana.pk)
    request = sync.HubRequest(
        v=1, batch=b"12345678", devices=[hub.device.bytes], entries=pack([sent]), upto=1, top=1
    )  # fmt: skip
    sync.answer_hub(hub=hub, request=request)

    page = office.get(at(centre, "hub/")).content.decode()
    assert "Ana" in page
    assert "Un examen que entregó en el centro" in page

    fields = {"person": str(ana.pk), "reason": "to_be_confirmed", "decision": "count"}
    assert "1 cosa ya cuenta" in said(office, at(centre, f"hub/{hub.pk}/decidir/"), **fields)
    assert SetAside.objects.get().state == "taken_in"
    assert "0 cosas ya cuentan" in said(office, at(centre, f"hub/{hub.pk}/decidir/"), **fields)
    assert office.post(at(centre, f"hub/{hub.pk}/decidir/"), {"decision": "count", "person": "x"}).status_code == 404


def test_a_file_goes_there_and_one_comes_back(office, centre):
    hub = a_hub(centre)
    taken = office.post(at(centre, f"hub/{hub.pk}/llevar/"))
    assert (taken.status_code, taken.content[:5]) == (200, b"TRZH1")
    assert 'filename="down.trzh"' in taken.headers["Content-Disposition"]  # as in docs/hub.md

    for content in (b"", b"nothing of ours", taken.content, b"x" * 5_000_001):
        sent = SimpleUploadedFile("up.trzh", content)
        page = office.post(at(centre, "hub/traer/"), {"file": sent}, follow=True).content.decode()
        assert "No cambió nada" in page or "más grande" in page or "vacío" in page
    assert "Recibir el archivo" in page
