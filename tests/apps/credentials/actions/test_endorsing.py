"""Endorsing: only who speaks for the organisation, these very words, once; here, or by a file signed elsewhere."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from tests.apps.programmes.examples import a_person
from tests.journal import journal
from trenza.apps.credentials import keyring
from trenza.apps.credentials.actions import (
    accept_endorsement,
    add_key,
    create_key,
    endorse,
    refuse_endorsement,
    sign_due,
)
from trenza.apps.credentials.endorsements import asked_endorsements
from trenza.apps.credentials.errors import (
    KeyInUse,
    NoSuchKey,
    NotAnEndorser,
    NotSignedByIt,
    NotTheDocument,
    SignedAlready,
)
from trenza.apps.credentials.models import Endorsement, IssuerKey, Wording
from trenza.apps.credentials.openbadges import keys, proofs
from trenza.apps.credentials.openbadges.verifying import Verdict, verify
from trenza.apps.credentials.queries import known_here, signed_document
from trenza.apps.credentials.stating import endorsement
from trenza.apps.people.api import grant_role
from trenza.core import clock
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"


@pytest.fixture
def credential():
    programme = an_issuing_programme()
    create_key(organisation=organisation("casa"))
    return a_credential(programme)


def test_words_of_another_language_are_endorsed_apart(credential):
    create_key(organisation=organisation("norte"))
    words = credential.wording
    english = Wording.objects.create(
        programme_name="Test", title="First steps", text="She learned the basics.", language="en",
        organisations=words.organisations,
    )  # fmt: skip
    credential.template.translations.add(english)
    hers = asked(credential)
    endorse(**hers, by=None)

    assert {each.wording: each.state for each in asked_endorsements([organisation("norte")])} == {
        words: "given", english: "waiting"
    }  # fmt: skip
    made = endorse(**hers, wording=english, by=None)
    assert made.document["credentialSubject"]["endorsementComment"] == "First steps"
    with pytest.raises(SignedAlready):
        endorse(**hers, wording=english, by=None)
    stranger = Wording.objects.create(programme_name="x", title="x", text="x", organisations=words.organisations)
    with pytest.raises(NotAnEndorser):
        endorse(**hers, wording=stranger, by=None)


def speaker(code="norte", role="endorser", kind="organisation"):
    person = a_person("Noemi")
    scope = organisation(code).pk if kind == "organisation" else organisation(code).programme_id
    grant_role(person=person, role=role, scope_kind=kind, scope=scope, by=None)
    return person


def asked(credential, **more):
    edition = credential.enrolment.edition
    return {"template": credential.template, "edition": edition, "organisation": organisation("norte"), **more}


def private_key(registered=True):
    """Of Academia Norte, which keeps it itself; its public half is registered here."""
    private = Ed25519PrivateKey.generate()
    public = keys.write_public(private.public_key())
    if registered:
        add_key(organisation=organisation("norte"), public=public)
    return keys.SigningKey(f"{keyring.did_of(organisation('norte'))}#{keyring.name_of(public)}", private)


def document(credential, at=None):
    wording, edition = credential.template.wording, credential.enrolment.edition
    return endorsement(wording, edition, organisation("norte"), at or clock.now())


@pytest.mark.parametrize(
    ("code", "role", "kind"),
    [("norte", "administrator", "organisation"), ("norte", "coordinator", "programme"),
     ("casa", "endorser", "organisation"), ("norte", "endorser", "programme")],
)  # fmt: skip
def test_only_who_speaks_for_the_organisation_endorses(credential, code, role, kind):
    create_key(organisation=organisation("norte"))
    by = speaker(code, role, kind)

    with pytest.raises(NotAllowed):
        endorse(**asked(credential), by=by)
    with pytest.raises(NotAllowed):
        refuse_endorsement(**asked(credential), reason="No.", by=by)
    with pytest.raises(NotAllowed):
        accept_endorsement(**asked(credential), document={}, by=by)
    assert Endorsement.objects.count() == 0


def test_endorsing_is_in_the_journal_without_anybody_of_whom_it_is(credential):
    create_key(organisation=organisation("norte"))
    by = speaker()

    made = endorse(**asked(credential), by=by)

    assert made.signed_by == by
    kind, *_rest = journal()[-1]
    assert kind == "credentials.endorsement_given.v1"
    with pytest.raises(SignedAlready):
        refuse_endorsement(**asked(credential), reason="Ya no.", by=by)


def test_what_is_asked_is_a_number_and_what_came_of_it(credential):
    [before] = asked_endorsements([organisation("norte")])
    refuse_endorsement(**asked(credential), reason="Falta una habilidad.", by=speaker())
    [refused] = asked_endorsements([organisation("norte")])
    create_key(organisation=organisation("norte"))
    endorse(**asked(credential), by=None)
    [given] = asked_endorsements([organisation("norte")])

    assert [(each.state, each.issued) for each in (before, refused, given)] == [
        ("waiting", 1), ("refused", 1), ("given", 1)
    ]  # fmt: skip
    assert refused.refused is not None
    assert refused.refused.reason == "Falta una habilidad."
    assert asked_endorsements([organisation("casa")]) == []


def test_file_signed_elsewhere_is_taken_in_and_believed_by_everybody(credential):
    key = private_key()
    brought = json.loads(json.dumps(proofs.sign(document(credential), key, at=clock.now())))

    made = accept_endorsement(**asked(credential), document=brought, by=speaker())
    assert sign_due() == 1

    assert (made.signed_by, made.key.public) == (None, keys.write_public(key.private.public_key()))
    held = signed_document(credential)
    assert held is not None
    [endorsed] = verify(held, known_here(), now=clock.now()).endorsed
    assert (endorsed.name, endorsed.verdict) == ("Academia Norte", Verdict.VALID)


def test_document_is_the_same_each_time_it_is_fetched(credential):
    at = clock.now()

    assert document(credential, at) == document(credential, at)


@pytest.mark.parametrize(
    ("path", "value"),
    [("credentialSubject.endorsementComment", "Otra cosa"), ("credentialSubject.id", "urn:uuid:0"), ("name", "Otra"),
     ("issuer.name", "Otra"), ("id", "urn:uuid:1"), ("validFrom", "ayer"), ("validUntil", "2030-01-01T00:00:00Z"),
     ("@context[1]", "https://otra.example")],
)  # fmt: skip
def test_file_that_says_something_else_is_refused_and_told_where(credential, path, value):
    changed = document(credential)
    *lead, last = path.split(".")
    place = changed
    for name in lead:
        place = place[name]
    if last.endswith("[1]"):
        place[last[:-3]][1] = value
    else:
        place[last] = value
    try:
        signed = proofs.sign(changed, private_key(), at=clock.now())
    except Exception:  # noqa: BLE001 (no signature covers it: it is refused without one)
        signed = changed

    with pytest.raises(NotTheDocument) as refused:
        accept_endorsement(**asked(credential), document=signed, by=None)
    assert path in refused.value.differs


@pytest.mark.parametrize("days", [-91, 1])
def test_file_of_another_time_is_refused(credential, days):
    old = document(credential, clock.now() + timedelta(days=days))

    with pytest.raises(NotTheDocument):
        accept_endorsement(**asked(credential), document=proofs.sign(old, private_key(), at=clock.now()), by=None)


@pytest.mark.parametrize("fault", ["unsigned", "unknown", "altered", "retired", "two", "other"])
def test_file_that_no_key_of_the_organisation_signed_is_refused(credential, fault):
    key = private_key(registered=fault != "unknown")
    signed = proofs.sign(document(credential), key, at=clock.now())
    if fault == "unsigned":
        del signed["proof"]
    elif fault == "altered":
        signed["proof"][0]["created"] = "2020-01-01T00:00:00Z"
    elif fault == "retired":
        private_key()  # another is registered: what signs elsewhere is that one
    elif fault == "two":
        signed["proof"] *= 2
    elif fault == "other":
        row, other = create_key(organisation=organisation("casa")), organisation("casa")
        signing = keyring.signing_key(other)
        assert signing is not None
        assert row.organisation == other
        signed = proofs.sign(document(credential), signing[1], at=clock.now())

    with pytest.raises(NotSignedByIt):
        accept_endorsement(**asked(credential), document=signed, by=None)
    assert Endorsement.objects.count() == 0


def test_organisation_that_the_words_do_not_name_is_not_asked(credential):
    with pytest.raises(NotAnEndorser):
        accept_endorsement(**asked(credential, organisation=organisation("casa")), document={}, by=None)


def test_key_is_registered_once_and_signs_nothing_here(credential):
    key = private_key()
    public = keys.write_public(key.private.public_key())

    with pytest.raises(KeyInUse):
        add_key(organisation=organisation("casa"), public=public)
    for wrong in ("", "z6Mk", public[:-1], public + "1", "did:key:" + public):
        with pytest.raises(NoSuchKey):
            add_key(organisation=organisation("norte"), public=wrong)
    assert keyring.signing_key(organisation("norte")) is None
    assert keyring.state_of_key(IssuerKey.objects.get(public=public)) == "elsewhere"


def test_key_that_signs_elsewhere_does_not_retire_the_one_here(credential):
    here = create_key(organisation=organisation("norte"))
    first, second = private_key(), private_key()

    states = {row.name: row.retired_at is None for row in IssuerKey.objects.filter(organisation=organisation("norte"))}
    assert states == {here.name: True, first.id.split("#")[1]: False, second.id.split("#")[1]: True}
