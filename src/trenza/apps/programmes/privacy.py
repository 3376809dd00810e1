"""What programmes keeps about a person: her enrolments and what came of them."""

from typing import Any
from uuid import UUID

from trenza.apps.programmes.models import DefinitionDraft, Enrolment, EnrolmentChange
from trenza.core.journal import action
from trenza.core.privacy import register_keeper


def export(person: UUID) -> list[dict[str, Any]]:
    """Everything kept about her, for her: codes, states and moments, the newest enrolment first."""
    enrolments = (
        Enrolment.objects.filter(person=person)
        .select_related("edition__programme", "track", "region", "completion")
        .prefetch_related("changes", "requirements_met__module", "earned_follow_ons__follow_on")
        .order_by("-enrolled_at", "-id")
    )
    return [_exported(enrolment) for enrolment in enrolments]


@action
def erase(*, person: UUID) -> None:
    """Remove what describes her: why she left; and what she was writing. The coarse strata stay, so that counts do."""
    DefinitionDraft.objects.filter(person=person).delete()
    EnrolmentChange.objects.filter(enrolment__person=person).exclude(reason="").update(reason="")


def register() -> None:
    """Register with core."""
    register_keeper("programmes", export=export, erase=lambda person: erase(person=person))


def _exported(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "programme": enrolment.edition.programme.code,
        "edition": enrolment.edition.code,
        "track": enrolment.track.code,
        "region": enrolment.region.code if enrolment.region else None,
        "enrolled_at": enrolment.enrolled_at,
        "age_band": enrolment.age_band,
        "sex": enrolment.sex,
        "changes": [
            {"state": change.state, "at": change.at, "until": change.until, "reason": change.reason}
            for change in enrolment.changes.all()
        ],
        "requirements_met": [
            {"module": met.module.code, "met_at": met.met_at} for met in enrolment.requirements_met.all()
        ],
        "follow_ons": [
            {"code": earned.follow_on.code, "earned_at": earned.earned_at}
            for earned in enrolment.earned_follow_ons.all()
        ],
    }
