"""What the sections hold. The order of the fields is the order in which a definition is written back."""

from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import Field, NaiveDatetime, model_validator

from trenza.apps.admissions.draw.rule import MOST_GROUPS, MOST_SEATS
from trenza.apps.admissions.eligibility import Value
from trenza.apps.admissions.models.call import APPEAL_DAYS
from trenza.apps.programmes.api import ContainsSection
from trenza.core.definition import Code, Days, Item, Line, Refers, Text, Zone, refuse
from trenza.core.definition import say as _

MOST_TRACKS: Final = 12
_CODE = _("Its name for machines: lower-case letters, digits and hyphens. Another code makes another thing.")


class QuotaSection(Item):
    """`[[call.quota]]`: the seats of one region."""

    identity = ("region",)
    region: Annotated[Code, Refers("region")] = Field(title=_("Region"), description=_("Whose seats these are."))
    seats: int = Field(ge=0, le=10_000_000, title=_("Seats"), description=_("How many seats the region has."))


class TrackSeatsSection(Item):
    """`[[call.track_seats]]`: the seats of one of its tracks."""

    identity = ("track",)
    track: Annotated[Code, Refers("track")] = Field(title=_("Track"), description=_("Whose seats these are."))
    seats: int = Field(ge=0, le=10_000_000, title=_("Seats"), description=_("How many seats the track has."))


class ReserveSection(Item):
    """`[[call.reserve]]`: seats of a draw that are reserved for who gives one of these answers."""

    code: Code = Field(title=_("Code"), description=_CODE)
    name: Line = Field(title=_("Name"), description=_("What people see the group called."))
    question: Code = Field(
        title=_("Question"), description=_("The question of the form whose answer says who belongs to the group.")
    )
    one_of: tuple[Value, ...] = Field(
        min_length=1,
        max_length=40,
        title=_("One of"),
        description=_("The answers of who belongs to the group, one on each line."),
    )
    seats: int = Field(
        ge=0,
        le=MOST_SEATS,
        title=_("Seats"),
        description=_("How many seats are for the group at least, where enough of it apply."),
    )


class CallSection(Item):
    """`[[call]]`. Moments are local to `time_zone`; in a demonstration, days counted from the day of loading.

    It leads to `track`, or to one of several `tracks`, for which she wishes in her order.

    Without `seats` the call is unlimited; without `regions` it runs in all of its edition's. A call that opens by day
    opens at the first second of it, and closes at the last.
    """

    code: Code = Field(title=_("Code"), description=_CODE)
    name: Line = Field(title=_("Name"), description=_("What people see it called."))
    summary: Text = Field(
        default="", title=_("Summary"), description=_("A sentence or two for the public page. It may be left out.")
    )
    edition: Annotated[Code, Refers("edition")] = Field(
        title=_("Edition"), description=_("The edition that it leads to.")
    )
    track: Annotated[Code | None, Refers("track")] = Field(
        default=None, title=_("Track"), description=_("The track that it leads to, where it leads to one.")
    )
    tracks: Annotated[tuple[Code, ...], Refers("track")] = Field(
        default=(),
        max_length=MOST_TRACKS,
        title=_("Tracks to choose from"),
        description=_("Two or more, where she says which she wants first, second, third, and is given one of them."),
    )
    form: Annotated[Code | None, Refers("form")] = Field(
        default=None, title=_("Form"), description=_("What it asks. An open call has none.")
    )
    admission: Literal["selected", "draw", "open"] = Field(
        title=_("How one gets in"),
        description=_("By applying and being awarded a place, by applying and a draw, or by signing up."),
    )
    time_zone: Zone = Field(title=_("Time zone"), description=_("Where its hours are counted, such as America/La_Paz."))
    opens_at: NaiveDatetime | None = Field(
        default=None, title=_("Opens"), description=_("Day and hour there at which it opens.")
    )
    closes_at: NaiveDatetime | None = Field(
        default=None, title=_("Closes"), description=_("The last second there in which it is open.")
    )
    opens_day: Days | None = Field(
        default=None,
        title=_("Opens, counted"),
        description=_("Only in a demonstration: days from the day of publishing; -30 is thirty days before."),
    )
    closes_day: Days | None = Field(
        default=None,
        title=_("Closes, counted"),
        description=_("Only in a demonstration: days from the day of publishing."),
    )
    age_on: date | None = Field(
        default=None,
        title=_("Age counts on"),
        description=_("The day on which conditions about age count; the day on which it closes if left out."),
    )
    age_day: Days | None = Field(
        default=None,
        title=_("Age counts on, counted"),
        description=_("Only in a demonstration: days from the day of publishing."),
    )
    appeal_days: int = Field(
        default=APPEAL_DAYS,
        ge=0,
        le=365,
        title=_("Days for a second look"),
        description=_("For so many days after she was told, she may ask for a second look; 0 is never."),
    )
    regions: Annotated[tuple[Code, ...], Refers("region")] = Field(
        default=(), title=_("Regions"), description=_("Where it runs: in all of its edition if none is named.")
    )
    rules: Annotated[tuple[Code, ...], Refers("rule")] = Field(
        default=(), title=_("Conditions"), description=_("What it asks of whom, in this order.")
    )
    seats: int | None = Field(
        default=None,
        ge=0,
        le=10_000_000,
        title=_("Seats"),
        description=_("How many seats in total. Without a number there is no limit."),
    )
    held_back: int | None = Field(
        default=None,
        ge=1,
        le=10_000_000,
        title=_("Kept for launches"),
        description=_("How many of the seats in total nobody is given until the team sets them free."),
    )
    answer_days: int | None = Field(
        default=None,
        ge=1,
        le=365,
        title=_("Days to answer"),
        description=_(
            "After so many days from when the offer reached her, the place goes to the next. Without a number it waits "
            "for her."
        ),
    )
    may_rejoin: bool = Field(
        default=False,
        title=_("May wait again"),
        description=_("Whether she may go to the end of the waiting list when her offer expired."),
    )
    quota: tuple[QuotaSection, ...] = Field(
        default=(),
        title=_("Seats of regions"),
        description=_("How many of the seats a region has. Without a number the region has no limit of its own."),
    )
    track_seats: tuple[TrackSeatsSection, ...] = Field(
        default=(),
        title=_("Seats of tracks"),
        description=_("How many of the seats a track has. Without a number the track has no limit of its own."),
    )
    change_until: date | None = Field(
        default=None,
        title=_("Change of track until"),
        description=_("The last day on which she may change to another of the tracks, once. Without a day, never."),
    )
    change_until_day: Days | None = Field(
        default=None,
        title=_("Change of track until, counted"),
        description=_("Only in a demonstration: days from the day of publishing."),
    )
    seed_source: Line | None = Field(
        default=None,
        title=_("Where the seed will come from"),
        description=_(
            "Only of a draw: a public number that nobody knows before the list is closed, such as that of a national "
            "lottery on a day after."
        ),
    )
    offline_hours: int | None = Field(
        default=None,
        ge=0,
        le=720,
        title=_("Hours for what was offline"),
        description=_("Only of a draw: for so many hours after closing, the team brings in applications from paper."),
    )
    reserve: tuple[ReserveSection, ...] = Field(
        default=(),
        max_length=MOST_GROUPS,
        title=_("Reserved seats"),
        description=_("Only of a draw: how many seats are for a group at least. The first group is served first."),
    )

    contains: tuple[ContainsSection, ...] = Field(
        default=(),
        max_length=12,
        title=_("What it contains"),
        description=_("What she gets with her place: the course, a data voucher, a certificate, a stipend."),
    )

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        self._agrees_about_tracks()
        self._agrees_about_the_draw()
        self._agrees_about_offers()
        if self.admission != "open" and self.form is None:
            needs = _("a call that selects needs a form")
            raise refuse(needs, hint=_('name one with form = "…", or admission = "open"'))
        if self.admission == "open" and self.form is not None:
            asks_nothing = _("an open call asks nothing, one signs up and starts")
            raise refuse(asks_nothing, hint=_('take form out, or admission = "selected"'))
        return self

    def _agrees_about_tracks(self) -> None:
        if self.tracks and self.track is not None:
            raise refuse(
                _("it has a track and tracks to choose from"), hint=_("keep track, or tracks = [...], and not both")
            )
        if not self.tracks:
            if self.track is None:
                raise refuse(
                    _("it leads to no track"), hint=_('write track = "…", or tracks = ["…", "…"] to choose from')
                )
            if self.track_seats or self.change_until is not None or self.change_until_day is not None:
                raise refuse(
                    _("track_seats and change_until belong to a call with tracks to choose from"),
                    hint=_("take them out, or write tracks = [...] in place of track"),
                )
            return
        if len(self.tracks) < 2:
            raise refuse(_("there is one track to choose from"), hint=_("name two or more, or write track instead"))
        if self.admission == "draw":
            raise refuse(
                _("a draw gives its places by region and group, and not by what each wishes for"),
                hint=_('make a call for each track, or write admission = "selected"'),
            )
        if self.admission != "selected":
            raise refuse(
                _("only a call that selects has tracks to choose from"),
                hint=_('make a call for each track, or write admission = "selected"'),
            )

    def _agrees_about_offers(self) -> None:
        if self.admission == "open" and (self.answer_days is not None or self.contains or self.held_back is not None):
            raise refuse(
                _("answer_days, contains and held_back belong to a call that selects"),
                hint=_('take them out, or write admission = "selected"'),
            )
        if self.may_rejoin and self.answer_days is None:
            raise refuse(
                _("nothing expires without days to answer"),
                hint=_("give answer_days, or take may_rejoin out"),
            )
        seats = self.seats or 0
        if self.held_back is not None and self.held_back > seats:
            raise refuse(
                _(
                    "it keeps %(kept)s seats for launches, and has %(seats)s",
                    kept=self.held_back,
                    seats=self.seats or 0,
                ),
                hint=_("give it more seats, or keep fewer"),
            )

    def _agrees_about_the_draw(self) -> None:
        if self.admission != "draw":
            if self.seed_source is not None or self.offline_hours is not None or self.reserve:
                raise refuse(
                    _("seed_source, offline_hours and reserve belong to a draw"),
                    hint=_('take them out, or write admission = "draw"'),
                )
            return
        if self.seed_source is None:
            raise refuse(
                _("a draw says beforehand where its seed will come from"),
                hint=_('write seed_source = "…": a public number of a day after closing'),
            )
        if self.seats is None and not self.quota:
            raise refuse(_("a draw needs a number of seats"), hint=_("give seats, or those of its regions"))
        reserved = sum(each.seats for each in self.reserve)
        if self.seats is not None and reserved > self.seats:
            raise refuse(
                _("the reserved seats add up to %(total)s, and it has %(seats)s", total=reserved, seats=self.seats),
                hint=_("give it %(total)s seats, or the groups fewer", total=reserved),
            )
