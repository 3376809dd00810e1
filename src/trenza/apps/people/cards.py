"""What a card's secret looks like, and whose card one is."""

import hashlib
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from trenza.apps.people import verifiers
from trenza.apps.people.models import Card, Person
from trenza.core import clock, ids

LENGTH: Final = 26
_LONGEST_TYPED: Final = 80
# What is read for what in Crockford's base 32.
_MEANT: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LETTERS: Final = frozenset("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def new_secret() -> str:
    """A secret for a card, as it is printed but for the dashes."""
    return ids.new_secret_code(LENGTH)


def grouped(secret: str) -> str:
    """In groups that an eye can follow: 7F3K-…"""
    return "-".join(secret[start : start + 4] for start in range(0, LENGTH, 4))


def canonical(typed: str) -> str | None:
    """The secret that was typed: spaces, dashes and small letters do no harm. None where it cannot be one."""
    if len(typed) > _LONGEST_TYPED:
        return None
    secret = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(_MEANT)
    return secret if len(secret) == LENGTH and _LETTERS.issuperset(secret) else None


def digest(secret: str) -> bytes:
    """What is kept of a secret. It is random: one SHA-256 is enough."""
    return verifiers.as_kept_here(hashlib.sha256(secret.encode()).digest())


def card_for(typed: str) -> Card | None:
    """The card of this secret, if it works today. One that does not is like one that never was."""
    secret = canonical(typed)
    if secret is None:
        return None
    return _working(clock.now().date()).select_related("person").filter(digest=digest(secret)).first()


def working_card(card: UUID, person: UUID | None = None) -> Card | None:
    """This card, if it works today (and is this person's)."""
    found = _working(clock.now().date()).select_related("person").filter(pk=card)
    return (found.filter(person=person) if person else found).first()


def cards_of(person: Person) -> QuerySet[Card]:
    """Her cards, the newest first, with those that no longer work."""
    return Card.objects.filter(person=person).order_by("-made_at", "-id")


def standing_cards(person: Person) -> QuerySet[Card]:
    """Those of hers that work today."""
    return _working(clock.now().date()).filter(person=person)


def _working(day: date) -> QuerySet[Card]:
    return Card.objects.filter(Q(expires_on__gt=day), revoked_at=None)
