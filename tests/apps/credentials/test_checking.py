"""What somebody holds in her hand, judged by what is known here, and without asking anybody."""

import json
import socket
from dataclasses import replace

import pytest
from django.conf import settings as django_settings

from tests.apps.credentials.actions.test_revoking import MISTAKE, somebody_with
from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from tests.apps.credentials.extracting.test_files import as_bytes, page, pdf, square
from tests.apps.credentials.openbadges import others
from trenza.apps.credentials.actions import create_key, distrust_key, reissue_credential, revoke_credential
from trenza.apps.credentials.checking import check_file, check_texts
from trenza.apps.credentials.codes import grouped, verification_url
from trenza.apps.credentials.models import Credential, IssuerKey, SignedCredential
from trenza.apps.credentials.openbadges.compact import text_of
from trenza.apps.credentials.openbadges.verifying import Verdict
from trenza.apps.credentials.queries import known_here, signed_document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"


@pytest.fixture
def credential():
    programme = an_issuing_programme()
    create_key(organisation=organisation("casa"))
    return a_credential(programme)


def document_of(credential):
    return json.dumps(signed_document(credential), ensure_ascii=False)


def short_of(credential):
    return text_of(bytes(SignedCredential.objects.get(credential=credential).compact), django_settings.PUBLIC_URL)


def verdicts(*texts):
    return [each.findings.verdict if each.findings else None for each in check_texts(texts, known_here())]


def test_each_form_of_it_leads_to_its_page(credential):
    for text in (document_of(credential), short_of(credential)):
        [found] = check_texts([text], known_here())
        assert found.findings is not None
        assert (found.findings.verdict, found.code) == (Verdict.VALID, credential.code)
        assert found.findings.recipient == "Rosa Quispe"
    for text in (grouped(credential.code).lower(), verification_url(credential.code)):
        [found] = check_texts([text], known_here())
        assert (found.findings, found.code) == (None, credential.code)


def test_both_codes_of_one_paper_are_one_certificate(credential):
    assert verdicts(verification_url(credential.code), short_of(credential)) == [Verdict.VALID]
    assert verdicts(verification_url("0" * 26), short_of(credential)) == [Verdict.VALID, None]


def test_good_one_does_not_make_up_for_a_bad_one(credential):
    altered = document_of(credential).replace("Rosa", "Rita")

    assert verdicts(short_of(credential), altered, '{"n": 1}') == [Verdict.ALTERED, Verdict.VALID]
    assert verdicts("nada", "{}") == [Verdict.UNREADABLE]


def test_revoked_superseded_and_of_a_key_in_other_hands(credential):
    before = document_of(credential), short_of(credential)
    new = reissue_credential(credential=credential, reason=Credential.ReissueReason.NAME, by=None, name="Rosa Q.")
    assert [verdicts(each) for each in before] == [[Verdict.SUPERSEDED]] * 2

    revoke_credential(credential=new, reason=MISTAKE, by=somebody_with("administrator"))
    assert [verdicts(each) for each in before] == [[Verdict.SUPERSEDED]] * 2

    distrust_key(key=IssuerKey.objects.get())
    assert [verdicts(each) for each in before] == [[Verdict.UNKNOWN_ISSUER]] * 2


def test_document_of_others_that_says_that_it_is_ours_is_not(credential):
    document = others.signed()
    document["id"] = verification_url(credential.code)
    known = known_here()
    trusted = others.trusting(others.did_document())
    both = replace(known, method=lambda method: known.method(method) or trusted.method(method))

    [found] = check_texts([json.dumps(document)], both)

    assert found.findings is not None
    assert (found.findings.verdict, found.code) == (Verdict.ALTERED, "")


def test_no_line_is_opened_while_judging(credential, monkeypatch):
    def refuse(*_args):
        pytest.fail("it asked somebody")

    whole = document_of(credential)
    strange = json.dumps(
        {**json.loads(whole), "@context": ["https://www.w3.org/ns/credentials/v2", "https://x.example"]}
    )
    photo = as_bytes(page(square(short_of(credential), 400)))
    known = known_here()
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    texts = whole, strange, others.token(), json.dumps(others.signed())
    for data in (*map(str.encode, texts), pdf(whole), photo):
        assert check_file(data, known)
