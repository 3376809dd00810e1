"""Anybody checks a certificate of anybody: what the server judges, and what it says of what cannot be judged."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.credentials.actions.test_revoking import MISTAKE, somebody_with
from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from tests.apps.credentials.extracting.test_files import as_bytes, page, pdf, square
from tests.apps.credentials.openbadges import others
from tests.apps.credentials.test_checking import document_of, short_of
from trenza.apps.admissions.api import Call
from trenza.apps.credentials.actions import create_key, distrust_key, endorse, revoke_credential, sign_due
from trenza.apps.credentials.codes import grouped, verification_url
from trenza.apps.credentials.models import Credential, CredentialTemplate, IssuerKey, StatusList
from trenza.apps.credentials.openbadges.baking import bake
from trenza.apps.credentials.openbadges.compact import kid_of
from trenza.apps.credentials.openbadges.keys import read_public
from trenza.apps.people.actions import attempts
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition
from trenza.core import clock
from trenza.portals.field import apart, modules
from trenza.portals.public.verdicts import TROUBLES, VERDICTS

pytestmark = pytest.mark.django_db

ON_THE_WIRE = 14_336


@pytest.fixture
def credential(settings: Any, tmp_path: Any) -> Credential:
    settings.KEYS_ROOT = tmp_path / "keys"
    programme = an_issuing_programme()
    for code in ("casa", "norte"):
        create_key(organisation=organisation(code))
    made = a_credential(programme)
    endorse(template=made.template, edition=made.enrolment.edition, organisation=organisation("norte"), by=None)
    sign_due()
    return made


def send(client: Any, content: bytes, field: str = "archivo") -> Any:
    return client.post("/verificar/", {field: SimpleUploadedFile("x", content)})


def said(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_page_is_light_and_the_same_for_everybody(client):
    response = client.get("/verificar/", headers={"Accept-Encoding": "gzip"})
    heads = sum(len(f"{name}: {value}\r\n") for name, value in response.headers.items())

    assert len(response.content) + heads <= ON_THE_WIRE
    assert "Set-Cookie" not in response.headers
    assert gzip.decompress(response.content) == client.get("/V/").content == client.get("/v/").content
    assert client.get("/verificar/", headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert all(f'id="v-{name}"' in client.get("/V/").content.decode() for name in VERDICTS)


def test_modules_of_the_page_are_its_own(client):
    text = client.get("/verificar/").content.decode()

    for name, source in apart.sources().items():
        assert apart.address(name) in text
        response = client.get(apart.address(name), headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(response.content).decode() == source
        assert name not in modules.sources()  # no other phone pays for them
    assert sum(len(apart.packed(name)) for name in apart.sources()) <= 28_672
    assert client.get("/app/aparte/000000000000/compact.js").status_code == 404
    assert client.get(f"/app/aparte/{apart.version()}/nada.js").status_code == 404


def test_what_a_phone_keeps_is_public_and_says_which_keys_are_trusted(client, credential):
    distrust_key(key=IssuerKey.objects.get(organisation=organisation("norte")))

    response = client.get("/verificar/llaves.json")
    found = json.loads(response.content)

    assert (found["v"], response["Cache-Control"]) == (1, "public, max-age=300")
    assert {each["organisation"]: each["trusted"] for each in found["keys"]} == {
        "La Casa": True,
        "Academia Norte": False,
    }
    kids = {kid_of(read_public(row.public)).hex() for row in IssuerKey.objects.all()}
    assert {each["kid"] for each in found["keys"]} == kids
    listed = StatusList.objects.get()
    [entry] = found["lists"]
    assert entry["id"] == str(listed.pk)
    assert [client.get(entry[purpose]).status_code for purpose in ("revocation", "suspension")] == [200, 200]


def test_each_form_of_it_is_judged(client, credential):
    whole = document_of(credential)
    photo = as_bytes(page(square(short_of(credential), 400), square(verification_url(credential.code), 200)))

    for content in (whole.encode(), pdf(whole), photo):
        text = said(send(client, content, "foto" if content is photo else "archivo"))
        for words in ("Este certificado es auténtico", "Rosa Quispe", "Primeros pasos", "La Casa", "de 2026"):
            assert words in text
        assert f"/certificado/{credential.code}/" in text
        if content is not photo:
            assert 'Academia Norte <span class="tag ok">firma comprobada</span>' in text


def test_code_leads_to_its_page(client, credential):
    for typed in (grouped(credential.code).lower(), verification_url(credential.code)):
        response = client.post("/verificar/", {"codigo": typed})
        assert (response.status_code, response["Location"]) == (302, f"/certificado/{credential.code}/")


def test_days_are_those_of_its_page_and_of_others_those_of_utc(client, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"
    programme = an_issuing_programme()
    CredentialTemplate.objects.update(valid_months=12)
    Call.objects.create(
        programme=programme, edition=programme.editions.get(), track=programme.tracks.get(), code="abierta",
        admission="open", time_zone="America/La_Paz", opens_at=clock.now(), closes_at=clock.now(),
    )  # fmt: skip
    create_key(organisation=organisation("casa"))
    with clock.travel(datetime(2026, 3, 10, 2, tzinfo=UTC)):  # in La Paz it is the evening before
        made = a_credential(programme)
    whole, short = document_of(made), short_of(made)
    assert "2026-03-10T02:00:00Z" in whole

    page_of_it = said(client.get(f"/certificado/{made.code}/"))
    assert "Entregado el 9 de marzo de 2026" in page_of_it
    assert "Vale hasta el 9 de marzo de 2027" in page_of_it
    for content in (whole.encode(), pdf(whole), as_bytes(page(square(short, 400)))):
        text = said(send(client, content))
        assert "<dt>Desde</dt><dd>9 de marzo de 2026</dd>" in text
        assert "<dt>Hasta</dt><dd>9 de marzo de 2027</dd>" in text

    altered = said(send(client, whole.replace("Rosa", "Rita").encode()))
    assert "<dt>Desde</dt><dd>10 de marzo de 2026 (UTC)</dd>" in altered
    assert "<dt>Hasta</dt><dd>10 de marzo de 2027 (UTC)</dd>" in altered
    assert "<dt>Desde</dt><dd>2 de enero de 2026 (UTC)</dd>" in said(send(client, others.token().encode()))
    beyond = whole.replace("2026-03-10T02:00:00Z", "0001-01-01T00:00:00+14:00")
    assert "<dt>Desde</dt>" not in said(send(client, beyond.encode()))

    distrust_key(key=IssuerKey.objects.get())
    of_days = said(client.post("/verificar/", {"codigo": short}))
    assert "<dt>Desde</dt><dd>9 de marzo de 2026</dd>" in of_days


def test_each_form_of_a_demonstration_says_so(client, credential):
    whole, warning = document_of(credential), "Se hizo para mostrar cómo funciona Trenza: nadie se lo ganó."
    photo = square(short_of(credential), 400)
    forms = whole.encode(), pdf(whole), bake(as_bytes(photo), whole.encode()), as_bytes(page(photo))
    assert not any(warning in said(send(client, content)) for content in forms)

    Edition.objects.update(demonstration=True)

    for content in forms:
        text = said(send(client, content))
        assert "Este certificado es auténtico" in text
        assert warning in text
    Edition.objects.update(demonstration=False)
    Person.objects.update(synthetic=True)
    assert warning in said(send(client, forms[0]))
    assert warning not in said(send(client, others.token().encode()))


@pytest.mark.parametrize("address", ["https://trenza.example/certificado/hola/", "/certificado/" + "0" * 25])
def test_link_without_a_whole_code_cannot_be_read(client, address):
    response = client.post("/verificar/", {"codigo": address})

    assert response.status_code == 200
    assert "No podemos leer esto" in said(response)


def test_answer_is_kept_nowhere(client, credential):
    response = client.post("/verificar/", {"codigo": short_of(credential)})

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert "Set-Cookie" not in response.headers


def test_what_holds_no_more_names_nobody(client, credential):
    before = short_of(credential)
    revoke_credential(credential=credential, reason=MISTAKE, by=somebody_with("administrator"))

    text = said(client.post("/verificar/", {"codigo": before}))

    assert "Este certificado fue anulado" in text
    assert "Rosa" not in text


def test_altered_expired_and_unknown(client, credential):
    altered = said(send(client, document_of(credential).replace("Rosa", "Rita").encode()))
    assert "Este certificado fue alterado" in altered
    assert "Dice que lo emitió" in altered
    assert "No conocemos a quien lo emitió" in said(send(client, others.token().encode()))
    alone = json.dumps(others.of_its_own_key())
    assert "Nadie lo cambió desde que se firmó" in said(send(client, alone.encode()))

    Credential.objects.update(valid_until=clock.now() - timedelta(days=1))
    assert "Este certificado es auténtico" in said(send(client, document_of(credential).encode()))  # as it was signed


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x" * 5_300_000, "pesa más de 5 MB"),
        (b"x" * 6_500_000, "pesa más de 5 MB"),
        (b"\xff\xfe", "esto es otra cosa"),
        (pdf("{}", password="x"), "contraseña"),
        (pdf(), "no hay un certificado"),
        (b"%PDF-1.7", "no se puede abrir"),
        (as_bytes(page()), "No encontramos un cuadrado de puntos"),
    ],
)
def test_what_is_bad_gets_a_sentence_and_the_form_again(client, content, words):
    response = send(client, content)

    assert response.status_code == 400
    assert words in said(response)
    assert 'name="archivo"' in said(response)


@pytest.mark.parametrize("data", [{}, {"codigo": ""}, {"codigo": " "}])
def test_nothing_is_said_to_be_nothing(client, data):
    assert "No llegó nada" in said(client.post("/verificar/", data))


@pytest.mark.parametrize(
    "text", ["nada", "{}", "a.b.c", "#", "/V/#AAAA", "{" * 5000, "<script>", "\x00", "é" * 300_000]
)
def test_any_text_has_a_verdict(client, text):
    response = client.post("/verificar/", {"codigo": text})

    assert response.status_code in (200, 400)
    assert "No podemos leer esto" in said(response) or "No llegó nada" in said(response)
    assert "<script>" not in said(response).partition("<main")[2]


def test_each_trouble_has_words():
    assert all(TROUBLES.values())


def test_guessing_is_refused_for_a_while(client, credential, monkeypatch):
    monkeypatch.setattr(attempts, "GUESSES_FROM_A_CONNECTION", (attempts.Limit(3, 3600),))

    found = [client.post("/verificar/", {"codigo": "nada"}).status_code for _ in range(5)]

    assert found == [200, 200, 200, 429, 429]
    assert client.post("/verificar/", {"codigo": short_of(credential)}).status_code == 429
    assert client.get("/verificar/").status_code == 200
