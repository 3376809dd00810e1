"""Seats: taken one by one, given back, never exceeded.

Lock order, the same everywhere so that nothing deadlocks: pools (the total first, then regions by id), then
applications, then the journal.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from trenza.apps.admissions.errors import NoSeatLeft, SeatsTaken
from trenza.apps.admissions.events import SeatsChanged
from trenza.apps.admissions.models import Call, SeatChange, SeatPool
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import record

_IN_ORDER = (F("region").asc(nulls_first=True), "pk")


def take_seat(call: Call, region: UUID | None) -> None:
    """Take a seat of the call and of its region, where they are limited. The caller's transaction undoes a half.

    Raises:
        NoSeatLeft: none is left.
    """
    for pool in _pools(call, region):
        if not SeatPool.objects.filter(pk=pool.pk, taken__lt=F("seats")).update(taken=F("taken") + 1):
            raise NoSeatLeft


def lock_seats(call: Call, region: UUID | None) -> None:
    """Hold the pools of the call and of its region until the transaction ends, before the application is locked."""
    list(_pools(call, region).select_for_update())


def give_seat_back(call: Call, region: UUID | None) -> None:
    """Free a seat that was taken with `take_seat`, once `lock_seats` holds its pools."""
    _pools(call, region).update(taken=F("taken") - 1)


@dataclass(frozen=True)
class SeatPlan:
    """How many seats a call has: in total (None: without a limit), how many of these are kept for launches, and of each
    region with seats of its own, by its id."""

    total: int | None
    held_back: int
    by_region: Mapping[UUID, int]


@dataclass(frozen=True)
class Because:
    """Why seats change, and who says so; nobody and nothing where a definition was loaded."""

    reason: str = ""
    by: Person | None = None


def seat_plan_of(call: Call) -> SeatPlan:
    """What the call has now."""
    regions = SeatPool.objects.filter(call=call, region__isnull=False).values_list("region", "seats")
    return SeatPlan(call.seats, call.held_back, dict(regions))


def set_seats(call: Call, plan: SeatPlan, *, before: SeatPlan | None = None, because: Because | None = None) -> None:
    """Make the pools what a definition says; a limit that goes, goes with its pool, and one that comes counts first.

    What is different from `before` stands in the ledger from now on; None for a call that is new.

    Raises:
        SeatsTaken: a limit lies below what is taken.
    """
    wanted: dict[UUID | None, int] = {}
    for each in plan.by_region:
        wanted[each] = plan.by_region[each]
    if plan.total is not None:
        wanted = {None: plan.total - plan.held_back, **wanted}
    pools = {
        pool.region_id: pool for pool in SeatPool.objects.filter(call=call).order_by(*_IN_ORDER).select_for_update()
    }
    SeatPool.objects.filter(pk__in=[pool.pk for region, pool in pools.items() if region not in wanted]).delete()
    exceeded = []
    for region, seats in wanted.items():
        pool = pools.get(region) or SeatPool(call=call, region_id=region, taken=_held(call, region))
        if pool.taken > seats:
            exceeded.append((call.code, pool.region.code if pool.region else ""))
        elif pool.seats != seats or region not in pools:
            pool.seats = seats
            pool.save()
    if exceeded:
        raise SeatsTaken(exceeded)
    if before is not None:
        _write_down(call, before, plan, because or Because())


def _held(call: Call, region: UUID | None) -> int:
    """The seats that awards and sign-ups hold."""
    where = Q() if region is None else Q(region=region)
    awards = call.awards.filter(where, application__state__in=["awarded", "accepted"])
    return awards.count() + call.sign_ups.filter(where).count()


def _write_down(call: Call, before: SeatPlan, after: SeatPlan, because: Because) -> None:
    lines: list[tuple[SeatChange.Of, UUID | None, int | None, int | None]] = [
        (SeatChange.Of.TOTAL, None, before.total, after.total),
        (SeatChange.Of.RESERVE, None, before.held_back, after.held_back),
    ]
    regions = sorted({*before.by_region, *after.by_region})
    lines += [(SeatChange.Of.REGION, each, before.by_region.get(each), after.by_region.get(each)) for each in regions]
    change = new_id()
    for of, region, had, has in lines:
        if had == has:
            continue
        row = SeatChange.objects.create(
            call=call, change=change, of=of, region_id=region, before=had, after=has,
            reason=because.reason, at=clock.now(), by=because.by,
        )  # fmt: skip
        record(
            SeatsChanged(line=row.pk, call=call.pk, of=of.value, region=region, before=had, after=has),
            by=because.by.pk if because.by else None,
            about=None,
            edition=call.edition_id,
        )


class LockedSeats:
    """All pools of a call, held until the transaction ends: seats are handed out in memory and written once."""

    def __init__(self, call: Call) -> None:
        held = SeatPool.objects.filter(call=call).order_by(*_IN_ORDER).select_for_update()
        self._pools = {pool.region_id: pool for pool in held}
        self._left = {region: pool.left for region, pool in self._pools.items()}
        self._taken: Counter[UUID | None] = Counter()

    def regions(self) -> list[UUID]:
        """Those that have seats of their own."""
        return [region for region in self._pools if region is not None]

    @property
    def is_limited(self) -> bool:
        """Whether there is a number of seats in total."""
        return None in self._pools

    def left(self, region: UUID | None) -> int:
        """How many are free in the region's own pool, or (None) in the call's; 0 where it has none."""
        return max(0, self._left.get(region, 0))

    def take(self, region: UUID | None) -> bool:
        """Take a seat for `region`; False where none is left."""
        pools = [key for key in dict.fromkeys((None, region)) if key in self._pools]
        if any(self._left[key] < 1 for key in pools):
            return False
        for key in pools:
            self._left[key] -= 1
            self._taken[key] += 1
        return True

    def write(self) -> None:
        """Write what was taken; the condition and the database's check hold even if the locks did not."""
        for region, pool in self._pools.items():
            n = self._taken[region]
            within = SeatPool.objects.filter(pk=pool.pk, taken__lte=F("seats") - n)
            if n and not within.update(taken=F("taken") + n):
                raise NoSeatLeft


def _pools(call: Call, region: UUID | None) -> QuerySet[SeatPool]:
    return SeatPool.objects.filter(Q(region=None) | Q(region=region), call=call).order_by(*_IN_ORDER)
