"""Make a card, and take it back."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from trenza.apps.people import cards, rules
from trenza.apps.people.errors import AlreadyRevoked, TooManyCards
from trenza.apps.people.events import CardMade, CardRevoked
from trenza.apps.people.models import Account, Card, Person
from trenza.core import clock
from trenza.core.errors import DomainError, NotAllowed
from trenza.core.journal import action, record

CARD_LASTS: Final = timedelta(days=365)
MOST_CARDS: Final = 3
"""Cards of one person that work: one that was lost is to be taken back."""


class NewCard(NamedTuple):
    """A card and its secret, which is told this once."""

    card: Card
    secret: str


@action
def make_card(*, person: Person, by: Person) -> NewCard:
    """Make a card for her. Who had no way to sign in has an account now, which a card alone opens.

    Raises:
        NotAllowed: `by` may not help this person to come in.
        TooManyCards: see there.
    """
    rules.helped_with_phones.require(by, person)
    return _make(person, by)


@action
def make_cards(*, persons: Iterable[Person], by: Person) -> dict[UUID, NewCard | DomainError]:
    """A card for each of these, by her id; the error instead where she gets none."""
    persons = list({person.pk: person for person in persons}.values())
    helped = rules.helped_with_phones.which(by).filter(pk__in=[person.pk for person in persons])
    allowed = set(helped.values_list("pk", flat=True))
    made: dict[UUID, NewCard | DomainError] = {}
    for person in persons:
        try:
            made[person.pk] = _make(person, by) if person.pk in allowed else NotAllowed()
        except TooManyCards as error:
            made[person.pk] = error
    return made


@action
def revoke_card(*, card: Card, by: Person | None) -> None:
    """Take a card back: its sessions end with their next request. `by=None` is the command line.

    Raises:
        NotAllowed: `by` is neither whose it is nor helps her.
        AlreadyRevoked: it was before.
    """
    if by is not None:
        rules.revocable_cards.require(by, card)
    now = clock.now()
    if not Card.objects.filter(pk=card.pk, revoked_at=None).update(revoked_at=now, revoked_by=by):
        raise AlreadyRevoked
    card.revoked_at, card.revoked_by = now, by
    record(CardRevoked(card=card.pk), by=by.pk if by else None, about=card.person_id)


def note_card_used(*, card: Card) -> None:
    """Remember that it opened a session today."""
    today = clock.now().date()
    Card.objects.filter(pk=card.pk).exclude(used_on=today).update(used_on=today)


def _make(person: Person, by: Person) -> NewCard:
    if cards.standing_cards(person).count() >= MOST_CARDS:
        raise TooManyCards
    now, secret = clock.now(), cards.new_secret()
    if not Account.objects.filter(person=person).exists():
        Account.objects.create(person=person, created_at=now)
    card = Card.objects.create(
        person=person,
        digest=cards.digest(secret),
        made_at=now,
        made_by=by,
        expires_on=(now + CARD_LASTS).date(),
    )
    record(CardMade(card=card.pk, expires_on=card.expires_on), by=by.pk, about=person.pk)
    return NewCard(card, secret)
