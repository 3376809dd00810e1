"""Seats: taken one by one, given back, never exceeded.

Lock order, the same everywhere so that nothing deadlocks: pools (the total first, then regions, then tracks,
by id), then applications, then enrolments, then the journal.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F, Q, QuerySet

from trenza.apps.admissions.errors import NoSeatLeft, SeatsTaken
from trenza.apps.admissions.events import SeatsChanged
from trenza.apps.admissions.models import Call, SeatChange, SeatPool
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import record

_IN_ORDER = (F("track").asc(nulls_first=True), F("region").asc(nulls_first=True), "pk")


def take_seat(call: Call, region: UUID | None, track: UUID | None = None) -> None:
    """Take a seat of the call, a region and a track, where they are limited. The caller's transaction undoes a half.

    Raises:
        NoSeatLeft: none is left.
    """
    for pool in _pools(call, region, track):
        if not SeatPool.objects.filter(pk=pool.pk, taken__lt=F("seats")).update(taken=F("taken") + 1):
            raise NoSeatLeft


def lock_seats(call: Call, region: UUID | None) -> None:
    """Hold the pools of the call, its region and all its tracks until the transaction ends, before the application is
    locked: only then is it sure in which track her seat is."""
    pools = SeatPool.objects.filter(Q(region=None) | Q(region=region), call=call)
    list(pools.order_by(*_IN_ORDER).select_for_update())


def give_seat_back(call: Call, region: UUID | None, track: UUID | None = None) -> None:
    """Free a seat that was taken with `take_seat`, once `lock_seats` holds its pools."""
    _pools(call, region, track).update(taken=F("taken") - 1)


def move_seat(call: Call, *, source: UUID, target: UUID) -> None:
    """Take a seat of the track `target` for one of `source`, once `lock_seats` holds their pools; the total and the
    region stay as they are.

    Raises:
        NoSeatLeft: none is left in `target`.
    """
    pools = SeatPool.objects.filter(call=call)
    into = pools.filter(track=target)
    if not into.filter(taken__lt=F("seats")).update(taken=F("taken") + 1) and into.exists():
        raise NoSeatLeft
    pools.filter(track=source).update(taken=F("taken") - 1)


@dataclass(frozen=True)
class SeatPlan:
    """How many seats a call has: in total (None: without a limit), how many of these are kept for launches, and of each
    region and each track with seats of its own, by its id."""

    total: int | None
    held_back: int
    by_region: Mapping[UUID, int]
    by_track: Mapping[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Because:
    """Why seats change, and who says so; nobody and nothing where a definition was loaded."""

    reason: str = ""
    by: Person | None = None


def seat_plan_of(call: Call) -> SeatPlan:
    """What the call has now."""
    pools = SeatPool.objects.filter(call=call)
    regions = pools.filter(region__isnull=False).values_list("region", "seats")
    tracks = pools.filter(track__isnull=False).values_list("track", "seats")
    return SeatPlan(call.seats, call.held_back, dict(regions), dict(tracks))


def set_seats(call: Call, plan: SeatPlan, *, before: SeatPlan | None = None, because: Because | None = None) -> None:
    """Make the pools what a definition says; a limit that goes, goes with its pool, and one that comes counts first.

    What is different from `before` stands in the ledger from now on; None for a call that is new.

    Raises:
        SeatsTaken: a limit lies below what is taken.
    """
    wanted: dict[UUID | None, int] = {}
    if plan.total is not None:
        wanted[None] = plan.total - plan.held_back
    for each, seats in (*plan.by_region.items(), *plan.by_track.items()):
        wanted[each] = seats
    pools = {pool.of: pool for pool in SeatPool.objects.filter(call=call).order_by(*_IN_ORDER).select_for_update()}
    SeatPool.objects.filter(pk__in=[pool.pk for of, pool in pools.items() if of not in wanted]).delete()
    exceeded = []
    for of, seats in wanted.items():
        pool = pools.get(of) or _new_pool(call, of, plan)
        if pool.taken > seats:
            what = pool.region or pool.track
            exceeded.append((call.code, what.code if what else ""))
        elif pool.seats != seats or of not in pools:
            pool.seats = seats
            pool.save()
    if exceeded:
        raise SeatsTaken(exceeded)
    if before is not None:
        _write_down(call, before, plan, because or Because())


def _new_pool(call: Call, of: UUID | None, plan: SeatPlan) -> SeatPool:
    """With the seats that awards and sign-ups hold. Nobody signs up for one of several tracks."""
    awards = call.awards.filter(application__state__in=["awarded", "accepted"])
    if of in plan.by_track:
        return SeatPool(call=call, track_id=of, taken=awards.filter(track=of).count())
    where = Q() if of is None else Q(region=of)
    return SeatPool(call=call, region_id=of, taken=awards.filter(where).count() + call.sign_ups.filter(where).count())


def _write_down(call: Call, before: SeatPlan, after: SeatPlan, because: Because) -> None:
    lines: list[tuple[SeatChange.Of, UUID | None, int | None, int | None]] = [
        (SeatChange.Of.TOTAL, None, before.total, after.total),
        (SeatChange.Of.RESERVE, None, before.held_back, after.held_back),
    ]
    regions = sorted({*before.by_region, *after.by_region})
    lines += [(SeatChange.Of.REGION, each, before.by_region.get(each), after.by_region.get(each)) for each in regions]
    tracks = sorted({*before.by_track, *after.by_track})
    lines += [(SeatChange.Of.TRACK, each, before.by_track.get(each), after.by_track.get(each)) for each in tracks]
    change = new_id()
    for of, what, had, has in lines:
        if had == has:
            continue
        region, track = (None, what) if of == SeatChange.Of.TRACK else (what, None)
        row = SeatChange.objects.create(
            call=call, change=change, of=of, region_id=region, track_id=track, before=had, after=has,
            reason=because.reason, at=clock.now(), by=because.by,
        )  # fmt: skip
        record(
            SeatsChanged(line=row.pk, call=call.pk, of=of.value, region=region, before=had, after=has, track=track),
            by=because.by.pk if because.by else None,
            about=None,
            edition=call.edition_id,
        )


class LockedSeats:
    """All pools of a call, held until the transaction ends: seats are handed out in memory and written once."""

    def __init__(self, call: Call) -> None:
        held = SeatPool.objects.filter(call=call).order_by(*_IN_ORDER).select_for_update()
        self._pools = {pool.of: pool for pool in held}
        self._left = {of: pool.left for of, pool in self._pools.items()}
        self._taken: Counter[UUID | None] = Counter()

    def regions(self) -> list[UUID]:
        """Those that have seats of their own."""
        return [pool.region_id for pool in self._pools.values() if pool.region_id is not None]

    def has_free(self, of: UUID) -> bool:
        """Whether a region or track has a seat left, or no seats of its own."""
        return self._left.get(of, 1) > 0

    def limits(self, of: UUID) -> bool:
        """Whether a region or track has seats of its own."""
        return of in self._pools

    @property
    def is_limited(self) -> bool:
        """Whether there is a number of seats in total."""
        return None in self._pools

    def left(self, region: UUID | None) -> int:
        """How many are free in the region's own pool, or (None) in the call's; 0 where it has none."""
        return max(0, self._left.get(region, 0))

    def take_best(self, region: UUID | None, wishes: Sequence[UUID]) -> UUID | None:
        """Take a seat in the first of these tracks that has one for `region`: that track; None where none is left."""
        return next((track for track in wishes if self.take(region, track)), None)

    def take(self, region: UUID | None, track: UUID | None = None) -> bool:
        """Take a seat for `region` and `track`; False where none is left."""
        pools = [key for key in dict.fromkeys((None, region, track)) if key in self._pools]
        if any(self._left[key] < 1 for key in pools):
            return False
        for key in pools:
            self._left[key] -= 1
            self._taken[key] += 1
        return True

    def write(self) -> None:
        """Write what was taken; the condition and the database's check hold even if the locks did not."""
        for of, pool in self._pools.items():
            n = self._taken[of]
            within = SeatPool.objects.filter(pk=pool.pk, taken__lte=F("seats") - n)
            if n and not within.update(taken=F("taken") + n):
                raise NoSeatLeft


def _pools(call: Call, region: UUID | None, track: UUID | None) -> QuerySet[SeatPool]:
    of = Q(region=None, track=None)
    if region is not None:
        of |= Q(region=region)
    if track is not None:
        of |= Q(track=track)
    return SeatPool.objects.filter(of, call=call).order_by(*_IN_ORDER)
