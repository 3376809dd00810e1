"""Signing in with a phone number: the code, her name among those who share it, her PIN."""

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trenza.apps.people.actions import attempts
from trenza.apps.people.api import (
    Account,
    Person,
    give_start_pin,
    has_pin,
    latest_code,
    register_person,
    set_pin,
)
from trenza.core.clock import travel

pytestmark = pytest.mark.django_db

NUMBER = "+59171234567"
NOW = datetime(2026, 11, 22, 12, 1, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=200)


@pytest.fixture(autouse=True)
def midday() -> Iterator[None]:
    """Limits count in fixed windows; no test runs over a border."""
    with travel(NOW):
        yield


@pytest.fixture(autouse=True)
def texts(settings, tmp_path: Path) -> Path:
    """The folder in which texts arrive."""
    folder = tmp_path / "sms"
    settings.SMS_BACKEND, settings.SMS_FILE_PATH = "files", folder
    return folder


def registered(name: str, *, pin: str = "", at: datetime = NOW, phone: str = NUMBER) -> Person:
    with travel(at):
        person = register_person(given_name=name, family_name="Quispe", phone=phone)
        if pin:
            set_pin(person=person, pin=pin, by=person)
    return person


def write_number(client: Client, number: str = "71234567", **more: str) -> str | None:
    """Ask for a code; the newest one to the number."""
    assert client.post("/entrar/", {"email": number, "country": "BO", **more}).status_code == 302
    return latest_code(NUMBER)


def write_code(client: Client, **more: str) -> str:
    """Ask for a code and write it; where that leads."""
    code = write_number(client, **more)
    return client.post("/entrar/codigo/", {"code": code, **more})["Location"]


def choose(client: Client, person: Person) -> str:
    """Choose her name; the page that follows."""
    response = client.post("/entrar/quien/", {"account": str(person.accounts.get().pk)}, follow=True)
    return response.content.decode()


def who_is_in(client: Client) -> Person | None:
    key = client.session.get("_auth_user_id")
    return Account.objects.get(pk=key).person if key else None


def page(response) -> str:
    return re.sub(r'(?<=name="csrfmiddlewaretoken" value=")\w+', "", response.content.decode())


def test_only_one_of_a_number_comes_in_with_the_code(client):
    rosa = registered("Rosa")

    assert write_code(client, next="/favicon.ico") == "/favicon.ico"
    assert who_is_in(client) == rosa
    assert [word for word in (NUMBER, "71234567") if word in str(client.session.items())] == []


def test_text_is_neutral_and_fits_into_one(client, texts):
    registered("Rosa")
    code = write_number(client)

    [text] = texts.iterdir()
    assert text.read_text() == f"{NUMBER}\n\nTu código es {code}. Vale 5 minutos.\n"


def test_sisters_choose_their_name_after_the_code_and_write_their_pin(client):
    ana, rosa = registered("Ana", pin="2580"), registered("Rosa", pin="7391")

    assert write_code(client) == "/entrar/quien/"
    names = client.get("/entrar/quien/").content.decode()
    assert [name in names for name in ("Ana", "Rosa", "Quispe", "71234567")] == [True, True, False, False]
    assert "Hola, Rosa" in choose(client, rosa)
    wrong = client.post("/entrar/quien/", {"pin": "2580"})
    assert "Ese no es tu PIN." in wrong.content.decode()
    assert who_is_in(client) is None
    client.post("/entrar/quien/", {"pin": "7391"})
    assert who_is_in(client) == rosa

    client.post("/salir/")
    write_code(client)
    choose(client, rosa)
    client.post("/entrar/quien/", {"action": "back"})
    choose(client, ana)
    client.post("/entrar/quien/", {"pin": "2580"})
    assert who_is_in(client) == ana


def test_who_has_a_pin_writes_it_although_the_number_is_hers_alone(client):
    rosa = registered("Rosa", pin="7391")

    assert write_code(client) == "/entrar/quien/"
    assert client.post("/entrar/quien/", {"pin": "7391"})["Location"] == "/mi/"
    assert who_is_in(client) == rosa


def test_who_shares_a_number_and_has_no_pin_chooses_one(client):
    rosa, _ana = registered("Rosa"), registered("Ana")
    write_code(client)
    choose(client, rosa)

    easy = client.post("/entrar/quien/", {"pin": "1234", "again": "1234"})
    unlike = client.post("/entrar/quien/", {"pin": "7391", "again": "7392"})
    assert (who_is_in(client), has_pin(rosa)) == (None, False)
    assert "Ese PIN lo adivina cualquiera." in easy.content.decode()
    assert "Los dos PIN no son iguales." in unlike.content.decode()
    client.post("/entrar/quien/", {"pin": "7391", "again": "7391"})

    assert (who_is_in(client), has_pin(rosa)) == (rosa, True)


def test_code_alone_opens_no_account_that_rested_for_six_months(client):
    rosa = registered("Rosa", at=LONG_AGO)

    assert write_code(client) == "/entrar/quien/"
    stuck = client.get("/entrar/quien/").content.decode()
    client.post("/entrar/quien/", {"pin": "7391", "again": "7391"})
    assert "pide un PIN o una tarjeta a tu formadora" in stuck
    assert (who_is_in(client), has_pin(rosa)) == (None, False)


def test_start_pin_opens_what_rested_and_is_changed_at_once(client):
    rosa = registered("Rosa", at=LONG_AGO)
    pin = give_start_pin(person=rosa, by=None)
    write_code(client)

    chosen = client.post("/entrar/quien/", {"pin": pin}, follow=True).content.decode()
    assert "Ahora elige el tuyo." in chosen
    assert who_is_in(client) is None
    client.post("/entrar/quien/", {"pin": "7391", "again": "7391"})

    assert who_is_in(client) == rosa
    client.post("/salir/")
    write_code(client)
    again = client.post("/entrar/quien/", {"pin": pin}).content.decode()
    assert "Ese no es tu PIN." in again


def test_pins_are_limited_and_a_new_code_does_not_begin_the_count_anew(client, monkeypatch):
    monkeypatch.setattr(attempts, "PINS_TRIED_FOR_A_PERSON", (attempts.Limit(3, 900),))
    registered("Rosa", pin="7391")
    answers = []
    for _ in range(2):
        write_code(client)
        answers += [client.post("/entrar/quien/", {"pin": "0000"}).status_code for _ in range(2)]

    assert answers == [200, 200, 200, 429]
    assert client.post("/entrar/quien/", {"pin": "7391"}).status_code == 429


def test_account_of_another_number_cannot_be_chosen(client):
    registered("Rosa", pin="7391")
    registered("Ana", pin="2580")
    stranger = registered("Juana", phone="+59179999999")
    write_code(client)

    assert "¿Quién eres?" in choose(client, stranger)
    assert client.post("/entrar/quien/", {"account": "x", "pin": "2580"}).status_code == 200
    assert who_is_in(client) is None


def test_page_of_names_is_for_who_read_the_code(client):
    registered("Rosa")
    registered("Ana")
    assert client.get("/entrar/quien/")["Location"] == "/entrar/"
    write_number(client)
    assert client.get("/entrar/quien/")["Location"] == "/entrar/"


def test_unknown_number_gets_the_same_pages_as_a_known_one_and_no_text(texts):
    registered("Rosa")
    registered("Ana")

    def walk(number: str) -> list[tuple[int, str, str, list[str]]]:
        client, seen = Client(), []
        steps = [("/entrar/", {"email": number}), ("/entrar/codigo/", None), ("/entrar/codigo/", {"action": "resend"})]
        steps += [("/entrar/codigo/", None)] + [("/entrar/codigo/", {"code": "no"})] * 3 + [("/entrar/", None)]
        for path, data in steps:
            response = client.get(path) if data is None else client.post(path, data)
            text = page(response).replace(number, "HER NUMBER")
            seen.append((response.status_code, response.get("Location", ""), text, sorted(response.cookies)))
        return seen

    assert walk("+59179999999") == walk(NUMBER)
    assert [text.read_text().split()[0] for text in texts.iterdir()] == [NUMBER] * 2


def test_unknown_number_costs_the_server_as_many_queries_as_a_known_one():
    registered("Rosa")

    def queries(number: str) -> int:
        client = Client()
        with CaptureQueriesContext(connection) as asked:
            client.post("/entrar/", {"email": number})
            client.post("/entrar/codigo/", {"action": "resend"})
        return len(asked)

    assert abs(queries("+59179999999") - queries(NUMBER)) <= 2


def test_codes_to_a_number_are_limited_however_it_is_written(texts):
    registered("Rosa")
    written = ["71234567", "+591 71234567", "591-71234567", "0059171234567", "712 34567", "71234567"]
    answers = [Client().post("/entrar/", {"email": number}).status_code for number in written]
    assert answers == [302] * 5 + [429]


def test_texts_of_a_day_have_a_ceiling_that_no_page_tells(settings, texts, caplog):
    settings.SMS_A_DAY = 1
    registered("Rosa")
    registered("Ana", phone="+59172222222")
    answers = [Client().post("/entrar/", {"email": number})["Location"] for number in ("71234567", "72222222")]

    assert answers == ["/entrar/codigo/"] * 2
    assert len(list(texts.iterdir())) == 1
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "no text was sent: TRENZA_SMS_A_DAY is reached"
    ]


def test_number_of_another_country_needs_the_country_or_its_code(client, texts):
    registered("Rosa", phone="+573211234567")
    for written, country in (("3211234567", "CO"), ("+57 321 1234567", "BO")):
        client.post("/entrar/", {"email": written, "country": country})
    assert len(list(texts.iterdir())) == 2


@pytest.mark.parametrize("written", ["712", "rosa", "+", "9" * 100])
def test_what_is_neither_number_nor_address_is_explained(client, written):
    response = client.post("/entrar/", {"email": written, "country": "BO"})
    assert "Escribe tu número de teléfono completo y elige su país" in response.content.decode()


def test_where_no_text_can_be_sent_no_page_asks_for_a_number(client, settings):
    settings.SMS_BACKEND = "off"
    shown = client.get("/entrar/").content.decode()
    answer = client.post("/entrar/", {"email": "71234567", "country": "BO"}).content.decode()

    assert "número de teléfono" not in shown
    assert "Ese correo electrónico no está completo." in answer


def test_logs_hold_nothing_personal_over_a_whole_sign_in(client, caplog):
    rosa, _ana = registered("Rosa", pin="7391"), registered("Ana")
    with caplog.at_level(logging.DEBUG):
        code = write_number(client)
        client.post("/entrar/codigo/", {"code": code})
        choose(client, rosa)
        client.post("/entrar/quien/", {"pin": "0000"})
        client.post("/entrar/quien/", {"pin": "7391"})

    kept = [record for record in caplog.records if record.name != "django.db.backends"]
    text = "\n".join(logging.Formatter("%(name)s %(message)s").format(record) for record in kept)
    assert "a text was written" in text
    assert [word for word in ("71234567", "Rosa", "Quispe", "7391", str(code)) if word in text] == []
