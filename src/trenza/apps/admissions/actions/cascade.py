"""The waiting list moves up by itself: a seat that becomes free goes to who is next."""

from typing import Final
from uuid import UUID

from trenza.apps.admissions.actions.awards import award
from trenza.apps.admissions.actions.judging import State
from trenza.apps.admissions.actions.seats import LockedSeats
from trenza.apps.admissions.models import Application, Award, Call, Draw
from trenza.apps.admissions.queries import in_order_of_award
from trenza.core import clock
from trenza.core.journal import action

MOST: Final = 1_000
"""Of one region, or of all without seats of their own, in one transaction."""


@action
def fill_from_waiting_list(*, call: UUID) -> list[Award]:
    """Award the seats that are free to those who wait, in their order, within the total and each region's seats; some
    thousand at once: ask again until nobody was awarded one.

    Where seats are not limited, only who let an offer expire and came back is awarded hers anew, and everybody of what
    follows from a completion: others are there because the team put them there. Nobody is in a call that was not
    published or was retired, before its draw, and in an edition that has ended.
    """
    row = Call.objects.select_related("edition").filter(pk=call).first()
    if row is None or not row.gives_places_on(clock.today(row.zone)):
        return []
    if row.is_drawn and not Draw.objects.filter(call=row, drawn_at__isnull=False).exists():
        return []
    seats = LockedSeats(row)
    chosen = [each for each in _next(row, seats) if seats.take(each.region_id)]
    seats.write()
    return award(chosen, by=None)


def _next(call: Call, seats: LockedSeats) -> list[Application]:
    """Who may be next: of each region with seats of its own as many as it has free, of the others as the call has."""
    waiting = in_order_of_award(call.applications.filter(state=State.WAITING_LIST), call).values_list("pk", flat=True)
    own = seats.regions()
    found = [pk for region in own for pk in waiting.filter(region=region)[: min(MOST, seats.left(region))]]
    others = waiting.exclude(region__in=own)
    if seats.is_limited:
        found += others[: min(MOST, seats.left(None))]
    else:
        found += (others if call.is_follow_on else others.exclude(rejoined_at=None))[:MOST]
    return list(in_order_of_award(call.applications.filter(pk__in=found), call).select_for_update(of=("self",)))
