"""Certificates of courses elsewhere, and an issuer outside that signs some."""

import io
import json
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from tests.apps.credentials.examples import a_certified_programme
from tests.apps.programmes.examples import an_enrolment
from trenza.apps.credentials.actions import trust_issuer
from trenza.apps.credentials.models import TrustedIssuer
from trenza.apps.credentials.openbadges import documents, keys, proofs
from trenza.apps.credentials.openbadges.keys import SigningKey
from trenza.apps.people.api import Person, grant_role, register_person
from trenza.apps.programmes.api import Enrolment, ExternalCourse

PDF = b"%PDF-1.7\n% a certificate of somebody\n%%EOF\n"
PAST = datetime(2020, 1, 2, tzinfo=UTC)
ACADEMY = documents.Profile("did:web:academia.example", "Academia Norte")
ACADEMYS = SigningKey(f"{ACADEMY.did}#k1", Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32))


def a_course(enrolment: Enrolment | None = None, **more: Any) -> ExternalCourse:
    """A course of the academy that meets the module `uno` as well, with a score of 70 from which it is passed."""
    module = (enrolment or a_learner()).track.modules.get(code="uno")
    values = {"code": "conecta", "name": "Get Connected", "provider": "Academia Norte", "pass_score": 70}
    return ExternalCourse.objects.create(module=module, **(values | more))


def a_learner(**more: Any) -> Enrolment:
    """Rosa Quispe, enrolled in a track that one module completes, with a certificate."""
    return an_enrolment(a_certified_programme(), **more)


def another_learner(of: Enrolment, name: str, email: str = "", region: str = "") -> Enrolment:
    """One more in the same track."""
    person = register_person(given_name=name, family_name="Mamani", email=email, country="BO")
    return an_enrolment(of.edition.programme, person=person, region=region)


def a_coordinator(scope_kind: str = "all", scope: Any = None) -> Person:
    person = register_person(given_name="Ximena", family_name="Rojas", email=f"c{scope}@example.test")
    grant_role(person=person, role="coordinator", scope_kind=scope_kind, scope=scope, by=None)
    return person


def did_document(**more: Any) -> bytes:
    made = keys.did_document(ACADEMY.did, {"k1": keys.write_public(ACADEMYS.private.public_key())}, ["k1"])
    return json.dumps(made | more).encode()


def trusted(enrolment: Enrolment, by: Person) -> TrustedIssuer:
    return trust_issuer(programme=enrolment.edition.programme, name="Academia Norte", document=did_document(), by=by)


def a_badge(name: str = "Rosa Quispe", course: str = "Get Connected", **more: Any) -> bytes:
    """What the academy signed: Open Badges 3.0, JSON."""
    achievement = documents.Achievement("https://academia.example/a/1", course, "Aprendió.", "Terminó.", "en")
    given = {
        "id": "https://academia.example/c/1", "issuer": ACADEMY, "achievement": achievement,
        "identity": documents.Identity("name", name), "valid_from": PAST,
    }  # fmt: skip
    return json.dumps(proofs.sign(documents.achievement_credential(**{**given, **more}), ACADEMYS, at=PAST)).encode()


def a_photo(kind: str = "JPEG", *, size: tuple[int, int] = (40, 30)) -> bytes:
    """With what phones note in photos."""
    exif = Image.Exif()
    exif[0x010F] = "Fabricante secreto"
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind, exif=exif)
    return out.getvalue()
