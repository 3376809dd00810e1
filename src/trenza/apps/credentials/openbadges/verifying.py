"""What a credential is worth: one verdict, and why. Nothing that it names is ever fetched.

Whoever asks brings what is known: the public keys of issuers (`Known.method`), and status lists with the moment at
which each was had (`Known.status_list`). So the same rule serves a server, a command line and a phone without a signal.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from trenza.apps.credentials.openbadges import contexts, proofs, status_lists
from trenza.apps.credentials.openbadges.canonical import UnknownWords
from trenza.apps.credentials.openbadges.status_lists import NoList

_MOST: Final = 8
_PURPOSES: Final = ("revocation", "suspension")


class Verdict(StrEnum):
    """From what is worst to what is best; the first that is true is said."""

    UNREADABLE = "unreadable"
    """It is no credential that we can read."""
    ALTERED = "altered"
    """Its issuer did not sign this: a word was changed, or a key that is not the issuer's was used."""
    UNKNOWN_ISSUER = "unknown_issuer"
    """We do not know who signs with the key that it names, so we cannot say."""
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    VALID = "valid"


class StatusKnown(StrEnum):
    """What is known of whether it was taken back."""

    CHECKED = "checked"
    NOT_AT_HAND = "not_at_hand"
    """It names a list that we do not have: it may have been revoked."""
    NONE = "none"
    """It names none: its issuer cannot take it back."""


@dataclass(frozen=True)
class HeldList:
    """A status list credential, as it was had at `at`."""

    document: dict[str, Any]
    at: datetime


@dataclass(frozen=True)
class Known:
    """What we know without asking anybody. `method` gives the key of `did:…#name` if its controller trusts it."""

    method: Callable[[str], Ed25519PublicKey | None]
    status_list: Callable[[str], HeldList | None] = lambda _address: None


@dataclass(frozen=True)
class Endorsed:
    """Who endorses it, by a credential of its own within this one, and what that one is worth."""

    issuer: str
    name: str
    comment: str
    verdict: Verdict


@dataclass(frozen=True)
class Findings:
    """The verdict, and what the credential says; empty where it says nothing that can be read."""

    verdict: Verdict
    issuer: str = ""
    issuer_name: str = ""
    achievement: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    status: StatusKnown = StatusKnown.NONE
    status_at: datetime | None = None
    """When the oldest list was had by which it was judged."""
    endorsed: tuple[Endorsed, ...] = field(default=())


def verify(document: dict[str, Any], known: Known, *, now: datetime) -> Findings:
    """Judge a credential of Open Badges 3.0. Every document has a verdict; none is an error."""
    said = _said(document)
    if said is None:
        return Findings(Verdict.UNREADABLE)
    signed = _signature(document, said["issuer"], known)
    if signed is not None:
        return Findings(signed, **said)
    status, bits, at = _status(document, said["issuer"], known)
    return Findings(
        _standing(bits, said["valid_from"], said["valid_until"], now), **said, status=status, status_at=at,
        endorsed=_endorsed(document, known, now),
    )  # fmt: skip


def _said(document: dict[str, Any]) -> dict[str, Any] | None:
    """What the credential says of itself; None where it is none."""
    named = document.get("@context")
    types = _texts(document.get("type"))
    badge = {"OpenBadgeCredential", "AchievementCredential", "EndorsementCredential", "BitstringStatusListCredential"}
    if not isinstance(named, list) or not named or named[0] != contexts.CREDENTIALS:
        return None
    if "VerifiableCredential" not in types or not badge & set(types):
        return None
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    did = issuer.get("id") if isinstance(issuer, dict) else issuer
    moments = {name: _moment(document.get(name)) for name in ("validFrom", "validUntil") if name in document}
    if not isinstance(did, str) or not isinstance(subject, dict) or None in moments.values():
        return None
    achievement = subject.get("achievement")
    return {
        "issuer": did,
        "issuer_name": _text(issuer.get("name")) if isinstance(issuer, dict) else "",
        "achievement": _text(achievement.get("name")) if isinstance(achievement, dict) else "",
        "valid_from": moments.get("validFrom"),
        "valid_until": moments.get("validUntil"),
    }


def _signature(document: dict[str, Any], issuer: str, known: Known) -> Verdict | None:
    """None where the issuer signed all of it; else why not. One good proof is enough."""
    found = proofs.proofs_of(document)
    if not found:
        return Verdict.UNREADABLE if "proof" not in document else Verdict.ALTERED
    worst: Verdict | None = Verdict.UNKNOWN_ISSUER
    for proof in found:
        method = proofs.method_of(proof)
        if method.partition("#")[0] != issuer:
            worst = Verdict.ALTERED  # somebody signed in the name of another
            continue
        key = known.method(method)
        if key is None:
            continue
        try:
            if proofs.is_held_by(proof, document, key):
                return None
        except UnknownWords:
            pass
        worst = Verdict.ALTERED
    return worst


def _status(document: dict[str, Any], issuer: str, known: Known) -> tuple[StatusKnown, set[str], datetime | None]:
    """What its lists say: of which purposes its bit is set, and how old the oldest list is."""
    stated = document.get("credentialStatus")
    if stated is None:
        return StatusKnown.NONE, set(), None
    entries = stated if isinstance(stated, list) else [stated]
    bits: set[str] = set()
    at: list[datetime] = []
    for each in entries[:_MOST]:
        read = _bit(each, issuer, known) if isinstance(each, dict) else None
        if read is None:
            return StatusKnown.NOT_AT_HAND, bits, min(at, default=None)
        is_set, when = read
        at.append(when)
        if is_set:
            bits.add(_text(each.get("statusPurpose")))
    return StatusKnown.CHECKED, bits, min(at, default=None)


def _bit(entry: dict[str, Any], issuer: str, known: Known) -> tuple[bool, datetime] | None:
    """Whether the bit of this entry is set, in a list that the same issuer signed for the same purpose."""
    address, purpose, index = (entry.get(name) for name in ("statusListCredential", "statusPurpose", "statusListIndex"))
    if not isinstance(address, str) or purpose not in _PURPOSES or not isinstance(index, str):
        return None
    held = known.status_list(address)
    if held is None or not index.isascii() or not index.isdigit() or len(index) > _MOST:
        return None
    listed, subject = held.document, held.document.get("credentialSubject")
    said = _said(listed)
    right = said is not None and said["issuer"] == issuer and listed.get("id") == address
    if not right or not isinstance(subject, dict) or subject.get("statusPurpose") != purpose:
        return None
    if _signature(listed, issuer, known) is not None:
        return None
    try:
        return status_lists.is_set(status_lists.decode(subject.get("encodedList")), int(index)), held.at
    except NoList:
        return None


def _standing(bits: set[str], start: datetime | None, end: datetime | None, now: datetime) -> Verdict:
    if "revocation" in bits:
        return Verdict.REVOKED
    if "suspension" in bits:
        return Verdict.SUSPENDED
    if start is not None and start > now:
        return Verdict.NOT_YET
    return Verdict.EXPIRED if end is not None and end < now else Verdict.VALID


def _endorsed(document: dict[str, Any], known: Known, now: datetime) -> tuple[Endorsed, ...]:
    subject = document["credentialSubject"]
    achievement = subject.get("achievement")
    stated = achievement.get("endorsement") if isinstance(achievement, dict) else None
    found = []
    for each in (stated if isinstance(stated, list) else [])[:_MOST]:
        if not isinstance(each, dict) or "EndorsementCredential" not in _texts(each.get("type")):
            continue
        of = each.get("credentialSubject")
        findings = verify(each, known, now=now)
        about = isinstance(of, dict) and isinstance(achievement, dict) and of.get("id") == achievement.get("id")
        verdict = findings.verdict if about else Verdict.ALTERED
        comment = _text(of.get("endorsementComment")) if isinstance(of, dict) else ""
        found.append(Endorsed(findings.issuer, findings.issuer_name, comment, verdict))
    return tuple(found)


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str) or "T" not in value:
        return None
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _texts(value: object) -> list[str]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def _text(value: object) -> str:
    return value[:1_000] if isinstance(value, str) else ""
