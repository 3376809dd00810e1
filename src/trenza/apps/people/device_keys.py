"""The tokens and the secret of a profile: how they are kept."""

import hashlib
import secrets
from functools import lru_cache
from typing import Final
from uuid import UUID

from trenza.core import locking

BYTES: Final = 32
_PURPOSE: Final = b"trenza secrets of devices v1"


def new_key() -> bytes:
    """A token, or a secret."""
    return secrets.token_bytes(BYTES)


def digest(token: bytes) -> bytes:
    """What is kept of a token. It is random: one SHA-256 is enough, and looking a digest up tells nobody how much of
    a guess was right."""
    return hashlib.sha256(token).digest()


def locked(secret: bytes, row: UUID) -> bytes:
    """The secret as it is kept: encrypted for this row alone, under a key that follows from SECRET_KEY."""
    return locking.locked(secret, row, purpose=_PURPOSE)


@lru_cache(maxsize=16_384)
def unlocked(kept: bytes, row: UUID) -> bytes | None:
    """The secret, or None where no key of the settings opens it: another SECRET_KEY locked it."""
    return locking.unlocked(kept, row, purpose=_PURPOSE)
