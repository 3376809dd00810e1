import json

import pytest

from tests.apps.credentials.examples import a_credential, an_issuing_programme
from tests.cli.test_commands import run
from trenza.apps.credentials.models import IssuerKey, SignedCredential
from trenza.apps.credentials.queries import signed_document

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
