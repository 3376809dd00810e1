"""On the hub: its name, its key, which never leaves, and the certificate that came down for them."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from trenza.apps.sync.hub import keys, x509
from trenza.apps.sync.hub.x509 import Chain, NotFor
from trenza.apps.sync.models import OwnCertificate
from trenza.core.journal import action

_log = logging.getLogger(__name__)


class Told(msgspec.Struct, array_like=True, frozen=True):
    """The cell's word: the hub's name, the key that it was asked to have certified, the certificate."""

    host: str
    key: bytes
    chain: str


_NOTHING: Final = Told("", b"", "")


def key_file() -> Path:
    """Where the key of the hub's name lies (PEM, PKCS #8); made at its first use."""
    path = Path(settings.PRIVATE_ROOT) / "hub" / "name.key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = generate_private_key(SECP256R1())
        keys.write_once(path, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path


def own_name() -> str:
    """The name under which phones find this hub; blank where it has none."""
    row = OwnCertificate.objects.first()
    return row.host if row else ""


def own_chain() -> Chain | None:
    """The certificate of this hub, in force or not; None where it has none for its key and its name."""
    row = OwnCertificate.objects.first()
    if row is None or not row.chain:
        return None
    try:
        return x509.chain_for(row.chain, key=_name_of(_key()), host=row.host)
    except NotFor:
        return None


def request_to_send() -> bytes:
    """What the cell must still be asked to have certified; empty where it knows, or where this hub has no name."""
    row = OwnCertificate.objects.first()
    if row is None:
        return b""
    key = _key()
    return b"" if _name_of(key) == bytes(row.key) else x509.request_for(key, row.host)


def apply(upserts: Sequence[tuple[bytes, Any]], tombstones: Sequence[bytes]) -> None:
    """Put what the cell says in place: the one row of the table, or that there is none any more."""
    take_word(told=next((_told(value) for _, value in upserts), _NOTHING))


@action
def take_word(*, told: Told) -> None:
    """Be called what the cell says. A certificate that is not for this hub takes the place of none."""
    before = OwnCertificate.objects.first()
    OwnCertificate.objects.all().delete()
    if told.host:
        kept = before.chain if before and before.host == told.host else ""
        chain = told.chain if _is_ours(told) else kept
        OwnCertificate.objects.create(host=told.host, key=told.key, chain=chain)


def _told(value: Any) -> Told:
    """What a newer cell says in another way is nothing to us."""
    try:
        return msgspec.convert(value, Told)
    except msgspec.ValidationError:
        _log.warning("the cell's word about this hub's name could not be read")
        return _NOTHING


def _is_ours(told: Told) -> bool:
    try:
        x509.chain_for(told.chain, key=_name_of(_key()), host=told.host)
    except NotFor as error:
        if told.chain:
            _log.warning("the certificate that came down is not for this hub: %s", error.code)
        return False
    return True


def _key() -> EllipticCurvePrivateKey:
    found = load_pem_private_key(key_file().read_bytes(), password=None)
    if not isinstance(found, EllipticCurvePrivateKey):
        raise TypeError(key_file())
    return found


def _name_of(key: EllipticCurvePrivateKey) -> bytes:
    return x509.name_of_key(key.public_key())
