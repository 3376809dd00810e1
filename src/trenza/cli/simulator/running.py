"""Where a scenario may be simulated, and how: never among real people in a real edition."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from trenza.apps.admissions.api import Application, Call
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, Enrolment, Programme
from trenza.cli.simulator.scenario import Group, Into, Scenario, read_scenarios
from trenza.cli.simulator.story import Simulated, Story
from trenza.core import clock, ids
from trenza.core.durability import without_waiting_for_the_disk
from trenza.core.errors import DomainError

DEMONSTRATION = "demonstration"  # the scenario of every programme that has an edition for it
USUAL_PEOPLE = 60
ASSUMED_SEATS = 500  # of a region in a call that does not limit them


class AlreadySimulated(DomainError):
    """Synthetic people have lived through this edition already."""


class RealPeople(DomainError):
    """Somebody real is registered here: nobody made up comes into an edition that is not for demonstration."""


def scenarios_of(programme: Programme) -> dict[str, Scenario]:
    """What can be simulated, by code: what stands beside the programme's definition, and its demonstration, which it
    may tell itself.

    Raises:
        DefinitionErrors: the file is not well.
    """
    found = read_scenarios(Path(settings.PROGRAMMES) / programme.code)
    edition = programme.editions.filter(demonstration=True).order_by("starts_on").first()
    return found if edition is None or DEMONSTRATION in found else {**found, DEMONSTRATION: _demonstration(edition)}


def is_simulated(edition: Edition) -> bool:
    """Whether synthetic people have lived through it, or begun to."""
    return Application.objects.filter(call__edition=edition, person__synthetic=True).exists() or (
        Enrolment.objects.filter(edition=edition, person__synthetic=True).exists()
    )


def simulate(
    programme: Programme,
    *,
    seed: str,
    scenario: str = DEMONSTRATION,
    people: int | None = None,
    one_in: int | None = None,
    until: datetime | None = None,
) -> Simulated:
    """Let synthetic people live through a scenario of the programme, to its end or to `until` (now).

    `people` says how many, `one_in` which part of the scenario's; else it is as large as it says itself.

    Raises:
        LookupError: the programme has no such scenario or edition, or no call of it has begun by then.
        AlreadySimulated: it was done before.
        RealPeople: the edition is a real one, and so is somebody here.
    """
    known = scenarios_of(programme)
    if scenario not in known:
        raise LookupError(f"{programme.code} has no scenario {scenario}; it has: {', '.join(known) or 'none'}")
    chosen = known[scenario]
    edition = edition_to_simulate(programme, chosen)
    mark = "" if edition.demonstration else edition.code
    name = "/".join(filter(None, [programme.code, mark, seed]))
    end = min(filter(None, [until or clock.now(), _last_moment(chosen.until)]))
    with ids.seeded(name), _quick_to_commit():
        return Story(edition, chosen.scaled(people, one_in), seed=name, end=end, mark=mark).run()


def edition_to_simulate(programme: Programme, scenario: Scenario) -> Edition:
    """The edition of a scenario, if somebody made up may come into it.

    Raises:
        LookupError: the programme has no such edition.
        AlreadySimulated: it was done before.
        RealPeople: the edition is a real one, and so is somebody here.
    """
    edition = programme.editions.filter(code=scenario.edition).select_related("programme").first()
    if edition is None:
        raise LookupError(f"{programme.code} has no edition {scenario.edition}")
    if is_simulated(edition):
        raise AlreadySimulated
    if not edition.demonstration and Person.objects.filter(synthetic=False).exists():
        raise RealPeople
    return edition


def _demonstration(edition: Edition) -> Scenario:
    """Everybody of a definition's demonstration, in proportion to the seats; where they are not limited, to each region
    alike."""
    groups = []
    for call in Call.objects.filter(edition=edition, retired_at=None, follow_on=None).order_by("position"):
        regions: list[str | None] = [region.code for region in call.regions.order_by("position")] or [None]
        seats = call.seats or ASSUMED_SEATS * len(regions)
        into = (Into(call=call.code),)
        groups += [Group(region=region, into=into, people=max(1, seats // len(regions))) for region in regions]
    if not groups:
        raise LookupError(f"no call of {edition} has begun")
    scenario = Scenario(
        code=DEMONSTRATION,
        name="Demonstration",
        edition=edition.code,
        assumptions=("Everything: it shows what the programme looks like.",),
        group=tuple(groups),
    )
    return scenario.scaled(USUAL_PEOPLE)


def _last_moment(day: date | None) -> datetime | None:
    return datetime.combine(day + timedelta(days=1), time(), UTC) if day else None


@contextmanager
def _quick_to_commit() -> Iterator[None]:
    """Wait for the disk at the end, and not at each commit. A power cut may undo the newest days of a story, which can
    be told again."""
    with without_waiting_for_the_disk():
        yield
    if connection.vendor == "sqlite" and not connection.in_atomic_block:  # a test's: it never commits
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
