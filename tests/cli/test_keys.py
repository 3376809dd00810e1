import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.apps.credentials.examples import a_credential, an_issuing_programme
from tests.cli.test_commands import run
from trenza.apps.credentials.models import IssuerKey, SignedCredential
from trenza.apps.credentials.openbadges.keys import did_document, write_public
from trenza.apps.credentials.queries import signed_document
from trenza.cli.doctor import services
from trenza.cli.doctor.finding import State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"


@pytest.fixture
def file(tmp_path):
    programme = an_issuing_programme()
    run("keys", "create", "prueba", "casa")
    path = tmp_path / "credencial.json"
    path.write_text(json.dumps(signed_document(a_credential(programme))))
    return path


def test_makes_a_key_says_where_it_lies_and_lists_it():
    an_issuing_programme()

    made = run("keys", "create", "prueba", "casa")
    listed = run("keys", "list")

    name = IssuerKey.objects.get().name
    assert made.exit_code == 0
    assert f"did:web:127.0.0.1%3A8000:emisores:prueba:casa#{name}" in made.output
    assert f"keys/prueba.casa.{name}.pem" in made.output.replace("\n", "")
    assert "signs, here" in listed.output


def test_names_the_organisations_that_there_are():
    an_issuing_programme()

    answer = run("keys", "create", "prueba", "nadie")

    assert answer.exit_code == 1
    assert "There are: casa, norte." in answer.output


def test_distrusts_a_key_by_its_name(file):
    row = IssuerKey.objects.get()

    unknown = run("keys", "distrust", "--yes", "did:web:other#x")
    done = run("keys", "distrust", "--yes", f"did:web:127.0.0.1%3A8000:emisores:prueba:casa#{row.name}")

    assert (unknown.exit_code, done.exit_code) == (1, 0)
    assert "To be signed anew: 1 credentials" in done.output
    assert SignedCredential.objects.get().stale_since is not None
    assert run("credential", "verify", file).exit_code == 2


def test_judges_a_file(file, tmp_path):
    valid = run("credential", "verify", file)
    altered = tmp_path / "otra.json"
    altered.write_text(file.read_text().replace("Quispe", "Mamani"))
    nothing = tmp_path / "nada.json"
    nothing.write_bytes(b"\xff\x00")

    assert valid.exit_code == 0
    assert "Verdict:   valid" in valid.output
    assert "Issuer:    La Casa (did:web:127.0.0.1%3A8000:emisores:prueba:casa)" in valid.output
    assert run("credential", "verify", altered).exit_code == 1
    assert "altered" in run("credential", "verify", altered).output
    assert "unreadable" in run("credential", "verify", nothing).output


def test_registers_the_public_half_of_a_key_that_signs_elsewhere(tmp_path):
    an_issuing_programme()
    public = write_public(Ed25519PrivateKey.generate().public_key())
    did = "did:web:norte.example"
    path = tmp_path / "did.json"
    path.write_text(json.dumps(did_document(did, {"uno": public}, ["uno"])))
    nobody, several = tmp_path / "nobody.json", tmp_path / "several.json"
    nobody.write_text(json.dumps(did_document(did, {"uno": public}, [])))
    other = write_public(Ed25519PrivateKey.generate().public_key())
    several.write_text(json.dumps(did_document(did, {"uno": public, "dos": other}, ["uno", "dos"])))

    refused = [run("keys", "add", "prueba", "norte", str(each)) for each in (nobody, several, "z6Mkno")]
    added = run("keys", "add", "prueba", "norte", str(path))
    again = run("keys", "add", "prueba", "norte", public)

    assert [each.exit_code for each in (*refused, added, again)] == [1, 1, 1, 0, 1]
    assert f"emisores:prueba:norte#{public[-8:]}" in added.output
    assert "signs, not here" in run("keys", "list").output


def test_says_who_waits_for_a_key():
    a_credential(an_issuing_programme())

    assert (
        "prueba: 1 credentials wait for a signature, for its organiser has no key here." in run("keys", "list").output
    )
    assert services.keys().state is State.WARNING


def test_says_that_a_key_cannot_be_read(file):
    SignedCredential.objects.all().delete()
    for path in file.parent.glob("keys/*.pem"):
        path.write_bytes(b"no key")

    assert "for its key cannot be read." in run("keys", "list").output
    assert services.keys().state is State.WRONG
