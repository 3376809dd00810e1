"""What credentials keeps about a person: her name on each certificate, and the PDFs."""

from typing import Any
from uuid import UUID

from trenza.apps.credentials import codes, pdfs
from trenza.apps.credentials.models import Credential, SignedCredential
from trenza.apps.credentials.queries import signed_document
from trenza.core.journal import action
from trenza.core.merging import Change, moved
from trenza.core.privacy import register_keeper


def export(person: UUID) -> list[dict[str, Any]]:
    """Everything kept about her, for her, the newest credential first."""
    credentials = Credential.objects.filter(person=person).select_related("wording").order_by("-issued_at", "-id")
    return [
        {
            "title": credential.wording.title,
            "programme": credential.wording.programme_name,
            "name": credential.name,
            "issued_at": credential.issued_at,
            "revoked_at": credential.revoked_at,
            "superseded_at": credential.superseded_at,
            "open_badge": signed_document(credential),
            "verification": codes.verification_url(credential.code),
        }
        for credential in credentials
    ]


@action
def erase(*, person: UUID) -> None:
    """Remove her name and what was printed with it. That a credential was issued stays, and its page says so."""
    hers = Credential.objects.filter(person=person)
    pdfs.forget(hers.values_list("pk", flat=True))
    SignedCredential.objects.filter(credential__in=hers.values("pk")).update(
        document=b"", compact=b"", stale_since=None
    )
    hers.exclude(name="").update(name="")


def merge(absorbed: UUID, kept: UUID) -> list[Change]:
    """Her certificates are hers under either name; each keeps the name that was printed, and its enrolment."""
    return [moved(Credential.objects.all(), "person", absorbed, kept)]


def register() -> None:
    """Register with core."""
    register_keeper("credentials", export=export, erase=lambda person: erase(person=person), merge=merge)
