import gzip
from datetime import timedelta
from typing import Any

import pytest
from django.shortcuts import render

from tests.apps.credentials.actions.test_revoking import MISTAKE, somebody_with
from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from trenza.apps.credentials.actions import (
    create_key,
    disclose,
    distrust_key,
    endorse,
    reissue_credential,
    revoke_credential,
    sign_due,
)
from trenza.apps.credentials.codes import PATH, grouped, verification_url
from trenza.apps.credentials.models import Credential, Disclosure, IssuerKey
from trenza.apps.credentials.privacy import erase
from trenza.apps.people.actions import attempts
from trenza.core import clock
from trenza.core.ids import new_secret_code
from trenza.portals.public.views import certificates

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"
    programme = an_issuing_programme()
    for code in ("casa", "norte"):
        create_key(organisation=organisation(code))
    return a_credential(programme)


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

    with django_assert_num_queries(3):  # whether guessing goes on, what the page says, and the credential
        page(client, credential.code)


def test_page_of_a_signed_one_costs_one_more_for_whose_keys_are_trusted(client, signed, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(4):
            page(client, signed.code)


def test_page_in_memory_costs_no_more_than_asking_whether_it_says_the_same(client, signed, django_assert_num_queries):
    asks = {"headers": {"Accept-Encoding": "gzip"}}
    page(client, signed.code, **asks)

    with django_assert_num_queries(2):
        page(client, signed.code, **asks)


def test_page_says_whose_signatures_hold(client, signed):
    endorse(template=signed.template, edition=signed.enrolment.edition, organisation=organisation("norte"), by=None)
    sign_due()
    said = " ".join(page(client, signed.code).content.decode().split())
    assert 'La Casa <span class="tag ok">firma comprobada</span>' in said
    assert 'Academia Norte <span class="tag ok">firma comprobada</span>' in said
    assert f"/certificado/{signed.code}/credencial/" in said

    distrust_key(key=IssuerKey.objects.get(organisation=organisation("norte")))

    said = " ".join(page(client, signed.code).content.decode().split())
    assert 'Academia Norte <span class="tag no">firma que ya no vale</span>' in said


def test_page_comes_from_memory_and_what_is_taken_back_shows_at_the_next_look(client, signed, monkeypatch):
    asks = {"headers": {"Accept-Encoding": "gzip"}}
    first = page(client, signed.code, **asks).content
    rendered = []

    def counted(*args, **more):
        rendered.append(args)
        return render(*args, **more)

    monkeypatch.setattr(certificates, "render", counted)

    again = page(client, signed.code, **asks)
    assert (again.content, again.headers["Content-Encoding"], rendered) == (first, "gzip", [])
    assert again.headers["Cache-Control"] == "no-store"

    revoke_credential(credential=signed, reason=MISTAKE, by=somebody_with("administrator"))
    said = gzip.decompress(page(client, signed.code, **asks).content).decode()
    assert "Este certificado ya no vale" in said
    assert "Rosa" not in said


@pytest.mark.parametrize(
    "change",
    [
        lambda made: distrust_key(key=IssuerKey.objects.get(organisation=organisation("casa"))),
        lambda made: Credential.objects.update(suspended_at=clock.now(), suspended_by=made.person),
        lambda made: Credential.objects.update(valid_until=clock.now() - timedelta(seconds=1)),
        lambda made: disclose(
            credential=made, name=Disclosure.Name.INITIALS, identity=Disclosure.Identity.HASHED, evidence=[],
            evidence_shown=False, listed=False, by=made.person,
        ),
        lambda made: erase(person=made.person_id),
    ],
    ids=["distrusted", "suspended", "expired", "chosen", "erased"],
)  # fmt: skip
def test_whatever_changes_shows_at_the_next_look(client, signed, change):
    asks = {"headers": {"Accept-Encoding": "gzip"}}
    before = page(client, signed.code, **asks).content
    change(signed)

    assert page(client, signed.code, **asks).content != before


def test_suspended_and_expired_say_so_and_what_to_do(client, signed):
    Credential.objects.update(valid_until=clock.now() - timedelta(days=1))
    said = page(client, signed.code).content.decode()
    assert "Este certificado venció" in said
    assert "Vale hasta el" in said

    Credential.objects.update(suspended_at=clock.now(), suspended_by=somebody_with("administrator"))
    said = page(client, signed.code).content.decode()
    assert "Este certificado está suspendido" in said
    assert "auténtico" not in said


def test_superseded_leads_to_nobodys_name(client, signed):
    reissue_credential(credential=signed, reason=Credential.ReissueReason.NAME, by=None, name="Rosa Q.")

    said = page(client, signed.code).content.decode()

    assert "Otro certificado reemplazó a este" in said
    assert "Rosa" not in said
    assert client.get(f"/certificado/{signed.code}/credencial/").status_code == 410


def test_code_as_somebody_types_it_leads_to_the_one_address(client):
    code = Credential.objects.get(pk=a_credential().pk).code
    typed = grouped(code).lower().replace("0", "o").replace("1", "l")

    for path in (f"/certificado/{typed}/", f"/certificado/?codigo=%20{typed.replace('-', '+')}"):
        response = client.get(path)
        assert (response.status_code, response.headers["Location"]) == (302, f"/certificado/{code}/")


def test_link_pasted_into_the_field_leads_to_its_page(client):
    code = a_credential().code

    for pasted in (verification_url(code), f"https://trenza.example/certificado/{grouped(code).lower()}/?de=chat"):
        response = client.get("/certificado/", {"codigo": f" {pasted} "})
        assert (response.status_code, response.headers["Location"]) == (302, f"/certificado/{code}/")
    part = client.get("/certificado/", {"codigo": verification_url(code[:-1])})
    assert "Ese código no está completo" in part.content.decode()


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
