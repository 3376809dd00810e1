"""What admissions keeps about a person: her applications and what became of them. Her answers, forms keeps."""

from typing import Any
from uuid import UUID

from trenza.apps.admissions.models import (
    Appeal,
    Application,
    AwardEnd,
    DrawEntry,
    EligibilityOutcome,
    Fulfilment,
    Judgement,
    Notice,
    StudyPlan,
)
from trenza.core.journal import action
from trenza.core.privacy import register_keeper


def export(person: UUID) -> list[dict[str, Any]]:
    """Everything kept about her, for her, the newest application first."""
    applications = (
        Application.objects.filter(person=person)
        .select_related("call__programme", "region", "award__acceptance", "award__refusal", "draw_entry")
        .prefetch_related("outcomes", "judgements", "fulfilments", "appeals", "notices", "award__ends", "award__parts")
        .order_by("-submitted_at", "-id")
    )
    plans = StudyPlan.objects.filter(person=person).select_related("edition__programme")
    return [*(_exported(application) for application in applications), *(_exported_plan(plan) for plan in plans)]


@action
def erase(*, person: UUID) -> None:
    """Remove what describes her: how each rule was judged, what she wrote and was answered, her plans, why an offer was
    taken back, and which line of a draw is hers.

    That somebody applied stays, so that counts do; so does that a rule was fulfilled or an appeal made, without words.
    """
    EligibilityOutcome.objects.filter(application__person=person).delete()
    Judgement.objects.filter(application__person=person).delete()
    Fulfilment.objects.filter(application__person=person).update(reason="")
    Appeal.objects.filter(application__person=person).update(text="", reason="")
    Notice.objects.filter(application__person=person).delete()
    StudyPlan.objects.filter(person=person).update(moments="", place="", helper="")
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
        "judgements": [
            {
                "at": each.judged_at,
                "cause": each.cause,
                "state": each.state,
                "outcomes": [{"sentence": one["sentence"], "met": one["met"]} for one in each.outcomes],
            }
            for each in application.judgements.all()
        ],
        "fulfilled": [
            {"at": each.made_at, "rule": each.rule, "how": each.how, "reason": each.reason, "undone_at": each.undone_at}
            for each in application.fulfilments.all()
        ],
        "appeals": [
            {
                "at": each.made_at,
                "text": each.text,
                "answered_at": each.answered_at,
                "upheld": each.upheld,
                "reason": each.reason,
            }
            for each in application.appeals.all()
        ],
        "told": [{"at": each.told_at, "state": each.state} for each in application.notices.all()],
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


def _exported_plan(plan: StudyPlan) -> dict[str, Any]:
    return {
        "programme": plan.edition.programme.code,
        "edition": plan.edition.code,
        "plan": {"when": plan.moments, "where": plan.place, "who_helps": plan.helper},
        "written_at": plan.written_at,
    }
