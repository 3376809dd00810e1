"""The waiting list moves up by itself: a seat that becomes free goes to who is next."""

from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from trenza.apps.admissions.actions.awards import award
from trenza.apps.admissions.actions.judging import State
from trenza.apps.admissions.actions.seats import LockedSeats
from trenza.apps.admissions.actions.wishes import wishes_of
from trenza.apps.admissions.models import Application, Award, Call, Draw, Wish
from trenza.apps.admissions.queries import in_order_of_award
from trenza.core import clock
from trenza.core.journal import action

MOST: Final = 1_000
"""Of one region, or of all without seats of their own, in one transaction."""


@action
def fill_from_waiting_list(*, call: UUID) -> list[Award]:
    """Award the seats that are free to those who wait, in their order, within the total and each region's and track's
    seats, to each the best of her wishes that has one; some thousand at once: ask again until nobody was awarded one.

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
    waiting = _next_of_several(row, seats) if row.has_several_tracks else _next(row, seats)
    wishes = wishes_of(row, [each.pk for each in waiting])
    taken = ((each, seats.take_best(each.region_id, wishes[each.pk])) for each in waiting)
    chosen = [(each, track) for each, track in taken if track is not None]
    seats.write()
    return award(chosen, by=None)


def _next_of_several(call: Call, seats: LockedSeats) -> list[Application]:
    """The first who wait and may find a seat: in their region, and in a track that they wish for. As nobody is left out
    for whom there is one now, and seats only become fewer, the order is kept."""
    full = [each for each in seats.regions() if not seats.has_free(each)]
    free = [each.pk for each in call.tracks_offered if seats.has_free(each.pk)]
    wishing = Exists(Wish.objects.filter(application=OuterRef("pk"), track__in=free))
    waiting = call.applications.filter(wishing, state=State.WAITING_LIST).exclude(region__in=full)
    if seats.is_limited:
        if not seats.left(None):
            return []
    else:
        own = [each for each in free if seats.limits(each)]
        limited = Exists(Wish.objects.filter(application=OuterRef("pk"), track__in=own))
        waiting = waiting.filter(limited | Q(region__in=seats.regions()) | Q(rejoined_at__isnull=False))
    return list(in_order_of_award(waiting, call).select_for_update(of=("self",))[:MOST])


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
