"""Whose signatures on a credential hold, for its page: checked once for each document and for the keys trusted then."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

from trenza.apps.credentials.keyring import did_named
from trenza.apps.credentials.models import Credential, IssuerKey, SignedCredential
from trenza.apps.credentials.openbadges.keys import PublicKey, read_public
from trenza.apps.credentials.openbadges.verifying import Known, Verdict, verify
from trenza.apps.credentials.stating import unpack
from trenza.core import clock

_ROOM: Final = 4_096
_BEFORE: Final = (Verdict.ALTERED, Verdict.UNKNOWN_ISSUER, Verdict.UNREADABLE)


@dataclass(frozen=True)
class Signature:
    """An organisation, and whether what it signed is unchanged and its key trusted."""

    did: str
    name: str
    holds: bool


@dataclass(frozen=True)
class Signatures:
    """Of who issued it, and of those who endorse it. Nothing in it is of the person."""

    issuer: Signature
    endorsers: tuple[Signature, ...]


_kept: OrderedDict[str, Signatures] = OrderedDict()
_lock = Lock()


def signatures_of(credential: Credential) -> Signatures | None:
    """None where it is not signed yet, or was erased. A key that is distrusted shows at the next look."""
    signed: SignedCredential | None = getattr(credential, "signed", None)
    if signed is None or not signed.document:
        return None
    trusted = _trusted()
    digest = hashlib.sha256(bytes(signed.document) + repr(sorted(trusted.items())).encode()).hexdigest()
    found = _kept.get(digest)
    if found is None:
        found = _checked(signed, trusted)
        with _lock:
            _kept[digest] = found
            while len(_kept) > _ROOM:
                _kept.popitem(last=False)
    return found


def _trusted() -> dict[str, str]:
    """The trusted keys of ours, as they are written. There are as many as organisations ever had."""
    rows = IssuerKey.objects.filter(distrusted_at=None).order_by()
    named = rows.values_list("organisation__programme__code", "organisation__code", "name", "public")
    return {f"{did_named(programme, code)}#{name}": public for programme, code, name, public in named}


def _checked(signed: SignedCredential, trusted: dict[str, str]) -> Signatures:
    def method(name: str) -> PublicKey | None:
        return read_public(trusted[name]) if name in trusted else None

    document = unpack(signed)
    assert document is not None
    findings = verify(document, Known(method), now=clock.now())
    issuer = Signature(findings.issuer, findings.issuer_name, findings.verdict not in _BEFORE)
    endorsers = (Signature(each.issuer, each.name, each.verdict not in _BEFORE) for each in findings.endorsed)
    return Signatures(issuer, tuple(endorsers))
