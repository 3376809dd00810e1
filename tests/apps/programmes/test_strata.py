from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.programmes.api import AGE_BANDS, age_band, age_on, all_younger_than


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (0, "under_16"),
        (15, "under_16"),
        (16, "16_17"),
        (17, "16_17"),
        (18, "18_24"),
        (24, "18_24"),
        (25, "25_29"),
        (29, "25_29"),
        (30, "30_39"),
        (59, "50_59"),
        (60, "60_plus"),
        (104, "60_plus"),
    ],
)
def test_age_band_of_the_edges(age, band):
    assert age_band(date(1900, 7, 1), date(1900 + age, 7, 1)) == band


@pytest.mark.parametrize(
    ("band", "age", "younger"),
    [
        ("under_16", 16, True),
        ("under_16", 15, False),
        ("16_17", 18, True),
        ("16_17", 17, False),
        ("18_24", 18, False),
        ("18_24", 25, True),
        ("60_plus", 99, False),
        ("", 18, False),
        ("old", 18, False),
    ],
)
def test_band_of_people_who_are_all_younger(band, age, younger):
    assert all_younger_than(band, age) is younger


def test_bands_are_those_of_ages_in_order():
    assert list(AGE_BANDS) == list(
        dict.fromkeys(age_band(date(1900, 7, 1), date(1900 + age, 7, 1)) for age in range(90))
    )


def test_age_band_without_a_birth_date_is_empty():
    assert age_band(None, date(2026, 1, 1)) == ""


@given(st.dates(date(1920, 1, 1), date(2020, 1, 1)), st.integers(0, 80))
def test_age_grows_on_her_birthday(born, years):
    leap_day = (born.month, born.day) == (2, 29)
    birthday = date(born.year + years, 3, 1) if leap_day else born.replace(year=born.year + years)

    assert age_on(born, birthday) == years
    assert age_on(born, date.fromordinal(birthday.toordinal() - 1)) in ({years - 1, years} if leap_day else {years - 1})
