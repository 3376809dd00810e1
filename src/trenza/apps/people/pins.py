"""Which PINs are too easy, and how one is kept."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final, Literal
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.utils.crypto import salted_hmac

SHORTEST: Final = 4
LONGEST: Final = 8

Weakness = Literal["digits", "easy", "birthday"]


def weakness(pin: str, birth_date: date | None = None) -> Weakness | None:
    """Why this may be nobody's PIN: no 4 to 8 digits, the first that anybody tries, or her birthday."""
    if not (SHORTEST <= len(pin) <= LONGEST and pin.isascii() and pin.isdigit()):
        return "digits"
    if _repeats(pin) or _counts(pin):
        return "easy"
    return "birthday" if birth_date and pin in set(_spellings(birth_date)) else None


def hashed(pin: str, person: UUID) -> str:
    """What is kept: slow to make, and keyed, so that a copy of the database alone tells nothing of so few digits."""
    return make_password(_keyed(pin, person))


def matches(pin: str, kept: str, person: UUID) -> bool:
    """Whether it is the PIN of which `hashed` made `kept`."""
    return check_password(_keyed(pin, person), kept)


def _keyed(pin: str, person: UUID) -> str:
    return salted_hmac("people.pin", f"{person.hex} {pin}", algorithm="sha256").hexdigest()


def _repeats(pin: str) -> bool:
    """7777, 1212, 123123."""
    return any(pin == (pin[:length] * len(pin))[: len(pin)] for length in range(1, len(pin) // 2 + 1))


def _counts(pin: str) -> bool:
    """1234, 8765, 7890."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})


def _spellings(day: date) -> Iterator[str]:
    for form in ("%Y", "%d%m", "%m%d", "%d%m%y", "%d%m%Y", "%Y%m%d"):
        yield day.strftime(form)
