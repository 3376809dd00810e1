"""What others may ask credentials."""

import json
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from trenza.apps.credentials import codes
from trenza.apps.credentials.keyring import did_of, public_key_of
from trenza.apps.credentials.models import Credential, CredentialTemplate, IssuerKey, SignedCredential, StatusList
from trenza.apps.credentials.openbadges.compact import kid_of
from trenza.apps.credentials.openbadges.keys import read_public
from trenza.apps.credentials.openbadges.verifying import HeldList, Known, Signer
from trenza.apps.credentials.publishing import published_status
from trenza.apps.credentials.stating import PURPOSES, STATUS_PATH, unpack
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Programme
from trenza.core import clock

_PARTS: Final = 2  # the id of a list, and its purpose


def credentials_of(person: Person) -> QuerySet[Credential]:
    """Hers, the newest first, with what a page shows of them. Revoked ones too: they say so."""
    return _shown(Credential.objects.filter(person=person))


def find_credential(code: str) -> Credential | None:
    """The credential of a code as somebody typed it, with its signed document; None if there is none."""
    meant = codes.canonical(code)
    return _shown(Credential.objects.filter(code=meant)).select_related("signed").first() if meant else None


def current_templates(programme: Programme) -> QuerySet[CredentialTemplate]:
    """What completing the programme's tracks gives."""
    templates = CredentialTemplate.objects.current().filter(programme=programme)
    return templates.select_related("wording", "track").order_by("position")


def signed_document(credential: Credential) -> dict[str, Any] | None:
    """The credential as its issuer signed it; None where it is not signed yet, and where it was erased."""
    row = SignedCredential.objects.filter(credential=credential).first()
    return unpack(row) if row else None


def find_status_list(pk: UUID) -> StatusList | None:
    """A list in which the status of credentials stands."""
    return StatusList.objects.select_related("organisation__programme").filter(pk=pk).first()


def known_here() -> Known:
    """What this installation knows without asking anybody: its own issuers' keys, and their lists as they are now."""
    return Known(public_key_of, status_list=_own_list, signer=_signer, status_address=_list_address)


def _signer(kid: bytes) -> Signer | None:
    """Keys are few: as many as organisations ever had."""
    for row in IssuerKey.objects.select_related("organisation__programme").filter(distrusted_at=None):
        public = read_public(row.public)
        if kid_of(public) == kid:
            return Signer(did_of(row.organisation), row.organisation.name, public)
    return None


def _list_address(listed: UUID, purpose: str) -> str:
    return f"{settings.PUBLIC_URL}/{STATUS_PATH}/{listed}/{purpose}/"


def _own_list(address: str) -> HeldList | None:
    parts = address.removeprefix(f"{settings.PUBLIC_URL}/{STATUS_PATH}/").strip("/").split("/")
    if len(parts) != _PARTS or parts[1] not in PURPOSES:
        return None
    try:
        found = find_status_list(UUID(parts[0]))
    except ValueError:
        return None
    published = published_status(found, parts[1]) if found else None
    return HeldList(json.loads(published), clock.now()) if published else None


def _shown(credentials: QuerySet[Credential]) -> QuerySet[Credential]:
    return credentials.select_related("wording", "template", "person", "enrolment__edition__programme").order_by(
        "-issued_at", "-id"
    )
