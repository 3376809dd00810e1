"""The tokens and the secret of a profile: how they are kept."""

import hashlib
import secrets
from functools import lru_cache
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

BYTES: Final = 32
_NONCE_BYTES: Final = 12


def new_key() -> bytes:
    """A token, or a secret."""
    return secrets.token_bytes(BYTES)


def digest(token: bytes) -> bytes:
    """What is kept of a token. It is random: one SHA-256 is enough, and looking a digest up tells nobody how much of
    a guess was right."""
    return hashlib.sha256(token).digest()


def locked(secret: bytes, row: UUID) -> bytes:
    """The secret as it is kept: encrypted for this row alone, under a key that follows from SECRET_KEY."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, secret, row.bytes)


@lru_cache(maxsize=16_384)
def unlocked(kept: bytes, row: UUID) -> bytes | None:
    """The secret, or None where no key of the settings opens it: another SECRET_KEY locked it."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _cipher(key).decrypt(kept[:_NONCE_BYTES], kept[_NONCE_BYTES:], row.bytes)
        except (InvalidTag, ValueError):
            continue
    return None


@lru_cache(maxsize=8)
def _cipher(secret_key: str) -> AESGCM:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"trenza secrets of devices v1")
    return AESGCM(derive.derive(secret_key.encode()))
