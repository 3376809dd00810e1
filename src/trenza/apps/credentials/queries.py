"""What others may ask credentials."""

import json
from collections.abc import Hashable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet, Subquery, Value

from trenza.apps.credentials import codes
from trenza.apps.credentials.disclosed import public_document
from trenza.apps.credentials.keyring import did_of, public_key_of
from trenza.apps.credentials.models import (
    Credential,
    CredentialTemplate,
    ExternalCredential,
    IssuerKey,
    PublicPage,
    SignedCredential,
    StatusList,
)
from trenza.apps.credentials.openbadges import compact
from trenza.apps.credentials.openbadges.compact import kid_of
from trenza.apps.credentials.openbadges.keys import read_public
from trenza.apps.credentials.openbadges.verifying import HeldList, Known, Signer
from trenza.apps.credentials.publishing import published_status
from trenza.apps.credentials.stating import PURPOSES, STATUS_PATH, unpack
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, Enrolment, ExternalCourse, Programme
from trenza.core import clock
from trenza.core.prepared import PreparedRow

_PARTS: Final = 2  # the id of a list, and its purpose
_SHOWN: Final = ("wording", "template", "person", "enrolment__edition__programme", "disclosure")

_PAGE: Final = ("wording", "template", "person", "enrolment__edition", "disclosure", "signed")
_NOT_ON_PAGE: Final = tuple(
    f"{path}__{field.attname}"
    for path, model, kept in (
        ("person", Person, {"id", "synthetic"}),
        ("enrolment__edition", Edition, {"id", "demonstration"}),
        ("enrolment", Enrolment, {"id", "edition_id"}),
        ("template", CredentialTemplate, {"id", "code"}),
    )
    for field in model._meta.concrete_fields
    if field.attname not in kept
)


def credentials_of(person: Person) -> QuerySet[Credential]:
    """Hers, the newest first, with what a page shows of them. Revoked ones too: they say so."""
    return _shown(Credential.objects.filter(person=person))


def find_credential(code: str) -> Credential | None:
    """The credential of a code as somebody typed it, with its signed document; None if there is none."""
    meant = codes.canonical(code)
    if not meant:
        return None
    # Of a woman and of an edition the page needs one column each; compiling all of them costs more than the query.
    found = Credential.objects.filter(code=meant).select_related(*_PAGE)
    return found.defer(*_NOT_ON_PAGE).order_by().first()


def _says(code: str, now: datetime) -> QuerySet[Credential, Any]:
    keys = IssuerKey.objects.order_by().values(one=Value(1)).annotate(n=Count("pk"), off=Count("distrusted_at"))
    return Credential.objects.filter(code=code).order_by().values_list(
        *("pk", "name", "wording", "issued_on", "valid_until", "revoked_at", "superseded_at", "suspended_at"),
        *("person__synthetic", "enrolment__edition__demonstration", "disclosure__changed_at", "signed__signed_at"),
        Subquery(keys.values("n")), Subquery(keys.values("off")), ExpressionWrapper(
            Q(valid_until__lt=now), output_field=BooleanField()),
    )  # fmt: skip


_stamp: Final = PreparedRow(_says, "a code", datetime(1, 1, 1, tzinfo=UTC))


def stamp_of(code: str) -> Hashable:
    """What a certificate's page says, in a row that is another as soon as any of it changes: its state now, what she
    chose, what is signed, which keys are trusted. None where there is no such code. One query."""
    return _stamp.one(code, clock.now())


def certificates_to_print(edition: Edition) -> list[Credential]:
    """Those of an edition that hold and bear a name, by region and by name, as one lays them out for a ceremony."""
    found = Credential.objects.filter(enrolment__edition=edition).exclude(name="")
    found = found.select_related("wording", "person", "enrolment__edition", "enrolment__region")
    return [each for each in found.order_by("enrolment__region__position", "name", "id") if each.is_valid]


def current_templates(programme: Programme) -> QuerySet[CredentialTemplate]:
    """What completing the programme's tracks gives."""
    templates = CredentialTemplate.objects.current().filter(programme=programme)
    return templates.select_related("wording", "track").order_by("position")


def signed_document(credential: Credential) -> dict[str, Any] | None:
    """The credential as its issuer signed it; None where it is not signed yet, and where it was erased."""
    row = SignedCredential.objects.filter(credential=credential).first()
    return unpack(row) if row else None


def public_document_of(credential: Credential) -> dict[str, Any] | None:
    """The signed document as strangers get it: None where it says more than she lets others see, until it is signed
    anew, and where it was revoked or superseded."""
    return public_document(credential, signed_document(credential))


def offline_text_of(credential: Credential) -> str:
    """What the QR code that is checked without a signal holds; empty where it is not signed yet, or was erased."""
    row: SignedCredential | None = getattr(credential, "signed", None)
    data = bytes(row.compact) if row and credential.is_valid else b""
    return compact.text_of(data, settings.PUBLIC_URL) if data else ""


def hers_to_show(person: Person) -> QuerySet[Credential]:
    """Hers, the newest first, with all that her own pages show of them, and without the documents."""
    shown = credentials_of(person).select_related("signed", "superseded_by", *_SHOWN)
    return shown.defer("signed__document")


def public_page_of(person: Person) -> PublicPage | None:
    """Her public page, if she has opened one."""
    return PublicPage.objects.filter(person=person).first()


def find_public_page(code: str) -> PublicPage | None:
    """The public page of a code; None where there is none, or it was closed."""
    meant = codes.canonical(code)
    return PublicPage.objects.select_related("person").filter(code=meant).first() if meant else None


def listed_on(page: PublicPage) -> QuerySet[Credential]:
    """What stands on it: what she chose of what holds, the newest first."""
    chosen = Credential.objects.filter(person=page.person_id, disclosure__listed=True, revoked_at=None)
    return _shown(chosen.filter(superseded_at=None).exclude(name=""))


def find_status_list(pk: UUID) -> StatusList | None:
    """A list in which the status of credentials stands."""
    return StatusList.objects.select_related("organisation__programme").filter(pk=pk).first()


def externals_of(person: Person) -> QuerySet[ExternalCredential]:
    """The certificates of courses elsewhere that were handed in for her, the newest first."""
    found = ExternalCredential.objects.filter(person=person)
    return found.select_related("course__module", "enrolment__track").order_by("-added_at", "-id")


def courses_elsewhere(enrolment: Enrolment) -> QuerySet[ExternalCourse]:
    """Courses of others that meet a module of her track which she has not met yet."""
    current = ExternalCourse.objects.current().filter(module__track=enrolment.track_id, module__retired_at=None)
    return (
        current.exclude(module__met__enrolment=enrolment)
        .select_related("module")
        .order_by("module__position", "position")
    )


def file_is_also_of(external: ExternalCredential) -> int:
    """How many other people handed in the very same file."""
    if not external.digest:
        return 0
    same = ExternalCredential.objects.filter(digest=external.digest).exclude(person=external.person_id)
    return same.values("person").distinct().count()


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
    return credentials.select_related(*_SHOWN).order_by("-issued_at", "-id")
