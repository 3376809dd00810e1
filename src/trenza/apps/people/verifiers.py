"""What a hub compares cards and PINs with. At a cell it is a digest and a slow hash; a hub has those under a key that
follows from the secret of its pairing, which opens them nowhere else."""

import hmac
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from trenza.apps.sync.api import NotPaired, secret_of_hub

_PURPOSE: Final = b"trenza verifiers of people v1"


def key_of(secret: bytes) -> bytes:
    """The key of a hub, from the secret of its pairing."""
    return hmac.digest(secret, _PURPOSE, "sha256")


def own_key() -> bytes | None:
    """That of this hub; None at a cell, and where no cell has paired it."""
    if not settings.IS_HUB:
        return None
    try:
        return key_of(secret_of_hub())
    except NotPaired:
        return None


def for_hub(kept: bytes, key: bytes) -> bytes:
    """What is kept at a cell, as the hub of this key has it."""
    return hmac.digest(key, kept, "sha256")


def as_kept_here(kept: bytes) -> bytes:
    """What is kept at a cell, as it is kept here."""
    key = own_key()
    return kept if key is None else for_hub(kept, key)


def keep_pin_key(upserts: Sequence[tuple[bytes, Any]], _: Sequence[bytes]) -> None:
    """On a hub: the key under which its cell makes PINs. It lies among the private files."""
    for _key, value in upserts:
        path = _pin_key_file()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = path.with_suffix(".new")
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(bytes(value))
            file.flush()
            os.fsync(file.fileno())  # the row is acknowledged after this, and does not come again
        aside.replace(path)


def pin_key_of_cell() -> bytes | None:
    """On a hub: the key under which its cell makes PINs, once it was told."""
    path = _pin_key_file()
    return path.read_bytes() if path.exists() else None


def _pin_key_file() -> Path:
    return Path(settings.PRIVATE_ROOT) / "hub" / "pins.key"
