"""What a credential is worth: one verdict, and why. Nothing that it names is ever fetched.

Whoever asks brings what is known: the public keys of issuers (`Known.method`), and status lists with the moment at
which each was had (`Known.status_list`). So the same rule serves a server, a command line and a phone without a signal.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from trenza.apps.credentials.openbadges import contexts, proofs, status_lists
from trenza.apps.credentials.openbadges.canonical import UnknownContext, UnknownWords, ensure_known_contexts
from trenza.apps.credentials.openbadges.keys import PublicKey
from trenza.apps.credentials.openbadges.status_lists import NoList
from trenza.apps.credentials.openbadges.tokens import ALGORITHMS, Token
from trenza.apps.credentials.openbadges.trusting import key_of_itself

_MOST: Final = 8
Presented = dict[str, Any] | Token
"""A credential with its proof in it, or within a token."""


class Verdict(StrEnum):
    """From what is worst to what is best; the first that is true is said."""

    UNREADABLE = "unreadable"
    """It is no credential that we can read."""
    ALTERED = "altered"
    """Its issuer did not sign this: a word was changed, or a key that is not the issuer's was used."""
    UNKNOWN_ISSUER = "unknown_issuer"
    """We do not know who signs with the key that it names, so we cannot say."""
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    """Its issuer has another one in its place."""
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


_BY_PURPOSE: Final = {
    "revocation": Verdict.REVOKED, "refresh": Verdict.SUPERSEDED, "suspension": Verdict.SUSPENDED,
}  # fmt: skip


@dataclass(frozen=True)
class HeldList:
    """A status list credential, as it was had at `at`."""

    document: Presented
    at: datetime


@dataclass(frozen=True)
class Known:
    """What we know without asking anybody. `method` gives the key of `did:…#name` if its controller trusts it."""

    method: Callable[[str], PublicKey | None]
    status_list: Callable[[str], HeldList | None] = lambda _address: None
    keys_of: Callable[[str], Sequence[PublicKey]] = lambda _did: ()
    """All keys of an issuer, for tokens that do not say which was used."""
    signer: Callable[[bytes], "Signer | None"] = lambda _kid: None
    """Whose key has this name in compact forms."""
    status_address: Callable[[UUID, str], str] = lambda _list, _purpose: ""
    """Where a list that a compact form names stands, for each purpose."""


@dataclass(frozen=True)
class Signer:
    """Who signs compact forms with `key`."""

    did: str
    name: str
    key: Ed25519PublicKey


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
    id: str = ""
    """The address that it has for itself; of a compact form, the code on the paper."""
    recipient: str = ""
    """Her name, where it stands there in plain."""
    is_whole: bool = False
    """Of an unknown issuer: nobody changed it since whoever has the key signed it, for its DID is the key itself."""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    status: StatusKnown = StatusKnown.NONE
    status_at: datetime | None = None
    """When the oldest list was had by which it was judged."""
    endorsed: tuple[Endorsed, ...] = field(default=())


def verify(presented: Presented, known: Known, *, now: datetime) -> Findings:
    """Judge a credential of Open Badges 3.0. Every document has a verdict; none is an error."""
    document = presented.document if isinstance(presented, Token) else presented
    said = _said(document)
    if said is None:
        return Findings(Verdict.UNREADABLE)
    signed = _signature(presented, said["issuer"], known)
    if signed is not None:
        if signed is Verdict.UNKNOWN_ISSUER and said["issuer"].startswith("did:key:"):
            itself = _signature(presented, said["issuer"], Known(key_of_itself))
            return Findings(itself or signed, **said, is_whole=itself is None)
        return Findings(signed, **said)
    status, bits, at = status_of(document.get("credentialStatus"), said["issuer"], known)
    start, end = presented.days if isinstance(presented, Token) else (None, None)
    starts = [each for each in (said["valid_from"], start) if each is not None]
    ends = [each for each in (said["valid_until"], end) if each is not None]
    said |= {"valid_from": max(starts, default=None), "valid_until": min(ends, default=None)}
    return Findings(
        standing(bits, said["valid_from"], said["valid_until"], now), **said, status=status, status_at=at,
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
        "id": _text(document.get("id")),
        "recipient": _recipient(subject.get("identifier")),
        "valid_from": moments.get("validFrom"),
        "valid_until": moments.get("validUntil"),
    }


def _recipient(stated: object) -> str:
    """A name that is not hashed."""
    for each in stated if isinstance(stated, list) else [stated]:
        if isinstance(each, dict) and each.get("identityType") == "name" and each.get("hashed") is False:
            return _text(each.get("identityHash"))
    return ""


def _signature(presented: Presented, issuer: str, known: Known) -> Verdict | None:
    """None where the issuer signed all of it; else why not. One good proof is enough."""
    if isinstance(presented, Token):
        return _token_signature(presented, issuer, known)
    found = proofs.proofs_of(presented)
    if not found:
        return Verdict.UNREADABLE if "proof" not in presented else Verdict.ALTERED
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
            if isinstance(key, Ed25519PublicKey) and proofs.is_held_by(proof, presented, key):
                return None
        except UnknownContext:
            return Verdict.UNREADABLE
        except UnknownWords:
            pass
        worst = Verdict.ALTERED
    return worst


def _token_signature(token: Token, issuer: str, known: Known) -> Verdict | None:
    try:
        ensure_known_contexts(token.document)
    except UnknownWords:
        return Verdict.UNREADABLE
    if token.algorithm not in ALGORITHMS:
        return Verdict.ALTERED
    method = issuer + token.kid if token.kid.startswith("#") else token.kid
    if method.startswith("did:") and method.partition("#")[0] != issuer:
        return Verdict.ALTERED  # somebody signed in the name of another
    named = known.method(method) if method.partition("#")[0] == issuer else None
    tried = known.keys_of(issuer) if not token.kid else [named] if named else []
    if not tried:
        return Verdict.UNKNOWN_ISSUER
    return None if any(token.is_held_by(key) for key in tried[:_MOST]) else Verdict.ALTERED


def status_of(stated: object, issuer: str, known: Known) -> tuple[StatusKnown, set[str], datetime | None]:
    """What the lists say that a credential states: of which purposes its bit is set, and when the oldest was had."""
    entries = stated if isinstance(stated, list) else [] if stated is None else [stated]
    if not entries:
        return StatusKnown.NONE, set(), None
    named = [each for each in entries[:_MOST] if isinstance(each, dict)]
    read = [(each, _bit(each, issuer, known)) for each in named]
    had = [(each, found) for each, found in read if found is not None]
    bits = {str(each["statusPurpose"]) for each, (is_set, _) in had if is_set}
    at_hand = StatusKnown.CHECKED if len(had) == len(entries) else StatusKnown.NOT_AT_HAND
    return at_hand, bits, min((at for _, (_, at) in had), default=None)


def _bit(entry: dict[str, Any], issuer: str, known: Known) -> tuple[bool, datetime] | None:
    """Whether the bit of this entry is set, in a list that the same issuer signed for the same purpose."""
    address, purpose, index = (entry.get(name) for name in ("statusListCredential", "statusPurpose", "statusListIndex"))
    if not isinstance(address, str) or purpose not in _BY_PURPOSE or not isinstance(index, str):
        return None
    held = known.status_list(address)
    if held is None or not index.isascii() or not index.isdigit() or len(index) > _MOST:
        return None
    listed = held.document.document if isinstance(held.document, Token) else held.document
    subject = listed.get("credentialSubject")
    said = _said(listed)
    right = said is not None and said["issuer"] == issuer and listed.get("id") == address
    if not right or not isinstance(subject, dict) or subject.get("statusPurpose") != purpose:
        return None
    if _signature(held.document, issuer, known) is not None:
        return None
    try:
        return status_lists.is_set(status_lists.decode(subject.get("encodedList")), int(index)), held.at
    except NoList:
        return None


def standing(bits: Collection[str], start: datetime | None, end: datetime | None, now: datetime) -> Verdict:
    """What is so of a credential that its issuer signed, by the bits that are set and by its days."""
    for purpose, verdict in _BY_PURPOSE.items():
        if purpose in bits:
            return verdict
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
