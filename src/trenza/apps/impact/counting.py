"""Counts from facts, as the team sees them: everything, by region and by month."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min

from trenza.apps.admissions import measures as admissions
from trenza.apps.admissions.api import Call, shared_zone
from trenza.apps.credentials import measures as credentials
from trenza.apps.impact.models import Measure
from trenza.apps.programmes import measures as programmes
from trenza.apps.programmes.api import Edition, Programme
from trenza.core import clock
from trenza.core.facts import Count

_MEASURES: Mapping[str, Callable[[UUID, Sequence[datetime]], list[Count]]] = {
    Measure.APPLICATIONS: admissions.count_applications,
    Measure.AWARDS: admissions.count_awards,
    Measure.ENROLMENTS: programmes.count_enrolments,
    Measure.COMPLETIONS: programmes.count_completions,
    Measure.CERTIFICATES: credentials.count_certificates,
    Measure.TRAINERS: programmes.count_trained,
}


@dataclass(frozen=True)
class Tally:
    """One measure: by region (None where none was said), by month (its first day), by edition. Zeros are left out."""

    by_region: Counter[UUID | None] = field(default_factory=Counter)
    by_month: Counter[date] = field(default_factory=Counter)
    by_edition: Counter[UUID] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.by_month.total()

    def add(self, counted: Count, month: date) -> None:
        self.by_region[counted.region] += counted.number
        self.by_month[month] += counted.number
        self.by_edition[counted.edition] += counted.number


@dataclass(frozen=True)
class Counts:
    """The measures of a programme. `zone` is that of the months; `until` is a moment, what came later is left out.

    What is simulated or belongs to a demonstration edition is counted apart: in `demonstration`, not in `real`.
    """

    zone: ZoneInfo
    until: datetime
    real: Mapping[str, Tally]
    demonstration: Mapping[str, Tally]


def zone_of(programme: Programme) -> ZoneInfo:
    """The time zone of a programme's days and months: that of all its calls, UTC where they differ."""
    return shared_zone(Call.objects.filter(programme=programme))


def counts(
    programme: Programme,
    edition: Edition | None = None,
    *,
    zone: ZoneInfo,
    until: datetime | None = None,
    within: Callable[[Count], bool] | None = None,
) -> Counts:
    """Count every measure of a programme, or of one edition, up to a moment (by default now), of what lies `within`.

    Eight queries, however many rows there are. For the team: `counts_for`; for everybody: `public_results`.
    """
    end = until or clock.now()
    demonstrations = dict(Edition.objects.filter(programme=programme).values_list("pk", "demonstration"))
    months = months_until(_first_month(programme, end, zone), end.astimezone(zone).date())
    starts = [datetime.combine(month, time(), zone) for month in months]
    sides: dict[bool, dict[str, Tally]] = {side: {each: Tally() for each in _MEASURES} for side in (False, True)}
    for measure, count in _MEASURES.items():
        # The end is a start too: what begins there is not counted.
        for counted in count(programme.pk, [*starts, end]):
            other = edition is not None and counted.edition != edition.pk
            if counted.period == len(starts) or other or (within and not within(counted)):
                continue
            side = counted.synthetic or demonstrations[counted.edition]
            sides[side][measure].add(counted, months[max(counted.period, 0)])
    return Counts(zone=zone, until=end, real=sides[False], demonstration=sides[True])


def months_until(first: date, last: date) -> list[date]:
    """The first days of the months from that of `first` to that of `last`."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def span(tallies: Iterable[Tally]) -> list[date]:
    """The months from the first to the last in which anything was counted."""
    months = {month for tally in tallies for month in tally.by_month}
    return months_until(min(months), max(months)) if months else []


def _first_month(programme: Programme, end: datetime, zone: ZoneInfo) -> date:
    """A year before the first edition: whatever is older counts in that month."""
    first = Edition.objects.filter(programme=programme).aggregate(first=Min("starts_on"))["first"]
    day = min(first or end.date(), end.astimezone(zone).date())
    return date(day.year - 1, day.month, 1)
