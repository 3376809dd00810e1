"""Birthdays. Who was born on 29 February has hers on 1 March in other years."""

from datetime import date


def birthday(born: date, years: int) -> date:
    """The day on which somebody has so many years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    """The last day of birth of who has so many years on this day: for all born until then, `birthday(…) <= day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
