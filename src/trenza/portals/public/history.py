"""What was decided about her application and why, in words for her."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from trenza.apps.admissions.api import Application, Judgement

Cause = Judgement.Cause


@dataclass(frozen=True)
class Decided:
    """One time that her application was looked at: when, why, what was missing, and what somebody wrote to her."""

    day: date
    why: str
    unmet: tuple[str, ...]
    reason: str = ""

    @property
    def all_met(self) -> bool:
        return not self.unmet


def history_of(application: Application, judgements: Sequence[Judgement]) -> list[Decided]:
    """Every decision, the newest first."""
    given = application.fulfilments.filter(how="team").exclude(reason="").order_by("made_at")
    reasons = list(given.values_list("made_at", "reason"))
    return [
        Decided(
            localtime(each.judged_at, application.call.zone).date(),
            _why(each),
            tuple(outcome["sentence"] for outcome in each.outcomes if not outcome["met"]),
            _reason(each, reasons) if each.cause == Cause.OVERRIDE else "",
        )
        for each in judgements
    ]


def why_changed(application: Application, judgements: Sequence[Judgement]) -> date | None:
    """The day on which the conditions of the call changed, where that is why she lacks something now."""
    if application.state not in ("not_eligible", "needs_help") or not judgements:
        return None
    newest = judgements[0]
    if newest.cause != Cause.RULES:
        return None
    return localtime(newest.judged_at, application.call.zone).date()


def _why(judgement: Judgement) -> str:
    match judgement.cause:
        case Cause.APPLIED:
            return _("You sent your application.")
        case Cause.ANSWERS:
            return _("You corrected your answers.")
        case Cause.READINESS:
            return _("You did a step of your preparation.")
        case Cause.RULES:
            return _("The conditions of the call changed, and we looked at your application again.")
        case Cause.OVERRIDE:
            return _("Somebody of the team decided that a condition counts as met.")
        case Cause.UNDONE:
            return _("The team took back a decision: the condition is looked at by your answers again.")
        case _:
            return _("You asked for a second look, and you were right.")


def _reason(judgement: Judgement, reasons: Sequence[tuple[datetime, str]]) -> str:
    """What the coordinator wrote: the newest reason that was given until then."""
    given = [reason for at, reason in reasons if at <= judgement.judged_at]
    return given[-1] if given else ""
