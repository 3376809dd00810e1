"""Who is awarded a place, and when: so many of a call and a region, in order of arrival."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from trenza.apps.admissions import api as admissions
from trenza.apps.admissions.api import Application, Award, Call
from trenza.apps.programmes.api import Region
from trenza.cli.simulator.scenario import Awards, Scenario, shared_out

AT = time(19, tzinfo=UTC)  # in the afternoon from Mexico to Paraguay
SEED_SOURCE = "Un número inventado para la demostración"
STILL_WAITING = (Application.State.SUBMITTED, Application.State.NEEDS_HELP)


@dataclass
class Intake:
    """A selected call in one region (None: all), and how many `places` the coordinator awards there until it closes;
    None is as many as there are seats."""

    call: Call
    region: Region | None
    places: int | None
    habits: Awards
    awarded: int = 0

    @property
    def is_limited(self) -> bool:
        """Whether somebody may be left without a place."""
        return self.places is not None

    @property
    def after(self) -> datetime:
        """When the last place was awarded."""
        return self.call.closes_at + timedelta(days=1)

    def days(self, end: datetime) -> Iterator[datetime]:
        """When the coordinator awards: every so many days, and when the call closes."""
        step = timedelta(days=self.habits.every_days)
        moment = datetime.combine(self.call.opens_at.date() + timedelta(days=self.habits.from_day), AT)
        last = min(self.call.closes_at, end)
        while moment < last:
            yield moment
            moment += step
        yield last

    def award(self, now: datetime) -> list[Award]:
        """Award what is due by now: places are spread evenly over the days of the call."""
        if self.places is None:
            return admissions.award_in_order(call=self.call, region=self.region, by=None)
        due = self._due(now) - self.awarded
        if due <= 0:
            return []
        awards = admissions.award_in_order(call=self.call, region=self.region, by=None, limit=due)
        self.awarded += len(awards)
        return awards

    def left_over(self) -> list[Application]:
        """Who still waits after the last place was awarded."""
        waiting = self.call.applications.filter(state__in=STILL_WAITING)
        if self.region:
            waiting = waiting.filter(region=self.region)
        return list(waiting.select_related("person").order_by("submitted_at", "id"))

    def _due(self, now: datetime) -> int:
        assert self.places is not None
        begin = self.call.opens_at + timedelta(days=self.habits.from_day)
        passed = (now - begin) / (self.call.closes_at - begin)
        return self.places if now >= self.call.closes_at else max(0, int(self.places * passed))


def intakes(scenario: Scenario, calls: Mapping[str, Call], regions: Mapping[str, Region]) -> list[Intake]:
    """For each group its places, shared out among its calls; and whole calls whose seats alone are the limit."""
    limited: list[Intake] = []
    whole: dict[str, Intake] = {}
    for group in scenario.group:
        region = regions[group.region] if group.region else None
        parts = [into.parts for into in group.into]
        places = shared_out(group.places, parts) if group.places is not None else [None] * len(parts)
        for into, number in zip(group.into, places, strict=True):
            call = calls.get(into.call)
            if call is None or not call.is_selected or call.is_drawn:
                continue
            if number is None:
                whole.setdefault(call.code, Intake(call, None, None, scenario.awards))
            else:
                limited.append(Intake(call, region, number, scenario.awards))
    return [*limited, *whole.values()]


def drawn(scenario: Scenario, calls: Mapping[str, Call]) -> list[Call]:
    """The calls of a scenario whose places are drawn, in the order of their codes."""
    named = {into.call for group in scenario.group for into in group.into}
    return [calls[code] for code in sorted(named & calls.keys()) if calls[code].is_drawn]


def hold_draw(call: Call, seed: str) -> list[Award]:
    """Type in a made-up seed, draw, and tell who was awarded a place, in the order drawn."""
    admissions.give_seed(call=call, seed=seed, source=SEED_SOURCE, by=None)
    admissions.hold_draw(call=call, by=None)
    found = Award.objects.filter(call=call).select_related("person", "call__edition")
    return list(found.order_by("application__draw_entry__rank"))


def leave_the_queue(application: Application) -> None:
    """She takes her application back, unless something came of it meanwhile."""
    try:
        admissions.withdraw_application(application=application, by=application.person)
    except admissions.WrongState:
        return
