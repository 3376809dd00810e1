"""What machines ask for: a credential, the keys of who signed it, and whether it was taken back."""

import json
from datetime import timedelta

import pytest

from tests.apps.credentials.actions.test_revoking import MISTAKE, somebody_with
from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from trenza.apps.credentials.actions import create_key, distrust_key, revoke_credential
from trenza.apps.credentials.models import SignedCredential
from trenza.apps.credentials.openbadges.keys import read_public
from trenza.apps.credentials.openbadges.verifying import HeldList, Known, Verdict, verify
from trenza.core import clock

pytestmark = pytest.mark.django_db

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"


@pytest.fixture
def credential():
    programme = an_issuing_programme()
    create_key(organisation=organisation("casa"))
    return a_credential(programme)


def path_of(address: str) -> str:
    return address.removeprefix("http://127.0.0.1:8000")


def as_a_stranger(client, document):
    """What somebody finds who has the document and asks our addresses, as the standards say."""
    did = document["issuer"]["id"]
    path = "/" + did.removeprefix("did:web:127.0.0.1%3A8000:").replace(":", "/") + "/did.json"
    issuer = json.loads(client.get(path).content)
    assert issuer["id"] == did
    trusted = set(issuer["assertionMethod"])
    keys = {
        each["id"]: read_public(each["publicKeyMultibase"])
        for each in issuer["verificationMethod"]
        if each["id"] in trusted
    }
    lists = {}
    for each in document["credentialStatus"]:
        address = each["statusListCredential"]
        lists[address] = HeldList(json.loads(client.get(path_of(address)).content), clock.now())
    return verify(document, Known(keys.get, lists.get), now=clock.now() + timedelta(seconds=1))


def test_pages_of_others_may_read_the_credential_and_nothing_more(client, credential):
    page = f"/certificado/{credential.code}/"
    answers = [client.get(page, headers={"accept": "application/json"}), client.get(f"{page}credencial/")]

    assert [each["Access-Control-Allow-Origin"] for each in answers] == ["*", "*"]
    assert not any("Access-Control-Allow-Credentials" in each for each in answers)
    assert "Access-Control-Allow-Origin" not in client.get(page, headers={"accept": BROWSER})


def test_stranger_checks_it_with_nothing_but_our_addresses(client, credential):
    document = json.loads(client.get(f"/certificado/{credential.code}/", headers={"accept": "application/vc"}).content)

    assert document["id"] == f"http://127.0.0.1:8000/certificado/{credential.code}/"
    assert as_a_stranger(client, document).verdict is Verdict.VALID

    revoke_credential(credential=credential, reason=MISTAKE, by=somebody_with("administrator"))

    assert as_a_stranger(client, document).verdict is Verdict.REVOKED


@pytest.mark.parametrize("accept", ["application/vc", "application/ld+json", "text/html;q=0.1, application/json"])
def test_machine_that_says_so_gets_the_document(client, credential, accept):
    answer = client.get(f"/certificado/{credential.code}/", headers={"accept": accept})

    assert answer["Content-Type"] == "application/vc"
    assert answer["Vary"].startswith("Accept")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("accept", ["", "*/*", BROWSER, "text/*", "no es nada", ";;;,"])
def test_everybody_else_gets_the_page(client, credential, accept):
    answer = client.get(f"/certificado/{credential.code}/", headers={"accept": accept})

    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer.status_code == 200


def test_file_has_an_address_of_its_own(client, credential):
    answer = client.get(f"/certificado/{credential.code}/credencial/")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="certificado.json"'
    assert json.loads(answer.content)["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert client.get("/certificado/nada/credencial/").status_code == 404


def test_revoked_is_gone_and_names_nobody(client, credential):
    revoke_credential(credential=credential, reason=MISTAKE, by=somebody_with("administrator"))

    answer = client.get(f"/certificado/{credential.code}/credencial/")

    assert answer.status_code == 410
    assert "Quispe" not in answer.content.decode()


def test_not_signed_yet_is_a_page_that_says_what_it_is(client):
    credential = a_credential(an_issuing_programme())

    answer = client.get(f"/certificado/{credential.code}/credencial/")

    assert answer.status_code == 404
    assert "Rosa Quispe" in answer.content.decode()


def test_distrusted_key_is_shown_and_trusted_no_more(client, credential):
    row = SignedCredential.objects.get().key
    distrust_key(key=row)

    document = json.loads(client.get("/emisores/prueba/casa/did.json").content)

    assert [each["publicKeyMultibase"] for each in document["verificationMethod"]] == [row.public]
    assert document["assertionMethod"] == []


def test_lists_are_for_everybody_and_kept_five_minutes(client, credential):
    row = SignedCredential.objects.get()
    path = f"/estado/{row.status_list_id}/revocation/"

    answer = client.get(path)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer
    assert client.get(path).content == answer.content  # signed once, while it says the same
    assert len(answer.content) < 1_500


@pytest.mark.parametrize(
    "path",
    [
        "/emisores/prueba/nadie/did.json", "/emisores/prueba/norte/did.json", "/emisores/nada/casa/did.json",
        "/estado/00000000-0000-7000-8000-000000000000/revocation/", "/estado/x/revocation/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, credential, path):
    assert client.get(path).status_code == 404


def test_list_of_no_known_purpose_is_not_found(client, credential):
    row = SignedCredential.objects.get()

    assert client.get(f"/estado/{row.status_list_id}/refresh/").status_code == 404
