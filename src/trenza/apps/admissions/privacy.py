"""What admissions keeps about a person: her applications and what became of them. Her answers, forms keeps."""

from typing import Any
from uuid import UUID

from trenza.apps.admissions.models import Application, EligibilityOutcome
from trenza.core.journal import action
from trenza.core.privacy import register_keeper


def export(person: UUID) -> list[dict[str, Any]]:
    """Everything kept about her, for her, the newest application first."""
    applications = (
        Application.objects.filter(person=person)
        .select_related("call__programme", "region", "award__acceptance", "award__refusal")
        .prefetch_related("outcomes")
        .order_by("-submitted_at", "-id")
    )
    return [_exported(application) for application in applications]


@action
def erase(*, person: UUID) -> None:
    """Remove what describes her: how each rule was judged. That somebody applied stays, so that counts do."""
    EligibilityOutcome.objects.filter(application__person=person).delete()


def register() -> None:
    """Register with core."""
    register_keeper("admissions", export=export, erase=lambda person: erase(person=person))


def _exported(application: Application) -> dict[str, Any]:
    award = getattr(application, "award", None)
    return {
        "programme": application.call.programme.code,
        "call": application.call.code,
        "region": application.region.code if application.region else None,
        "submitted_at": application.submitted_at,
        "state": application.state,
        "outcomes": [{"sentence": each.sentence, "met": each.met} for each in application.outcomes.all()],
        "awarded_at": award.awarded_at if award else None,
        "accepted_at": award.acceptance.accepted_at if award and hasattr(award, "acceptance") else None,
        "declined_at": award.refusal.declined_at if award and hasattr(award, "refusal") else None,
    }
