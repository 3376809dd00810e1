"""Keys, and how they are written: Ed25519 as Multikey (Controlled Identifiers 1.0), base 58 of Bitcoin after a `z`.

Others sign tokens with RSA too, whose keys come as JSON Web Keys.
"""

import base64
from dataclasses import dataclass
from typing import Any, Final

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from trenza.core.errors import DomainError

PublicKey = Ed25519PublicKey | RSAPublicKey
SIGNATURE_BYTES: Final = 64
_MULTICODEC: Final = b"\xed\x01"  # ed25519-pub
_KEY_BYTES: Final = 32
_MOST_SIGNS: Final = 128


class NoKey(DomainError):
    """It is no Ed25519 key as a Multikey writes one."""


@dataclass(frozen=True)
class SigningKey:
    """A private key, and `id`: the DID of who signs with it, `#`, and its name there."""

    id: str
    private: Ed25519PrivateKey

    @property
    def controller(self) -> str:
        """The DID of who signs with it."""
        return self.id.partition("#")[0]

    def sign(self, data: bytes) -> bytes:
        """The signature, the same each time (RFC 8032)."""
        return self.private.sign(data)


def write_public(key: Ed25519PublicKey) -> str:
    """`z6Mk…`"""
    return to_multibase(_MULTICODEC + key.public_bytes_raw())


def read_public(text: object) -> Ed25519PublicKey:
    """Raises:
    NoKey: as it says.
    """
    data = from_multibase(text)
    if data is None or len(data) != len(_MULTICODEC) + _KEY_BYTES or not data.startswith(_MULTICODEC):
        raise NoKey
    return Ed25519PublicKey.from_public_bytes(data[len(_MULTICODEC) :])


def write_any(key: PublicKey) -> str:
    """An Ed25519 key as a Multikey; one of RSA as its SubjectPublicKeyInfo in base64."""
    if isinstance(key, Ed25519PublicKey):
        return write_public(key)
    return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def read_any(text: str) -> PublicKey:
    """What `write_any` wrote.

    Raises:
        NoKey: it did not.
    """
    if text.startswith("z"):
        return read_public(text)
    try:
        key = load_der_public_key(base64.b64decode(text, validate=True))
    except ValueError as error:
        raise NoKey from error
    if not isinstance(key, RSAPublicKey):
        raise NoKey
    return key


def holds(key: Ed25519PublicKey, signature: bytes, data: bytes) -> bool:
    """Whether this key signed these bytes."""
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def to_multibase(data: bytes) -> str:
    """base58btc."""
    return "z" + base58.b58encode(data).decode()


def from_multibase(text: object) -> bytes | None:
    """The bytes; None where it is not base58btc, or longer than any key or signature."""
    if not isinstance(text, str) or not text.startswith("z") or len(text) > _MOST_SIGNS:
        return None
    try:
        return base58.b58decode(text[1:])
    except ValueError:
        return None


def keys_in(document: dict[str, Any]) -> list[str]:
    """The Ed25519 keys of a DID document with which its controller may state things, as Multikeys, in its order.

    A list of keys that it does not hold itself (`did:…#name` of another document) is not followed.
    """
    methods = document.get("verificationMethod")
    asserted = document.get("assertionMethod")
    named = [each for each in asserted if isinstance(each, str)] if isinstance(asserted, list) else []
    whole = [each for each in asserted if isinstance(each, dict)] if isinstance(asserted, list) else []
    for each in methods if isinstance(methods, list) else ():
        if isinstance(each, dict) and each.get("id") in named:
            whole.append(each)
    return list(dict.fromkeys(public for each in whole if (public := _public_of(each))))


def _public_of(method: dict[str, Any]) -> str | None:
    """The Multikey of a verification method: as such, as Ed25519VerificationKey2020, or as a JWK."""
    public, jwk = method.get("publicKeyMultibase"), method.get("publicKeyJwk")
    if (
        isinstance(jwk, dict)
        and (jwk.get("kty"), jwk.get("crv")) == ("OKP", "Ed25519")
        and isinstance(jwk.get("x"), str)
    ):
        try:
            data = base64.urlsafe_b64decode(jwk["x"] + "=" * (-len(jwk["x"]) % 4))
        except ValueError:
            return None
        public = to_multibase(_MULTICODEC + data)
    try:
        read_public(public)
    except (NoKey, ValueError):
        return None
    return str(public)


def did_document(did: str, keys: dict[str, str], trusted: list[str]) -> dict[str, Any]:
    """What is served for a DID: its public keys by their names, and which of them may state things in its name."""
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [
            {"id": f"{did}#{name}", "type": "Multikey", "controller": did, "publicKeyMultibase": public}
            for name, public in keys.items()
        ],
        "assertionMethod": [f"{did}#{name}" for name in trusted],
    }
