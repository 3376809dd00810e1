"""Cards that were printed before anybody knew for whom: their numbers, and which of them still work."""

import secrets
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from trenza.apps.people import cards
from trenza.apps.people.models import BlankCard
from trenza.core import clock

DIGITS: Final = 8


def new_number() -> str:
    """Seven digits and one that is worked out of them (Luhn), so that a slip of the finger names no other card."""
    digits = f"{secrets.randbelow(10 ** (DIGITS - 1)):0{DIGITS - 1}}"
    return digits + str(_check(digits))


def read_number(typed: str) -> str | None:
    """The number that was typed: spaces and dashes do no harm. None where it cannot be one."""
    number = "".join(letter for letter in typed[:40] if not letter.isspace() and letter != "-")
    right = len(number) == DIGITS and number.isascii() and number.isdigit()
    return number if right and int(number[-1]) == _check(number[:-1]) else None


def standing_blank_cards(batch: UUID | None = None) -> QuerySet[BlankCard]:
    """Those that nobody has claimed and that may still be given or claimed, of one batch or of all."""
    standing = BlankCard.objects.filter(claimed_at=None, revoked_at=None, expires_on__gt=clock.now().date())
    return standing if batch is None else standing.filter(batch=batch)


def is_free(number: str) -> bool:
    """Whether the card of this number may be given to somebody."""
    return standing_blank_cards().filter(number=number, person=None).exists()


def claimable_card(typed: str) -> BlankCard | None:
    """The card of this secret, if it was given to somebody who may claim it. One that was given to nobody is like one
    that never was."""
    secret = cards.canonical(typed)
    if secret is None:
        return None
    return standing_blank_cards().filter(digest=cards.digest(secret), person__isnull=False).first()


def claimable(card: UUID) -> BlankCard | None:
    """This card, as long as it may be claimed."""
    return standing_blank_cards().filter(pk=card, person__isnull=False).first()


def _check(digits: str) -> int:
    """Luhn's digit (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10
