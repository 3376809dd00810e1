"""Profiles: made behind a PIN, opened by a token, left."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from tests.phone_client import Phone, base64url
from tests.portals.learner.scene import OURS, THEIRS, browser, rosa
from tests.portals.office.people import staff
from trenza.apps.people.api import PersonDevice, check_pin, device_by_token, give_start_pin, has_pin, set_pin
from trenza.apps.people.models import Account
from trenza.core import clock

pytestmark = pytest.mark.django_db


def register(client: Client, headers=OURS, **sent):
    return client.post("/telefono/registrar", json.dumps(sent), content_type="application/json", headers=headers)


def said(response) -> tuple[int, str]:
    return response.status_code, response.json().get("error", "")


def with_token(client: Client, address: str, token: bytes, **sent):
    headers = {"Authorization": f"Bearer {base64url(token)}"}
    return client.post(address, json.dumps(sent), content_type="application/json", headers=headers)


def test_the_first_profile_sets_her_pin_and_says_its_keys_once(ana):
    phone = browser(ana)
    response = register(phone, pin="2741")
    made = response.json()

    row = PersonDevice.objects.get()
    assert (made["profile"], made["device"], made["who"], made["name"]) == (
        row.pk.hex,
        row.device.hex,
        ana.pk.hex,
        "Ana",
    )
    assert [len(made[key]) for key in ("deliver", "token", "secret")] == [43] * 3
    assert len(made["cell"]["public"]) == 87
    assert check_pin(person=ana, pin="2741").right
    assert (response.cookies["profile"].value, response["Cache-Control"]) == (row.pk.hex, "no-store")
    assert phone.session["profile"] == row.pk.hex


def test_another_profile_asks_for_her_pin(ana):
    set_pin(person=ana, pin="2741", by=ana)
    assert said(register(browser(ana), pin="2742")) == (403, "pin_wrong")
    assert said(register(browser(ana), pin="2741")) == (200, "")
    assert [said(register(browser(ana), pin="2742")) for _ in range(4)][-1] == (429, "too_many_tries")
    assert PersonDevice.objects.count() == 1


@pytest.mark.parametrize(("pin", "why"), [("1234", "easy"), ("12", "digits"), ("dos mil", "digits")])
def test_a_weak_pin_is_refused_with_words(ana, pin, why):
    response = register(browser(ana), pin=pin)
    assert (said(response), response.json()["why"], "PIN" in response.json()["message"]) == (
        (400, "pin_weak"),
        why,
        True,
    )
    assert not has_pin(ana)


def test_a_start_pin_is_changed_on_the_way(ana):
    start = give_start_pin(person=ana, by=None)
    assert said(register(browser(ana), pin=start)) == (409, "pin_must_change")
    assert said(register(browser(ana), pin=start, new="2741")) == (200, "")
    assert check_pin(person=ana, pin="2741").right


def test_a_forgotten_pin_is_chosen_anew_within_a_quarter_of_an_hour_of_a_code(ana):
    set_pin(person=ana, pin="2741", by=ana)
    phone = browser(ana)
    assert said(register(phone, pin="9038", reset=True)) == (403, "needs_code")
    for minutes, expected in ((20, (403, "needs_code")), (10, (200, ""))):
        session = phone.session
        session["came_by_code_at"] = (clock.now() - timedelta(minutes=minutes)).timestamp()
        session.save()
        assert said(register(phone, pin="9038", reset=True)) == expected


@pytest.mark.parametrize(
    ("headers", "body", "kind", "expected"),
    [
        (THEIRS, '{"pin":"2741"}', "application/json", (403, "origin")),
        (OURS, '{"pin":"2741"}', "text/plain", (415, "type")),
        (OURS, '{"pin":2741}', "application/json", (400, "body")),
        (OURS, "[" * 1_500, "application/json", (400, "body")),
        (OURS, "\xff", "application/json", (400, "body")),
        (OURS, '{"pin":"' + "1" * 3_000 + '"}', "application/json", (413, "too_large")),
    ],
)
def test_registering_takes_json_of_our_own_pages_alone(ana, headers, body, kind, expected):
    response = browser(ana).post("/telefono/registrar", body.encode("latin-1"), content_type=kind, headers=headers)
    assert (said(response), PersonDevice.objects.count()) == (expected, 0)


def test_registering_needs_a_session(db):
    assert said(register(browser(), pin="2741")) == (401, "signed_out")
    assert browser().get("/telefono/registrar").status_code == 405


def test_her_token_opens_her_session_in_place_of_another(ana):
    phone, other = Phone.of(ana), browser(rosa())
    response = with_token(other, "/telefono/entrar", phone.keys.token)
    assert (response.json()["who"], response.cookies["profile"].value) == (ana.pk.hex, phone.keys.profile.hex)
    assert "Ana" in other.get("/mi/").content.decode()

    other.cookies["profile"] = "-"
    assert other.get("/mi/").status_code == 302


def test_pin_of_a_phone_opens_her_own_pages_and_not_the_office(db):
    coordinator = staff("coordinator")
    by_code, by_pin = browser(coordinator), browser()
    assert with_token(by_pin, "/telefono/entrar", Phone.of(coordinator).keys.token).status_code == 200

    assert [by_pin.get(path).status_code for path in ("/mi/", "/oficina/personas/", "/oficina/")] == [200, 403, 403]
    assert "Esta página pide un código" in by_pin.get("/oficina/personas/").content.decode()
    assert [by_code.get(path).status_code for path in ("/mi/", "/oficina/personas/", "/oficina/")] == [200, 200, 200]


def test_a_token_that_delivers_or_was_revoked_opens_nothing(ana):
    phone = Phone.of(ana)
    assert said(with_token(browser(), "/telefono/entrar", phone.keys.deliver)) == (401, "token")
    assert said(with_token(browser(), "/telefono/olvidar", phone.keys.deliver)) == (401, "token")
    assert [said(with_token(browser(), "/telefono/olvidar", phone.keys.token)) for _ in range(2)] == [(200, "")] * 2
    assert said(with_token(browser(), "/telefono/entrar", phone.keys.token)) == (401, "token")
    found = device_by_token(phone.keys.token)
    assert found is not None
    assert found[0].revoked_by == ana


def test_a_closed_account_is_opened_by_no_token(ana):
    Account.objects.update(is_active=False)
    assert said(with_token(browser(), "/telefono/entrar", Phone.of(ana).keys.token)) == (403, "no_account")


def test_her_token_changes_the_pin_of_who_knows_the_one_before(ana):
    set_pin(person=ana, pin="2741", by=ana)
    keys = Phone.of(ana).keys

    def change(token: bytes, **sent):
        return said(with_token(Client(), "/telefono/pin", token, **sent))

    assert change(keys.token, pin="2742", new="9274") == (403, "pin_wrong")
    assert change(keys.token, pin="2741", new="1234") == (400, "pin_weak")
    assert change(keys.deliver, pin="2741", new="9274") == (401, "token")
    assert change(keys.token, pin="2741") == (400, "body")
    assert change(keys.token, pin="2741", new="9274") == (200, "")
    assert check_pin(person=ana, pin="9274").right
