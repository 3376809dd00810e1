"""Phone numbers as people write them, and as they are kept (E.164: +59171234567)."""

from typing import Final

import phonenumbers

COUNTRIES: Final = ("BO", "CO", "CR", "GT", "HN", "MX", "NI", "PA", "PY", "SV")
"""Where our programmes are: the countries of numbers that are written without the country's own."""
USUAL: Final = "BO"
_LONGEST: Final = 40


def normal_phone(text: str, country: str = USUAL) -> str | None:
    """The one spelling of a number; None where it is none.

    `+` or `00` in front says the country, else it is a number of `country`; and where it is none there, but a whole
    one with a `+`, that was forgotten: 591 71234567.
    """
    if len(text) > _LONGEST or not any(letter.isdigit() for letter in text) or "@" in text:
        return None
    said = text.strip()
    if said.startswith("00"):
        said = f"+{said[2:]}"
    country = country if country in COUNTRIES else USUAL
    tries = [(said, country)] if said.startswith("+") else [(said, country), (f"+{said}", None)]
    return next(filter(None, (_parsed(number, region) for number, region in tries)), None)


def calling_code(country: str) -> str:
    """+591 for BO."""
    return f"+{phonenumbers.country_code_for_region(country)}"


def _parsed(text: str, country: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
