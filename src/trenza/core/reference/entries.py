"""What one entry of each file holds."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

import pycountry
from pydantic import AfterValidator, Field

from trenza.core.definition.items import Country, Item, Line, refuse


def _public_address(text: str) -> str:
    if not text.startswith(("https://", "http://")) or any(letter.isspace() for letter in text):
        raise refuse("is no public address", hint="give the page where the fact stands, with https://")
    return text


def _can_be_dialled(text: str) -> str:
    if not text.isdigit() or not 3 <= len(text) <= 15:
        raise refuse("is no telephone number", hint="digits only, as they are dialled within the country")
    return text


def _currency_code(text: str) -> str:
    if pycountry.currencies.get(alpha_3=text) is None:
        raise refuse("is no currency of ISO 4217", hint='give its three capital letters, such as "BOB"')
    return text


Address = Annotated[str, Field(max_length=500), AfterValidator(_public_address)]
Number = Annotated[str, AfterValidator(_can_be_dialled)]


class Entry(Item):
    """What every entry has: of which country it is true, who says so, and when somebody looked last."""

    country: Country
    source: Line
    url: Address
    checked: date

    @property
    def key(self) -> tuple[str, ...]:
        """What may stand once in its file."""
        return (self.country,)


class Price(Entry):
    """What 1 GB (10^9 bytes) of mobile data cost in a year, in US$, on average over the country's plans."""

    year: int = Field(ge=2000, le=2100)
    usd_per_gb: float = Field(gt=0, le=1_000)

    @property
    def usd(self) -> Decimal:
        """The figure as it stands in the file."""
        return Decimal(str(self.usd_per_gb))


class Currency(Entry):
    """The money that people pay with: its ISO 4217 code, the sign before an amount as people write it, and how many
    units one US$ cost on average in a year."""

    code: Annotated[str, AfterValidator(_currency_code)]
    sign: Annotated[str, Field(min_length=1, max_length=4)]
    year: int = Field(ge=2000, le=2100)
    per_usd: float = Field(gt=0, le=1_000_000)

    @property
    def rate(self) -> Decimal:
        """The figure as it stands in the file."""
        return Decimal(str(self.per_usd))


class Age(Entry):
    """An age that the law names, in years: `majority`, from when she decides for herself; `work`, from when she may
    be employed; `account`, from when she may agree alone that her data are kept."""

    of: Literal["majority", "work", "account"]
    years: int = Field(ge=10, le=30)

    @property
    def key(self) -> tuple[str, ...]:
        return (self.country, self.of)


class Hotline(Entry):
    """A telephone line that helps. `hours` and `note` are words for her, in the country's language."""

    reason: Literal["violence", "emergency"] = Field(alias="for")
    number: Number
    name: Line
    hours: Line | None = None
    note: Line | None = None

    @property
    def key(self) -> tuple[str, ...]:
        return (self.country, self.number)
