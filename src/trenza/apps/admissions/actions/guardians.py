"""What follows for the applications of a minor: her guardian agrees, or takes it back, or she comes of age."""

from uuid import UUID

from django.db import transaction

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.judging import State, state_after
from trenza.apps.admissions.actions.sign_up import place_by_open_call
from trenza.apps.admissions.eligibility import Outcome, Unmet
from trenza.apps.admissions.errors import NoSeatLeft, WaitsForGuardian, WrongState
from trenza.apps.admissions.events import ApplicationContinued, ApplicationStopped
from trenza.apps.admissions.minors import BEFORE_A_PLACE, is_minor, waits_for_guardian
from trenza.apps.admissions.models import Application
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import AlreadyEnrolled, NotOffered
from trenza.core import clock
from trenza.core.journal import action, record


@action
def continue_application(*, application: Application, by: Person | None) -> Application:
    """Go on with an application that waited for a guardian: it stands where its rules put it, with its place in the
    order; of an open call she is enrolled, or stands on the waiting list where no seat is left.

    It needs no open call: she applied in time.

    Raises:
        WaitsForGuardian: she is a minor still, and no guardian was checked.
        NotOffered: the edition no longer runs the track of this open call; the application waits on.
        WrongState: it does not wait for a guardian.
        NotAllowed: `by` may neither award it nor is she.
    """
    if by is not None and by.pk != application.person_id:
        rules.awardable_applications.require(by, application)
    # Seats first, then the application: a sign-up takes its seat within, so the row is locked after looking.
    found = Application.objects.select_related("call__programme", "call__edition", "person", "region").get(
        pk=application.pk
    )
    if found.state != State.WAITING_GUARDIAN:
        raise WrongState(found.state)
    if waits_for_guardian(found.call, found.person, found.region, clock.now()):
        raise WaitsForGuardian
    state = _state_of_selected(found) if found.call.is_selected else _place_in_open_call(found, by)
    if not Application.objects.filter(pk=found.pk, state=State.WAITING_GUARDIAN).update(state=state):
        raise WrongState(Application.objects.get(pk=found.pk).state)
    found.state = state
    record(
        ApplicationContinued(application=found.pk, state=state.value),
        by=by.pk if by else None,
        about=found.person_id,
        edition=found.call.edition_id,
    )
    return found


@action
def continue_applications_of(*, person: UUID) -> list[Application]:
    """A guardian was checked: go on with everything of hers that waited and may."""
    waiting = Application.objects.filter(person=person, state=State.WAITING_GUARDIAN).order_by("submitted_at", "id")
    continued = []
    for each in waiting:
        try:
            continued.append(continue_application(application=each, by=None))
        except (WaitsForGuardian, NotOffered, WrongState):
            continue  # another country's age, or an edition that has gone: it waits on. Or she was quicker herself
    return continued


@action
def stop_applications_of(*, person: UUID) -> list[Application]:
    """A guardian takes her yes back: what has no place yet waits again. Places and enrolments are hers and stay."""
    found = Application.objects.filter(person=person, state__in=BEFORE_A_PLACE).order_by("submitted_at", "id")
    stopped = []
    for each in found.select_related("call__programme", "call__edition", "person", "region").select_for_update(
        of=("self",)
    ):
        if not is_minor(each.call, each.person, each.region, clock.now()):
            continue
        each.state = State.WAITING_GUARDIAN
        each.save(update_fields=["state"])
        record(ApplicationStopped(application=each.pk), by=None, about=person, edition=each.call.edition_id)
        stopped.append(each)
    return stopped


def _state_of_selected(application: Application) -> State:
    outcomes = [
        Outcome(each.rule, each.met, each.sentence, each.help, Unmet(each.unmet)) for each in application.outcomes.all()
    ]
    return state_after(application.call, outcomes, waits=False)


def _place_in_open_call(application: Application, by: Person | None) -> State:
    try:
        with transaction.atomic():  # a seat that was taken before the other thing failed is free again
            place_by_open_call(application.call, application.person, application.region, by)
    except AlreadyEnrolled:
        return State.ACCEPTED
    except NoSeatLeft:
        return State.WAITING_LIST
    return State.ACCEPTED
