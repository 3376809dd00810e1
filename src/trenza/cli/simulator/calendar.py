"""What will happen, by day: the present moves from one happening to the next."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from trenza.core import clock

Happening = Callable[[], object]

# A day of the story ends at 3:00 UTC, late in the evening from Mexico to Paraguay: then phones send,
# and the worker does what follows.
NIGHT = timedelta(hours=3)


class Calendar:
    """Happenings until `end`, in the order of their moments, then of their planning: the same in every run."""

    def __init__(self, end: datetime) -> None:
        self.end = end
        self._days: dict[date, list[tuple[datetime, int, Happening]]] = defaultdict(list)
        self._planned = 0

    def plan(self, moment: datetime, happening: Happening) -> None:
        """Let it happen at `moment`, or not at all if that is after the end. Seconds are the smallest step, so that no
        machine's arithmetic makes another story."""
        self._planned += 1
        moment = moment.replace(microsecond=0)
        if moment <= self.end:
            self._days[_day(moment)].append((moment, self._planned, happening))

    def live(self, first: datetime, night: Callable[[date], None]) -> None:
        """Day after day from that of `first` to the end; after each day's happenings its `night`."""
        day = _day(first)
        while day <= _day(self.end):
            self._live(day)
            with clock.travel(min(_end_of(day), self.end)):
                night(day)
            day += timedelta(days=1)

    def _live(self, day: date) -> None:
        while waiting := self._days.pop(day, []):
            for moment, _, happening in sorted(waiting, key=lambda each: each[:2]):
                with clock.travel(moment):
                    happening()


def _day(moment: datetime) -> date:
    return (moment.astimezone(UTC) - NIGHT).date()


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC) + NIGHT
