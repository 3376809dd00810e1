"""Secrets in the database: encrypted under a key that follows from SECRET_KEY, each for one row and one purpose."""

import secrets
from functools import lru_cache
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE_BYTES: Final = 12


def locked(secret: bytes, row: UUID, *, purpose: bytes) -> bytes:
    """The secret as it is kept: 28 bytes longer, of use for this row and this purpose alone."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher(settings.SECRET_KEY, purpose).encrypt(nonce, secret, row.bytes)


def unlocked(kept: bytes, row: UUID, *, purpose: bytes) -> bytes | None:
    """The secret, or None where no key of the settings opens it: another SECRET_KEY locked it."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _cipher(key, purpose).decrypt(kept[:_NONCE_BYTES], kept[_NONCE_BYTES:], row.bytes)
        except (InvalidTag, ValueError):
            continue
    return None


@lru_cache(maxsize=16)
def _cipher(secret_key: str, purpose: bytes) -> AESGCM:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose)
    return AESGCM(derive.derive(secret_key.encode()))
