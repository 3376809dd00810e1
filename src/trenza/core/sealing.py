"""Sealed records: written so that whoever carries them can neither read nor change them (docs/phone.md).

An act is encrypted to the cell's public key when it is written. The key follows from an ephemeral ECDH (P-256) and
from the writer's secret together: HKDF-SHA-256 (RFC 5869) with the secret as salt. Who lacks the cell's private key
cannot read it; who lacks her secret cannot make one. AES-256-GCM with the sequence as nonce: a sequence is used once.
"""

import hashlib
import os
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from trenza.core.errors import DomainError

PUBLIC_BYTES: Final = 65
SECRET_BYTES: Final = 32
MOST_ENTRIES: Final = 1_000  # that one record may stand for
_INFO: Final = b"trenza sealed entries v1"
_CURVE: Final = ec.SECP256R1()
_POINT: Final = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


class CannotOpen(DomainError):
    """It was not sealed for this cell by who has this secret, or it was changed on its way."""


@dataclass(frozen=True, slots=True)
class Record:
    """A sealed record as it travels. `session` is the ephemeral public key; `count` entries begin at `sequence`."""

    device: UUID
    session: bytes
    sequence: int
    count: int
    sealed: bytes


class CellKey(NamedTuple):
    """A key that phones seal for: `public` is an uncompressed point, `id` names it."""

    id: str
    public: bytes
    private: ec.EllipticCurvePrivateKey


def cell_key() -> CellKey:
    """The key that phones seal for now; made at its first use. It lies among the private files, which backups hold."""
    return _key_within(settings.PRIVATE_ROOT)


def open_record(record: Record, *, secret: bytes) -> bytes:
    """The act within.

    Raises:
        CannotOpen: see there.
    """
    try:
        key = _session_key(cell_key().id, record.session, secret)
        return key.decrypt(_nonce(record.sequence), record.sealed, _associated(record.device, record.count))
    except (InvalidTag, ValueError, OverflowError):
        raise CannotOpen from None


class Sealer:
    """Seals for a cell as a phone does: one session, a device's secret."""

    def __init__(self, *, device: UUID, secret: bytes, cell_public: bytes) -> None:
        private = ec.generate_private_key(_CURVE)
        self._device = device
        self.session = private.public_key().public_bytes(*_POINT)
        shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, cell_public))
        self._key = _derive(shared, secret, self.session, cell_public)

    def seal(self, act: bytes, *, sequence: int, count: int) -> Record:
        """Seal an act that stands for `count` entries, the first of which is `sequence`. Never twice the same one."""
        sealed = self._key.encrypt(_nonce(sequence), act, _associated(self._device, count))
        return Record(self._device, self.session, sequence, count, sealed)


@lru_cache(maxsize=4_096)
def _session_key(_: str, session: bytes, secret: bytes) -> AESGCM:
    """One ECDH for all records of a session. The id of the cell's key is part of what is remembered."""
    own = cell_key()
    shared = own.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, session))
    return _derive(shared, secret, session, own.public)


def _derive(shared: bytes, secret: bytes, session: bytes, cell_public: bytes) -> AESGCM:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=secret, info=_INFO + session + cell_public)
    return AESGCM(derived.derive(shared))


def _nonce(sequence: int) -> bytes:
    return sequence.to_bytes(12, "big")


def _associated(device: UUID, count: int) -> bytes:
    return device.bytes + count.to_bytes(2, "big")


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write_once(path: Path, content: bytes) -> None:
    """Of several processes that begin at once, one key stays."""
    aside = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


@cache
def _key_within(root: str | Path) -> CellKey:
    folder = Path(root) / "sealing"
    path = folder / "cell.pem"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(path, _pem(ec.generate_private_key(_CURVE)))
    return _read_key(path)


def _read_key(path: Path) -> CellKey:
    private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path.name} is no key on P-256")
    public = private.public_key().public_bytes(*_POINT)
    return CellKey(hashlib.sha256(public).hexdigest()[:8], public, private)
