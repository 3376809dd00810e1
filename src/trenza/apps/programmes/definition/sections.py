"""What each section holds. The order of the fields is the order in which a definition is written back."""

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from trenza.core.definition import Code, Country, Days, Item, Language, Line, Refers, RegionCode, Text, refuse
from trenza.core.definition import say as _

OrganisationRole = Literal["organiser", "endorser", "partner", "funder"]
ActivityKind = Literal[
    "mentoring", "support", "life_skills", "vocational_guidance", "job_readiness", "round_table", "campaign",
    "workshop", "wifi", "materials",
]  # fmt: skip
Confirmer = Literal["trainer", "coordinator", "mentor"]

_PICTURE = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*\.png")


def _names_a_picture(name: str) -> str:
    if not _PICTURE.fullmatch(name):
        raise refuse(
            _('"%(name)s" names no PNG in the programme\'s folder', name=name),
            hint=_('use lower-case letters, digits and hyphens, such as "logos/the-house.png"'),
        )
    return name


# A PNG in the programme's folder.
Picture = Annotated[
    str,
    Field(max_length=100, json_schema_extra={"pattern": f"^{_PICTURE.pattern}$"}),
    AfterValidator(_names_a_picture),
]

_CODE = _("Its name for machines: lower-case letters, digits and hyphens. Another code makes another thing.")
_NAME = _("What people see it called.")


class ProgrammeSection(Item):
    """`[programme]`. Applications of people younger than `adult_from` (years), or than the law of their country asks,
    wait for a guardian. Younger than `account_from`, she learns without an account until then. `place` is what people
    call the place where several programmes are found together, if there is one."""

    code: Code = Field(title=_("Code"), description=_("The name of the programme's folder. It never changes."))
    name: Line = Field(max_length=120, title=_("Name"), description=_NAME)
    summary: Text = Field(title=_("Summary"), description=_("One or two sentences for the public page."))
    languages: tuple[Language, ...] = Field(
        min_length=1,
        title=_("Languages"),
        description=_("Language tags such as es or quc, the one to write in first."),
    )
    adult_from: int = Field(
        default=18,
        ge=0,
        le=30,
        title=_("Adult from the age of"),
        description=_("Applications of younger people wait for a guardian. In years; 18 if left out."),
    )
    account_from: int = Field(
        default=14,
        ge=0,
        le=30,
        title=_("Account from the age of"),
        description=_("Of younger girls nothing is kept until an adult agrees. In years; 14 if left out."),
    )
    participants: Code = Field(
        max_length=40,
        title=_("For whom"),
        description=_("women, women_and_family, teachers or trainers, or a word of your own."),
    )
    place: Line | None = Field(
        default=None,
        title=_("Place"),
        description=_("What people call the place where several programmes are found together. It may be left out."),
    )


class OrganisationSection(Item):
    """`[[organisation]]`."""

    code: Code = Field(title=_("Code"), description=_CODE)
    name: Line = Field(title=_("Name"), description=_NAME)
    roles: tuple[OrganisationRole, ...] = Field(
        min_length=1,
        title=_("What it does"),
        description=_("One organisation at least organises; who endorses signs certificates."),
    )
    logo: Picture | None = Field(
        default=None,
        title=_("Logo"),
        description=_("A PNG in the programme's folder, such as logos/the-house.png. Without it, initials are drawn."),
    )


class RegionSection(Item):
    """`[[region]]`: a region of the programme's own, and where it lies."""

    code: Code = Field(title=_("Code"), description=_CODE)
    name: Line = Field(title=_("Name"), description=_NAME)
    iso: RegionCode = Field(
        title=_("Where it lies"),
        description=_("The department or state (ISO 3166-2) such as BO-T, or a whole country (ISO 3166-1) such as GT."),
    )


class CourseRequirement(Item):
    """Met by finishing a course, or one of those that it `recognises`: courses of other programmes that count here."""

    kind: Literal["course"] = Field(title=_("How it is met"), description=_("By finishing a course."))
    course: Code = Field(title=_("Course"), description=_("The code of the course that she finishes."))
    recognises: tuple[Code, ...] = Field(
        default=(),
        title=_("Recognises"),
        description=_("Codes of courses of other programmes that count here, one on each line."),
    )


class ConfirmedRequirement(Item):
    """Met when a person in this role says so."""

    kind: Literal["confirmed"] = Field(title=_("How it is met"), description=_("When somebody confirms it."))
    by: Confirmer = Field(title=_("Who confirms it"), description=_("The role that says that it is met."))


class ExternalSection(Item):
    """`[[track.module.external]]`: a course of somebody else that meets the module as well. A certificate of it, or a
    row of its gradebook, counts once it was verified or a person confirmed it."""

    code: Code = Field(title=_("Code"), description=_CODE)
    provider: Line = Field(title=_("Who gives it"), description=_("Whose course it is, such as an academy."))
    name: Line = Field(title=_("Name"), description=_("What the course is called there, as its certificates say it."))
    url: Annotated[str | None, Field(pattern=r"^https://[^\s<>\"{}|\\^`]+$", max_length=400)] = Field(
        default=None, title=_("Address"), description=_("Where it is found. It begins with https://.")
    )
    pass_score: int | None = Field(
        default=None,
        ge=1,
        le=100,
        title=_("Passed from"),
        description=_("The final score, of 100, from which its gradebook counts. Without it only a completion counts."),
    )
    achievement: Line | None = Field(
        default=None,
        title=_("Name for machines"),
        description=_("The id of the achievement in its digital badges. Without it the name of the course decides."),
    )


class ModuleSection(Item):
    """`[[track.module]]`. `after`: the modules that must be met before it opens, in place of the track's order."""

    code: Code = Field(title=_("Code"), description=_CODE)
    name: Line = Field(title=_("Name"), description=_NAME)
    summary: Text | None = Field(
        default=None, title=_("Summary"), description=_("What one learns, in a sentence. It may be left out.")
    )
    after: Annotated[tuple[Code, ...], Refers("module", sibling=True)] = Field(
        default=(),
        title=_("Opens after"),
        description=_("Modules to be met before it opens. If none is named, the order of the track decides."),
    )
    requirement: Annotated[CourseRequirement | ConfirmedRequirement, Field(discriminator="kind")] = Field(
        title=_("How it is met"), description=_("By finishing a course, or when somebody confirms it.")
    )
    external: tuple[ExternalSection, ...] = Field(
        default=(),
        max_length=6,
        title=_("Courses elsewhere"),
        description=_("Courses of others that meet the module as well. A certificate of hers shows it."),
    )


class TrackSection(Item):
    """`[[track]]`. `completion`: all modules, or how many of them."""

    code: Code = Field(title=_("Code"), description=_CODE)
    name: Line = Field(title=_("Name"), description=_NAME)
    summary: Text = Field(title=_("Summary"), description=_("What one learns, for the public page."))
    level: Literal["basic", "intermediate", "advanced"] | None = Field(
        default=None, title=_("Level"), description=_("It may be left out.")
    )
    unlock: Literal["in_order", "free"] = Field(
        default="in_order",
        title=_("How modules open"),
        description=_("One after the other, which holds if left out, or all at once."),
    )
    hours: int | None = Field(
        default=None,
        ge=1,
        le=10_000,
        title=_("Academic hours"),
        description=_("Only where the programme states them."),
    )
    completion: Literal["all"] | int = Field(
        default="all",
        title=_("Complete with"),
        description=_("How many of its modules must be met: a number, or all, which holds if left out."),
    )
    module: tuple[ModuleSection, ...] = Field(
        min_length=1, title=_("Modules"), description=_("The parts of the track, in their order.")
    )


class BranchSection(Item):
    """`[[branch]]`: tracks that go by a name of their own, for people of their own, within one programme."""

    code: Code = Field(title=_("Code"), description=_CODE)
    name: Line = Field(title=_("Name"), description=_NAME)
    summary: Text = Field(title=_("Summary"), description=_("One or two sentences for the public page."))
    participants: Code = Field(
        title=_("For whom"),
        description=_("women, women_and_family, teachers or trainers, or a word of your own."),
    )
    tracks: Annotated[tuple[Code, ...], Refers("track")] = Field(
        min_length=1, title=_("Tracks"), description=_("The tracks that go by this name.")
    )


class EditionSection(Item):
    """`[[edition]]`. Days are given as dates, or in a demonstration as days counted from the day of loading."""

    code: Code = Field(title=_("Code"), description=_CODE)
    name: Line = Field(title=_("Name"), description=_NAME)
    demonstration: bool = Field(
        default=False,
        title=_("Demonstration"),
        description=_("An edition to show, with days counted from the day of publishing; never a real one."),
    )
    tracks: Annotated[tuple[Code, ...], Refers("track")] = Field(
        min_length=1, title=_("Tracks"), description=_("What can be studied in it.")
    )
    regions: Annotated[tuple[Code, ...], Refers("region")] = Field(
        min_length=1, title=_("Regions"), description=_("Where it runs.")
    )
    countries: tuple[Country, ...] = Field(
        min_length=1, title=_("Countries"), description=_("The countries of its regions, in two letters such as BO.")
    )
    starts_on: date | None = Field(default=None, title=_("First day"), description=_("The day on which it begins."))
    ends_on: date | None = Field(default=None, title=_("Last day"), description=_("The day with which it ends."))
    starts_day: Days | None = Field(
        default=None,
        title=_("First day, counted"),
        description=_("Only in a demonstration: days from the day of publishing; -30 is thirty days before."),
    )
    ends_day: Days | None = Field(
        default=None,
        title=_("Last day, counted"),
        description=_("Only in a demonstration: days from the day of publishing."),
    )


class ContainsSection(Item):
    """`[[call.contains]]`, `[[follows.contains]]`: one thing that a scholarship contains."""

    code: Code = Field(title=_("Code"), description=_CODE)
    kind: Literal["course", "data_voucher", "certificate", "stipend", "other"] = Field(
        title=_("Kind"),
        description=_("A course counts as given once she takes her place; the team marks the others."),
    )
    name: Line = Field(title=_("Name"), description=_("What it is, in her words."))
    amount: int | None = Field(
        default=None,
        ge=1,
        le=1_000_000_000,
        title=_("Amount"),
        description=_("How much money it comes to, in whole units. It may be left out."),
    )
    currency: Annotated[str | None, Field(pattern="^[A-Z]{3}$")] = Field(
        default=None, title=_("Currency"), description=_("Of the amount, in three capital letters such as BOB.")
    )

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if (self.amount is None) != (self.currency is None):
            raise refuse(
                _("an amount needs a currency, and a currency an amount"),
                hint=_("write both, or take both out"),
            )
        return self


class FollowsSection(Item):
    """`[[follows]]`: what completing the track `after` gives; `track` is the one that is given, if one is.

    A scholarship is offered to her as soon as she has earned it, within its `seats` in each edition; where they are
    gone she stands on its waiting list.
    """

    code: Code = Field(title=_("Code"), description=_CODE)
    after: Annotated[Code, Refers("track")] = Field(
        title=_("After the track"), description=_("Who completes this track gets it.")
    )
    gives: Literal["scholarship", "track", "recommendation"] = Field(
        title=_("What it gives"), description=_("A scholarship, another track, or a recommendation.")
    )
    track: Annotated[Code | None, Refers("track")] = Field(
        default=None, title=_("The track that it gives"), description=_("Only where a track is given.")
    )
    name: Line = Field(title=_("Name"), description=_NAME)
    summary: Text | None = Field(
        default=None, title=_("Summary"), description=_("What comes of it, for her. It may be left out.")
    )
    seats: int | None = Field(
        default=None,
        ge=0,
        le=10_000_000,
        title=_("Seats"),
        description=_("Only of a scholarship: how many there are in each edition. Without a number there is no limit."),
    )
    answer_days: int | None = Field(
        default=None,
        ge=1,
        le=365,
        title=_("Days to answer"),
        description=_(
            "Only of a scholarship: after so many days from when the offer reached her, it goes to the next."
        ),
    )
    may_rejoin: bool = Field(
        default=False,
        title=_("May wait again"),
        description=_("Only of a scholarship: whether she may go to the end of the waiting list when it expired."),
    )
    contains: tuple[ContainsSection, ...] = Field(
        default=(),
        max_length=12,
        title=_("What it contains"),
        description=_("Only of a scholarship: what she gets with it."),
    )

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        offered = self.seats is not None or self.answer_days is not None or self.may_rejoin or self.contains
        if self.gives != "scholarship" and offered:
            raise refuse(
                _("seats, answer_days, may_rejoin and contains belong to a scholarship"),
                hint=_('take them out, or write gives = "scholarship"'),
            )
        if self.may_rejoin and self.answer_days is None:
            raise refuse(
                _("nothing expires without days to answer"),
                hint=_("give answer_days, or take may_rejoin out"),
            )
        return self


class ContextSection(Item):
    """`[[context]]`: a published figure to report against, with its source; never a count of ours."""

    code: Code = Field(title=_("Code"), description=_CODE)
    name: Line = Field(title=_("Name"), description=_("What the figure says."))
    value: float = Field(ge=0, title=_("Figure"), description=_("The number as it was published."))
    unit: Literal["percent", "number"] = Field(title=_("Unit"), description=_("Per cent, or a number."))
    country: Country = Field(title=_("Country"), description=_("Where it holds, in two letters such as BO."))
    year: int = Field(ge=1990, le=2100, title=_("Year"), description=_("The year that it is about."))
    source: Line = Field(title=_("Source"), description=_("Who published it, and where it can be read."))


class ActivitySection(Item):
    """`[[activity]]`: what surrounds the tracks for everybody."""

    code: Code = Field(title=_("Code"), description=_CODE)
    kind: ActivityKind = Field(title=_("Kind"), description=_("What sort of activity it is."))
    name: Line = Field(title=_("Name"), description=_NAME)
    summary: Text = Field(title=_("Summary"), description=_("What it offers her, for the public page."))
