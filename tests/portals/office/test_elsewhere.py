"""Certificates of courses elsewhere in the office: the list, a decision with a reason, issuers that are trusted."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.apps.credentials import elsewhere
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.credentials import external_files
from trenza.apps.credentials.api import ExternalCredential, TrustedIssuer, add_external
from trenza.apps.people.api import grant_role
from trenza.apps.programmes.api import Enrolment, ExternalCourse, RequirementMet
from trenza.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


def a_course(enrolment: Enrolment) -> ExternalCourse:
    module = enrolment.track.modules.get(code="uno")
    return ExternalCourse.objects.create(module=module, code="x", name="Get Connected", provider="Academia Norte")


def handed_in(content: bytes = elsewhere.PDF) -> tuple[scene.Scene, ExternalCredential]:
    world = scene.enrolments()
    [hers] = world.here
    return world, add_external(enrolment=hers, course=a_course(hers), content=content, by=hers.person)


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_who_coordinates_decides_with_a_reason_that_is_written_down(client: Client):
    world, row = handed_in()
    sign_in(client, world.coordinator)
    page = f"/oficina/otros-certificados/{row.pk}/"

    body = client.get(page).content.decode()
    assert "El archivo no tiene una firma digital que podamos leer." in body
    for unsaid in ({}, {"decision": "confirm"}, {"decision": "confirm", "reason": "No"}, {"reason": "Lo vi."}):
        assert client.post(f"{page}decidir/", unsaid).context["form"].errors
    answer = client.post(f"{page}decidir/", {"decision": "confirm", "reason": "Lo vi con ella."}, follow=True)

    assert said(answer) == ["Cuenta: alguien lo confirmó"]
    assert RequirementMet.objects.get().evidence == row.pk
    again = client.post(f"{page}decidir/", {"decision": "refuse", "reason": "Otra cosa."}, follow=True)
    assert said(again) == ["Mientras tanto alguien ya decidió. No cambió nada."]
    history = client.get(f"/oficina/inscripciones/{row.enrolment_id}/").content.decode()
    assert "Su certificado de otro lugar cuenta para «Uno»." in history
    assert "Lo vi con ella." in client.get(page).content.decode()


def test_file_is_downloaded_and_never_shown(client: Client):
    world, row = handed_in(b"%PDF-<script>alert(1)</script>")
    sign_in(client, world.coordinator)

    answer = client.get(f"/oficina/otros-certificados/{row.pk}/archivo/")

    assert answer.content == b"%PDF-<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    ExternalCredential.objects.update(has_file=False)
    external_files.forget([row.pk])
    assert client.get(f"/oficina/otros-certificados/{row.pk}/archivo/").status_code == 404


def test_words_of_a_badge_are_text_in_the_page(client: Client):
    world, row = handed_in(elsewhere.a_badge("<b>Otra</b>", "<script>alert(1)</script>"))
    sign_in(client, world.coordinator)

    body = client.get(f"/oficina/otros-certificados/{row.pk}/").content.decode()

    assert "Lo firmó alguien en quien este programa todavía no confía." in body
    assert "<script>alert(1)" not in body


def test_nobody_decides_about_her_own(client: Client):
    _world, row = handed_in()
    grant_role(person=row.person, role="coordinator", scope_kind="all", scope=None, by=None)
    account = row.person.accounts.first() or row.person.accounts.create(email="j@ejemplo.bo", created_at=clock.now())
    client.force_login(account)
    page = f"/oficina/otros-certificados/{row.pk}/"

    assert "decide otra persona" in client.get(page).content.decode()
    assert client.post(f"{page}decidir/", {"decision": "confirm", "reason": "Es mío."}).status_code == 404


@pytest.mark.parametrize("role", ["auditor", "trainer", "administrator"])
def test_who_decides_is_who_coordinates(client: Client, role: str):
    _world, row = handed_in()
    sign_in(client, staff(role))

    answer = client.post(f"/oficina/otros-certificados/{row.pk}/decidir/", {"decision": "confirm", "reason": "Lo vi."})

    assert (answer.status_code == 302) == (role == "administrator")


def test_trainer_hands_one_in_for_her(client: Client):
    world = scene.enrolments()
    [hers] = world.here
    course = a_course(hers)
    sign_in(client, staff("trainer"))
    address = f"/oficina/inscripciones/{hers.pk}/otro-certificado/"
    assert address in client.get(f"/oficina/inscripciones/{hers.pk}/").content.decode()

    for content, words in [(b"MZ", "No es un PDF"), (b"", "vacío")]:
        sent = {"course": course.pk, "file": SimpleUploadedFile("a.pdf", content)}
        assert words in client.post(address, sent).content.decode()
    sent = {"course": course.pk, "file": SimpleUploadedFile("a.exe", elsewhere.PDF)}
    answer = client.post(address, sent, follow=True)

    assert said(answer) == ["Espera a que alguien lo mire"]
    row = ExternalCredential.objects.get()
    assert (row.kind, row.added_by.given_name) == ("pdf", "Ximena")
    again = client.post(address, {"course": course.pk, "file": SimpleUploadedFile("b.pdf", elsewhere.PDF)})
    assert "Este archivo ya se había entregado" in again.content.decode()


def test_list_is_that_of_the_scope_and_asks_as_much_for_three_as_for_one(
    client: Client, django_assert_num_queries: Any
):
    world, row = handed_in()
    sign_in(client, staff("coordinator"))
    client.get("/oficina/otros-certificados/")
    with CaptureQueriesContext(connection) as one:
        client.get("/oficina/otros-certificados/")
    for n in (11, 12):
        other = scene.an_enrolment(world.call, n)
        add_external(enrolment=other, course=row.course, content=elsewhere.PDF, by=other.person)
    with django_assert_num_queries(len(one.captured_queries)):
        listed = client.get("/oficina/otros-certificados/?state=waiting")
    assert len(listed.context["object_list"]) == 3
    sign_in(client, scene.coordinator_of(world.call, "oruro"))
    assert list(client.get("/oficina/otros-certificados/").context["object_list"]) == []
    page = client.get(f"/oficina/otros-certificados/{row.pk}/")
    assert page.status_code == 404


def test_same_file_of_two_women_is_told(client: Client):
    world, row = handed_in()
    other = scene.an_enrolment(world.call, 11)
    add_external(enrolment=other, course=row.course, content=elsewhere.PDF, by=other.person)
    sign_in(client, world.coordinator)

    body = client.get(f"/oficina/otros-certificados/{row.pk}/").content.decode()
    assert "1 persona más entregó exactamente el mismo archivo." in body


def test_issuer_is_trusted_by_its_document_and_no_longer(client: Client):
    world = scene.enrolments()
    [hers] = world.here
    sign_in(client, staff("administrator"))
    address = f"/oficina/programas/{world.call.programme_id}/emisores/"

    for content in (b"{}", b"\xff", b'{"id": "did:web:x"}'):
        sent = {"name": "Academia", "document": SimpleUploadedFile("did.json", content)}
        assert "No es un documento DID" in client.post(address, sent).content.decode()
    sent = {"name": "Academia Norte", "document": SimpleUploadedFile("did.json", elsewhere.did_document())}
    answer = client.post(address, sent, follow=True)
    assert said(answer) == ["Desde ahora se cree lo que firma Academia Norte."]

    name = hers.person.name
    row = add_external(enrolment=hers, course=a_course(hers), content=elsewhere.a_badge(name), by=hers.person)
    assert row.state == "verified"
    issuer = TrustedIssuer.objects.get()
    client.post(f"{address}{issuer.pk}/quitar/")
    issuer.refresh_from_db()
    assert issuer.ended_at is not None
    other = scene.other_call()
    assert client.post(f"/oficina/programas/{other.programme_id}/emisores/{issuer.pk}/quitar/").status_code == 404
