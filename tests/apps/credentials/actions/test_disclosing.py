import hashlib
from typing import Any

import pytest

from tests.apps.credentials.actions.test_revoking import MISTAKE, somebody_with
from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from tests.apps.programmes.examples import a_person
from tests.journal import journal
from trenza.apps.credentials.actions import (
    close_public_page,
    create_key,
    disclose,
    open_public_page,
    reissue_credential,
    revoke_credential,
    sign_credentials,
    signing,
)
from trenza.apps.credentials.disclosed import initials_of, public_evidence_of, public_name_of
from trenza.apps.credentials.errors import HoldsNoMore, NotEvidence
from trenza.apps.credentials.models import Credential, Disclosure
from trenza.apps.credentials.openbadges.documents import Evidence
from trenza.apps.credentials.openbadges.verifying import Verdict, verify
from trenza.apps.credentials.queries import (
    find_credential,
    find_public_page,
    known_here,
    listed_on,
    public_document_of,
    signed_document,
)
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import work_until_done
from trenza.core.privacy import erase_of, export_of

pytestmark = pytest.mark.django_db
FULL, INITIALS = Disclosure.Name.FULL, Disclosure.Name.INITIALS
PLAIN, HASHED = Disclosure.Identity.PLAIN, Disclosure.Identity.HASHED
WORK = Evidence("Mi tienda", "https://ejemplo.org/tienda?de=rosa")


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    settings.KEYS_ROOT, settings.PRIVATE_ROOT = tmp_path / "keys", tmp_path / "private"


@pytest.fixture
def credential():
    programme = an_issuing_programme()
    create_key(organisation=organisation("casa"))
    return a_credential(programme)


def choose(credential, **wanted):
    usual: dict[str, Any] = {"name": FULL, "identity": PLAIN, "evidence": [], "evidence_shown": False, "listed": False}
    return disclose(credential=credential, **(usual | {"by": credential.person} | wanted))


def again(credential):
    found = find_credential(credential.code)
    assert found is not None
    return found


def test_without_a_choice_her_name_is_shown_and_nothing_besides(credential):
    found = again(credential)

    assert (public_name_of(found), public_evidence_of(found)) == (credential.name, [])
    assert not choose(credential)
    assert not Disclosure.objects.exists()
    assert public_document_of(found) == signed_document(found)


def test_initials_leave_no_plain_name_at_the_public_address(credential):
    assert choose(credential, name=INITIALS)

    found = again(credential)
    assert public_name_of(found) == "R. Q." == initials_of("Rosa Quispe")
    assert public_document_of(found) is None  # what was signed before says more
    work_until_done()
    document = public_document_of(again(credential))
    assert document is not None
    assert credential.name not in str(document)
    [identity] = document["credentialSubject"]["identifier"]
    expected = "sha256$" + hashlib.sha256((credential.name + identity["salt"]).encode()).hexdigest()
    assert (identity["hashed"], identity["identityHash"]) == (True, expected)
    assert verify(document, known_here(), now=clock.now()).verdict == Verdict.VALID
    assert journal()[-1] == (
        "credentials.disclosure_changed.v1", credential.person_id, credential.person_id,
        {"credential": str(credential.pk)},
    )  # fmt: skip


def test_hash_has_another_salt_each_time(credential):
    salts = []
    for shown in (True, False):
        choose(credential, identity=HASHED, evidence=[WORK], evidence_shown=shown)
        work_until_done()
        document = signed_document(credential)
        assert document is not None
        salts.append(document["credentialSubject"]["identifier"][0]["salt"])

    assert salts[0] != salts[1]
    assert len(salts[0]) == 32


def test_evidence_is_signed_while_she_agrees_and_gone_once_she_does_not(credential):
    choose(credential, evidence=[WORK])
    work_until_done()
    assert public_evidence_of(again(credential)) == []
    assert "evidence" not in (signed_document(credential) or {})

    choose(credential, evidence=[WORK], evidence_shown=True)
    work_until_done()
    assert public_evidence_of(again(credential)) == [{"name": WORK.name, "url": WORK.url}]
    document = public_document_of(again(credential))
    assert document is not None
    assert document["evidence"] == [{"id": WORK.url, "type": ["Evidence"], "name": WORK.name}]
    assert verify(document, known_here(), now=clock.now()).verdict == Verdict.VALID

    choose(credential, evidence=[WORK])
    assert public_document_of(again(credential)) is None
    work_until_done()
    assert "evidence" not in (public_document_of(again(credential)) or {"evidence": 0})


@pytest.mark.parametrize(
    "evidence",
    [
        [WORK] * 4,
        [Evidence("", WORK.url)],
        [Evidence("a" * 81, WORK.url)],
        [Evidence("Mi\ntienda", WORK.url)],
        [Evidence("Mi tienda", "http://ejemplo.org/")],
        [Evidence("Mi tienda", "https://")],
        [Evidence("Mi tienda", "javascript:alert(1)//https://")],
        [Evidence("Mi tienda", "https://ejemplo.org/\u202eabc")],
        [Evidence("Mi tienda", "https://ejemplo.org/ x")],
        [Evidence("Mi tienda", "https://ejemplo.org/" + "a" * 400)],
    ],
)
def test_evidence_that_is_none_is_refused(credential, evidence):
    with pytest.raises(NotEvidence):
        choose(credential, evidence=evidence, evidence_shown=True)


def test_nobody_else_chooses_and_nothing_that_ended_is_chosen(credential):
    for other in (a_person("Ana"), somebody_with("administrator")):
        with pytest.raises(NotAllowed):
            choose(credential, by=other, name=INITIALS)
    revoke_credential(credential=credential, reason=MISTAKE, by=somebody_with("administrator"))

    with pytest.raises(HoldsNoMore):
        choose(credential, name=INITIALS)
    assert public_name_of(again(credential)) == ""


def test_choice_holds_for_the_credential_in_its_place(credential):
    choose(credential, name=INITIALS, evidence=[WORK], evidence_shown=True, listed=True)
    new = reissue_credential(
        credential=credential, reason=Credential.ReissueReason.NAME, by=credential.person, name="Ana Quispe"
    )
    work_until_done()

    assert (public_name_of(again(credential)), public_evidence_of(again(credential))) == ("", [])
    assert (public_name_of(again(new)), len(public_evidence_of(again(new)))) == ("A. Q.", 1)
    assert "Ana Quispe" not in str(signed_document(new))


@pytest.mark.parametrize("signed_before", [True, False])
def test_what_was_signed_while_she_chose_otherwise_is_not_kept(signed_before, monkeypatch):
    programme = an_issuing_programme()
    if signed_before:
        create_key(organisation=organisation("casa"))
    credential = a_credential(programme)
    if signed_before:
        choose(credential, evidence=[WORK], evidence_shown=True)
    else:
        create_key(organisation=organisation("casa"))
    real = signing._keep

    def meanwhile(**values):
        choose(credential, identity=HASHED)
        return real(**values)

    monkeypatch.setattr(signing, "_keep", meanwhile)
    assert sign_credentials([credential.pk]) == 0
    monkeypatch.setattr(signing, "_keep", real)
    assert sign_credentials([credential.pk]) == 1
    assert credential.name not in str(signed_document(credential))


def test_public_page_is_closed_until_she_opens_it_and_has_another_code_each_time(credential):
    person = credential.person
    choose(credential, listed=True)
    first = open_public_page(person=person, by=person)
    assert open_public_page(person=person, by=person) == first
    assert find_public_page(first.code.lower()) == first
    assert list(listed_on(first)) == [credential]

    choose(credential)
    assert list(listed_on(first)) == []
    assert close_public_page(person=person, by=person)
    assert not close_public_page(person=person, by=person)
    assert find_public_page(first.code) is None
    second = open_public_page(person=person, by=person)
    assert second.code != first.code
    with pytest.raises(NotAllowed):
        open_public_page(person=person, by=a_person("Ana"))
    with pytest.raises(NotAllowed):
        close_public_page(person=person, by=somebody_with("administrator"))


def test_what_she_chose_is_hers_to_read_and_goes_with_her_name(credential):
    choose(credential, evidence=[WORK], listed=True)
    page = open_public_page(person=credential.person, by=credential.person)
    [kept] = export_of(credential.person_id)["credentials"]["certificates"]
    assert kept["shown"]["evidence"] == [{"name": WORK.name, "url": WORK.url}]
    assert page.code in kept["public_page"]

    erase_of(credential.person_id)

    assert not Disclosure.objects.exists()
    assert find_public_page(page.code) is None
