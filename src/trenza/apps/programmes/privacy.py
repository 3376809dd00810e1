"""What programmes keeps about a person: her enrolments and what came of them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from trenza.apps.programmes.actions.completion import complete_if_enough
from trenza.apps.programmes.models import DefinitionDraft, Enrolment, EnrolmentChange, RequirementMet, TrackChange
from trenza.core import clock
from trenza.core.journal import action
from trenza.core.merging import Change, changed, held, moved
from trenza.core.privacy import register_keeper

_State = Enrolment.State
_RUNNING: Final = (_State.ACTIVE, _State.PAUSED)
# How far an enrolment got.
_ON_THE_WAY: Final = 2
_RANK: Final[Mapping[str, int]] = {_State.COMPLETED: 3, **dict.fromkeys(_RUNNING, _ON_THE_WAY), _State.WITHDRAWN: 1}


def export(person: UUID) -> list[dict[str, Any]]:
    """Everything kept about her, for her: codes, states and moments, the newest enrolment first."""
    enrolments = (
        Enrolment.objects.filter(person=person)
        .select_related("edition__programme", "track", "region", "completion")
        .prefetch_related(
            "changes",
            "track_changes__before",
            "track_changes__after",
            "requirements_met__module",
            "earned_follow_ons__follow_on",
        )
        .order_by("-enrolled_at", "-id")
    )
    return [_exported(enrolment) for enrolment in enrolments]


@action
def erase(*, person: UUID) -> None:
    """Remove what describes her: why she left or changed her track; and what she was writing. The coarse strata
    stay, so that counts do."""
    DefinitionDraft.objects.filter(person=person).delete()
    EnrolmentChange.objects.filter(enrolment__person=person).exclude(reason="").update(reason="")
    TrackChange.objects.filter(enrolment__person=person).exclude(reason="").update(reason="")


def forbid(absorbed: UUID, kept: UUID) -> Iterator[str]:
    """Of two enrolments in one track that which got further is kept: it must be the kept one's."""
    if any(
        _RANK.get(other.state, _ON_THE_WAY) > _RANK.get(hers.state, _ON_THE_WAY)
        for other, hers in _twice(absorbed, kept)
    ):
        yield "keep_other_enrolment"


def merge(absorbed: UUID, kept: UUID) -> Iterator[Change]:
    """Her enrolments are the kept one's. Where both are in a track, the other is withdrawn, and what was met in it
    counts in the kept one."""
    twice = _twice(absorbed, kept)
    others = [other.pk for other, _ in twice]
    yield moved(Enrolment.objects.exclude(pk__in=others), "person", absorbed, kept)
    for other, hers in twice:
        missing = RequirementMet.objects.exclude(module__in=hers.requirements_met.values("module"))
        yield moved(missing, "enrolment", other.pk, hers.pk)
        if other.state in _RUNNING:
            was = {"state": other.state, "paused_until": other.paused_until}
            withdrawn = {"state": Enrolment.State.WITHDRAWN.value, "paused_until": None}
            yield changed(Enrolment.objects.filter(pk=other.pk), before=was, after=withdrawn)
            _note(other, EnrolmentChange.State.WITHDRAWN)
        complete_if_enough(hers, at=clock.now())


def undone(absorbed: UUID, _: UUID) -> None:
    """What was withdrawn because she was enrolled twice goes on."""
    for enrolment in Enrolment.objects.filter(person=absorbed, state__in=_RUNNING).order_by("pk"):
        last = enrolment.changes.order_by("at", "id").last()
        if last and last.state == EnrolmentChange.State.WITHDRAWN:
            _note(enrolment, EnrolmentChange.State.RETURNED)


def register() -> None:
    """Register with core."""
    register_keeper(
        "programmes",
        export=export,
        erase=lambda person: erase(person=person),
        merge=merge,
        forbid=forbid,
        undone=undone,
    )


def _twice(absorbed: UUID, kept: UUID) -> list[tuple[Enrolment, Enrolment]]:
    """The enrolments of both in the same track of the same edition: the absorbed one's, the kept one's."""
    rows = held(Enrolment.objects.filter(person__in=[absorbed, kept]).order_by("pk"))
    by_place: dict[tuple[UUID, UUID], dict[UUID, Enrolment]] = {}
    for row in rows.select_related("track"):
        by_place.setdefault((row.edition_id, row.track_id), {})[row.person_id] = row
    return [(both[absorbed], both[kept]) for both in by_place.values() if len(both) == 2]


def _note(enrolment: Enrolment, state: EnrolmentChange.State) -> None:
    EnrolmentChange.objects.create(enrolment=enrolment, state=state, at=clock.now())


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
        "track_changes": [
            {"before": change.before.code, "after": change.after.code, "at": change.at, "reason": change.reason}
            for change in enrolment.track_changes.all()
        ],
        "requirements_met": [
            {"module": met.module.code, "met_at": met.met_at} for met in enrolment.requirements_met.all()
        ],
        "follow_ons": [
            {"code": earned.follow_on.code, "earned_at": earned.earned_at}
            for earned in enrolment.earned_follow_ons.all()
        ],
    }
