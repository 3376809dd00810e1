import io
import subprocess
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from pypdf import PdfReader

from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from trenza.apps.credentials import keyring, pdfs
from trenza.apps.credentials.actions import create_key, distrust_key, sign_credentials
from trenza.apps.credentials.certificate.render import render_certificate
from trenza.apps.credentials.codes import grouped
from trenza.apps.credentials.errors import NameNotPrintable, NothingToPrint
from trenza.apps.credentials.models import Credential, IssuerKey, SignedCredential
from trenza.apps.credentials.openbadges import compact
from trenza.apps.credentials.openbadges.reading import read_document
from trenza.apps.credentials.openbadges.verifying import Verdict, verify
from trenza.apps.credentials.pdfs import certificate_data, pdf_of
from trenza.apps.credentials.privacy import erase, export
from trenza.apps.credentials.queries import known_here, signed_document
from trenza.core import clock

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

    kept = export(credential.person_id)

    assert (kept["from_elsewhere"], kept["gradebooks"]) == ([], [])
    assert kept["certificates"] == [
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


@pytest.fixture
def signed(settings, tmp_path: Path) -> Credential:
    settings.KEYS_ROOT = tmp_path / "keys"
    programme = an_issuing_programme()
    create_key(organisation=organisation("casa"))
    return a_credential(programme)


def attached(pdf: bytes) -> dict[str, Any]:
    [content] = PdfReader(io.BytesIO(pdf)).attachments["credencial.json"]
    return read_document(content)


def test_signed_credential_is_within_and_judged_valid_from_there(signed):
    pdf = pdf_of(signed)

    assert attached(pdf) == signed_document(signed)
    assert verify(attached(pdf), known_here(), now=clock.now()).verdict is Verdict.VALID
    said = compact.read(compact.bytes_of(certificate_data(signed).offline))
    assert said.compact.code == signed.code
    assert keyring.public_key_of(attached(pdf)["proof"][0]["verificationMethod"])


def test_what_is_signed_anew_is_another_pdf(signed, private):
    first = pdf_of(signed)
    create_key(organisation=organisation("casa"))
    SignedCredential.objects.update(stale_since=clock.now())
    sign_credentials([signed.pk])

    second = pdf_of(signed)

    assert attached(second)["proof"] != attached(first)["proof"]
    assert len(list(private.rglob("*.pdf"))) == 2


def test_what_says_another_name_than_the_page_is_left_out_until_it_is_signed_anew(signed):
    corrected = renamed(signed, "Rosa Mamani")

    assert (certificate_data(corrected).document, certificate_data(corrected).offline) == ("", "")

    SignedCredential.objects.update(stale_since=clock.now())
    sign_credentials([signed.pk])
    assert attached(pdf_of(corrected)) == signed_document(signed)


def test_what_a_distrusted_key_signed_is_left_out(signed):
    distrust_key(key=IssuerKey.objects.get())

    assert (certificate_data(signed).document, certificate_data(signed).offline) == ("", "")
    assert PdfReader(io.BytesIO(pdf_of(signed))).attachments == {}


def test_another_version_of_the_program_sets_it_anew(signed, private, monkeypatch):
    pdf_of(signed)
    monkeypatch.setattr(pdfs, "_setter", lambda: b"another")

    pdf_of(signed)

    assert len(list(private.rglob("*.pdf"))) == 2


def test_its_data_are_one_query_where_there_are_no_logos(signed, django_assert_num_queries):
    found = Credential.objects.select_related("wording", "person", "enrolment__edition").get(pk=signed.pk)

    with django_assert_num_queries(1):
        certificate_data(found)
