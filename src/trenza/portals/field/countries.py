"""Countries by the names that people use for them, in the language of the page."""

import gettext
from functools import cache

import pycountry
from django.utils.translation import get_language

from trenza.core.words import folded


def country_name(code: str) -> str:
    """The name of a country, the short one where there is one: Bolivia. A code that no country has stays as it is."""
    return _names(get_language() or "es").get(code, code)


def countries_by_name() -> list[tuple[str, str]]:
    """Every country, to choose from, in the order of the names."""
    return sorted(_names(get_language() or "es").items(), key=lambda pair: folded(pair[1]))


@cache
def _names(language: str) -> dict[str, str]:
    translated = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language[:2]], fallback=True)
    return {
        country.alpha_2: translated.gettext(getattr(country, "common_name", country.name))
        for country in pycountry.countries
    }
