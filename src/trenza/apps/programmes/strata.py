"""The coarse strata that stay on an enrolment when everything personal is gone."""

from datetime import date

# The first age of each band, in years. 16 and 30 are edges of a programme's ages, 18 of majority in the nine countries.
_BANDS = ((60, "60_plus"), (50, "50_59"), (40, "40_49"), (30, "30_39"), (25, "25_29"), (18, "18_24"), (16, "16_17"))
YOUNGEST = "under_16"
AGE_BANDS = (YOUNGEST, *(band for _, band in reversed(_BANDS)))
"""Every band, the youngest first."""


def age_on(birth_date: date, day: date) -> int:
    """Completed years; somebody born on 29 February has her birthday on 1 March in common years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def age_band(birth_date: date | None, day: date) -> str:
    """The band of her age on `day`; empty where the date of birth is not known."""
    if birth_date is None:
        return ""
    age = age_on(birth_date, day)
    return next((band for first, band in _BANDS if age >= first), YOUNGEST)


def all_younger_than(band: str, age: int) -> bool:
    """Whether everybody in the band is younger than `age`; not where a band is not known."""
    if band not in AGE_BANDS:
        return False
    firsts = [first for first, _ in reversed(_BANDS)]
    following = firsts[AGE_BANDS.index(band)] if AGE_BANDS.index(band) < len(firsts) else None
    return following is not None and following <= age
