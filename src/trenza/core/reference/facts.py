"""What code asks. The files are read once for a process; they are small."""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Final, Literal

from django.conf import settings

from trenza.core.reference.entries import Age, Currency, Hotline, Price
from trenza.core.reference.reading import Facts, read_facts

CAREFUL_AGE: Final = 18
"""Taken for an age that is unknown: nobody is thought grown up too early."""

_GIGABYTE: Final = Decimal(10**9)
_ORDER: Final = ("violence", "emergency")


def price(country: str) -> Price | None:
    """What 1 GB costs in a country (ISO 3166-1 alpha-2); None where nobody knows."""
    return next((each for each in _facts().of(Price) if each.country == country), None)


def cost_in_cents(size: int, country: str) -> Decimal | None:
    """What `size` bytes cost in US cents, to a hundredth of a cent; None where the price is unknown.

    Less than that is a hundredth: nothing that is paid for by the byte is free.
    """
    found = price(country)
    if found is None:
        return None
    cents = found.usd * 100 * size / _GIGABYTE
    return max(cents, Decimal("0.01") if size else Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def currency(country: str) -> Currency | None:
    """What people pay with in a country; None where nobody wrote it down."""
    return next((each for each in _facts().of(Currency) if each.country == country), None)


def cost_in_money(size: int, country: str) -> Decimal | None:
    """What `size` bytes cost in the country's own money, not rounded; None where the price or the rate is unknown."""
    found, money = price(country), currency(country)
    if found is None or money is None:
        return None
    return found.usd * money.rate * size / _GIGABYTE


def age(of: Literal["majority", "work", "account"], country: str) -> Age | None:
    """The age that a country's law names, with its source; None where we do not know it."""
    return next((each for each in _facts().of(Age) if (each.country, each.of) == (country, of)), None)


def adult_age(country: str) -> int:
    """From how many years she decides for herself in a country. CAREFUL_AGE where we do not know."""
    found = age("majority", country)
    return found.years if found else CAREFUL_AGE


def account_age(country: str) -> int:
    """From how many years a country's law lets her agree alone that her data are kept; 0 where we know of none."""
    found = age("account", country)
    return found.years if found else 0


def adult_ages() -> dict[str, int]:
    """`adult_age` of every country whose law we know."""
    return {each.country: each.years for each in _facts().of(Age) if each.of == "majority"}


def hotlines(country: str) -> list[Hotline]:
    """The telephone lines of a country that help, those against violence first; none where we know of none."""
    found: list[Hotline] = [each for each in _facts().of(Hotline) if each.country == country]
    return sorted(found, key=lambda each: _ORDER.index(each.reason))


def forget() -> None:
    """Read the files anew when next asked."""
    _facts_in.cache_clear()


def _facts() -> Facts:
    return _facts_in(Path(settings.DATA))


@cache
def _facts_in(folder: Path) -> Facts:
    return read_facts(folder)
