"""What is stated, as JSON-LD: OpenBadgeCredential and EndorsementCredential (Open Badges 3.0), and status lists.

Pure: from words to documents that are not signed yet (`proofs.sign`).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from trenza.apps.credentials.openbadges import contexts, status_lists
from trenza.apps.credentials.openbadges.proofs import moment

_CONTEXTS: Final = [contexts.CREDENTIALS, contexts.OPEN_BADGES]


@dataclass(frozen=True)
class Profile:
    """Who states it: a DID, and the name that people know."""

    did: str
    name: str


@dataclass(frozen=True)
class Alignment:
    """A skill of the achievement in a framework that others use: DigComp, ESCO."""

    name: str
    url: str
    code: str
    framework: str


@dataclass(frozen=True)
class Achievement:
    """What was achieved, and how. `id` is an address or a URN, `language` a BCP 47 tag."""

    id: str
    name: str
    description: str
    criteria: str
    language: str
    skills: Sequence[str] = ()
    alignments: Sequence[Alignment] = ()


@dataclass(frozen=True)
class Identity:
    """Whose it is: a name, plain, or as the salted hash that Open Badges describes (`sha256$…`)."""

    kind: str
    value: str
    salt: str = ""


def hashed(kind: str, value: str, salt: str) -> Identity:
    """The identity of which others see only whether it is the one that they know: SHA-256 of the value and the salt."""
    return Identity(kind, "sha256$" + hashlib.sha256((value + salt).encode()).hexdigest(), salt)


@dataclass(frozen=True)
class Evidence:
    """Something to look at that shows what she can do: an address, and what it is."""

    name: str
    url: str


@dataclass(frozen=True)
class StatusAt:
    """Where its status stands: the address of a list, the bit in it, and what the bit says."""

    list: str
    index: int
    purpose: str


def achievement_credential(
    *,
    id: str,
    issuer: Profile,
    achievement: Achievement,
    identity: Identity,
    valid_from: datetime,
    valid_until: datetime | None = None,
    status: Sequence[StatusAt] = (),
    endorsements: Sequence[dict[str, Any]] = (),
    evidence: Sequence[Evidence] = (),
) -> dict[str, Any]:
    """An OpenBadgeCredential. `endorsements` are EndorsementCredentials of the achievement, signed by their issuers."""
    stated: dict[str, Any] = {
        "id": achievement.id,
        "type": ["Achievement"],
        "name": achievement.name,
        "description": achievement.description,
        "criteria": {"narrative": achievement.criteria},
        "inLanguage": achievement.language,
    }
    if achievement.skills:
        stated["tag"] = list(achievement.skills)
    if achievement.alignments:
        stated["alignment"] = [_alignment(each) for each in achievement.alignments]
    if endorsements:
        stated["endorsement"] = list(endorsements)
    found: dict[str, Any] = {
        "@context": list(_CONTEXTS),
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement.name,
        "issuer": _profile(issuer),
        "validFrom": moment(valid_from),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [_identity(identity)],
            "achievement": stated,
        },
    }
    if valid_until is not None:
        found["validUntil"] = moment(valid_until)
    if evidence:
        found["evidence"] = [{"id": each.url, "type": ["Evidence"], "name": each.name} for each in evidence]
    if status:
        found["credentialStatus"] = [status_lists.entry(each.list, each.index, each.purpose) for each in status]
    return found


def endorsement_credential(
    *, id: str, issuer: Profile, achievement: str, comment: str, valid_from: datetime
) -> dict[str, Any]:
    """An EndorsementCredential: an organisation stands behind an achievement, whoever achieves it."""
    return {
        "@context": list(_CONTEXTS),
        "id": id,
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": comment,
        "issuer": _profile(issuer),
        "validFrom": moment(valid_from),
        "credentialSubject": {
            "id": achievement,
            "type": ["EndorsementSubject"],
            "endorsementComment": comment,
        },
    }


def status_list_credential(
    *, address: str, issuer: Profile, purpose: str, indexes: set[int], valid_from: datetime, valid_until: datetime
) -> dict[str, Any]:
    """A BitstringStatusListCredential: of which of its credentials this is so."""
    return {
        "@context": [contexts.CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": moment(valid_from),
        "validUntil": moment(valid_until),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": status_lists.encode(indexes),
        },
    }


def _profile(issuer: Profile) -> dict[str, Any]:
    return {"id": issuer.did, "type": ["Profile"], "name": issuer.name}


def _identity(identity: Identity) -> dict[str, Any]:
    found = {
        "type": "IdentityObject",
        "identityType": identity.kind,
        "identityHash": identity.value,
        "hashed": bool(identity.salt),
    }
    return {**found, "salt": identity.salt} if identity.salt else found


def _alignment(alignment: Alignment) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetName": alignment.name,
        "targetUrl": alignment.url,
        "targetCode": alignment.code,
        "targetFramework": alignment.framework,
    }
