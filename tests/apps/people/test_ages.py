"""Birthdays, also of who was born on 29 February."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from trenza.apps.people.ages import birthday, years_before


def test_who_was_born_on_29_february_comes_of_age_on_1_march():
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert birthday(date(2008, 2, 29), 20) == date(2028, 2, 29)


@given(
    born=st.dates(date(1950, 1, 1), date(2030, 1, 1)),
    day=st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    years=st.integers(10, 30),
)
def test_both_ways_of_asking_whether_she_is_of_age_agree(born: date, day: date, years: int):
    assert (birthday(born, years) <= day) == (born <= years_before(day, years))
