"""A credential, its endorsement and its status list, with keys that are the same each time."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from trenza.apps.credentials.openbadges import documents, proofs
from trenza.apps.credentials.openbadges.keys import SigningKey
from trenza.apps.credentials.openbadges.verifying import HeldList, Known

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ISSUER = documents.Profile("did:web:trenza.example:emisores:mujeres-online:promujer", "Pro Mujer")
ENDORSER = documents.Profile("did:web:trenza.example:emisores:mujeres-online:netacad", "Cisco Networking Academy")
LIST = "https://trenza.example/estado/1/"
INDEX = 94_567
ACHIEVEMENT = documents.Achievement(
    "urn:uuid:0190a5d2-5f0e-7f3a-90a5-4df3a0a85df3", "Mujeres Online", "Aprendió a usar internet.",
    "Terminó los tres módulos.", "es", ["Usar internet con seguridad"],
    [documents.Alignment("Navegar", "https://data.europa.eu/snb/dcf/navegar", "1.1", "DigComp 2.2")],
)  # fmt: skip


def key(profile: documents.Profile, seed: int) -> SigningKey:
    return SigningKey(f"{profile.did}#{seed}", Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


ISSUERS, ENDORSERS = key(ISSUER, 1), key(ENDORSER, 2)
KEYS = {each.id: each.private.public_key() for each in (ISSUERS, ENDORSERS)}


def endorsement() -> dict[str, Any]:
    stated = documents.endorsement_credential(
        id="urn:uuid:0190a5d2-5f0e-7f3a-90a5-4df3a0a85df4", issuer=ENDORSER, achievement=ACHIEVEMENT.id,
        comment="Respaldamos este curso.", valid_from=NOW,
    )  # fmt: skip
    return proofs.sign(stated, ENDORSERS, at=NOW)


def unsigned(**more: Any) -> dict[str, Any]:
    given = {
        "id": "https://trenza.example/certificado/K7QX3M9ZT2W8R5VN4H6JBPYCD0/", "issuer": ISSUER,
        "achievement": ACHIEVEMENT, "identity": documents.Identity("name", "María Ñandú Quispe"), "valid_from": NOW,
        "status": [documents.StatusAt(LIST, INDEX, "revocation")], "endorsements": [endorsement()],
    }  # fmt: skip
    return documents.achievement_credential(**{**given, **more})


def credential(**more: Any) -> dict[str, Any]:
    return proofs.sign(unsigned(**more), ISSUERS, at=NOW)


def status_list(indexes: set[int], *, issuer: documents.Profile = ISSUER, by: SigningKey = ISSUERS, **more: Any) -> Any:
    stated = documents.status_list_credential(
        address=LIST, issuer=issuer, purpose="revocation", indexes=indexes, valid_from=NOW, valid_until=NOW
    )
    return HeldList(proofs.sign({**stated, **more}, by, at=NOW), NOW)


def known(indexes: set[int] | None = None, held: HeldList | None = None) -> Known:
    return replace(Known(KEYS.get), status_list={LIST: held or status_list(indexes or set())}.get)
