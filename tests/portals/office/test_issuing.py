"""Issuing in the office: endorsing, suspending, correcting a name, issuing to many, the keys."""

import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.apps.credentials.actions.test_running import other_words
from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from tests.portals.office.people import sign_in, staff
from trenza.apps.credentials.api import Credential, IssuingRun, add_key, create_key, did_of
from trenza.apps.credentials.models import Endorsement, EndorsementRefusal
from trenza.apps.credentials.openbadges import keys, proofs
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"


@pytest.fixture
def credential() -> Credential:
    programme = an_issuing_programme()
    create_key(organisation=organisation("casa"))
    return a_credential(programme)


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def asked(credential: Credential, more: str = "") -> str:
    edition = credential.enrolment.edition_id
    return f"/oficina/avales/{organisation('norte').pk}/{credential.wording_id}/{edition}/{more}"


def speaker() -> Any:
    return staff("endorser", scope_kind="organisation", scope=organisation("norte").pk)


def test_endorser_reads_the_words_and_a_number_and_no_name_and_signs_once(client: Client, credential: Credential):
    create_key(organisation=organisation("norte"))
    sign_in(client, speaker())

    assert "1 certificado espera el aval" in client.get("/oficina/").content.decode()
    listed, page = client.get("/oficina/avales/"), client.get(asked(credential))
    for body in (listed.content.decode(), page.content.decode()):
        assert "Primeros pasos" in body
        assert credential.name not in body
    assert "Aprendió lo básico." in page.content.decode()
    done = client.post(asked(credential), follow=True)
    again = client.post(asked(credential), follow=True)

    assert said(done) == ["Firmado: Academia Norte avala «Primeros pasos»."]
    assert said(again) == ["La organización ya avala esto. No se cambió nada."]
    assert Endorsement.objects.count() == 1


def test_organiser_sees_which_endorsement_is_missing_and_why_it_was_refused(client: Client, credential: Credential):
    sign_in(client, speaker())
    unsaid = client.post(asked(credential, "no/"), {"reason": ""})
    client.post(asked(credential, "no/"), {"reason": "Falta una habilidad."})

    assert unsaid.context["refuse"].errors.keys() == {"reason"}
    assert EndorsementRefusal.objects.get().reason == "Falta una habilidad."
    sign_in(client, staff("coordinator"))
    body = client.get("/oficina/emision/avales/").content.decode()
    assert "Falta 1 aval." in body
    assert "Falta una habilidad." in body


def signed(client: Client, credential: Credential, **changes: Any) -> SimpleUploadedFile:
    """The document as the page gives it, signed with a key that Academia Norte keeps itself."""
    private = Ed25519PrivateKey.generate()
    public = keys.write_public(private.public_key())
    row = add_key(organisation=organisation("norte"), public=public)
    document = json.loads(client.get(asked(credential, "documento/")).content) | changes
    key = keys.SigningKey(f"{did_of(organisation('norte'))}#{row.name}", private)
    return SimpleUploadedFile("aval.json", json.dumps(proofs.sign(document, key, at=clock.now())).encode())


def test_file_that_is_downloaded_and_signed_elsewhere_is_brought_back(client: Client, credential: Credential):
    sign_in(client, speaker())

    done = client.post(asked(credential, "archivo/"), {"file": signed(client, credential)}, follow=True)

    assert said(done) == ["La firma es de Academia Norte, y avala «Primeros pasos»."]
    assert Endorsement.objects.get().signed_by is None


def test_file_that_says_something_else_is_told_where(client: Client, credential: Credential):
    sign_in(client, speaker())

    done = client.post(
        asked(credential, "archivo/"), {"file": signed(client, credential, name="Otra cosa")}, follow=True
    )

    [sentence] = said(done)
    assert "es distinto en name." in sentence
    assert Endorsement.objects.count() == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"no", b"[]", b"{" * 70_000, b'{"a": 1, "a": 2}', b"\xff\xfe", b"{}", b'{"proof": [[]], "name": {}}'],
)
def test_no_file_breaks_the_page(client: Client, credential: Credential, content: bytes):
    sign_in(client, speaker())

    answer = client.post(asked(credential, "archivo/"), {"file": SimpleUploadedFile("a.json", content)}, follow=True)

    assert answer.status_code == 200
    assert answer.context["upload"].errors or said(answer)
    assert Endorsement.objects.count() == 0


def test_administrator_signs_in_nobodys_name(client: Client, credential: Credential):
    create_key(organisation=organisation("norte"))
    sign_in(client, staff("administrator"))

    assert "No hablas por ninguna organización" in client.get("/oficina/avales/").content.decode()
    assert client.post(asked(credential)).status_code == 404
    assert Endorsement.objects.count() == 0


def test_certificate_is_suspended_with_a_reason_and_lifted(client: Client, credential: Credential):
    sign_in(client, staff("administrator"))
    page = f"/oficina/certificados/{credential.pk}/"

    unsaid = client.post(f"{page}suspender/", {"reason": "whim"})
    done = client.post(f"{page}suspender/", {"reason": "doubt"}, follow=True)

    assert unsaid.context["form"].errors.keys() == {"reason"}
    assert said(done) == ["El certificado está suspendido, y su página lo dice."]
    body = client.get(page).content.decode()
    assert "Alguien lo pone en duda" in body
    assert "Se suspendió el certificado «Primeros pasos»: alguien lo pone en duda y se está revisando." in body
    assert said(client.post(f"{page}levantar/", follow=True)) == ["El certificado vale otra vez, y su página lo dice."]
    credential.refresh_from_db()
    assert credential.state is Credential.State.VALID


def test_name_is_corrected_and_both_certificates_lead_to_each_other(client: Client, credential: Credential):
    sign_in(client, staff("coordinator"))
    address = f"/oficina/certificados/{credential.pk}/nombre/"

    same = client.post(address, {"name": credential.name})
    unprintable = client.post(address, {"name": "Ana 𓀀"})
    client.post(address, {"name": "Ana Paz"})

    new = Credential.objects.get(name="Ana Paz")
    assert [list(each.context["form"].errors) for each in (same, unprintable)] == [["name"], ["name"]]
    assert "𓀀" in str(unprintable.context["form"].errors)
    assert f"/oficina/certificados/{new.pk}/" in client.get(f"/oficina/certificados/{credential.pk}/").content.decode()
    assert f"/oficina/certificados/{credential.pk}/" in client.get(f"/oficina/certificados/{new.pk}/").content.decode()
    assert client.post(address, {"name": "Eva Paz"}).context["form"].errors  # it holds no more


def test_words_of_before_are_shown_beside_those_of_now_and_issued_anew(client: Client, credential: Credential):
    template = other_words(credential.template.programme)
    sign_in(client, staff("coordinator"))
    page = f"/oficina/emision/plantillas/{template.pk}/"

    body = client.get(page).content.decode()
    assert "1 certificado todavía dice las palabras de antes" in body
    assert "Aprendió lo básico, y más." in body
    assert credential.name in body
    answer = client.post(f"{page}emitir/", {"kind": "words"})
    work_until_done()

    run = IssuingRun.objects.get()
    assert answer["Location"] == f"/oficina/emision/trabajos/{run.pk}/"
    shown = client.get(answer["Location"])
    assert (run.state, shown.context["state"]) == ("done", "Terminada")
    assert "http-equiv" not in shown.content.decode()
    again = client.post(f"{page}emitir/", {"kind": "words"}, follow=True)
    assert said(again) == ["No hay nada que emitir: a nadie le falta un certificado y ninguno espera."]


def test_run_that_does_not_move_says_what_to_do_and_is_stopped_and_gone_on_with(client: Client, credential: Credential):
    credential.template.programme.editions.first()
    Credential.objects.filter(pk=credential.pk).update(superseded_at=None)
    other_words(credential.template.programme)
    sign_in(client, staff("coordinator"))
    client.post("/oficina/emision/trabajos/nuevo/", {"kind": "words", "place": str(credential.template.programme_id)})
    run = IssuingRun.objects.get()
    page = f"/oficina/emision/trabajos/{run.pk}/"
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in client.get(page).content.decode()
    IssuingRun.objects.update(moved_at=clock.now() - timedelta(minutes=5))
    assert "No avanza desde hace unos minutos" in client.get(page).content.decode()

    assert said(client.post(f"{page}parar/", follow=True)) == ["Se detuvo. Lo que se emitió se queda."]
    assert said(client.post(f"{page}seguir/", follow=True)) == ["Sigue en marcha."]
    work_until_done()
    run.refresh_from_db()
    assert (run.state, run.done) == ("done", 1)


def test_administrator_sees_keys_and_that_certificates_wait_for_one(client: Client, credential: Credential, settings):
    sign_in(client, staff("administrator"))
    assert "no se puede" not in client.get("/oficina/").content.decode()
    for path in settings.KEYS_ROOT.glob("*.pem"):
        path.write_bytes(b"no key")
    credential.signed.delete()

    assert "1 certificado de Prueba no se puede firmar" in client.get("/oficina/").content.decode()
    body = client.get("/oficina/emision/llaves/").content.decode()
    assert "Aquí, y no se puede leer" in body
    assert "la llave de La Casa está aquí y no se puede leer" in body
