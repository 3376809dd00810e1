import json
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from tests.apps.credentials.examples import a_credential, an_issuing_programme, complete, organisation
from tests.apps.programmes.examples import a_person, an_enrolment
from trenza.apps.admissions.models import Call
from trenza.apps.credentials import keyring
from trenza.apps.credentials.actions import (
    create_key,
    distrust_key,
    endorse,
    revoke_credential,
    sign_credentials,
    sign_due,
)
from trenza.apps.credentials.errors import KeyNotReadable, NoKeyHere, NotAnEndorser, SignedAlready
from trenza.apps.credentials.models import Credential, IssuerKey, SignedCredential
from trenza.apps.credentials.openbadges import compact, keys
from trenza.apps.credentials.openbadges.verifying import StatusKnown, Verdict, verify
from trenza.apps.credentials.privacy import erase
from trenza.apps.credentials.queries import known_here, signed_document
from trenza.apps.people.api import grant_role
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"


@pytest.fixture
def programme():
    return an_issuing_programme()


def findings(credential):
    document = signed_document(credential)
    assert document is not None
    return verify(document, known_here(), now=clock.now())


def test_is_signed_by_who_organises_as_soon_as_it_is_issued(programme):
    create_key(organisation=organisation("casa"))

    found = findings(a_credential(programme))

    assert (found.verdict, found.status) == (Verdict.VALID, StatusKnown.CHECKED)
    assert found.issuer == "did:web:127.0.0.1%3A8000:emisores:prueba:casa"
    assert found.achievement == "Primeros pasos"


def test_who_has_no_key_yet_signs_later(programme):
    credential = a_credential(programme)
    assert signed_document(credential) is None
    assert sign_due() == 0

    create_key(organisation=organisation("casa"))

    assert sign_due() == 1
    assert sign_due() == 0
    assert findings(credential).verdict is Verdict.VALID


def test_key_of_an_endorser_issues_nothing(programme):
    create_key(organisation=organisation("norte"))
    credential = a_credential(programme)

    assert sign_due() == 0
    assert signed_document(credential) is None


def test_revocation_is_in_the_list_at_once(programme):
    create_key(organisation=organisation("casa"))
    credential = a_credential(programme)
    team = a_person("Eva")
    grant_role(person=team, role="administrator", by=None)

    revoke_credential(credential=credential, reason=Credential.RevocationReason.MISTAKE, by=team)

    assert findings(credential).verdict is Verdict.REVOKED


def test_other_credentials_of_the_list_are_not_revoked_with_it(programme):
    create_key(organisation=organisation("casa"))
    credentials = [a_credential(programme, person=a_person(f"Ana{n}")) for n in range(3)]
    Credential.objects.filter(pk=credentials[0].pk).update(suspended_at=clock.now(), suspended_by=a_person("Eva"))

    assert [findings(each).verdict for each in credentials] == [Verdict.SUSPENDED, Verdict.VALID, Verdict.VALID]


def test_retired_key_goes_on_verifying_and_signs_no_more(programme):
    old = create_key(organisation=organisation("casa"))
    before = a_credential(programme)
    new = create_key(organisation=organisation("casa"))
    after = a_credential(programme, person=a_person("Ana"))

    assert [SignedCredential.objects.get(credential=each).key for each in (before, after)] == [old, new]
    assert findings(before).verdict is findings(after).verdict is Verdict.VALID


def test_what_a_distrusted_key_signed_is_not_believed_and_signed_anew(programme):
    stolen = create_key(organisation=organisation("casa"))
    credential = a_credential(programme)
    create_key(organisation=organisation("casa"))

    assert distrust_key(key=stolen) == 1
    assert findings(credential).verdict is Verdict.UNKNOWN_ISSUER

    assert sign_due() == 1
    assert findings(credential).verdict is Verdict.VALID


def test_endorsement_is_within_what_is_signed_after_it_and_before(programme):
    create_key(organisation=organisation("casa"))
    create_key(organisation=organisation("norte"))
    credential = a_credential(programme)

    endorse(
        template=credential.template, edition=credential.enrolment.edition, organisation=organisation("norte"), by=None
    )
    assert findings(credential).endorsed == ()
    assert sign_due() == 1

    [endorsed] = findings(credential).endorsed
    assert (endorsed.name, endorsed.verdict) == ("Academia Norte", Verdict.VALID)
    assert findings(credential).verdict is Verdict.VALID


def test_distrusted_key_takes_lists_and_endorsements_with_it(programme):
    issuer, endorser = (create_key(organisation=organisation(code)) for code in ("casa", "norte"))
    credential = a_credential(programme)
    endorse(
        template=credential.template, edition=credential.enrolment.edition, organisation=organisation("norte"), by=None
    )
    sign_due()
    assert findings(credential).status is StatusKnown.CHECKED  # its lists are published now

    create_key(organisation=organisation("casa"))
    assert (distrust_key(key=issuer), distrust_key(key=endorser)) == (1, 1)
    sign_due()

    found = findings(credential)
    assert (found.verdict, found.status, found.endorsed) == (Verdict.VALID, StatusKnown.CHECKED, ())


def test_endorses_once_with_a_key_and_only_who_is_named(programme):
    credential = a_credential(programme)
    given: dict[str, Any] = {"template": credential.template, "edition": credential.enrolment.edition, "by": None}

    with pytest.raises(NoKeyHere):
        endorse(organisation=organisation("norte"), **given)
    with pytest.raises(NotAnEndorser):
        endorse(organisation=organisation("casa"), **given)
    create_key(organisation=organisation("norte"))
    endorse(organisation=organisation("norte"), **given)
    with pytest.raises(SignedAlready):
        endorse(organisation=organisation("norte"), **given)


def test_erasing_leaves_its_place_in_the_list_and_nothing_of_hers(programme):
    create_key(organisation=organisation("casa"))
    credential = a_credential(programme)

    erase(person=credential.person_id)

    assert signed_document(credential) is None
    held = SignedCredential.objects.get()
    assert (held.document, held.compact) == (b"", b"")
    assert sign_due() == 0


def test_private_half_is_for_this_user_alone_and_in_no_row(programme):
    row = create_key(organisation=organisation("casa"))
    path = keyring.path_of(organisation("casa"), row.name)

    assert oct(path.stat().st_mode)[-3:] == "600"
    assert oct(path.parent.stat().st_mode)[-3:] == "700"
    assert b"PRIVATE KEY" in path.read_bytes()


def test_passphrase_of_the_environment_opens_it(programme, settings):
    settings.KEYS_PASSPHRASE = "una frase larga"
    create_key(organisation=organisation("casa"))
    assert keyring.signing_key(organisation("casa")) is not None

    settings.KEYS_PASSPHRASE = "otra frase"
    with pytest.raises(KeyNotReadable):
        keyring.signing_key(organisation("casa"))


def test_file_of_another_key_signs_nothing(programme):
    row = create_key(organisation=organisation("casa"))
    other = create_key(organisation=organisation("norte"))
    keyring.path_of(organisation("casa"), row.name).write_bytes(
        keyring.path_of(organisation("norte"), other.name).read_bytes()
    )

    with pytest.raises(KeyNotReadable):
        keyring.signing_key(organisation("casa"))


def test_method_of_elsewhere_has_no_key_here(programme):
    row = create_key(organisation=organisation("casa"))
    ours = f"{keyring.did_of(organisation('casa'))}#{row.name}"

    assert keyring.public_key_of(ours) is not None
    for other in (
        "",
        "#",
        "did:web:evil.example:emisores:prueba:casa#" + row.name,
        ours + "x",
        ours.replace("casa", ""),
    ):
        assert keyring.public_key_of(other) is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_sign_it_once(programme):
    create_key(organisation=organisation("casa"))
    enrolment = an_enrolment(programme)
    complete(enrolment)
    work_until_done()
    SignedCredential.objects.all().delete()
    pks = list(Credential.objects.values_list("pk", flat=True))
    barrier = Barrier(4)
    signed = []

    def sign():
        barrier.wait()
        signed.append(sign_credentials(pks))
        connection.close()

    threads = [Thread(target=sign) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(signed) == [0, 0, 0, 1]
    assert SignedCredential.objects.count() == 1


def test_document_is_open_badges_as_its_readers_know_it(programme):
    create_key(organisation=organisation("casa"))
    document = signed_document(a_credential(programme))

    assert document is not None
    assert document["credentialSubject"]["achievement"]["criteria"] == {"narrative": "Aprendió lo básico."}
    assert document["proof"][0]["cryptosuite"] == "eddsa-rdfc-2022"
    assert {each["statusPurpose"] for each in document["credentialStatus"]} == {"revocation", "suspension"}
    assert IssuerKey.objects.get().name in document["proof"][0]["verificationMethod"]
    json.dumps(document)


def test_compact_form_says_the_same_and_is_signed_anew_with_it(programme):
    stolen = create_key(organisation=organisation("casa"))
    credential = a_credential(programme)
    held = SignedCredential.objects.get()
    found = compact.read(bytes(held.compact))

    assert found.is_held_by(keys.read_public(stolen.public))
    assert (found.compact.code, found.compact.name) == (credential.code, credential.name)
    assert (found.compact.issued, found.compact.until) == (credential.issued_on, None)
    assert (found.compact.list, found.compact.index) == (held.status_list_id, held.status_index)
    assert not found.compact.demonstration

    new = create_key(organisation=organisation("casa"))
    distrust_key(key=stolen)
    sign_due()
    anew = compact.read(bytes(SignedCredential.objects.get().compact))

    assert anew.is_held_by(keys.read_public(new.public))
    assert anew.compact == found.compact


def test_compact_form_ends_on_the_day_that_it_has_where_the_edition_runs(programme):
    create_key(organisation=organisation("casa"))
    programme.credential_templates.update(valid_months=12)
    Call.objects.create(
        programme=programme, edition=programme.editions.get(), track=programme.tracks.get(), code="abierta",
        admission="open", time_zone="America/La_Paz", opens_at=clock.now(), closes_at=clock.now(),
    )  # fmt: skip
    complete(an_enrolment(programme))
    work_until_done()

    said = compact.read(bytes(SignedCredential.objects.get().compact)).compact

    assert said.until == said.issued.replace(year=said.issued.year + 1)


def test_compact_form_of_a_demonstration_says_so(programme):
    create_key(organisation=organisation("casa"))
    person = a_person("Ana")
    person.synthetic = True
    person.save(update_fields=["synthetic"])
    a_credential(programme, person=person)

    assert compact.read(bytes(SignedCredential.objects.get().compact)).compact.demonstration


def test_document_says_that_nobody_earned_it_where_the_edition_is_a_demonstration(programme):
    create_key(organisation=organisation("casa"))
    credential = a_credential(programme)
    before = signed_document(credential)
    assert before is not None
    real = before["credentialSubject"]["achievement"]
    wording, edition = credential.wording, credential.enrolment.edition
    assert (real["name"], real["description"]) == (wording.title, wording.text)

    edition.demonstration = True
    edition.save()
    SignedCredential.objects.update(stale_since=clock.now())
    sign_due()

    document = signed_document(Credential.objects.get(pk=credential.pk))
    assert document is not None
    stated = document["credentialSubject"]["achievement"]
    assert (stated["name"], document["name"]) == ("Primeros pasos (datos de demostración)",) * 2
    assert stated["description"] == f"DATOS DE DEMOSTRACIÓN. {wording.text}"
    assert findings(credential).verdict is Verdict.VALID
