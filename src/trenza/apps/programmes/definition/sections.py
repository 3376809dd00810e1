"""What each section holds. The order of the fields is the order in which a definition is written back."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from trenza.core.definition import Code, Country, Days, Item, Language, Line, RegionCode, Text

OrganisationRole = Literal["organiser", "endorser", "partner", "funder"]
ActivityKind = Literal[
    "mentoring", "support", "life_skills", "vocational_guidance", "job_readiness", "round_table", "campaign",
    "workshop", "wifi", "materials",
]  # fmt: skip
Confirmer = Literal["trainer", "coordinator", "mentor"]


class ProgrammeSection(Item):
    """`[programme]`. Applications of people younger than `adult_from` (years), or than the law of their country asks,
    wait for a guardian. `place` is what people call the place where several programmes are found together, if there
    is one."""

    code: Code
    name: Line
    summary: Text
    languages: tuple[Language, ...] = Field(min_length=1)
    adult_from: int = Field(default=18, ge=0, le=30)
    participants: Code
    place: Line | None = None


class OrganisationSection(Item):
    """`[[organisation]]`."""

    code: Code
    name: Line
    roles: tuple[OrganisationRole, ...] = Field(min_length=1)


class RegionSection(Item):
    """`[[region]]`: a region of the programme's own, and where it lies."""

    code: Code
    name: Line
    iso: RegionCode


class CourseRequirement(Item):
    """Met by finishing a course, or one of those that it `recognises`: courses of other programmes that count here."""

    kind: Literal["course"]
    course: Code
    recognises: tuple[Code, ...] = ()


class ConfirmedRequirement(Item):
    """Met when a person in this role says so."""

    kind: Literal["confirmed"]
    by: Confirmer


class ModuleSection(Item):
    """`[[track.module]]`. `after`: the modules that must be met before it opens, in place of the track's order."""

    code: Code
    name: Line
    summary: Text | None = None
    after: tuple[Code, ...] = ()
    requirement: Annotated[CourseRequirement | ConfirmedRequirement, Field(discriminator="kind")]


class TrackSection(Item):
    """`[[track]]`. `completion`: all modules, or how many of them."""

    code: Code
    name: Line
    summary: Text
    level: Literal["basic", "intermediate", "advanced"] | None = None
    unlock: Literal["in_order", "free"] = "in_order"
    hours: int | None = Field(default=None, ge=1, le=10_000)
    completion: Literal["all"] | int = "all"
    module: tuple[ModuleSection, ...] = Field(min_length=1)


class BranchSection(Item):
    """`[[branch]]`: tracks that go by a name of their own, for people of their own, within one programme."""

    code: Code
    name: Line
    summary: Text
    participants: Code
    tracks: tuple[Code, ...] = Field(min_length=1)


class EditionSection(Item):
    """`[[edition]]`. Days are given as dates, or in a demonstration as days counted from the day of loading."""

    code: Code
    name: Line
    demonstration: bool = False
    tracks: tuple[Code, ...] = Field(min_length=1)
    regions: tuple[Code, ...] = Field(min_length=1)
    countries: tuple[Country, ...] = Field(min_length=1)
    starts_on: date | None = None
    ends_on: date | None = None
    starts_day: Days | None = None
    ends_day: Days | None = None


class FollowsSection(Item):
    """`[[follows]]`: what completing the track `after` gives; `track` is the one that is given, if one is."""

    code: Code
    after: Code
    gives: Literal["scholarship", "track", "recommendation"]
    track: Code | None = None
    name: Line
    summary: Text | None = None


class ContextSection(Item):
    """`[[context]]`: a published figure to report against, with its source; never a count of ours."""

    code: Code
    name: Line
    value: float = Field(ge=0)
    unit: Literal["percent", "number"]
    country: Country
    year: int = Field(ge=1990, le=2100)
    source: Line


class ActivitySection(Item):
    """`[[activity]]`: what surrounds the tracks for everybody."""

    code: Code
    kind: ActivityKind
    name: Line
    summary: Text
