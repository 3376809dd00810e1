"""What a download costs her, in words. Where the price of data in her country is unknown nothing is said."""

from decimal import ROUND_UP, Decimal

import pycountry
from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trenza.core import reference
from trenza.core.reference import Currency

_SMALL_UNITS = 100
"""Units per US$ from which nobody counts hundredths of one."""


def cost_in_words(kilobytes: int, country: str) -> str:
    """What so many KB (1024 bytes) cost with mobile data in a country; empty where nobody knows, and at a hub, whose
    Wi-Fi costs nothing.

    In her own money where the rate is known, else in whole US cents; rounded up, so that it never costs her more than
    we said.
    """
    if settings.IS_HUB:
        return ""
    money = reference.currency(country)
    exact = reference.cost_in_money(kilobytes * 1024, country)
    if money and exact is not None:
        # Translators: %(money)s is an amount in her own money, such as "Bs 0,03".
        return _("about %(money)s") % {"money": in_money(exact, money)}
    cents = reference.cost_in_cents(kilobytes * 1024, country)
    if cents is None:
        return ""
    if cents < 1:
        # Translators: what opening a lesson costs her with mobile data.
        return _("less than one US cent")
    whole = int(cents.quantize(Decimal(1), ROUND_UP))
    if whole < 100:
        return ngettext("about %(n)s US cent", "about %(n)s US cents", whole) % {"n": whole}
    return _("about US$ %(amount)s") % {"amount": number_format(Decimal(whole) / 100, 2)}


def in_money(amount: Decimal, money: Currency) -> str:
    """An amount as people write it, rounded up to what can be said: to cents, or to whole units where one is worth less
    than a US cent."""
    places = 0 if money.rate >= _SMALL_UNITS else 2
    step = Decimal(1).scaleb(-places)
    rounded = max(amount.quantize(step, ROUND_UP), step)
    return f"{money.sign}\N{NO-BREAK SPACE}{number_format(rounded, places, force_grouping=True)}"


def where_it_comes_from(country: str) -> str:
    """The price behind it, with its year; empty where nobody knows."""
    found = reference.price(country)
    if found is None:
        return ""
    words = _(
        "We reckon with US$ %(price)s for 1 GB, the average in %(country)s in %(year)s. Your company may ask another."
    )
    return words % {
        "price": number_format(found.usd, 2),
        "country": country_name(country),
        "year": found.year,
    }


def country_name(code: str) -> str:
    """A country as we write it in Spanish where we work; else its English name."""
    names = {"MX": _("Mexico"), "PA": _("Panama")}
    found = pycountry.countries.get(alpha_2=code)
    return names.get(code) or (getattr(found, "common_name", found.name).partition(",")[0] if found else code)
