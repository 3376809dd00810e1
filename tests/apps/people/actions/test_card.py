from datetime import timedelta

import pytest

from tests.journal import journal
from trenza.apps.people import privacy
from trenza.apps.people.api import (
    Account,
    AlreadyRevoked,
    Card,
    NewCard,
    Person,
    TooManyCards,
    card_for,
    cards_of,
    grant_role,
    grouped_secret,
    make_card,
    make_cards,
    register_person,
    revoke_card,
)
from trenza.core import clock
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(person):
    chief = person("Chief")
    grant_role(person=chief, role="administrator", by=None)
    return chief


def test_card_is_found_by_its_secret_however_it_is_typed(person, chief):
    new = make_card(person=person("Ana"), by=chief)

    typed = grouped_secret(new.secret).lower().replace("0", "o").replace("1", "l")
    assert [card_for(text) for text in (new.secret, typed, f" {typed} ")] == [new.card] * 3
    assert [card_for(text) for text in ("", new.secret[:-1], new.secret + "0", "U" * 26, "0" * 500)] == [None] * 5


def test_secret_is_kept_nowhere_and_has_130_bits(person, chief):
    new = make_card(person=person("Ana"), by=chief)

    assert len(new.secret) == 26
    assert new.secret.encode() not in bytes(Card.objects.get().digest)
    assert journal()[-1][0] == "people.card_made.v1"
    assert new.secret not in str(journal())


def test_card_works_for_a_year_and_until_it_is_taken_back(person, chief):
    new, lost = (make_card(person=person(name), by=chief) for name in ("Ana", "Rosa"))
    revoke_card(card=lost.card, by=chief)

    assert card_for(lost.secret) is None
    with clock.travel(clock.now() + timedelta(days=364)):
        assert card_for(new.secret) == new.card
    with clock.travel(clock.now() + timedelta(days=366)):
        assert card_for(new.secret) is None
    with pytest.raises(AlreadyRevoked):
        revoke_card(card=lost.card, by=chief)


def test_who_had_no_way_to_sign_in_has_an_account_that_a_card_opens(chief):
    ana = register_person(given_name="Ana", family_name="Quispe")
    make_card(person=ana, by=chief)
    make_card(person=ana, by=chief)

    assert Account.objects.filter(person=ana).values_list("email", "phone").get() == (None, "")


def test_nobody_else_makes_or_takes_back_cards_but_she_takes_back_her_own(person, chief):
    ana, rosa = person("Ana"), person("Rosa")
    for by in (ana, rosa):
        with pytest.raises(NotAllowed):
            make_card(person=ana, by=by)
    card = make_card(person=ana, by=chief).card
    with pytest.raises(NotAllowed):
        revoke_card(card=card, by=rosa)

    revoke_card(card=card, by=ana)

    assert Card.objects.get().revoked_by == ana


def test_cards_that_work_are_three_at_most(person, chief):
    ana = person("Ana")
    cards = [make_card(person=ana, by=chief).card for _ in range(3)]
    with pytest.raises(TooManyCards):
        make_card(person=ana, by=chief)
    revoke_card(card=cards[0], by=chief)

    make_card(person=ana, by=chief)


def test_make_cards_says_of_each_what_came_of_it(person, chief, monkeypatch):
    monkeypatch.setattr("trenza.apps.people.actions.card.MOST_CARDS", 1)
    ana, rosa = person("Ana"), person("Rosa")
    make_card(person=rosa, by=chief)

    made = make_cards(persons=[ana, rosa, ana], by=chief)
    refused = make_cards(persons=[ana], by=rosa)

    assert [type(each) for each in made.values()] == [NewCard, TooManyCards]
    assert [type(each) for each in refused.values()] == [NotAllowed]
    assert cards_of(ana).count() == 1


def test_her_export_lists_cards_without_secrets_and_erasure_removes_them(person, chief):
    ana: Person = person("Ana")
    make_card(person=ana, by=chief)

    assert [sorted(each) for each in privacy.export(ana.pk)["cards"]] == [
        ["expires_on", "made_at", "revoked_at", "used_on"]
    ]
    privacy.erase(person=ana.pk)
    assert Card.objects.count() == 0
