"""What a programme shows the public: its indicators against their targets, with no number that tells of few women."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from trenza.apps.impact.counting import Tally, counts, months_until, span, zone_of
from trenza.apps.impact.models import Indicator, Reported, Target
from trenza.apps.impact.suppression import Published, publish_pair
from trenza.apps.programmes.api import Programme, Region
from trenza.core import clock

MOST_MONTHS = 24  # more than these are told by year: nobody reads ninety columns
Number = int | None  # as the public sees it: None is a number that may not be shown


@dataclass(frozen=True)
class Aim:
    """A target, and how much of it is reached: worked out from shown numbers alone, so that it tells nothing new."""

    value: int
    starts_on: date
    ends_on: date
    source: str
    reached: Number


@dataclass(frozen=True)
class Result:
    """One indicator that Trenza counts. A region without a name ("") stands last, where nobody said which.

    `periods` are months by their first days, or years (`by_year`) where there are more than MOST_MONTHS.
    """

    code: str
    name: str
    total: Number
    regions: list[tuple[str, Number]]
    periods: list[tuple[date, Number]]
    by_year: bool
    aims: list[Aim]


@dataclass(frozen=True)
class Past:
    """What was to be reached, or was reported, elsewhere than here: never added to what Trenza counts."""

    name: str
    value: int
    starts_on: date
    ends_on: date
    source: str
    is_target: bool


@dataclass(frozen=True)
class Results:
    """A programme's page. `last_day` is the last whole day that was counted, in the time zone `zone` (IANA)."""

    demonstration: bool
    last_day: date
    zone: str
    results: list[Result]
    past: list[Past]


def public_results(programme: Programme) -> Results:
    """Count up to the end of yesterday, and show what is real; only where nothing is real, the demonstration.

    Thirteen queries, however many rows there are.
    """
    zone = zone_of(programme)
    midnight = datetime.combine(clock.now().astimezone(zone).date(), time(), zone)
    last_day = midnight.date() - timedelta(days=1)
    counted = counts(programme, zone=zone, until=midnight)
    demonstration = not _anything(counted.real.values()) and _anything(counted.demonstration.values())
    tallies = counted.demonstration if demonstration else counted.real
    page = _Page(
        demonstration=demonstration,
        last_day=last_day,
        months=_months(tallies.values(), last_day),
        regions=list(Region.objects.filter(programme=programme).order_by("position")),
    )
    targets = list(Target.objects.filter(indicator__programme=programme).select_related("indicator", "edition"))
    indicators = Indicator.objects.current().filter(programme=programme).order_by("position")
    return Results(
        demonstration=demonstration,
        last_day=last_day,
        zone=zone.key,
        results=[page.result(each, tallies[each.measure], targets) for each in indicators if each.measure],
        past=[_past(target) for target in targets if not page.measures(target)]
        + [_past(each) for each in Reported.objects.filter(indicator__programme=programme).select_related("indicator")],
    )


@dataclass(frozen=True)
class _Page:
    demonstration: bool
    last_day: date
    months: list[date]
    regions: list[Region]

    def result(self, indicator: Indicator, tally: Tally, targets: Iterable[Target]) -> Result:
        by_region, by_period = self.published(tally)
        names = {region.pk: region.name for region in self.regions}
        return Result(
            code=indicator.code,
            name=indicator.name,
            total=by_region.total,
            regions=[(names[key] if key else "", number) for key, number in by_region.cells.items()],
            periods=list(by_period.cells.items()),
            by_year=self.by_year,
            aims=[
                Aim(
                    target.value,
                    target.starts_on,
                    target.ends_on,
                    target.source,
                    self._reached(target, tally, by_period),
                )
                for target in targets
                if target.indicator_id == indicator.pk and self.measures(target)
            ],
        )

    def published(self, tally: Tally) -> tuple[Published[object], Published[date]]:
        """All current regions and all months, zeros too; a retired region, or none, only where something counted."""
        keys = [region.pk for region in self.regions if region.retired_at is None or tally.by_region[region.pk]]
        by_region = {key: tally.by_region[key] for key in keys}
        if tally.by_region[None]:
            by_region[None] = tally.by_region[None]
        by_period = dict.fromkeys(map(self._period, self.months), 0)
        for month in self.months:
            by_period[self._period(month)] += tally.by_month[month]
        return publish_pair(by_region, by_period)

    @property
    def by_year(self) -> bool:
        """Whether its periods are years."""
        return len(self.months) > MOST_MONTHS

    def _period(self, month: date) -> date:
        return date(month.year, 1, 1) if self.by_year else month

    def measures(self, target: Target) -> bool:
        """Whether what is counted here is what the target was about: neither another edition's, nor of the years before
        Trenza counted, nor a real target beside a demonstration."""
        about_demonstration = target.edition is not None and target.edition.demonstration
        first = self.months[0] if self.months else self.last_day
        return about_demonstration == self.demonstration and target.ends_on >= first

    def _reached(self, target: Target, tally: Tally, by_period: Published[date]) -> Number:
        counted = {month for month, number in tally.by_month.items() if number}
        if target.edition_id:
            # Of one edition among several nothing is shown: its number would tell of the others.
            only = {edition for edition, number in tally.by_edition.items() if number} <= {target.edition_id}
            return by_period.total if only else None
        window = set(months_until(target.starts_on, target.ends_on))
        if counted <= window:
            return by_period.total
        within, beyond = (set(map(self._period, months)) for months in (counted & window, counted - window))
        if within & beyond:
            return None  # a part of a year beside the whole of it would tell of the rest
        cells = [number for period, number in by_period.cells.items() if period in within]
        return None if None in cells else sum(cell or 0 for cell in cells)


def _months(tallies: Iterable[Tally], last_day: date) -> list[date]:
    """From the first month in which anything was counted to this one."""
    found = span(tallies)
    return months_until(found[0], max(found[-1], last_day)) if found else []


def _anything(tallies: Iterable[Tally]) -> bool:
    return any(tally.total for tally in tallies)


def _past(row: Target | Reported) -> Past:
    return Past(
        row.indicator.name, row.value, row.starts_on, row.ends_on, row.source, is_target=isinstance(row, Target)
    )
