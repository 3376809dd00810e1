"""What credentials keeps about a person: her name on each certificate, what she lets others see, and the PDFs."""

from typing import Any
from uuid import UUID

from trenza.apps.credentials import codes, disclosed, pdfs
from trenza.apps.credentials.models import Credential, Disclosure, NameCorrection, PublicPage, SignedCredential
from trenza.apps.credentials.queries import signed_document
from trenza.core.journal import action
from trenza.core.merging import Change, moved
from trenza.core.privacy import register_keeper


def export(person: UUID) -> list[dict[str, Any]]:
    """Everything kept about her, for her, the newest credential first."""
    credentials = Credential.objects.filter(person=person).select_related("wording", "disclosure")
    page = PublicPage.objects.filter(person=person).first()
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
            "shown": _shown(credential),
            "public_page": disclosed.page_url(page) if page and disclosed.is_listed(credential) else None,
        }
        for credential in credentials.order_by("-issued_at", "-id")
    ]


@action
def erase(*, person: UUID) -> None:
    """Remove her name and what was printed with it. That a credential was issued stays, and its page says so."""
    hers = Credential.objects.filter(person=person)
    pdfs.forget(hers.values_list("pk", flat=True))
    SignedCredential.objects.filter(credential__in=hers.values("pk")).update(
        document=b"", compact=b"", stale_since=None
    )
    Disclosure.objects.filter(credential__in=hers.values("pk")).delete()
    PublicPage.objects.filter(person=person).delete()
    hers.exclude(name="").update(name="")


def merge(absorbed: UUID, kept: UUID) -> list[Change]:
    """Her certificates are hers under either name; each keeps the name that was printed, and its enrolment."""
    pages = PublicPage.objects.all()
    return [
        moved(Credential.objects.all(), "person", absorbed, kept),
        moved(NameCorrection.objects.all(), "person", absorbed, kept),
        moved(NameCorrection.objects.all(), "by", absorbed, kept),
        moved(pages.none() if pages.filter(person=kept).exists() else pages, "person", absorbed, kept),
    ]


def _shown(credential: Credential) -> dict[str, Any]:
    chosen = disclosed.choice_of(credential)
    return {
        "name": chosen.name,
        "identity": chosen.identity,
        "evidence": chosen.evidence,
        "evidence_shown": chosen.evidence_shown,
        "listed": chosen.listed,
    }


def register() -> None:
    """Register with core."""
    register_keeper("credentials", export=export, erase=lambda person: erase(person=person), merge=merge)
