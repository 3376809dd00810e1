"""Print cards that are nobody's yet, give one to somebody who walked in, and let her claim her record with it.

Who may print, give and take back is for whoever calls to say: whose the `batch` is, people do not know.
"""

from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from trenza.apps.people import cards, pins
from trenza.apps.people.actions.attempts import count_claim_try
from trenza.apps.people.actions.pin import set_pin
from trenza.apps.people.blank_cards import new_number, standing_blank_cards
from trenza.apps.people.errors import ComesInAlready, NotClaimable, TooManyCards, TooManyClaims, WeakPin, WrongName
from trenza.apps.people.events import BlankCardClaimed, BlankCardGiven, BlankCardsPrinted, BlankCardsRevoked
from trenza.apps.people.models import Account, BlankCard, Card, Person, Pin
from trenza.core import clock
from trenza.core.journal import action, kept_of, record
from trenza.core.words import folded

BLANK_LASTS: Final = timedelta(days=90)
CLAIMED_LASTS: Final = timedelta(days=365)
MOST_AT_ONCE: Final = 60
MOST_OF_BATCH: Final = 300


class NewBlankCard(NamedTuple):
    """A card that is nobody's yet, and its secret, which is told this once."""

    card: BlankCard
    secret: str


@action
def print_blank_cards(*, batch: UUID, count: int, by: Person) -> list[NewBlankCard]:
    """So many cards, at most MOST_AT_ONCE.

    Raises:
        TooManyCards: of this batch so many wait already that MOST_OF_BATCH would be passed.
        ValueError: not so many at once, or none.
    """
    if not 0 < count <= MOST_AT_ONCE:
        raise ValueError(f"one to {MOST_AT_ONCE} cards are printed at once")
    if standing_blank_cards(batch).count() + count > MOST_OF_BATCH:
        raise TooManyCards
    now = clock.now()
    made: list[NewBlankCard] = []
    for number in _numbers(count):
        secret = cards.new_secret()
        card = BlankCard(
            batch=batch,
            number=number,
            digest=cards.digest(secret),
            made_at=now,
            made_by=by,
            expires_on=(now + BLANK_LASTS).date(),
        )
        made.append(NewBlankCard(card, secret))
    BlankCard.objects.bulk_create([each.card for each in made])
    record(BlankCardsPrinted(batch=batch, count=count), by=by.pk, about=None)
    return made


@action
def give_blank_card(*, number: str, person: Person, by: Person | None) -> bool:
    """Make the card of this number hers to claim. False where it is given, ended or none, or where she has a way to
    come in already: a card must not lead past her own PIN."""
    if _comes_in(person) or BlankCard.objects.filter(person=person, revoked_at=None).exists():
        return False
    now = clock.now()
    free = standing_blank_cards().filter(number=number, person=None)
    card = free.first()
    if card is None or not free.filter(pk=card.pk).update(person=person, given_at=now, given_by=by):
        return False
    record(BlankCardGiven(card=card.pk), by=by.pk if by else None, about=person.pk)
    return True


@action
def revoke_blank_cards(*, batch: UUID, by: Person) -> int:
    """Take back all of a batch that nobody has claimed, given or not; how many they were. Who has claimed hers keeps
    it: it is a card like others now."""
    count = standing_blank_cards(batch).update(revoked_at=clock.now(), revoked_by=by)
    if count:
        record(BlankCardsRevoked(batch=batch, count=count), by=by.pk, about=None)
    return count


def claim_blank_card(*, card: BlankCard, name: str, pin: str, connection: str) -> Card:
    """Let her to whom the card was given choose her PIN; it is a card of hers from then on. The try is counted, and the
    count kept, before the name is compared: not to be called within an action.

    Raises:
        TooManyClaims: it was not compared.
        WrongName: she to whom it was given is called otherwise.
        WeakPin: see there.
        NotClaimable: it was given to nobody, or claimed, revoked or too old.
        ComesInAlready: she has a way to come in.
    """
    if not count_claim_try(card=str(card.pk), connection=connection):
        raise TooManyClaims
    return _claim(card=card, name=name, pin=pin)


@action
def _claim(*, card: BlankCard, name: str, pin: str) -> Card:
    held = BlankCard.objects.select_for_update(of=("self",)).select_related("person").get(pk=card.pk)
    person = held.person
    now = clock.now()
    if person is None or not held.works_on(now.date()) or kept_of(person.pk) != person.pk:
        raise NotClaimable
    if not is_called(person, name):
        raise WrongName
    if _comes_in(person):
        raise ComesInAlready
    why = pins.weakness(pin, person.birth_date)
    if why:
        raise WeakPin(why)
    held.claimed_at = now
    held.save(update_fields=["claimed_at"])
    Account.objects.create(person=person, created_at=now)
    made = Card.objects.create(
        person=person,
        digest=held.digest,
        made_at=now,
        made_by_id=held.given_by_id,
        expires_on=(now + CLAIMED_LASTS).date(),
    )
    record(BlankCardClaimed(blank=held.pk, card=made.pk), by=person.pk, about=person.pk)
    set_pin(person=person, pin=pin, by=person)
    return made


def is_called(person: Person, name: str) -> bool:
    """Whether she may say of herself that this is her name: at least one of her given names, and nothing that is not
    hers. Accents, capitals and the order of words do not matter."""
    said = set(folded(name[:200]).split())
    given = set(folded(person.given_name).split())
    return bool(said & given) and said <= given | set(folded(person.family_name).split())


def _comes_in(person: Person) -> bool:
    """Whether she has an account, a card or a PIN: then she comes in with that."""
    return Account.objects.filter(person=person).exists() or Pin.objects.filter(person=person).exists()


def _numbers(count: int) -> list[str]:
    """So many numbers that no card has."""
    found: set[str] = set()
    while len(found) < count:
        drawn = {new_number() for _ in range(count - len(found))}
        found |= drawn - set(BlankCard.objects.filter(number__in=drawn).values_list("number", flat=True))
    return sorted(found)
