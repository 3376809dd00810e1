"""Coming in with a printed card and a PIN, and what such a session does not open."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from trenza.apps.people.actions import attempts
from trenza.apps.people.api import (
    Account,
    Card,
    NewCard,
    Person,
    give_start_pin,
    grant_role,
    grouped_secret,
    make_card,
    register_person,
    revoke_card,
    set_pin,
)
from trenza.core.clock import travel

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, 1, tzinfo=UTC)
PIN = "7391"


@pytest.fixture(autouse=True)
def midday() -> Iterator[None]:
    """Limits count in fixed windows; no test runs over a border."""
    with travel(NOW):
        yield


@pytest.fixture
def chief() -> Person:
    chief = register_person(given_name="Chief", family_name="", email="chief@demo.example")
    grant_role(person=chief, role="administrator", by=None)
    return chief


@pytest.fixture
def rosa() -> Person:
    """Without address or number."""
    return register_person(given_name="Rosa", family_name="Quispe")


@pytest.fixture
def card(rosa: Person, chief: Person) -> NewCard:
    set_pin(person=rosa, pin=PIN, by=rosa)
    return make_card(person=rosa, by=chief)


def come_in(client: Client, secret: str, pin: str = PIN) -> str:
    client.post("/entrar/tarjeta/", {"card": secret})
    return client.post("/entrar/tarjeta/pin/", {"pin": pin}).get("Location", "")


def who_is_in(client: Client) -> Person | None:
    key = client.session.get("_auth_user_id")
    return Account.objects.get(pk=key).person if key else None


def test_card_and_pin_open_her_pages(client, rosa, card):
    shown = client.post("/entrar/tarjeta/", {"card": grouped_secret(card.secret).lower()}, follow=True)
    assert "Rosa" not in shown.content.decode()
    assert who_is_in(client) is None

    assert client.post("/entrar/tarjeta/pin/", {"pin": PIN})["Location"] == "/mi/"

    assert who_is_in(client) == rosa
    assert client.get("/mi/").status_code == 200
    assert client.session.get_expiry_age() <= 12 * 3_600
    assert Card.objects.get().used_on == NOW.date()


def test_card_leads_to_where_she_wanted_to_go_on_this_site(client, card):
    for wanted, leads in (("/mi/historia/", "/mi/historia/"), ("https://evil.example/", "/mi/")):
        client.post("/entrar/tarjeta/", {"card": card.secret, "next": wanted})
        assert client.post("/entrar/tarjeta/pin/", {"pin": PIN})["Location"] == leads
        client.post("/salir/")


def test_card_without_the_pin_opens_nothing(client, card):
    assert come_in(client, card.secret, "0000") == ""
    assert who_is_in(client) is None
    assert client.get("/mi/").status_code == 302


def test_pin_without_a_card_is_not_asked(client, card):
    assert client.get("/entrar/tarjeta/pin/")["Location"] == "/entrar/tarjeta/"
    assert client.post("/entrar/tarjeta/pin/", {"pin": PIN})["Location"] == "/entrar/tarjeta/"


def test_between_card_and_pin_ten_minutes_may_pass(client, card):
    client.post("/entrar/tarjeta/", {"card": card.secret})
    session = client.session
    session["card_shown"] = {**session["card_shown"], "at": session["card_shown"]["at"] - 601}
    session.save()
    assert client.post("/entrar/tarjeta/pin/", {"pin": PIN})["Location"] == "/entrar/tarjeta/"


def test_card_of_who_has_no_pin_says_where_to_get_one(client, rosa, chief):
    new = make_card(person=rosa, by=chief)
    shown = client.post("/entrar/tarjeta/", {"card": new.secret}, follow=True).content.decode()
    assert "todavía no tienes uno" in shown
    client.post("/entrar/tarjeta/pin/", {"pin": PIN, "again": PIN})
    assert who_is_in(client) is None


def test_start_pin_must_be_followed_by_her_own(client, rosa, chief):
    new, start = make_card(person=rosa, by=chief), give_start_pin(person=rosa, by=chief)

    assert come_in(client, new.secret, start) == "/entrar/tarjeta/pin/"
    assert who_is_in(client) is None
    client.post("/entrar/tarjeta/pin/", {"pin": PIN, "again": PIN})
    assert who_is_in(client) == rosa


def test_start_pin_at_a_hub_says_where_her_own_is_chosen(client, rosa, chief, settings):
    new, start = make_card(person=rosa, by=chief), give_start_pin(person=rosa, by=chief)
    settings.IS_HUB = True
    assert "no a esta" in client.get("/entrar/tarjeta/").content.decode()
    come_in(client, new.secret, start)

    for page in (client.get("/entrar/tarjeta/pin/"), client.post("/entrar/tarjeta/pin/", {"pin": PIN, "again": PIN})):
        assert (page.status_code, "El tuyo se elige con internet" in page.content.decode()) == (200, True)
        assert 'name="again"' not in page.content.decode()
    assert who_is_in(client) is None


def test_card_that_no_longer_works_is_like_one_that_never_was(rosa, card, chief):
    def answer(secret: str) -> str:
        text = Client().post("/entrar/tarjeta/", {"card": secret}).content.decode().replace(secret, "SECRET")
        return re.sub(r'(?<=name="csrfmiddlewaretoken" value=")\w+', "", text)

    never = answer("0" * 26)
    with travel(NOW + timedelta(days=366)):
        ended = answer(card.secret)
    revoke_card(card=card.card, by=chief)
    assert "Ninguna tarjeta tiene ese código." in never
    assert [ended, answer(card.secret)] == [never, never]


def test_card_taken_back_ends_its_sessions_with_their_next_request(client, card, chief):
    come_in(client, card.secret)
    revoke_card(card=card.card, by=chief)

    assert client.get("/mi/").status_code == 302
    assert who_is_in(client) is None


def test_card_taken_back_between_card_and_pin_opens_nothing(client, card, chief):
    client.post("/entrar/tarjeta/", {"card": card.secret})
    revoke_card(card=card.card, by=chief)
    assert client.post("/entrar/tarjeta/pin/", {"pin": PIN})["Location"] == "/entrar/tarjeta/"


@pytest.mark.parametrize(
    "path",
    [
        "/mi/datos/",
        "/mi/datos/descargar/",
        "/mi/datos/acuerdos/data-use/retirar/",
        "/mis/certificados/00000000-0000-7000-8000-000000000000/",
        "/entrar/acuerdo/",
    ],
)
def test_session_of_a_card_opens_neither_data_nor_agreements_nor_certificates(client, card, path):
    come_in(client, card.secret)

    answer = client.get(path)

    assert answer.status_code == 403
    assert "Esta página pide un código" in answer.content.decode()


def test_session_of_a_card_opens_no_office_although_she_works_there(client, card, rosa):
    grant_role(person=rosa, role="administrator", by=None)
    come_in(client, card.secret)

    assert client.get("/oficina/").status_code == 403
    assert client.get("/oficina/personas/").status_code == 403


def test_session_of_a_card_says_to_who_teaches_what_is_missing(client, card, rosa):
    come_in(client, card.secret)
    assert "Es de otra persona" in client.get("/formadora/").content.decode()
    grant_role(person=rosa, role="trainer", by=None)

    page = client.get("/formadora/")
    assert (page.status_code, "Esta página pide un código" in page.content.decode()) == (403, True)


def test_whoever_signs_in_with_a_card_leaves_the_session_before(client, card, chief):
    client.force_login(chief.accounts.get())
    session = client.session
    session["of_the_chief"] = "1"
    session.save()

    come_in(client, card.secret)

    person = who_is_in(client)
    assert (person and person.given_name, client.session.get("of_the_chief")) == ("Rosa", None)


def test_profile_made_with_a_card_opens_no_more_than_the_card(client, card, chief):
    come_in(client, card.secret)
    here = {"content_type": "application/json", "headers": {"Origin": "http://testserver"}}
    made = client.post("/telefono/registrar", {"pin": PIN}, **here).json()
    revoke_card(card=card.card, by=chief)

    phone = Client()
    bearer = {"Authorization": f"Bearer {made['token']}"}
    assert phone.post("/telefono/entrar", headers=bearer).status_code == 200

    answers = [phone.get(path).status_code for path in ("/mi/", "/mi/datos/", "/mi/datos/descargar/")]
    assert answers == [200, 403, 403]


def test_guessing_cards_is_limited_and_right_ones_are_not(client, card, monkeypatch):
    monkeypatch.setattr(attempts, "CARDS_GUESSED_FROM_A_CONNECTION", (attempts.Limit(2, 3_600),))
    guesses = [client.post("/entrar/tarjeta/", {"card": f"{n:026}"}).status_code for n in range(3)]
    assert guesses == [200, 200, 429]
    assert client.post("/entrar/tarjeta/", {"card": card.secret}).status_code == 302


def test_secret_stands_in_no_address_and_no_log(client, card, caplog):
    with caplog.at_level(logging.DEBUG):
        come_in(client, card.secret)

    kept = [record for record in caplog.records if record.name != "django.db.backends"]
    assert [record for record in kept if card.secret in record.getMessage() or PIN in record.getMessage()] == []
    assert card.secret not in str(dict(client.session.items()))


@pytest.mark.parametrize("typed", ["", " ", "x", "\0" * 26, "🜁" * 26, "0" * 10_000])
def test_anything_may_be_typed_as_a_card(client, typed):
    assert client.post("/entrar/tarjeta/", {"card": typed}).status_code == 200
