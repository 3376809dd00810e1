"""An enrolment goes on in another track of its edition, with what counts there too."""

from uuid import UUID

from trenza.apps.people.api import Person
from trenza.apps.programmes.actions.completion import complete_if_enough
from trenza.apps.programmes.actions.enrolment import ensure_offered
from trenza.apps.programmes.errors import AlreadyEnrolled, WrongState
from trenza.apps.programmes.events import RequirementFulfilled, TrackChanged
from trenza.apps.programmes.models import Enrolment, Module, RequirementMet, Track, TrackChange
from trenza.apps.programmes.queries import courses_of
from trenza.core import clock
from trenza.core.journal import action, record

State = Enrolment.State


@action
def change_track(*, enrolment: Enrolment, track: Track, by: Person | None, reason: str = "") -> TrackChange:
    """Let her go on in `track`. Whether she may (a seat, a date) is for the caller to know.

    What she met stays where the new track asks for the same: a module of the same code and kind, or one that the same
    course meets. The rest is kept, and counts again if she comes back to the track in which she did it. What completes
    the new track completes it now.

    Raises:
        WrongState: she has completed it or left, or is in that track already.
        NotOffered: the edition does not run that track, or not in her region.
        AlreadyEnrolled: she has an enrolment in that track besides; `.enrolment` is it.
    """
    held = Enrolment.objects.select_for_update(of=("self",)).select_related("edition", "region").get(pk=enrolment.pk)
    if held.state not in (State.ACTIVE, State.PAUSED):
        raise WrongState(held.state)
    if held.track_id == track.pk:
        raise WrongState("in that track")
    ensure_offered(held.edition, track, held.region)
    other = Enrolment.objects.filter(person=held.person_id, edition=held.edition_id, track=track).first()
    if other is not None:
        raise AlreadyEnrolled(other)
    before, held.track = held.track_id, track
    held.save(update_fields=["track"])
    row = TrackChange.objects.create(
        enrolment=held, before_id=before, after=track, at=clock.now(), by=by, reason=reason
    )
    actor = by.pk if by else None
    record(
        TrackChanged(enrolment=held.pk, track_change=row.pk, track_before=before, track=track.pk),
        by=actor,
        about=held.person_id,
        edition=held.edition_id,
    )
    _carry_over(held, actor)
    complete_if_enough(held, at=row.at)
    return row


def _carry_over(enrolment: Enrolment, actor: UUID | None) -> None:
    """Meet the modules of her track that ask for what she has met in this enrolment before."""
    rows = list(enrolment.requirements_met.select_related("module").order_by("met_at", "id"))
    have = {row.module_id for row in rows}
    courses = courses_of([enrolment.track_id])[enrolment.track_id]
    for module in enrolment.track.modules.current():
        if module.pk in have:
            continue
        same = next((row for row in rows if _stands_for(row.module, module, courses.get(module.pk, []))), None)
        if same is None:
            continue
        met = RequirementMet.objects.create(
            enrolment=enrolment, module=module, met_at=same.met_at, evidence=same.evidence, by=same.by, prior=same.prior
        )
        record(
            RequirementFulfilled(enrolment=enrolment.pk, module=module.pk, requirement=met.pk),
            by=actor,
            about=enrolment.person_id,
            edition=enrolment.edition_id,
            happened_at=met.met_at,
        )


def _stands_for(met: Module, asked: Module, courses: list[str]) -> bool:
    """Whether what she met is what is asked: the same strand of two tracks, or the same course."""
    if met.course:
        return met.course in courses
    return (met.code, met.requirement_kind, met.confirmed_by) == (
        asked.code, asked.requirement_kind, asked.confirmed_by
    )  # fmt: skip
