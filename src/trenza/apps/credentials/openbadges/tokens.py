"""Credentials as JSON Web Tokens (Open Badges 3.0, section 8.2): the signature stands around the credential.

What a token says of how to check it is not believed: the algorithms are pinned here, each for its kind of key, and a
key that a token brings along (`jwk`, `x5c`) is not looked at.
"""

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from trenza.apps.credentials.openbadges.keys import PublicKey
from trenza.apps.credentials.openbadges.reading import MOST_BYTES, Unreadable, read_document

ALGORITHMS: Final[dict[str, type[PublicKey]]] = {"EdDSA": Ed25519PublicKey, "RS256": RSAPublicKey}
_TOKEN: Final = re.compile(r"[\w-]+\.[\w-]+\.[\w-]*", re.ASCII)
_HEADER: Final = frozenset({"alg", "typ", "cty", "kid", "jwk", "jku", "x5c", "x5t", "x5t#S256", "x5u", "iss"})
"""Of anything else in a header (`crit`, `b64`, `zip`) we do not know what it changes."""
_TYPES: Final = frozenset({"", "jwt", "vc+jwt", "vc+ld+jwt"})
_CLAIMS: Final = ("iss", "jti", "sub", "nbf", "exp", "iat")
_MOST_TEXT: Final = 2 * MOST_BYTES
_LAST: Final = 253_402_300_799  # the last second of the year 9999
_JWS: Final = jwt.PyJWS(algorithms=list(ALGORITHMS))


@dataclass(frozen=True)
class Token:
    """A token as it was read; nothing in it is to be believed before `is_held_by` says so."""

    text: str
    algorithm: str
    kid: str
    document: dict[str, Any]
    """The credential in it, without the claims around it."""
    days: tuple[datetime | None, datetime | None]
    """From when and until when the token holds, beside what the credential says."""

    def is_held_by(self, key: PublicKey) -> bool:
        """Whether it was signed with this key, by the algorithm that belongs to such keys."""
        if not isinstance(key, ALGORITHMS.get(self.algorithm, ())):
            return False
        try:
            _JWS.decode(self.text, key, algorithms=[self.algorithm])
        except (jwt.PyJWTError, ValueError, TypeError):
            return False
        return True


def is_token(text: str) -> bool:
    """Whether it looks like one: three parts of base64url."""
    return len(text) <= _MOST_TEXT and _TOKEN.fullmatch(text.strip()) is not None


def read_token(text: str) -> Token:
    """Raises:
    Unreadable: it is none, or one that says more than we understand.
    """
    if not is_token(text):
        raise Unreadable("no token")
    text = text.strip()
    head, body, _signature = text.split(".")
    header, payload = read_document(_decoded(head)), read_document(_decoded(body))
    kind = str(header.get("typ", "")).lower().removeprefix("application/")
    if not header.keys() <= _HEADER or kind not in _TYPES:
        raise Unreadable("a header that we do not understand")
    claims: dict[str, Any] = {name: payload[name] for name in _CLAIMS if name in payload}
    document = {name: value for name, value in payload.items() if name not in claims}
    if "proof" in document or not _agree(claims, document):
        raise Unreadable("its claims say something else than its credential")
    return Token(text, str(header.get("alg", "")), str(header.get("kid", "")), document, _moments(claims))


def _agree(claims: dict[str, Any], document: dict[str, Any]) -> bool:
    """Whether the claims name whom and what the credential names; each may be missing."""
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    named = {
        "iss": issuer.get("id") if isinstance(issuer, dict) else issuer,
        "jti": document.get("id"),
        "sub": subject.get("id") if isinstance(subject, dict) else None,
    }
    return all(claims[name] == value for name, value in named.items() if name in claims)


def _moments(claims: dict[str, Any]) -> tuple[datetime | None, datetime | None]:
    """From when and until when the token holds."""
    found: list[datetime | None] = []
    for name in ("nbf", "exp"):
        value = claims.get(name)
        if value is None:
            found.append(None)
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LAST:
            raise Unreadable("no moment")
        found.append(datetime.fromtimestamp(value, UTC))
    return found[0], found[1]


def _decoded(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise Unreadable("no base 64") from error
