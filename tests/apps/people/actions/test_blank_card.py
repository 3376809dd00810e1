"""Cards that are printed before anybody knows for whom: given by their number, claimed with their secret, once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from trenza.apps.people.actions import (
    MOST_AT_ONCE,
    claim_blank_card,
    give_blank_card,
    print_blank_cards,
    revoke_blank_cards,
    set_pin,
)
from trenza.apps.people.actions.blank_card import BLANK_LASTS, MOST_OF_BATCH, is_called
from trenza.apps.people.blank_cards import claimable_card, is_free, new_number, read_number, standing_blank_cards
from trenza.apps.people.cards import card_for
from trenza.apps.people.errors import ComesInAlready, NotClaimable, TooManyCards, TooManyClaims, WeakPin, WrongName
from trenza.apps.people.events import BlankCardClaimed, BlankCardGiven, BlankCardsPrinted, BlankCardsRevoked, PinSet
from trenza.apps.people.models import BlankCard, Card, Person, Pin
from trenza.apps.people.pins import matches
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import everything

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    """Limits count in fixed windows; no test runs over a border."""
    with clock.travel(NOON):
        yield


def somebody(given: str, family: str = "Mamani") -> Person:
    return Person.objects.create(given_name=given, family_name=family, registered_at=clock.now())


def claim(secret: str, name: str = "Luz", pin: str = "2580") -> Card:
    card = claimable_card(secret)
    assert card is not None
    return claim_blank_card(card=card, name=name, pin=pin, connection="192.0.2.1")


def test_card_is_printed_given_by_its_number_and_claimed_once_with_its_secret():
    marta, luz, batch = somebody("Marta"), somebody("Luz Elena"), new_id()
    (one, secret), (other, _) = print_blank_cards(batch=batch, count=2, by=marta)
    assert bytes(BlankCard.objects.get(pk=one.pk).digest) not in (secret.encode(), b"")
    assert secret not in str(BlankCard.objects.values_list())
    assert claimable_card(secret) is None  # it is nobody's

    assert give_blank_card(number=one.number, person=luz, by=marta)
    assert not give_blank_card(number=one.number, person=somebody("Eva"), by=marta)
    assert not give_blank_card(number=other.number, person=luz, by=marta)  # one is enough
    assert (is_free(one.number), is_free(other.number)) == (False, True)
    assert card_for(secret) is None  # not a card to come in with yet

    for name in ("", "Eva", "Mamani", "Luz Quispe"):
        with pytest.raises(WrongName):
            claim(secret, name=name)
    with pytest.raises(WeakPin):
        claim(secret, pin="1234")
    assert list(Card.objects.all()) == []
    with clock.travel(clock.now() + timedelta(hours=1)):
        made = claim(secret, name="MAMANI elena")
        assert (card_for(secret), made.person) == (made, luz)
        assert matches("2580", Pin.objects.get(person=luz).hash, luz.pk)
        assert claimable_card(secret) is None
        with pytest.raises(NotClaimable):
            claim_blank_card(card=one, name="Luz", pin="9731", connection="")
        assert matches("2580", Pin.objects.get(person=luz).hash, luz.pk)

    kinds = (BlankCardsPrinted, BlankCardGiven, BlankCardClaimed, PinSet)
    found = [line for line in everything() if isinstance(line.event, kinds)]
    assert [(type(line.event), line.person) for line in found] == [
        (BlankCardsPrinted, None),
        (BlankCardGiven, luz.pk),
        (BlankCardClaimed, luz.pk),
        (PinSet, luz.pk),
    ]


def test_names_are_tried_five_times_and_the_count_stands():
    marta, luz = somebody("Marta"), somebody("Luz")
    [(card, secret)] = print_blank_cards(batch=new_id(), count=1, by=marta)
    give_blank_card(number=card.number, person=luz, by=marta)
    for _ in range(5):
        with pytest.raises(WrongName):
            claim(secret, name="Eva")
    with pytest.raises(TooManyClaims):
        claim(secret)


def test_card_leads_past_no_pin_and_no_other_way_in():
    marta, luz = somebody("Marta"), somebody("Luz")
    [(card, secret), (other, _)] = print_blank_cards(batch=new_id(), count=2, by=marta)
    give_blank_card(number=card.number, person=luz, by=marta)
    set_pin(person=luz, pin="9731", by=luz)
    with pytest.raises(ComesInAlready):
        claim(secret)
    eva = somebody("Eva")
    set_pin(person=eva, pin="9731", by=eva)
    assert not give_blank_card(number=other.number, person=eva, by=marta)


def test_cards_end_and_are_taken_back_but_not_who_has_claimed_hers():
    marta, luz, eva, batch = somebody("Marta"), somebody("Luz"), somebody("Eva"), new_id()
    made = print_blank_cards(batch=batch, count=3, by=marta)
    give_blank_card(number=made[0].card.number, person=luz, by=marta)
    give_blank_card(number=made[1].card.number, person=eva, by=marta)
    claim(made[0].secret)
    with clock.travel(clock.now() + BLANK_LASTS):
        assert (claimable_card(made[1].secret), is_free(made[2].card.number)) == (None, False)

    assert (revoke_blank_cards(batch=batch, by=marta), revoke_blank_cards(batch=batch, by=marta)) == (2, 0)
    assert (claimable_card(made[1].secret), is_free(made[2].card.number)) == (None, False)
    assert card_for(made[0].secret) is not None
    assert [line.event.count for line in everything() if isinstance(line.event, BlankCardsRevoked)] == [2]

    for count in (0, MOST_AT_ONCE + 1):
        with pytest.raises(ValueError, match="at once"):
            print_blank_cards(batch=batch, count=count, by=marta)
    for _ in range(MOST_OF_BATCH // MOST_AT_ONCE):
        print_blank_cards(batch=batch, count=MOST_AT_ONCE, by=marta)
    with pytest.raises(TooManyCards):
        print_blank_cards(batch=batch, count=1, by=marta)
    assert standing_blank_cards(batch).count() == MOST_OF_BATCH
    with pytest.raises(IntegrityError), transaction.atomic():
        BlankCard.objects.filter(claimed_at__isnull=False).update(revoked_at=clock.now())


def test_number_with_one_wrong_digit_is_no_number():
    number = new_number()
    assert read_number(f" {number[:4]}-{number[4:]} ") == number
    for place in range(8):
        for digit in set("0123456789") - {number[place]}:
            assert read_number(number[:place] + digit + number[place + 1 :]) is None
    assert [read_number(each) for each in ("", "1", "x" * 8, "٣" * 8, "9" * 500)] == [None] * 5


def test_names_that_she_may_say():
    luz = Person(given_name="Luz Elena", family_name="Mamani Choque")
    assert [is_called(luz, name) for name in ("luz", "ELENA mamani", "Choque Lúz")] == [True] * 3
    assert [is_called(luz, name) for name in ("", "Mamani", "Luz Quispe", "lu", "x" * 5_000)] == [False] * 5
