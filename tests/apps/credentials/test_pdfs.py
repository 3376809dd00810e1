import io
import subprocess
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import pytest
from pypdf import PdfReader

from tests.apps.credentials.examples import a_credential
from trenza.apps.credentials.certificate.render import render_certificate
from trenza.apps.credentials.codes import grouped
from trenza.apps.credentials.errors import NameNotPrintable, NothingToPrint
from trenza.apps.credentials.models import Credential
from trenza.apps.credentials.pdfs import certificate_data, pdf_of
from trenza.apps.credentials.privacy import erase, export

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private(settings, tmp_path: Path) -> Path:
    settings.PRIVATE_ROOT = tmp_path / "private"
    return tmp_path / "private"


def renamed(credential: Credential, name: str) -> Credential:
    Credential.objects.filter(pk=credential.pk).update(name=name)
    return Credential.objects.select_related("wording").get(pk=credential.pk)


def test_pdf_is_what_the_pure_package_sets_and_is_kept_for_the_server_alone(private):
    credential = a_credential()

    pdf = pdf_of(credential)

    assert pdf == render_certificate(certificate_data(credential))
    [kept] = private.rglob("*.pdf")
    assert kept.read_bytes() == pdf
    assert {path.stat().st_mode & 0o077 for path in (private, *private.rglob("*"))} == {0}
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert all(word in text for word in ("Rosa Quispe", "Primeros pasos", "La Casa", "Academia Norte"))
    assert grouped(credential.code) in text.replace("\n", "")


def test_pdf_is_set_once_and_again_where_it_is_missing(private, monkeypatch):
    credential = a_credential()
    run = Mock(side_effect=subprocess.run)
    monkeypatch.setattr(subprocess, "run", run)

    first, second = pdf_of(credential), pdf_of(credential)
    [kept] = private.rglob("*.pdf")
    kept.unlink()

    assert first == second == pdf_of(credential)
    assert run.call_count == 2


def test_what_says_something_else_is_another_file(private):
    credential = a_credential()
    pdf_of(credential)

    assert pdf_of(renamed(credential, "Rosa Mamani")) != pdf_of(renamed(credential, "Rosa Quispe"))
    assert len(list(private.rglob("*.pdf"))) == 2


def test_name_that_no_font_has_is_said_by_its_letters(private):
    credential = renamed(a_credential(), "罗莎 Quispe")

    with pytest.raises(NameNotPrintable) as refused:
        pdf_of(credential)

    assert refused.value.letters == "罗莎"
    assert "罗" not in str(refused.value)
    assert list(private.rglob("*.pdf")) == []


def test_erasing_takes_her_name_and_the_pdf_and_leaves_that_it_was_issued(private):
    credential = a_credential()
    pdf_of(credential)

    erase(person=credential.person_id)

    assert list(private.rglob("*.pdf")) == []
    erased = Credential.objects.get()
    assert (erased.name, erased.is_valid) == ("", True)
    with pytest.raises(NothingToPrint):
        pdf_of(erased)


def test_export_gives_her_all_that_is_kept():
    credential = a_credential()

    assert export(credential.person_id) == [
        {
            "title": "Primeros pasos",
            "programme": "Prueba",
            "name": "Rosa Quispe",
            "issued_at": credential.issued_at,
            "revoked_at": None,
            "superseded_at": None,
            "open_badge": None,
            "verification": f"http://127.0.0.1:8000/certificado/{credential.code}/",
            "shown": {
                "name": "full",
                "identity": "plain",
                "evidence": [],
                "evidence_shown": False,
                "listed": False,
            },
            "public_page": None,
        }
    ]


def test_demonstration_is_printed_on_what_nobody_earned():
    credential = a_credential()
    credential.enrolment.edition.demonstration = True

    assert certificate_data(credential).demonstration
    assert certificate_data(credential).issued_on == credential.issued_at.date() != date(1, 1, 1)
