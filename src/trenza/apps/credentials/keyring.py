"""The keys with which organisations sign: private halves in files of KEYS_ROOT, public halves in the database.

An organisation is known by a DID of the method web: its document is served under our own address, so whoever can fetch
a page can check a signature. The address of an installation is part of it, as it is of every code on paper.
"""

import os
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from trenza.apps.credentials.errors import KeyNotReadable
from trenza.apps.credentials.models import IssuerKey
from trenza.apps.credentials.openbadges import keys
from trenza.apps.credentials.openbadges.documents import Profile
from trenza.apps.programmes.api import Organisation

PATH: Final = "emisores"
_NAME_LENGTH: Final = 8
_PARTS: Final = 3  # ours, the programme, the organisation


def did_of(organisation: Organisation) -> str:
    """`did:web:HOST:emisores:PROGRAMME:ORGANISATION`"""
    return did_named(organisation.programme.code, organisation.code)


def did_named(programme: str, organisation: str) -> str:
    """The same by their codes."""
    return f"{_ours()}:{programme}:{organisation}"


def profile_of(organisation: Organisation) -> Profile:
    """Who it is, as credentials name it."""
    return Profile(did_of(organisation), organisation.name)


def address_of(organisation: Organisation) -> str:
    """Where its DID document is served."""
    return f"{settings.PUBLIC_URL}/{PATH}/{organisation.programme.code}/{organisation.code}/did.json"


def new_pair() -> tuple[str, str, Ed25519PrivateKey]:
    """A new key: its name, its public half as a Multikey, and the private half."""
    private = Ed25519PrivateKey.generate()
    public = keys.write_public(private.public_key())
    return name_of(public), public, private


def name_of(public: str) -> str:
    """What a key is called: the end of its public half."""
    return public[-_NAME_LENGTH:]


def keep_private(organisation: Organisation, name: str, private: Ed25519PrivateKey) -> Path:
    """Write it, for this user alone; encrypted where the settings have a passphrase."""
    path = path_of(organisation, name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, _encryption())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)
    return path


def path_of(organisation: Organisation, name: str) -> Path:
    """Where the private half of a key is, if it is here."""
    return Path(settings.KEYS_ROOT) / f"{organisation.programme.code}.{organisation.code}.{name}.pem"


def signing_key(organisation: Organisation) -> tuple[IssuerKey, keys.SigningKey] | None:
    """With what the organisation signs now: its newest key that is not retired and whose private half is here.

    Raises:
        KeyNotReadable: its file is there and cannot be read, or holds another key.
    """
    for row in IssuerKey.objects.filter(organisation=organisation, retired_at=None).order_by("-created_at", "-id"):
        path = path_of(organisation, row.name)
        if path.is_file():
            return row, keys.SigningKey(f"{did_of(organisation)}#{row.name}", _read(path, row))
    return None


def usable_key(organisation: Organisation) -> tuple[IssuerKey, keys.SigningKey] | None:
    """As `signing_key`; None too where the file cannot be read, for whoever goes on with others."""
    try:
        return signing_key(organisation)
    except KeyNotReadable:
        return None


def state_of_key(row: IssuerKey) -> str:
    """`here`, `unreadable` (its file is there and cannot be read) or `elsewhere`: no file of it is here."""
    path = path_of(row.organisation, row.name)
    if not path.is_file():
        return "elsewhere"
    try:
        _read(path, row)
    except KeyNotReadable:
        return "unreadable"
    return "here"


def public_key_of(method: str) -> Ed25519PublicKey | None:
    """The key of `did:web:…#name` where it is one of ours and still trusted; None for all others."""
    did, _, name = method.partition("#")
    parts = did.rsplit(":", 2)
    if len(parts) != _PARTS or parts[0] != _ours():
        return None
    _, programme, organisation = parts
    trusted = IssuerKey.objects.filter(
        organisation__programme__code=programme, organisation__code=organisation, name=name, distrusted_at=None
    )
    row = trusted.first()
    return keys.read_public(row.public) if row else None


def did_document(organisation: Organisation) -> dict[str, object]:
    """What its DID leads to: all its keys, and which of them are trusted."""
    rows = list(IssuerKey.objects.filter(organisation=organisation))
    trusted = [row.name for row in rows if row.distrusted_at is None]
    return keys.did_document(did_of(organisation), {row.name: row.public for row in rows}, trusted)


def is_ours(did: str) -> bool:
    """Whether it is a DID under our own address, of an organisation of ours or not: what such a one signs, our own keys
    alone decide."""
    host = _ours().removesuffix(f":{PATH}")
    return did == host or did.startswith(f"{host}:")


def _ours() -> str:
    host = urlsplit(settings.PUBLIC_URL).netloc.replace(":", "%3A")
    return f"did:web:{host}:{PATH}"


def _read(path: Path, row: IssuerKey) -> Ed25519PrivateKey:
    passphrase = settings.KEYS_PASSPHRASE.encode() or None
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), passphrase)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyNotReadable(path.name) from error
    if not isinstance(private, Ed25519PrivateKey) or keys.write_public(private.public_key()) != row.public:
        raise KeyNotReadable(path.name)
    return private


def _encryption() -> serialization.KeySerializationEncryption:
    passphrase = settings.KEYS_PASSPHRASE.encode()
    return serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
