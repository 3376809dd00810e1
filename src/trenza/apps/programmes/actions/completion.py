"""Programmes decides completion: apps above say what was met, and nothing else."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from trenza.apps.people.api import Person
from trenza.apps.programmes import rules
from trenza.apps.programmes.errors import NotConfirmable, NotOfThisTrack
from trenza.apps.programmes.events import (
    FollowOnEarned,
    PriorLearningRecognised,
    RequirementFulfilled,
    TrackCompleted,
)
from trenza.apps.programmes.models import (
    Completion,
    EarnedFollowOn,
    Enrolment,
    EnrolmentChange,
    Module,
    PriorLearning,
    Programme,
    RequirementMet,
)
from trenza.core import clock
from trenza.core.journal import action, record


@action
def meet_requirement(
    *,
    enrolment: Enrolment,
    module: Module,
    evidence: UUID | None = None,
    by: Person | None = None,
    met_at: datetime | None = None,
    prior: PriorLearning | None = None,
) -> bool:
    """Record that a module is met, and complete the track when enough are. False if it was met already.

    May be called any number of times, at once too: there is one row and one completion. What is met while she is
    paused or withdrawn is kept; a withdrawn enrolment completes only when she returns.

    Raises:
        NotOfThisTrack: the module is another track's.
    """
    if module.track_id != enrolment.track_id:
        raise NotOfThisTrack
    # The lock on the enrolment is the turn: two reactions at once meet here, and the second finds the row.
    held = Enrolment.objects.select_for_update(of=("self",)).select_related("track").get(pk=enrolment.pk)
    if module.track_id != held.track_id:  # changed meanwhile
        raise NotOfThisTrack
    if RequirementMet.objects.filter(enrolment=held, module=module).exists():
        return False
    now = clock.now()
    row = RequirementMet.objects.create(
        enrolment=held, module=module, met_at=met_at or now, evidence=evidence, by=by, prior=prior or ""
    )
    record(
        RequirementFulfilled(enrolment=held.pk, module=module.pk, requirement=row.pk),
        by=by.pk if by else None,
        about=held.person_id,
        edition=held.edition_id,
        happened_at=row.met_at,
    )
    complete_if_enough(held, at=now)
    return True


@action
def confirm_requirement(*, enrolment: Enrolment, module: Module, by: Person) -> bool:
    """Say, as the role that the module names, that she has done it. False if that was recorded already.

    Raises:
        NotAllowed: `by` does not hold that role over this enrolment.
        NotConfirmable: a course meets this module.
        NotOfThisTrack: the module is another track's.
    """
    if module.requirement_kind != Module.Kind.CONFIRMED:
        raise NotConfirmable
    rules.enrolments_to_confirm(module.confirmed_by).require(by, enrolment)
    return meet_requirement(enrolment=enrolment, module=module, by=by)


@action
def recognise_prior_learning(*, enrolment: Enrolment, module: Module, basis: PriorLearning, by: Person) -> bool:
    """Say, as who coordinates, that she knows already what a module asks. False if it was met before.

    What was learned in a course here needs no one: it counts wherever a module asks for that course or recognises it.

    Raises:
        NotAllowed: `by` does not coordinate this enrolment, or it is her own.
        NotOfThisTrack: the module is another track's, or was retired.
    """
    rules.enrolments_to_coordinate.require(by, enrolment)
    if module.retired_at is not None:
        raise NotOfThisTrack
    if not meet_requirement(enrolment=enrolment, module=module, by=by, prior=basis):
        return False
    record(
        PriorLearningRecognised(enrolment=enrolment.pk, module=module.pk, basis=basis.value),
        by=by.pk,
        about=enrolment.person_id,
        edition=enrolment.edition_id,
    )
    return True


def complete_if_enough(enrolment: Enrolment, *, at: datetime) -> Completion | None:
    """Within an action that holds the enrolment's lock: complete it if its track's modules are met."""
    closed = {Enrolment.State.COMPLETED, Enrolment.State.WITHDRAWN}
    if enrolment.state in closed or not _enough(enrolment):
        return None
    completion = Completion.objects.create(enrolment=enrolment, completed_at=at)
    enrolment.state, enrolment.paused_until = Enrolment.State.COMPLETED, None
    enrolment.save(update_fields=["state", "paused_until"])
    EnrolmentChange.objects.create(enrolment=enrolment, state=EnrolmentChange.State.COMPLETED, at=at)
    record(
        TrackCompleted(enrolment=enrolment.pk, track=enrolment.track_id, completion=completion.pk),
        by=None,
        about=enrolment.person_id,
        edition=enrolment.edition_id,
        happened_at=at,
    )
    _earn_follow_ons(enrolment, at=at)
    return completion


def complete_who_have_enough(programme: Programme, *, at: datetime) -> None:
    """Within an action: complete whom a change of the definition asks no more of; it never undoes a completion."""
    for track in programme.tracks.all():
        current = list(track.modules.current().values_list("pk", flat=True))
        counted = (
            Q(requirements_met__module__track=track) if track.completion else Q(requirements_met__module__in=current)
        )
        waiting = (
            track.enrolments.filter(state__in=[Enrolment.State.ACTIVE, Enrolment.State.PAUSED])
            .annotate(met=Count("requirements_met", filter=counted))
            .filter(met__gte=track.completion or max(len(current), 1))
        )
        for pk in sorted(waiting.values_list("pk", flat=True)):
            complete_if_enough(Enrolment.objects.select_for_update().get(pk=pk), at=at)


def _enough(enrolment: Enrolment) -> bool:
    """All current modules, or as many as the track asks. A module that was retired counts where a number is asked; one
    of a track that she was in before does not."""
    met = set(enrolment.requirements_met.filter(module__track=enrolment.track_id).values_list("module_id", flat=True))
    current = set(enrolment.track.modules.current().values_list("pk", flat=True))
    if enrolment.track.completion is None:
        return bool(current) and current <= met
    return len(met) >= enrolment.track.completion


def _earn_follow_ons(enrolment: Enrolment, *, at: datetime) -> None:
    for follow_on in enrolment.track.follow_ons.current():
        earned = EarnedFollowOn.objects.create(enrolment=enrolment, follow_on=follow_on, earned_at=at)
        record(
            FollowOnEarned(enrolment=enrolment.pk, follow_on=follow_on.pk, earned=earned.pk),
            by=None,
            about=enrolment.person_id,
            edition=enrolment.edition_id,
            happened_at=at,
        )
