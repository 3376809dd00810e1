"""What is simulated: `programmes/<programme>/simulation.toml`, numbers and likelihoods as data (docs/simulator.md)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from trenza.core.definition import Code, Definition, DefinitionErrors, Item, Line, Problem, refuse
from trenza.core.definition.problems import did_you_mean, listed
from trenza.core.definition.toml import MAX_BYTES, Place, Read, read_toml
from trenza.core.definition.wording import faults

NAME = "simulation.toml"
MOST_PEOPLE = 1_000_000

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, le=MOST_PEOPLE)]
Days = Annotated[int, Field(ge=0, le=1_000)]


class Wave(Item):
    """Of those who arrive, `parts` come after the wave before and until this day since their call opened."""

    until_day: Days
    parts: int = Field(ge=0, le=1_000_000)


class Into(Item):
    """A call, and how many parts of a group come to it."""

    call: Code
    parts: int = Field(default=1, ge=1, le=1_000_000)


class Group(Item):
    """`[[scenario.group]]`: who come from a region. `places`: how many of them are awarded one, in a selected call."""

    region: Code | None = None
    into: tuple[Into, ...] = Field(min_length=1)
    people: Count
    places: Count | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.places is not None and self.places > self.people:
            raise refuse("has more places than people", hint="let more people come, or award fewer places")
        return self


class Awards(Item):
    """`[scenario.awards]`. Places are awarded every so many days, from a day since the call opened to its end."""

    from_day: Days = 1
    every_days: int = Field(default=1, ge=1, le=400)
    accepted: Share = 0.93
    declined: Share = 0.0

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.accepted + self.declined > 1:
            raise refuse("lets accepted and declined add up to more than 1", hint="the rest do not answer")
        return self


class Answers(Item):
    """`[scenario.answers]`: how likely she says yes to a yes-or-no question; `helped`: who lacked something gets it;
    `guardians`: a girl who is not of age names one, who agrees."""

    yes: Share = 0.93
    helped: Share = 0.0
    guardians: Share = 0.0
    male: Share = 0.12


class Learners(Item):
    """`[scenario.learners]`. `leaves`: the least, usual and largest likelihood to stop before the end of a track,
    however many lessons it has. `between_hours`: from one module to the next; the lessons of a course share it.
    `tested`: does the tests before and after her courses."""

    begin_hours: float = Field(default=25, gt=0, le=10_000)
    between_hours: tuple[float, float] = (8.0, 100.0)
    accuracy: tuple[float, float, float] = (0.4, 0.8, 0.98)
    leaves: tuple[float, float, float] = (0.0, 0.22, 0.7)
    says_so: Share = 0.0
    pauses: Share = 0.0
    pause_days: tuple[int, int] = (7, 45)
    returns: Share = 0.7
    continues: Share = 0.0
    tested: Share = 0.5


class Clocks(Item):
    """`[scenario.phones.clocks]`: the share of phones whose clock is hours or years off, starts again in 1970 where the
    battery was empty, or jumps."""

    hours: Share = 0.0
    years: Share = 0.0
    reset: Share = 0.0
    jumping: Share = 0.0


class Phones(Item):
    """`[scenario.phones]`: shared by two, late (offline for days), sending again what was taken in already."""

    shared: Share = 0.0
    late: Share = 0.0
    late_days: tuple[int, int] = (2, 40)
    resends: Share = 0.0
    clocks: Clocks = Clocks()


class Scenario(Item):
    """`[[scenario]]`. `facts` were published, `assumptions` are ours; both are for who reads the file.

    `one_in`: of so many people one is simulated, unless the command says otherwise. `until`: the last day; without it
    today.
    """

    code: Code
    name: Line
    edition: Code
    facts: tuple[Line, ...] = ()
    assumptions: tuple[Line, ...] = Field(min_length=1)
    one_in: int = Field(default=1, ge=1, le=100_000)
    until: date | None = None
    wave: tuple[Wave, ...] = ()
    awards: Awards = Awards()
    answers: Answers = Answers()
    learners: Learners = Learners()
    phones: Phones = Phones()
    group: tuple[Group, ...] = Field(min_length=1)

    @property
    def people(self) -> int:
        """How many come, at full size."""
        return sum(group.people for group in self.group)

    def scaled(self, people: int | None = None, one_in: int | None = None) -> "Scenario":
        """The same with `people` in all, or one in `one_in` (by default its own); groups keep their proportions.

        Everybody has a place who would have had one: places are rounded like people, by the largest remainder.
        """
        total = self.people
        wanted = people if people is not None else round(total / (one_in or self.one_in))
        if wanted == total:
            return self
        seats = [group.places or 0 for group in self.group]
        numbers = shared_out(wanted, [group.people for group in self.group])
        places = shared_out(round(sum(seats) * wanted / total) if total else 0, seats)
        groups = tuple(
            group.model_copy(update={"people": n, "places": None if group.places is None else min(p, n)})
            for group, n, p in zip(self.group, numbers, places, strict=True)
        )
        return self.model_copy(update={"group": groups})


def shared_out(total: int, parts: Sequence[int]) -> list[int]:
    """`total` in proportion to `parts`, exactly, by the largest remainder; the first wins among equals."""
    whole = sum(parts)
    if whole == 0:
        return [0] * len(parts)
    numbers = [total * part // whole for part in parts]
    remainders = sorted(range(len(parts)), key=lambda n: (-(total * parts[n] % whole), n))
    for n in remainders[: total - sum(numbers)]:
        numbers[n] += 1
    return numbers


class _File(Item):
    format: Literal[1]
    scenario: tuple[Scenario, ...] = Field(min_length=1)


def read_scenarios(folder: Path, definition: Definition | None = None) -> dict[str, Scenario]:
    """The scenarios of a programme's folder by code; none where it has no file. With its definition, what they name is
    checked too.

    Raises:
        DefinitionErrors: with every problem, in the order of the lines.
    """
    file = folder / NAME
    if not file.is_file():
        return {}
    with file.open("rb") as stream:
        read = read_toml(stream.read(MAX_BYTES + 1), file=str(file))
    try:
        found = _File.model_validate(read.data, strict=True)
    except ValidationError as error:
        raise DefinitionErrors(
            Problem(str(file), _line(read, place), message, hint)
            for place, message, hint in faults(error, _File, read.data)
        ) from error
    problems = list(_repeated(found, read, str(file)))
    if definition is not None:
        problems += _names(found, read, str(file), definition)
    if problems:
        raise DefinitionErrors(problems)
    return {scenario.code: scenario for scenario in found.scenario}


def _line(read: Read, place: Place) -> int:
    while place and place not in read.lines:
        place = place[:-1]
    return read.lines.get(place, 1)


def _repeated(found: _File, read: Read, file: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, scenario in enumerate(found.scenario):
        if scenario.code in seen:
            line = _line(read, ("scenario", number, "code"))
            yield Problem(file, line, f'the scenario "{scenario.code}" stands twice', "give it another code")
        seen.add(scenario.code)


def _names(found: _File, read: Read, file: str, definition: Definition) -> Iterator[Problem]:
    """What a scenario names must stand in the definition: edition, calls of it, regions of these calls."""
    editions: Mapping[str, Any] = {each.code: each for each in definition.section("edition")}
    calls: Mapping[str, Any] = {each.code: each for each in definition.section("call")}
    for number, scenario in enumerate(found.scenario):
        place: Place = ("scenario", number)
        if scenario.edition not in editions:
            yield _unknown(read, file, (*place, "edition"), "edition", scenario.edition, list(editions))
            continue
        here = [code for code, call in calls.items() if call.edition == scenario.edition]
        for n, group in enumerate(scenario.group):
            for m, into in enumerate(group.into):
                inner = (*place, "group", n, "into", m, "call")
                if into.call not in here:
                    yield _unknown(read, file, inner, "call of this edition", into.call, here)
                    continue
                regions = list(calls[into.call].regions or editions[scenario.edition].regions)
                if group.region not in regions:
                    inner = (*place, "group", n, "region")
                    yield _unknown(read, file, inner, f"region of {into.call}", group.region or "", regions)


def _unknown(read: Read, file: str, place: Place, what: str, code: str, known: list[str]) -> Problem:
    hint = did_you_mean(code, known) or f"use {listed(sorted(known))}"
    return Problem(file, _line(read, place), f'no {what} is called "{code}"', hint)
