"""What credentials keeps about a person: her name on each certificate, what she lets others see, the PDFs, and what she
earned elsewhere."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from trenza.apps.credentials import codes, disclosed, external_files, matching, pdfs
from trenza.apps.credentials.models import (
    Credential,
    Disclosure,
    ExternalCredential,
    GradebookRow,
    NameCorrection,
    PublicPage,
    SignedCredential,
)
from trenza.apps.credentials.queries import signed_document
from trenza.apps.people.api import Account
from trenza.core.journal import action
from trenza.core.merging import Change, moved
from trenza.core.privacy import register_keeper


def export(person: UUID) -> dict[str, Any]:
    """Everything kept about her, for her: her certificates, those from elsewhere, and her rows of gradebooks."""
    return {"certificates": _issued(person), "from_elsewhere": _external(person), "gradebooks": _grades(person)}


def _issued(person: UUID) -> list[dict[str, Any]]:
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
    external = ExternalCredential.objects.filter(person=person)
    external_files.forget(external.filter(has_file=True).values_list("pk", flat=True))
    external.update(digest="", finding={}, reason="", has_file=False)
    rows = GradebookRow.objects.filter(_hers(person))
    rows.filter(enrolment=None).delete()
    rows.update(details={}, problem="", digest="", address="", reason="")


def merge(absorbed: UUID, kept: UUID) -> list[Change]:
    """Her certificates are hers under either name; each keeps the name that was printed, and its enrolment."""
    pages = PublicPage.objects.all()
    return [
        moved(Credential.objects.all(), "person", absorbed, kept),
        moved(ExternalCredential.objects.all(), "person", absorbed, kept),
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


def _external(person: UUID) -> list[dict[str, Any]]:
    """The file itself is on her page while it is kept."""
    rows = ExternalCredential.objects.filter(person=person).select_related("course").order_by("-added_at", "-id")
    return [
        {
            "course": row.course.name,
            "provider": row.course.provider,
            "added_at": row.added_at,
            "kind": row.kind,
            "bytes": row.size,
            "file_is_kept": row.has_file,
            "found": row.finding,
            "state": row.state,
            "decided_at": row.decided_at,
            "reason": row.reason,
        }
        for row in rows
    ]


def _grades(person: UUID) -> list[dict[str, Any]]:
    rows = GradebookRow.objects.filter(_hers(person)).select_related("gradebook__course").order_by("-id")
    return [
        {
            "course": row.gradebook.course.name,
            "uploaded_at": row.gradebook.uploaded_at,
            "state": row.state,
            **row.details,
        }
        for row in rows
    ]


def _hers(person: UUID) -> Q:
    """Rows that are hers, and those that have an address of hers."""
    emails = Account.objects.filter(person=person).exclude(email=None).values_list("email", flat=True)
    keyed = [matching.keyed("address", each) for each in emails if each]
    return Q(enrolment__person=person) | Q(address__in=keyed)
