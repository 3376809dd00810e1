"""The keys of both sides: how a token and a secret are kept, and the key of age for what goes by file."""

import hashlib
import os
import secrets
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from pyrage.x25519 import Identity

from trenza.core import locking

BYTES: Final = 32
_PURPOSE: Final = b"trenza secrets of hubs v1"


def new_key() -> bytes:
    """A token, or a secret."""
    return secrets.token_bytes(BYTES)


def digest(token: bytes) -> bytes:
    """What the cell keeps of a token. It is random, and one SHA-256 is enough."""
    return hashlib.sha256(token).digest()


def locked(secret: bytes, row: UUID) -> bytes:
    """As it is kept: encrypted for this row alone."""
    return locking.locked(secret, row, purpose=_PURPOSE)


def unlocked(kept: bytes, row: UUID) -> bytes | None:
    """The secret; None where another SECRET_KEY locked it."""
    return locking.unlocked(bytes(kept), row, purpose=_PURPOSE)


def own_identity() -> Identity:
    """The key of age of this installation, cell or hub; made at its first use. It lies among the private files."""
    return Identity.from_str(_identity_within(settings.PRIVATE_ROOT))


@cache
def _identity_within(root: str | Path) -> str:
    path = Path(root) / "hub" / "identity.txt"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_once(path, f"{Identity.generate()}\n".encode())
    return path.read_text().strip()


def write_once(path: Path, content: bytes) -> None:
    """Keep a key. Of several processes that begin at once, one stays."""
    aside = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
