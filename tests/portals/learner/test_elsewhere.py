"""She hands in a certificate of a course elsewhere, without JavaScript, and reads what became of it."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.apps.credentials.elsewhere import PDF, a_badge, a_coordinator, a_course, a_learner, another_learner, trusted
from trenza.apps.credentials.actions import confirm_external, refuse_external
from trenza.apps.credentials.models import ExternalCredential
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, RequirementMet
from trenza.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


def signed_in(person: Person) -> Client:
    account = person.accounts.first() or person.accounts.create(
        email=f"{person.pk}@ejemplo.org", created_at=clock.now()
    )
    client = Client()
    client.force_login(account)
    return client


def address(enrolment: Enrolment) -> str:
    return reverse("elsewhere", args=[enrolment.pk])


def send(client: Client, enrolment: Enrolment, content: bytes = PDF, **more: Any) -> Any:
    sent = {"course": "conecta", "file": SimpleUploadedFile("mi certificado.pdf", content), **more}
    return client.post(address(enrolment), sent, follow=True)


def test_her_enrolment_leads_there_only_where_a_course_elsewhere_counts():
    hers = a_learner()
    client = signed_in(hers.person)
    page = reverse("enrolment", args=[hers.pk])

    assert address(hers) not in client.get(page).content.decode()
    a_course(hers, url="https://academia.example/c")
    assert address(hers) in client.get(page).content.decode()
    text = client.get(address(hers)).content.decode()
    assert 'href="https://academia.example/c"' in text
    assert "gasta tus datos" in text


def test_she_hands_it_in_and_reads_what_became_of_it_on_her_own_page():
    hers, by = a_learner(), a_coordinator()
    course = a_course(hers)
    client = signed_in(hers.person)
    home = reverse("learner_home")
    client.get(home)  # from memory from now on

    page = send(client, hers)
    assert "El equipo lo está mirando" in page.content.decode()
    assert "El equipo lo está mirando" in client.get(home).content.decode()
    row = ExternalCredential.objects.get()
    refuse_external(external=row, reason="No se lee tu nombre.", by=by)
    assert "Todavía no cuenta." in client.get(home).content.decode()
    assert "El equipo escribió: «No se lee tu nombre.»" in client.get(address(hers)).content.decode()

    send(client, hers, PDF + b"otro")
    confirm_external(external=ExternalCredential.objects.get(state="waiting"), reason="Ahora sí.", by=by)
    assert "El equipo lo miró: el módulo está hecho." in client.get(home).content.decode()
    assert course.name in client.get(address(hers)).content.decode()


def test_badge_of_a_trusted_issuer_counts_at_once():
    hers = a_learner()
    a_course(hers)
    trusted(hers, a_coordinator())

    page = send(signed_in(hers.person), hers, a_badge())

    assert "Su firma digital es buena: el módulo está hecho." in page.content.decode()
    assert RequirementMet.objects.get().enrolment == hers


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "El archivo está vacío."),
        (b"<html>", "Podemos leer un PDF"),
        (b"\x89PNG\r\n\x1a\n", "Podemos leer un PDF"),
        (b"%PDF-" + b"x" * 5 * 1024 * 1024, "más de 5 MB"),
    ],
)
def test_file_that_is_not_taken_gets_a_sentence(content: bytes, words: str):
    hers = a_learner()
    a_course(hers)

    page = send(signed_in(hers.person), hers, content)

    assert (page.status_code, list(ExternalCredential.objects.all())) == (200, [])
    assert words in page.content.decode()


@pytest.mark.parametrize("sent", [{}, {"course": "conecta"}, {"course": "otro"}, {"file": "text"}])
def test_form_that_lacks_something_says_what(sent: dict[str, str]):
    hers = a_learner()
    a_course(hers)

    page = signed_in(hers.person).post(address(hers), sent)

    assert page.status_code == 200
    assert page.context["form"].errors


def test_same_file_twice_gets_a_sentence():
    hers = a_learner()
    a_course(hers)
    client = signed_in(hers.person)
    send(client, hers)

    assert "Ya habías entregado este archivo." in send(client, hers).content.decode()
    assert ExternalCredential.objects.count() == 1


def test_nobody_else_sees_it_or_hands_it_in():
    hers = a_learner()
    a_course(hers)
    send(signed_in(hers.person), hers)
    row = ExternalCredential.objects.get()
    other = signed_in(another_learner(hers, "Eva").person)
    file = reverse("elsewhere_file", args=[row.pk])

    assert [other.get(file).status_code, other.get(address(hers)).status_code] == [404, 404]
    assert send(other, hers).status_code == 404
    assert Client().get(file).status_code == 302
    mine = signed_in(hers.person).get(file)
    assert (mine.status_code, mine.content) == (200, PDF)
    assert mine.headers["Content-Disposition"] == 'attachment; filename="archivo.pdf"'
    assert mine.headers["Content-Type"] == "application/octet-stream"


def test_page_is_light():
    hers = a_learner()
    a_course(hers, url="https://academia.example/c")
    client = signed_in(hers.person)
    send(client, hers)

    assert len(gzip.compress(client.get(address(hers)).content, 9)) <= 14_336
