"""What admissions keeps about a person: her applications and what became of them. Her answers, forms keeps."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from trenza.apps.admissions.models import (
    Appeal,
    Application,
    Award,
    AwardEnd,
    Brought,
    DrawEntry,
    EligibilityOutcome,
    Fulfilment,
    Judgement,
    Notice,
    SignUp,
    StudyPlan,
)
from trenza.core.journal import action
from trenza.core.merging import Change, changed, held, moved, without
from trenza.core.privacy import register_keeper

_State = Application.State
_A_PLACE: Final = 3
_WAITING: Final = 2
# How good an application is for her.
_RANK: Final[Mapping[str, int]] = {
    **dict.fromkeys((_State.AWARDED, _State.ACCEPTED), _A_PLACE),
    **dict.fromkeys((_State.SUBMITTED, _State.WAITING_GUARDIAN, _State.NEEDS_HELP, _State.WAITING_LIST), _WAITING),
    **dict.fromkeys((_State.DECLINED, _State.EXPIRED, _State.TAKEN_BACK, _State.RELEASED, _State.NOT_ELIGIBLE), 1),
    _State.WITHDRAWN: 0,
}


def export(person: UUID) -> list[dict[str, Any]]:
    """Everything kept about her, for her, the newest application first."""
    applications = (
        Application.objects.filter(person=person)
        .select_related(
            "call__programme", "region", "award__acceptance", "award__refusal", "award__track", "draw_entry"
        )
        .prefetch_related("outcomes", "judgements", "fulfilments", "appeals", "notices", "award__ends", "award__parts")
        .prefetch_related("wishes__track")
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
    Application.objects.filter(Q(person=person) | Q(relative_of__person=person)).update(relative_of=None)
    Judgement.objects.filter(application__person=person).delete()
    Fulfilment.objects.filter(application__person=person).update(reason="")
    Appeal.objects.filter(application__person=person).update(text="", reason="")
    Notice.objects.filter(application__person=person).delete()
    StudyPlan.objects.filter(person=person).update(moments="", place="", helper="")
    AwardEnd.objects.filter(award__person=person).exclude(reason="").update(reason="")
    DrawEntry.objects.filter(application__person=person).update(application=None)


def forbid(absorbed: UUID, kept: UUID) -> Iterator[str]:
    """Of two applications to one call the better is kept: it must be the kept one's. Two places are one too many."""
    for other, hers in _twice(absorbed, kept):
        if _rank(other) == _rank(hers) == _A_PLACE:
            yield "two_places"
        elif _rank(other) > _rank(hers):
            yield "keep_other_application"


def merge(absorbed: UUID, kept: UUID) -> Iterator[Change]:
    """Her applications and places are the kept one's. Where both applied to a call, the other is withdrawn: it stays
    under the other name, holds no place, and no draw or award can give it one."""
    others = [other for other, _ in _twice(absorbed, kept)]
    mine = Application.objects.filter(person=absorbed).exclude(pk__in=[other.pk for other in others])
    moving = list(mine.values_list("pk", flat=True))
    yield moved(Award.objects.filter(application__in=moving), "person", absorbed, kept)
    yield moved(Application.objects.filter(pk__in=moving), "person", absorbed, kept)
    for other in others:
        if other.state not in (_State.WITHDRAWN, _State.DECLINED):
            row = Application.objects.filter(pk=other.pk)
            yield changed(row, before={"state": other.state}, after={"state": _State.WITHDRAWN.value})
    signed = SignUp.objects.all()
    yield moved(without(signed.filter(person=absorbed), signed.filter(person=kept), "call"), "person", absorbed, kept)
    plans = StudyPlan.objects.all()
    yield moved(without(plans.filter(person=absorbed), plans.filter(person=kept), "edition"), "person", absorbed, kept)
    yield moved(Brought.objects.filter(person=absorbed), "person", absorbed, kept)


def register() -> None:
    """Register with core."""
    register_keeper("admissions", export=export, erase=lambda person: erase(person=person), merge=merge, forbid=forbid)


def _rank(application: Application) -> int:
    """Whoever was awarded a place and has not lost it has one, whatever she is asked for now."""
    rank = _RANK.get(application.state, _WAITING)
    return _A_PLACE if rank == _WAITING and Award.objects.filter(application=application).exists() else rank


def _twice(absorbed: UUID, kept: UUID) -> list[tuple[Application, Application]]:
    """The applications of both to the same call: the absorbed one's, the kept one's."""
    rows = held(Application.objects.filter(person__in=[absorbed, kept]).order_by("pk"))
    by_call: dict[UUID, dict[UUID, Application]] = {}
    for row in rows:
        by_call.setdefault(row.call_id, {})[row.person_id] = row
    return [(both[absorbed], both[kept]) for both in by_call.values() if len(both) == 2]


def _exported(application: Application) -> dict[str, Any]:
    award, entry = getattr(application, "award", None), getattr(application, "draw_entry", None)
    ends, parts = (award.ends.all(), award.parts.all()) if award else ((), ())
    return {
        "programme": application.call.programme.code,
        "call": application.call.code,
        "region": application.region.code if application.region else None,
        "submitted_at": application.submitted_at,
        "wishes": [each.track.code for each in application.wishes.all()],
        "state": application.state,
        "with_a_relative": application.relative_of_id is not None,
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
        "track": award.track.code if award else None,
        "changed_track_at": award.changed_track_at if award else None,
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
