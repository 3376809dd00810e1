"""What the sections hold. The order of the fields is the order in which a definition is written back."""

from typing import Literal, Self

from pydantic import Field, NaiveDatetime, model_validator

from trenza.core.definition import Code, Days, Item, Line, Text, Zone, refuse


class QuotaSection(Item):
    """`[[call.quota]]`: the seats of one region."""

    region: Code
    seats: int = Field(ge=0, le=10_000_000)


class CallSection(Item):
    """`[[call]]`. Moments are local to `time_zone`; in a demonstration, days counted from the day of loading.

    Without `seats` the call is unlimited; without `regions` it runs in all of its edition's. A call that opens by day
    opens at the first second of it, and closes at the last.
    """

    code: Code
    name: Line
    summary: Text = ""
    edition: Code
    track: Code
    form: Code | None = None
    admission: Literal["selected", "open"]
    time_zone: Zone
    opens_at: NaiveDatetime | None = None
    closes_at: NaiveDatetime | None = None
    opens_day: Days | None = None
    closes_day: Days | None = None
    regions: tuple[Code, ...] = ()
    rules: tuple[Code, ...] = ()
    seats: int | None = Field(default=None, ge=0, le=10_000_000)
    quota: tuple[QuotaSection, ...] = ()

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.admission == "selected" and self.form is None:
            raise refuse("a call that selects needs a form", hint='name one with form = "…", or admission = "open"')
        if self.admission == "open" and self.form is not None:
            raise refuse(
                "an open call asks nothing, one signs up and starts", hint='take form out, or admission = "selected"'
            )
        return self
