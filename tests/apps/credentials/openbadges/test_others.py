"""Any credential of Open Badges 3.0, not only ours: those of others, by the keys that somebody trusts."""

import base64
import hmac
import json
from datetime import UTC, datetime
from hashlib import sha256

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from tests.apps.credentials.openbadges import examples, others
from tests.apps.credentials.openbadges.others import DID, METHOD, RSA, did_document, signed, token, trusting
from trenza.apps.credentials.openbadges import contexts, status_lists
from trenza.apps.credentials.openbadges.canonical import canonical_digest
from trenza.apps.credentials.openbadges.presenting import read_presented
from trenza.apps.credentials.openbadges.reading import Unreadable
from trenza.apps.credentials.openbadges.tokens import read_token
from trenza.apps.credentials.openbadges.trusting import keys_of
from trenza.apps.credentials.openbadges.verifying import HeldList, Known, StatusKnown, Verdict, verify

NOW = datetime(2026, 11, 29, tzinfo=UTC)
NOBODY = Known(lambda _method: None)


def verdict(presented, known=None):
    return verify(presented, known or trusting(did_document()), now=NOW).verdict


def judged(text, known=None):
    try:
        return verdict(read_presented(text), known)
    except Unreadable:
        return Verdict.UNREADABLE


def test_credential_of_another_program_is_judged_by_the_key_that_is_trusted():
    findings = verify(signed(), trusting(did_document()), now=NOW)

    assert (findings.verdict, findings.issuer_name, findings.achievement) == (Verdict.VALID, "Academia", "Redes")
    assert verdict(signed(), NOBODY) is Verdict.UNKNOWN_ISSUER


def test_did_that_is_a_key_says_that_nobody_changed_it_and_not_whose_it_is():
    document = others.of_its_own_key()

    findings = verify(document, NOBODY, now=NOW)
    assert (findings.verdict, findings.is_whole) == (Verdict.UNKNOWN_ISSUER, True)

    document["credentialSubject"]["achievement"]["name"] = "Otra cosa"
    findings = verify(document, NOBODY, now=NOW)
    assert (findings.verdict, findings.is_whole) == (Verdict.ALTERED, False)


@pytest.mark.parametrize("key", [others.ED, RSA])
def test_token_is_judged_by_its_issuers_key(key):
    kid = f"{DID}#rsa" if key is RSA else METHOD

    assert judged(token(key, kid=kid)) is Verdict.VALID
    assert judged(token(key, kid=kid), NOBODY) is Verdict.UNKNOWN_ISSUER
    assert judged(token(key, kid="#rsa" if key is RSA else "#okp")) is Verdict.VALID


def test_token_within_an_envelope():
    envelope = {
        "@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token()}",
    }  # fmt: skip

    assert judged(json.dumps(envelope)) is Verdict.VALID
    assert judged(json.dumps({**envelope, "id": "https://evil.example/"})) is Verdict.UNREADABLE


def in_base64(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_nothing_in_a_token_can_be_changed():
    head, body, signature = token().split(".")
    payload = others.stated().to_jwt_payload()
    other = {
        **payload,
        "credentialSubject": {**payload["credentialSubject"], "id": "did:example:eva"},
        "sub": "did:example:eva",
    }

    assert judged(f"{head}.{in_base64(other)}.{signature}") is Verdict.ALTERED
    assert judged(f"{head}.{body}.{signature[:-8]}AAAAAAAA") is Verdict.ALTERED
    assert judged(f"{head}.{body}.") is Verdict.ALTERED


def test_algorithm_is_not_what_the_token_says():
    _head, body, signature = token().split(".")
    unsigned = in_base64({"alg": "none", "kid": METHOD})
    assert judged(f"{unsigned}.{body}.") is Verdict.ALTERED

    # The public key, which everybody knows, taken for a shared secret.
    public = RSA.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    for secret in (public, others.ED.public_key().public_bytes_raw()):
        start = f"{in_base64({'alg': 'HS256', 'kid': f'{DID}#rsa'})}.{body}"
        made = base64.urlsafe_b64encode(hmac.digest(secret, start.encode(), sha256)).rstrip(b"=").decode()
        assert judged(f"{start}.{made}") is Verdict.ALTERED

    # A key of one kind under the name of another's algorithm.
    assert judged(token(RSA, kid=METHOD)) is Verdict.ALTERED
    assert judged(f"{in_base64({'alg': 'RS256', 'kid': METHOD})}.{body}.{signature}") is Verdict.ALTERED


def test_key_that_a_token_brings_along_is_not_believed():
    mine = generate_private_key(65_537, 2_048)
    jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(mine.public_key()))
    bare = jwt.encode(others.stated().to_jwt_payload(), mine, "RS256", {"jwk": jwk})

    assert judged(bare) is Verdict.ALTERED  # none of the issuer's keys signed it
    assert judged(bare, NOBODY) is Verdict.UNKNOWN_ISSUER
    assert judged(token(mine, kid=f"{DID}#rsa", jwk=jwk)) is Verdict.ALTERED
    assert judged(jwt.encode(others.stated().to_jwt_payload(), RSA, "RS256", {"jwk": jwk})) is Verdict.VALID


def test_who_signs_in_the_name_of_another_is_found_out():
    evil = did_document("did:web:evil.example")
    mine = token(kid="did:web:evil.example#uno")

    assert judged(mine, trusting(did_document(), evil)) is Verdict.ALTERED
    assert judged(token(kid="https://evil.example/keys#1")) is Verdict.UNKNOWN_ISSUER
    elsewhere = did_document("https://evil.example/keys")
    assert judged(token(kid="https://evil.example/keys#uno"), trusting(elsewhere)) is Verdict.UNKNOWN_ISSUER


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "did:web:evil.example"}, {"jti": "urn:uuid:1"}, {"sub": "did:example:eva"}, {"nbf": "ayer"},
        {"exp": True}, {"exp": -1}, {"exp": 10**20}, {"proof": {}},
    ],
)  # fmt: skip
def test_claims_that_say_something_else_make_it_unreadable(changes):
    assert judged(token(payload=others.stated().to_jwt_payload() | changes)) is Verdict.UNREADABLE


@pytest.mark.parametrize("header", [{"crit": ["b64"], "b64": True}, {"zip": "DEF"}, {"typ": "at+jwt"}])
def test_header_that_changes_what_is_read_is_refused(header):
    assert judged(token(**header)) is Verdict.UNREADABLE


def test_shorter_days_of_the_token_hold():
    assert judged(token(payload=others.stated().to_jwt_payload() | {"exp": 1_780_000_000})) is Verdict.EXPIRED
    assert judged(token(payload=others.stated().to_jwt_payload() | {"nbf": 4_000_000_000})) is Verdict.NOT_YET


def test_contexts_of_a_token_are_those_that_we_know():
    payload = others.stated().to_jwt_payload()
    more = payload | {"@context": [*payload["@context"], "https://evil.example/context"]}

    assert judged(token(payload=more)) is Verdict.UNREADABLE


@pytest.mark.parametrize("text", ["", "a.b.c", "ey.ey.ey", "eyJ9.e30.e30", "...", "a" * 600_000, "{", "[]", "\ud800"])
def test_what_is_nothing_is_unreadable(text):
    assert judged(text) is Verdict.UNREADABLE


def test_document_speaks_for_its_own_did_alone():
    ours = examples.ISSUERS.id
    thief = did_document("did:web:evil.example")
    thief["verificationMethod"][0] |= {"id": ours}
    thief["verificationMethod"][1] |= {"controller": examples.ISSUER.did}
    thief["assertionMethod"].append(ours)

    assert set(keys_of(thief)) == {"did:web:evil.example#okp"}


def test_keys_that_state_nothing_are_not_taken():
    assert keys_of(did_document(assertionMethod=[])) == {}
    assert keys_of(did_document(assertionMethod="#uno")) == {}
    assert keys_of({"id": 7}) == {}
    short = generate_private_key(65_537, 1_024).public_key()
    weak = {"id": "#x", "controller": DID, "publicKeyJwk": json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(short))}
    private = {"id": "#y", "publicKeyJwk": json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(others.ED))}
    broken = {"id": "#z", "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": "ñ"}}
    assert keys_of({"id": DID, "assertionMethod": [weak, private, broken, 7, {}]}) == {}


def test_list_of_ours_says_nothing_of_a_credential_of_others():
    payload = others.stated().to_jwt_payload()
    payload["credentialStatus"] = status_lists.entry(examples.LIST, examples.INDEX, "revocation")
    known = trusting(did_document())
    lists = {examples.LIST: examples.status_list({examples.INDEX})}
    both = Known(lambda method: known.method(method) or examples.KEYS.get(method), status_list=lists.get)

    findings = verify(read_token(token(payload=payload)), both, now=NOW)

    assert (findings.verdict, findings.status) == (Verdict.VALID, StatusKnown.NOT_AT_HAND)


def test_list_of_theirs_may_be_a_token():
    address = "https://academia.example/estado/1"
    listed = {
        "@context": [contexts.CREDENTIALS], "id": address, "issuer": DID,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "credentialSubject": {
            "type": "BitstringStatusList", "statusPurpose": "refresh", "encodedList": status_lists.encode({7}),
        },
    }  # fmt: skip
    payload = others.stated().to_jwt_payload()
    payload["credentialStatus"] = [status_lists.entry(address, 7, "refresh"), {"type": "other"}]
    held = HeldList(read_token(token(payload=listed)), NOW)
    keys = keys_of(did_document())

    findings = verify(read_token(token(payload=payload)), Known(keys.get, status_list={address: held}.get), now=NOW)

    assert (findings.verdict, findings.status) == (Verdict.SUPERSEDED, StatusKnown.NOT_AT_HAND)


def test_canonical_digests_are_those_of_the_standard(monkeypatch):
    """Data Integrity EdDSA Cryptosuites 1.0, appendix B.1."""
    address = "https://www.w3.org/ns/credentials/examples/v2"
    read = contexts._read
    monkeypatch.setitem(contexts._FILES, address, "examples")
    vocabulary = {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}
    monkeypatch.setattr(contexts, "_read", lambda file: vocabulary if file == "examples" else read(file))
    named = [contexts.CREDENTIALS, address]
    credential = {
        "@context": named,
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": "https://vc.example/issuers/5678",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
    }
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
        "#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
        "proofPurpose": "assertionMethod",
        "@context": named,
    }

    digests = [canonical_digest(each).hex() for each in (credential, proof)]

    assert digests == [
        "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017",
        "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0",
    ]
