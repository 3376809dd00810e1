"""What is done with several rows at once. One transaction; each row succeeds or tells why not."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.awards import Place, award, ensure_awardable, put_on_waiting_list
from trenza.apps.admissions.actions.calls import publish_call
from trenza.apps.admissions.actions.judging import State
from trenza.apps.admissions.actions.seats import LockedSeats
from trenza.apps.admissions.actions.wishes import wishes_of
from trenza.apps.admissions.errors import ByDrawOnly, NoSeatLeft, WrongState
from trenza.apps.admissions.models import Application, Call
from trenza.apps.people.api import Person
from trenza.core.errors import DomainError, NotAllowed
from trenza.core.journal import action
from trenza.core.rowwise import Outcomes, each


@action
def award_applications(*, applications: Collection[Application], by: Person) -> Outcomes:
    """Award places to these, whatever their place in the order; among them, who came first is served first.

    For each the outcome says None, or why she has no place: NoSeatLeft, NotEligible, WaitsForGuardian, WrongState,
    ByDrawOnly where the places of the call are drawn, or NotAllowed where `by` may not award there. What is left of the
    seats goes to the others all the same.
    """
    outcomes, calls = _permitted(applications, by)
    for call in calls:
        wishes = wishes_of(call, calls[call])
        seats = LockedSeats(call)  # calls by id, and seats before applications: see the lock order in seats.py
        chosen: list[Place] = []
        for held in _held(calls[call]):
            try:
                ensure_awardable(held)
                if call.is_drawn:
                    raise ByDrawOnly
                place = seats.take_best(held.region_id, wishes[held.pk])
                if place is None:
                    raise NoSeatLeft
            except DomainError as error:
                outcomes[held.pk] = error
            else:
                chosen.append((held, place))
                outcomes[held.pk] = None
        seats.write()
        award(chosen, by)
    return outcomes


@action
def move_to_waiting_list(*, applications: Collection[Application], by: Person) -> Outcomes:
    """Put these on the waiting list, where they keep their order of arrival.

    For each the outcome says None, or why not: WrongState (only who has just applied can be put there), NotAllowed.
    """
    outcomes, calls = _permitted(applications, by)
    for ids in calls.values():
        chosen = []
        for held in _held(ids):
            waits = held.state == State.SUBMITTED
            outcomes[held.pk] = None if waits else WrongState(held.state)
            chosen += [held] if waits else []
        put_on_waiting_list(chosen, by)
    return outcomes


@action
def publish_calls(*, calls: Collection[Call], by: Person) -> Outcomes:
    """Let everybody see these. NotAllowed where `by` may not publish there; one that was published stays as it is."""
    return each(calls, lambda call: publish_call(call=call, by=by))


def _permitted(
    applications: Collection[Application], by: Person
) -> tuple[dict[UUID, DomainError | None], dict[Call, list[UUID]]]:
    """Those that `by` may award, by call in the order of ids; the others are told so."""
    ids = [each.pk for each in applications]
    within = rules.awardable_applications.which(by).filter(pk__in=ids).select_related("call").order_by("call", "pk")
    calls: dict[Call, list[UUID]] = defaultdict(list)
    for application in within:
        calls[application.call].append(application.pk)
    permitted = {pk for found in calls.values() for pk in found}
    return {pk: NotAllowed() for pk in ids if pk not in permitted}, calls


def _held(ids: list[UUID]) -> list[Application]:
    """Locked until the transaction ends, who came first first."""
    found = Application.objects.filter(pk__in=ids).order_by("submitted_at", "id")
    return list(found.select_for_update())
