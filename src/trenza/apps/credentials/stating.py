"""What a credential states in Open Badges, from its rows; not signed yet."""

import json
import secrets
import zlib
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from trenza.apps.admissions.api import Call, shared_zone
from trenza.apps.credentials import codes, disclosed
from trenza.apps.credentials.certificate.labels import words
from trenza.apps.credentials.keyring import profile_of
from trenza.apps.credentials.models import Credential, Endorsement, SignedCredential, StatusList, Wording
from trenza.apps.credentials.openbadges import compact, documents, proofs
from trenza.apps.programmes.api import Edition, Organisation, Programme
from trenza.core import clock
from trenza.core.ids import named_id

PURPOSES = ("revocation", "suspension")
STATUS_PATH = "estado"


def issuer_of(programme: Programme) -> Organisation | None:
    """The organisation that issues a programme's credentials: the first that organises it."""
    found = Organisation.objects.current().filter(programme=programme)
    organisers = [each for each in found.select_related("programme") if "organiser" in each.roles]
    return organisers[0] if organisers else None


def achievement_id(wording: UUID, edition: UUID) -> str:
    """What was achieved has one name for each wording and edition: that is what others endorse."""
    return f"urn:uuid:{named_id('achievement', str(wording), str(edition))}"


def status_address(status_list: StatusList, purpose: str) -> str:
    """Where a list is published."""
    return f"{settings.PUBLIC_URL}/{STATUS_PATH}/{status_list.pk}/{purpose}/"


def achievement_of(wording: Wording, edition: Edition, *, demonstration: bool = False) -> documents.Achievement:
    """What was achieved, in the words of the certificate; where nobody earned it (`demonstration`), it says so in its
    name and in its description, which every program shows."""
    name, description = wording.title, wording.text
    if demonstration:
        mark = words(wording.language, issued_on=clock.today("UTC")).demonstration
        name, description = f"{name} ({mark.lower()})", f"{mark}. {description}"
    return documents.Achievement(
        id=achievement_id(wording.pk, edition.pk), name=name, description=description,
        criteria=wording.criteria or wording.text, language=wording.language, skills=wording.skills,
        alignments=[documents.Alignment(**each) for each in wording.alignments],
    )  # fmt: skip


def endorsement(wording: Wording, edition: Edition, organisation: Organisation, at: datetime) -> dict[str, Any]:
    """The document with which an organisation stands behind these words in this edition, from `at` on; the same each
    time."""
    achievement, since = achievement_id(wording.pk, edition.pk), proofs.moment(at)
    return documents.endorsement_credential(
        id=f"urn:uuid:{named_id('endorsement', achievement, organisation.code, since)}",
        issuer=profile_of(organisation), achievement=achievement, comment=wording.title, valid_from=at,
    )  # fmt: skip


def stated(
    credential: Credential, issuer: Organisation, status_list: StatusList, index: int, endorsed: list[Endorsement]
) -> dict[str, Any]:
    """The document that its issuer signs."""
    return documents.achievement_credential(
        id=codes.verification_url(credential.code), issuer=profile_of(issuer),
        achievement=achievement_of(
            credential.wording, credential.enrolment.edition, demonstration=credential.demonstration
        ),
        identity=_identity(credential), valid_from=credential.issued_at, valid_until=credential.valid_until,
        evidence=[documents.Evidence(**each) for each in disclosed.evidence_of(credential)],
        status=[documents.StatusAt(status_address(status_list, each), index, each) for each in PURPOSES],
        endorsements=[each.document for each in endorsed],
    )  # fmt: skip


def _identity(credential: Credential) -> documents.Identity:
    """The salt is made for each signature, and stands nowhere but in the document."""
    if disclosed.is_hashed(credential):
        return documents.hashed("name", credential.name, secrets.token_hex(16))
    return documents.Identity("name", credential.name)


def last_day(credential: Credential) -> date | None:
    """The last day on which it holds, where the edition runs; None: for good."""
    if credential.valid_until is None:
        return None
    zone = shared_zone(Call.objects.filter(edition=credential.enrolment.edition_id))
    return credential.valid_until.astimezone(zone).date()


def in_short(credential: Credential, status_list: StatusList, index: int) -> compact.Compact:
    """What the QR code on paper says."""
    wording = credential.wording
    return compact.Compact(
        code=credential.code, name=credential.name, title=wording.title, programme=wording.programme_name,
        issued=credential.issued_on, until=last_day(credential), list=status_list.pk, index=index,
        hours=wording.hours, demonstration=credential.demonstration,
    )  # fmt: skip


def pack(document: dict[str, Any]) -> bytes:
    """As it is kept."""
    return zlib.compress(as_json(document), 9)


def as_json(document: dict[str, Any]) -> bytes:
    """As it travels, UTF-8."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def unpack(signed: SignedCredential) -> dict[str, Any] | None:
    """The signed document; None where it was erased."""
    data = bytes(signed.document)
    return dict(json.loads(zlib.decompress(data))) if data else None
