"""Proofs: Data Integrity EdDSA Cryptosuites 1.0, `eddsa-rdfc-2022`, in a `proof` array."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from trenza.apps.credentials.openbadges import keys
from trenza.apps.credentials.openbadges.canonical import canonical_digest
from trenza.apps.credentials.openbadges.keys import SigningKey

SUITE: Final = "eddsa-rdfc-2022"
PURPOSE: Final = "assertionMethod"
_TYPE: Final = "DataIntegrityProof"
_MOST_PROOFS: Final = 4
_KEYS: Final = frozenset(
    {"type", "cryptosuite", "created", "expires", "verificationMethod", "proofPurpose", "proofValue"}
)

Digest = Callable[[dict[str, Any]], bytes]

PublicKeyOf = Callable[[str], Ed25519PublicKey | None]
"""The public key of a verification method (`did:…#name`), if who signs with it may state things in its own name."""


def sign(
    document: dict[str, Any], key: SigningKey, *, at: datetime, digest: Digest = canonical_digest
) -> dict[str, Any]:
    """The document with a proof by `key`; the same each time. `at` is when it was made. `digest` is for who signs many
    (`prepared.Prepared`).

    Raises:
        UnknownWords: something in it would not be signed.
    """
    proof = {
        "type": _TYPE,
        "cryptosuite": SUITE,
        "created": moment(at),
        "verificationMethod": key.id,
        "proofPurpose": PURPOSE,
    }
    signature = key.sign(_of_proof(document, proof) + digest(document))
    return {**document, "proof": [{**proof, "proofValue": keys.to_multibase(signature)}]}


def proofs_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Its proofs of the kind that we can check; none where it has no such, or more than anybody needs."""
    stated = document.get("proof")
    found = stated if isinstance(stated, list) else [stated]
    if len(found) > _MOST_PROOFS:
        return []
    return [each for each in found if isinstance(each, dict) and _is_ours(each)]


def method_of(proof: dict[str, Any]) -> str:
    """With which key it says that it was made."""
    return str(proof["verificationMethod"])


def is_held_by(proof: dict[str, Any], document: dict[str, Any], key: Ed25519PublicKey) -> bool:
    """Whether this proof covers the document, all of it, and was made with this key.

    Raises:
        UnknownWords: something in the document means nothing here.
    """
    signature = keys.from_multibase(proof["proofValue"])
    if signature is None or len(signature) != keys.SIGNATURE_BYTES:
        return False
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    config = {name: value for name, value in proof.items() if name != "proofValue"}
    return keys.holds(key, signature, _signed_bytes(unsigned, config))


def moment(at: datetime) -> str:
    """XML Schema's dateTime in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _signed_bytes(document: dict[str, Any], proof: dict[str, Any]) -> bytes:
    return canonical_digest({"@context": document.get("@context"), **proof}) + canonical_digest(document)


def _of_proof(document: dict[str, Any], proof: dict[str, Any]) -> bytes:
    """The digest of a proof of ours: all of one second by one key have the same."""
    return _kept_digest(json.dumps({"@context": document.get("@context"), **proof}))


@lru_cache(maxsize=64)
def _kept_digest(config: str) -> bytes:
    return canonical_digest(json.loads(config))


def _is_ours(proof: dict[str, Any]) -> bool:
    texts = all(isinstance(value, str) for value in proof.values())
    stated = {"type": _TYPE, "cryptosuite": SUITE, "proofPurpose": PURPOSE}
    named = _KEYS >= proof.keys() >= {*stated, "verificationMethod", "proofValue"}
    return texts and named and all(proof[name] == value for name, value in stated.items())
