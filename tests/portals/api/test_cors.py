"""At a hub, a page of its cell hands in what it cannot hand in there: without credentials, and not without end."""

import gzip
from uuid import UUID

import pytest
from pyrage.x25519 import Identity

from tests.phone_client import BATCH, Phone, body, statuses
from tests.portals.learner.scene import browser, rosa
from trenza.apps.sync import api as sync
from trenza.apps.sync.hub import carrying
from trenza.apps.sync.models import CarriedRecord
from trenza.portals.api.pace import Pace
from trenza.portals.api.views import sync as views

pytestmark = pytest.mark.django_db
CELL = "https://cell.example"


@pytest.fixture(autouse=True)
def hub(db, settings):
    settings.IS_HUB = True
    views.PACE_OF_STRANGERS.forget()
    told = sync.Credentials(
        UUID(int=4),
        "Centro",
        UUID(int=5),
        bytes(32),
        bytes(32),
        str(Identity.generate().to_public()),
        "ce11",
        b"\4" * 65,
    )
    sync.take_pairing(url=f"{CELL}:443/", told=told)


@pytest.fixture
def phone(hub, settings) -> Phone:
    """Registered where one is: at the cell."""
    settings.IS_HUB = False
    made = Phone.of(rosa("Ana"))
    settings.IS_HUB = True
    return made


def hand_in(client, records, *, origin: str = CELL, **headers: str):
    told = {"Content-Encoding": "gzip", "Origin": origin, **headers}
    return client.post("/sync", gzip.compress(body(records)), content_type="application/msgpack", headers=told)


def cors_of(response) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name.startswith("Access-Control")}


def test_a_page_of_the_cell_is_let_in_and_no_other(client, settings):
    response = client.options("/sync", headers={"Origin": CELL, "Access-Control-Request-Private-Network": "true"})
    assert (response.status_code, response.content, response.headers["Vary"]) == (204, b"", "Origin")
    assert cors_of(response) == {
        "Access-Control-Allow-Methods": "POST",
        "Access-Control-Allow-Headers": "Content-Type, Content-Encoding",
        "Access-Control-Allow-Private-Network": "true",
        "Access-Control-Max-Age": "3600",
        "Access-Control-Allow-Origin": CELL,
        "Access-Control-Expose-Headers": "Retry-After",
    }
    for origin in ("https://cell.example.evil.example", "http://cell.example", "null", ""):
        refused = client.options("/sync", headers={"Origin": origin})
        assert (refused.status_code, cors_of(refused)) == (405, {})
    settings.IS_HUB = False
    assert client.options("/sync", headers={"Origin": CELL}).status_code == 405


def test_what_an_unknown_phone_hands_in_is_held_for_the_cell(client, phone):
    records = [phone.lesson(UUID(int=1), [[0]]), phone.lesson(UUID(int=2), [[0]])]
    response = hand_in(client, records)
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (200, CELL)
    told = response.json()
    assert (told["batch"], told["state"], told["revoked"]) == (BATCH.hex(), None, False)
    assert [answer[2:] for answer in told["answers"]] == [["held", "on_its_way"]] * 2
    assert "Access-Control-Allow-Credentials" not in response.headers
    hand_in(client, records)
    assert CarriedRecord.objects.count() == 2


def test_a_token_and_a_cookie_count_for_nothing_from_another_origin(client, phone):
    response = hand_in(browser(phone.profile.person), [], Authorization="Bearer nonsense")
    assert (response.status_code, "Set-Cookie" in response.headers) == (200, False)
    record = phone.lesson(UUID(int=1), [[0]])
    assert hand_in(client, [record], origin="").status_code == 401
    assert statuses(phone.send(client, [record])) == ["on_its_way"]


def test_there_is_room_for_so_much_of_strangers_and_always_for_who_is_known(client, phone, monkeypatch):
    monkeypatch.setattr(carrying, "MOST_OF_STRANGERS", 2)
    first = [phone.lesson(UUID(int=number), [[0]]) for number in range(2)]
    more = phone.lesson(UUID(int=9), [[0]])
    assert hand_in(client, first).status_code == 200

    refused = hand_in(client, [more])
    assert (refused.status_code, refused.json(), refused.headers["Retry-After"]) == (503, {"error": "no_room"}, "3600")
    assert refused.headers["Access-Control-Allow-Origin"] == CELL
    assert statuses(phone.send(client, [more])) == ["on_its_way"]

    for name in ("MOST_BYTES_OF_STRANGERS", "MOST_EVER_OF_STRANGERS"):
        monkeypatch.setattr(carrying, "MOST_OF_STRANGERS", 100)
        with monkeypatch.context() as changed:
            changed.setattr(carrying, name, 2)
            assert hand_in(client, [phone.lesson(UUID(int=8), [[0]])]).status_code == 503


def test_an_address_may_not_ask_for_ever(client, monkeypatch):
    monkeypatch.setattr(views, "PACE_OF_STRANGERS", Pace(burst=2, per_second=0.01))
    assert [hand_in(client, []).status_code for _ in range(3)] == [200, 200, 429]
    assert hand_in(client, [], **{"X-Forwarded-For": "9.9.9.9"}).status_code == 429


def test_a_message_takes_as_many_queries_however_many_records(client, phone, django_assert_num_queries):
    hand_in(client, [])
    for number in (1, 50):
        records = [phone.lesson(UUID(int=number), [[0]]) for _ in range(number)]
        with django_assert_num_queries(7):
            assert hand_in(client, records).status_code == 200


@pytest.mark.parametrize(("sent", "kind", "code"), [(b"x", "application/msgpack", 400), (b"", "text/plain", 415)])
def test_what_cannot_be_read_is_told_to_the_page(client, sent, kind, code):
    response = client.post("/sync", sent, content_type=kind, headers={"Origin": CELL})
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (code, CELL)
