"""What data cost in each country, for modules on her phone: a lesson is the same for everybody, her money is not."""

import json

import pycountry

from trenza.core import reference

_MEGABYTE = 10**6
_SMALL_UNITS = 100
"""Units per US$ from which nobody counts hundredths of one."""


def module() -> str:
    """`prices.js`: by country, the sign of its money, what a megabyte costs in it, and how many decimals it has."""
    prices = {}
    for each in pycountry.countries:
        money, cost = reference.currency(each.alpha_2), reference.cost_in_money(_MEGABYTE, each.alpha_2)
        if money and cost is not None:
            prices[each.alpha_2] = [money.sign, float(cost), 0 if money.rate >= _SMALL_UNITS else 2]
    return f"export default {json.dumps(prices, ensure_ascii=False, separators=(',', ':'))};"
