"""What admissions keeps about a person: her applications and what became of them. Her answers, forms keeps."""

from typing import Any
from uuid import UUID

from trenza.apps.admissions.models import Application, AwardEnd, DrawEntry, EligibilityOutcome
from trenza.core.journal import action
from trenza.core.privacy import register_keeper


def export(person: UUID) -> list[dict[str, Any]]:
    """Everything kept about her, for her, the newest application first."""
    applications = (
        Application.objects.filter(person=person)
        .select_related("call__programme", "region", "award__acceptance", "award__refusal", "draw_entry")
        .prefetch_related("outcomes", "award__ends", "award__parts")
        .order_by("-submitted_at", "-id")
    )
    return [_exported(application) for application in applications]


@action
def erase(*, person: UUID) -> None:
    """Remove what describes her: how each rule was judged, why an offer was taken back, which line of a draw is hers.

    That somebody applied stays, so that counts do.
    """
    EligibilityOutcome.objects.filter(application__person=person).delete()
    AwardEnd.objects.filter(award__person=person).exclude(reason="").update(reason="")
    DrawEntry.objects.filter(application__person=person).update(application=None)


def register() -> None:
    """Register with core."""
    register_keeper("admissions", export=export, erase=lambda person: erase(person=person))


def _exported(application: Application) -> dict[str, Any]:
    award, entry = getattr(application, "award", None), getattr(application, "draw_entry", None)
    ends, parts = (award.ends.all(), award.parts.all()) if award else ((), ())
    return {
        "programme": application.call.programme.code,
        "call": application.call.code,
        "region": application.region.code if application.region else None,
        "submitted_at": application.submitted_at,
        "state": application.state,
        "outcomes": [{"sentence": each.sentence, "met": each.met} for each in application.outcomes.all()],
        "draw": {"number": entry.number, "groups": entry.groups, "rank": entry.rank} if entry else None,
        "rejoined_at": application.rejoined_at,
        "reached_at": award.reached_at if award else None,
        "expires_at": award.expires_at if award else None,
        "ends": [{"how": each.kind, "at": each.at, "reason": each.reason} for each in ends],
        "parts": [{"name": each.name, "given_on": each.given_on} for each in parts],
        "awarded_at": award.awarded_at if award else None,
        "accepted_at": award.acceptance.accepted_at if award and hasattr(award, "acceptance") else None,
        "declined_at": award.refusal.declined_at if award and hasattr(award, "refusal") else None,
    }
