import io

import pytest
from pypdf import PdfReader

from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from tests.apps.programmes.examples import a_person
from tests.cli.test_commands import run
from trenza.apps.credentials.actions import create_key
from trenza.apps.credentials.models import Credential
from trenza.apps.credentials.pdfs import certificate_data, pdf_of
from trenza.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home_of_its_own(settings, tmp_path):
    settings.KEYS_ROOT, settings.PRIVATE_ROOT = tmp_path / "keys", tmp_path / "private"


def names(folder):
    return [
        next(
            name
            for name in ("Ana", "Rosa", "Zoe")
            if name in PdfReader(io.BytesIO(path.read_bytes())).pages[0].extract_text()
        )
        for path in sorted(folder.glob("*.pdf"))
    ]


def test_writes_those_that_hold_in_the_order_of_names(tmp_path):
    programme = an_issuing_programme()
    create_key(organisation=organisation("casa"))
    rosa, zoe, ana = (a_credential(programme, person=a_person(name)) for name in ("Rosa", "Zoe", "Ana"))
    Credential.objects.filter(pk=zoe.pk).update(
        revoked_at=clock.now(), revoked_by=a_person("Eva"), revoked_reason="mistake"
    )

    done = run("credential", "print", "prueba", programme.editions.get().code, tmp_path / "papel")

    assert done.exit_code == 0
    assert "Written: 2" in done.output
    assert names(tmp_path / "papel") == ["Ana", "Rosa"]
    assert (tmp_path / "papel").stat().st_mode & 0o077 == 0
    assert (tmp_path / "papel" / "00002.pdf").read_bytes() == pdf_of(rosa)
    assert certificate_data(ana).offline


def test_says_whose_name_cannot_be_printed_and_goes_on(tmp_path):
    programme = an_issuing_programme()
    first, _second = (a_credential(programme, person=a_person(name)) for name in ("Rosa", "Ana"))
    Credential.objects.filter(pk=first.pk).update(name="罗莎 Quispe")

    done = run("credential", "print", "prueba", programme.editions.get().code, tmp_path)

    assert done.exit_code == 1
    assert str(first.pk) in done.output
    assert "罗莎" not in done.output
    assert names(tmp_path) == ["Ana"]


def test_names_the_editions_that_there_are(tmp_path):
    programme = an_issuing_programme()

    done = run("credential", "print", "prueba", "1999", tmp_path / "papel")

    assert done.exit_code == 1
    assert f"There are: {programme.editions.get().code}." in done.output
    assert not (tmp_path / "papel").exists()
