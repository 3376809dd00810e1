import copy
import json
from datetime import timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.credentials.openbadges import examples
from tests.apps.credentials.openbadges.examples import INDEX, ISSUER, KEYS, NOW, credential, known, status_list
from trenza.apps.credentials.openbadges import documents, keys, proofs
from trenza.apps.credentials.openbadges.canonical import UnknownWords
from trenza.apps.credentials.openbadges.reading import read_document
from trenza.apps.credentials.openbadges.verifying import Known, StatusKnown, Verdict, verify


def verdict(document, **more):
    return verify(document, more.get("known") or known(), now=more.get("now", NOW)).verdict


def test_says_what_it_is_worth_and_whose_word_it_is():
    findings = verify(read_document(json.dumps(credential()).encode()), known(), now=NOW)

    assert findings.verdict is Verdict.VALID
    assert (findings.issuer, findings.issuer_name) == (ISSUER.did, "Pro Mujer")
    assert findings.achievement == "Mujeres Online"
    assert (findings.status, findings.status_at) == (StatusKnown.CHECKED, NOW)
    [endorsed] = findings.endorsed
    assert (endorsed.name, endorsed.verdict) == ("Cisco Networking Academy", Verdict.VALID)


def places(value, path=()):
    """Where each single value stands."""
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(each, (*path, key))
    else:
        yield path


def at(document, path):
    return reduce(lambda place, key: place[key], path, document)


def other_than(value):
    return (not value) if isinstance(value, bool) else f"{value}x"


def changed(document, path, value):
    made = copy.deepcopy(document)
    at(made, path[:-1])[path[-1]] = value
    return made


@pytest.mark.parametrize("path", list(places(credential())), ids=lambda path: ".".join(map(str, path)))
def test_no_single_value_can_be_changed(path):
    whole = credential()

    assert verdict(changed(whole, path, other_than(at(whole, path)))) is not Verdict.VALID
    assert verdict(changed(whole, path, None)) is not Verdict.VALID


@pytest.mark.parametrize("path", [(), ("credentialSubject",), ("credentialSubject", "achievement"), ("issuer",)])
@pytest.mark.parametrize("more", [{"grade": "10"}, {"https://other.example/grade": "10"}, {"name2": "x"}])
def test_nothing_can_be_added(path, more):
    whole = credential()
    at(whole, path).update(more)

    assert verdict(whole) is Verdict.ALTERED


def test_no_word_that_no_context_knows_is_ever_signed():
    with pytest.raises(UnknownWords):
        proofs.sign({**examples.unsigned(), "grade": "10"}, examples.ISSUERS, at=NOW)


@pytest.mark.parametrize("context", ["https://evil.example/context", {"name": "https://schema.org/other"}])
def test_unknown_contexts_are_not_read(context):
    whole = credential()
    whole["@context"] = [*whole["@context"], context]

    assert verdict(whole) is Verdict.UNREADABLE


def test_revoked_suspended_and_out_of_its_days():
    assert verdict(credential(), known=known({INDEX})) is Verdict.REVOKED
    assert verdict(credential(), known=known({INDEX + 1})) is Verdict.VALID
    assert verdict(credential(valid_until=NOW), now=NOW + timedelta(seconds=1)) is Verdict.EXPIRED
    assert verdict(credential(), now=NOW - timedelta(seconds=1)) is Verdict.NOT_YET


def test_list_that_is_not_at_hand_is_said():
    findings = verify(credential(), Known(KEYS.get), now=NOW)

    assert (findings.verdict, findings.status) == (Verdict.VALID, StatusKnown.NOT_AT_HAND)


def test_list_by_another_issuer_says_nothing():
    by_another = status_list(set(), issuer=examples.ENDORSER, by=examples.ENDORSERS)
    unsigned = status_list(set())
    unsigned.document["credentialSubject"]["encodedList"] += "A"

    for held in (by_another, unsigned, status_list(set(), id="https://trenza.example/estado/2/")):
        assert verify(credential(), known(held=held), now=NOW).status is StatusKnown.NOT_AT_HAND


def test_who_signs_in_the_name_of_another_is_found_out():
    mine = examples.ENDORSERS
    assert verdict(proofs.sign(examples.unsigned(), mine, at=NOW)) is Verdict.ALTERED

    lent = keys.SigningKey(examples.ISSUERS.id, mine.private)
    assert verdict(proofs.sign(examples.unsigned(), lent, at=NOW)) is Verdict.ALTERED


def test_whom_we_do_not_know_we_do_not_judge():
    assert verdict(credential(), known=Known(lambda _method: None)) is Verdict.UNKNOWN_ISSUER


@pytest.mark.parametrize(
    "change",
    [
        {"cryptosuite": "none"}, {"cryptosuite": "eddsa-jcs-2022"}, {"type": "none"},
        {"proofPurpose": "authentication"},
        {"alg": "none"}, {"proofValue": ""}, {"proofValue": "z"}, {"proofValue": "z" + "1" * 64}, {"proofValue": 7},
        {"verificationMethod": ["did:web:x"]}, {"@context": "https://evil.example/"}, {"previousProof": "urn:x"},
    ],
)  # fmt: skip
def test_proofs_of_another_kind_prove_nothing(change):
    whole = credential()
    whole["proof"][0].update(change)

    assert verdict(whole) in {Verdict.ALTERED, Verdict.UNKNOWN_ISSUER}


def test_endorsement_of_something_else_is_no_endorsement():
    other = documents.Achievement("urn:uuid:0190a5d2-0000-7f3a-90a5-4df3a0a85df3", "Otro", "", "", "es")

    [endorsed] = verify(credential(achievement=other), known(), now=NOW).endorsed

    assert endorsed.verdict is Verdict.ALTERED


def test_what_is_no_credential_is_unreadable():
    nothing: list[dict[str, object]] = [
        {},
        {"@context": []},
        {"type": "VerifiableCredential"},
        credential() | {"type": []},
    ]
    for document in nothing:
        assert verdict(document) is Verdict.UNREADABLE


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(list(places(credential()))), JSON)
def test_every_document_has_a_verdict(path, value):
    whole = credential()
    had = at(whole, path)
    if value == had and type(value) is type(had):
        return

    assert verdict(changed(whole, path, value)) is not Verdict.VALID


def test_nodes_that_all_look_alike_do_not_keep_us_busy():
    whole = credential()
    ring = [{"id": f"_:b{n}", "type": "Profile", "parentOrg": {"id": f"_:b{(n + 1) % 40}"}} for n in range(40)]
    whole["credentialSubject"]["achievement"]["creator"] = ring

    assert verdict(whole) is Verdict.ALTERED
