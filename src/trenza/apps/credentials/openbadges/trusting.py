"""Issuers whom somebody trusts by having their DID document at hand; and what a `did:key` says by itself."""

import base64
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from trenza.apps.credentials.openbadges import keys
from trenza.apps.credentials.openbadges.keys import PublicKey

_MOST: Final = 64
_KEY_BYTES: Final = 32
_FEWEST_BITS, _MOST_BITS = 2_048, 8_192
_EXPONENTS: Final = range(3, 1 << 32, 2)


def keys_of(document: dict[str, Any]) -> dict[str, PublicKey]:
    """The keys with which it says that its own subject states things, by their names; those that we can read.

    A document speaks for its own `id` alone: the name of a key of somebody else's is not taken from it, nor a key
    that somebody else controls.
    """
    did = document.get("id")
    stated = document.get("assertionMethod")
    methods = document.get("verificationMethod")
    if not isinstance(did, str) or not isinstance(stated, list):
        return {}
    listed = [*(methods if isinstance(methods, list) else []), *stated]
    trusted = {_full(each.get("id") if isinstance(each, dict) else each, did) for each in stated}
    found = {}
    for each in listed[:_MOST]:
        name = _full(each.get("id"), did) if isinstance(each, dict) else ""
        if not name or name not in trusted or name.partition("#")[0] != did or each.get("controller", did) != did:
            continue
        key = _key(each)
        if key is not None:
            found[name] = key
    return found


def key_of_itself(method: str) -> Ed25519PublicKey | None:
    """The key that a `did:key` is: whoever has it signed, and who that is nobody says."""
    did, _, name = method.partition("#")
    written = did.removeprefix("did:key:")
    if written == did or name != written:
        return None
    try:
        return keys.read_public(written)
    except keys.NoKey:
        return None


def _full(name: object, did: str) -> str:
    if not isinstance(name, str):
        return ""
    return did + name if name.startswith("#") else name


def _key(method: dict[str, Any]) -> PublicKey | None:
    written = method.get("publicKeyJwk")
    try:
        return _from_jwk(written) if isinstance(written, dict) else keys.read_public(method.get("publicKeyMultibase"))
    except (keys.NoKey, ValueError):
        return None


def _from_jwk(jwk: dict[str, Any]) -> PublicKey | None:
    kind = jwk.get("kty")
    if "d" in jwk:
        return None  # a private key in public is nobody's any more
    if kind == "OKP" and jwk.get("crv") == "Ed25519":
        data = _bytes(jwk.get("x"))
        return Ed25519PublicKey.from_public_bytes(data) if len(data) == _KEY_BYTES else None
    if kind == "RSA":
        modulus, exponent = (int.from_bytes(_bytes(jwk.get(name))) for name in ("n", "e"))
        if _FEWEST_BITS <= modulus.bit_length() <= _MOST_BITS and exponent in _EXPONENTS:
            return RSAPublicNumbers(exponent, modulus).public_key()
    return None


def _bytes(text: object) -> bytes:
    if not isinstance(text, str):
        raise ValueError("no text")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
