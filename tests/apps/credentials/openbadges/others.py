"""Credentials of another issuer, made by somebody else's program (openbadgeslib)."""

import json
from datetime import UTC, datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import OKPAlgorithm, RSAAlgorithm
from openbadgeslib.ob3.credential import Achievement, Issuer, OpenBadgeCredential
from openbadgeslib.ob3.ldp import OB3LdpSigner

from trenza.apps.credentials.openbadges.keys import write_public
from trenza.apps.credentials.openbadges.trusting import keys_of
from trenza.apps.credentials.openbadges.verifying import Known

DID = "did:web:academia.example"
METHOD = f"{DID}#uno"
ED = Ed25519PrivateKey.from_private_bytes(bytes([9]) * 32)
RSA = generate_private_key(65_537, 2_048)


def pem(key: Any) -> str:
    kinds = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(*kinds).decode()  # type: ignore[no-any-return]


def stated(issuer: str = DID) -> OpenBadgeCredential:
    return OpenBadgeCredential(
        id="urn:uuid:0190a5d2-5f0e-7f3a-90a5-4df3a0a85df9",
        issuer=Issuer(id=issuer, name="Academia"),
        recipient_id="did:example:ana",
        achievement=Achievement(
            id="https://academia.example/logros/1", name="Redes", description="Redes.", criteria_narrative="Aprobó."
        ),
        issuance_date=datetime(2026, 1, 2, tzinfo=UTC),
    )


def signed(key: Ed25519PrivateKey = ED, *, issuer: str = DID, method: str | None = METHOD) -> dict[str, Any]:
    made = OB3LdpSigner(pem(key), method).sign_to_json(stated(issuer))
    return json.loads(made)  # type: ignore[no-any-return]


def of_its_own_key() -> dict[str, Any]:
    """Issued by a DID that is nothing but the key."""
    method = OB3LdpSigner(pem(ED)).verification_method
    return signed(issuer=method.partition("#")[0], method=method)


def token(key: Ed25519PrivateKey | RSAPrivateKey = ED, *, payload: dict[str, Any] | None = None, **header: Any) -> str:
    algorithm = "RS256" if isinstance(key, RSAPrivateKey) else "EdDSA"
    return jwt.encode(payload or stated().to_jwt_payload(), key, algorithm, {"kid": METHOD} | header)


def did_document(did: str = DID, **more: Any) -> dict[str, Any]:
    rsa = {**json.loads(RSAAlgorithm.to_jwk(RSA.public_key())), "alg": "RS256"}
    okp = json.loads(OKPAlgorithm.to_jwk(ED.public_key()))
    multikey = {
        "id": "#uno",
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": write_public(ED.public_key()),
    }
    others = [
        {"id": f"{did}#{name}", "type": "JsonWebKey", "controller": did, "publicKeyJwk": jwk}
        for name, jwk in (("rsa", rsa), ("okp", okp))
    ]
    made = {"id": did, "verificationMethod": [multikey, *others], "assertionMethod": ["#uno", f"{did}#rsa", "#okp"]}
    return {**made, **more}


def trusting(*documents: dict[str, Any]) -> Known:
    found = {name: key for each in documents for name, key in keys_of(each).items()}
    return Known(found.get, keys_of=lambda did: [key for name, key in found.items() if name.startswith(f"{did}#")])
