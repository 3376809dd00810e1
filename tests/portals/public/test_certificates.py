from typing import Any

import pytest

from tests.apps.credentials.actions.test_revoking import MISTAKE, somebody_with
from tests.apps.credentials.examples import a_credential
from trenza.apps.credentials.actions import revoke_credential
from trenza.apps.credentials.codes import PATH, grouped, verification_url
from trenza.apps.credentials.models import Credential
from trenza.apps.credentials.privacy import erase
from trenza.apps.people.actions import attempts
from trenza.core.ids import new_secret_code

pytestmark = pytest.mark.django_db


def page(client: Any, code: str, **extra: Any) -> Any:
    return client.get(f"/certificado/{code}/", **extra)


def test_page_says_whose_it_is_what_for_and_who_stands_behind_it(client):
    credential = a_credential()

    response = page(client, credential.code)

    text = response.content.decode()
    assert response.status_code == 200
    for words in (
        "Este certificado es auténtico", "Rosa Quispe", "Primeros pasos", "Prueba", "Aprendió lo básico.", "40 horas",
        "Cuidar sus claves", "La Casa", "Academia Norte", grouped(credential.code),
    ):  # fmt: skip
        assert words in text
    assert "DATOS DE DEMOSTRACIÓN" not in text
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response.headers["Cache-Control"] == "no-store"


def test_address_on_the_paper_is_the_address_of_the_page(client):
    credential = a_credential()

    assert verification_url(credential.code) == f"http://127.0.0.1:8000/{PATH}{credential.code}/"
    assert page(client, credential.code).status_code == 200


def test_page_costs_the_same_few_queries(client, django_assert_num_queries):
    credential = a_credential()

    with django_assert_num_queries(2):  # whether guessing goes on, and the credential
        page(client, credential.code)


def test_code_as_somebody_types_it_leads_to_the_one_address(client):
    code = Credential.objects.get(pk=a_credential().pk).code
    typed = grouped(code).lower().replace("0", "o").replace("1", "l")

    for path in (f"/certificado/{typed}/", f"/certificado/?codigo=%20{typed.replace('-', '+')}"):
        response = client.get(path)
        assert (response.status_code, response.headers["Location"]) == (302, f"/certificado/{code}/")


def test_what_is_no_code_is_told_beside_the_field(client):
    response = client.get("/certificado/", {"codigo": "<b>abc"})

    text = response.content.decode()
    assert response.status_code == 200
    assert "Ese código no está completo" in text
    assert 'value="&lt;b&gt;abc"' in text
    assert "Ese código" not in client.get("/certificado/").content.decode()


@pytest.mark.parametrize("code", ["0" * 26, "hola", "%F0%9F%98%80", "a" * 3000, "K7QX%003M9Z"])
def test_unknown_code_gets_a_plain_page_with_help(client, code):
    a_credential()

    response = page(client, code)

    assert response.status_code == 404
    assert "No encontramos este certificado" in response.content.decode()


def test_revoked_certificate_says_so_and_names_nobody(client):
    credential = a_credential()
    revoke_credential(credential=credential, reason=MISTAKE, by=somebody_with("administrator"))

    text = page(client, credential.code).content.decode()

    assert "Este certificado ya no vale" in text
    assert "Rosa" not in text
    assert "auténtico" not in text


def test_erased_name_is_told_and_the_certificate_holds(client):
    credential = a_credential()
    erase(person=credential.person_id)

    text = page(client, credential.code).content.decode()

    assert "Este certificado es auténtico" in text
    assert "Una persona que nos pidió borrar su nombre" in text
    assert "Rosa" not in text


def test_demonstration_says_so(client):
    credential = a_credential()
    edition = credential.enrolment.edition
    edition.demonstration = True
    edition.save()

    text = page(client, credential.code).content.decode()

    assert "DATOS DE DEMOSTRACIÓN" in text
    assert "nadie se lo ganó" in text


def test_guessing_is_refused_for_a_while_and_stays_so_for_what_is_true(client, monkeypatch):
    credential = a_credential()
    monkeypatch.setattr(attempts, "GUESSES_FROM_A_CONNECTION", (attempts.Limit(3, 3600),))

    assert [page(client, new_secret_code()).status_code for _ in range(5)] == [404, 404, 404, 429, 429]
    assert page(client, credential.code).status_code == 429
    assert page(client, credential.code, REMOTE_ADDR="10.1.2.3").status_code == 200


def test_looking_at_what_is_true_is_never_refused(client):
    credential = a_credential()

    assert {page(client, credential.code).status_code for _ in range(120)} == {200}


def test_page_only_reads(client):
    assert client.post("/certificado/").status_code == 405
