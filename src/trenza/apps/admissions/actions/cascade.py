"""The waiting list moves up by itself: a seat that becomes free goes to who is next."""

from uuid import UUID

from trenza.apps.admissions.actions.awards import award
from trenza.apps.admissions.actions.judging import State
from trenza.apps.admissions.actions.seats import LockedSeats
from trenza.apps.admissions.models import Application, Award, Call
from trenza.core import clock
from trenza.core.journal import action


@action
def fill_from_waiting_list(*, call: UUID) -> list[Award]:
    """Award the seats that are free to those who wait, in their order, within the total and each region's seats.

    Nobody is awarded a place where seats are not limited, in a call that was not published or was retired, and in an
    edition that has ended.
    """
    given = Call.objects.filter(pk=call, retired_at=None, published_at__isnull=False)
    row = given.select_related("edition").first()
    if row is None or row.edition.ends_on < clock.today(row.zone):
        return []
    seats = LockedSeats(row)
    chosen = [each for each in _next(row, seats) if seats.take(each.region_id)]
    seats.write()
    return award(chosen, by=None)


def _next(call: Call, seats: LockedSeats) -> list[Application]:
    """Who may be next: of each region with seats of its own as many as it has free, of the others as the call has."""
    waiting = call.applications.filter(state=State.WAITING_LIST).order_by("submitted_at", "id").select_for_update()
    own = seats.regions()
    found = [each for region in own for each in waiting.filter(region=region)[: seats.left(region)]]
    others = seats.left(None)
    if others:
        found += waiting.exclude(region__in=own)[:others]
    return sorted(found, key=lambda each: (each.submitted_at, each.pk))
