"""A computer of the centre that everybody uses: said when one comes in, ended by itself, and nothing of hers stays."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from tests.portals.public.test_sign_in import CODE, EMAIL
from trenza.apps.people.api import Person, grant_role, make_card, register_person, set_pin
from trenza.core.clock import travel

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, 1, tzinfo=UTC)
DESKTOP, PHONE = "Mozilla/5.0 (X11; Linux x86_64)", "Mozilla/5.0 (Linux; Android 13) Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def midday() -> Iterator[None]:
    with travel(NOW):
        yield


@pytest.fixture
def rosa() -> Person:
    return register_person(given_name="Rosa", family_name="Quispe", email=EMAIL)


def is_ticked(content: str) -> bool:
    [box] = re.findall(r'<input type="checkbox" name="shared"[^>]*>', content)
    return " checked" in box


def come_in(client: Client, **more: str) -> None:
    client.post("/entrar/", {"email": EMAIL, **more})
    [code] = CODE.findall(str(mail.outbox[-1].body))
    assert client.post("/entrar/codigo/", {"code": code}).status_code == 302


def is_in(client: Client, minutes: float = 0) -> bool:
    with travel(NOW + timedelta(minutes=minutes)):
        return client.get("/mi/").status_code == 200


def test_a_session_there_ends_after_ten_minutes_without_use_and_with_the_window(client, rosa):
    come_in(client, shared="on")
    session = client.cookies["sessionid"]
    assert (session["expires"], session["max-age"], client.cookies["shared"]["max-age"]) == ("", "", "")
    assert [is_in(client, minutes) for minutes in (9, 18, 27)] == [True] * 3
    del client.cookies["shared"]  # whoever takes the cookie away changes nothing
    assert is_in(client, 36)
    assert not is_in(client, 46.1)
    assert not is_in(client, 36)


def test_elsewhere_a_session_lasts(client, rosa):
    come_in(client)
    assert "shared" not in client.cookies or not client.cookies["shared"].value
    assert int(client.cookies["sessionid"]["max-age"]) > 86_400
    assert is_in(client, 600)


@pytest.mark.parametrize(
    ("is_hub", "agent", "ticked"), [(True, DESKTOP, True), (True, PHONE, False), (False, DESKTOP, False)]
)
@pytest.mark.parametrize("page", ["/entrar/", "/entrar/tarjeta/"])
def test_the_box_is_ticked_at_the_computers_of_a_hub(client, settings, is_hub, agent, ticked, page):
    settings.IS_HUB = is_hub
    content = client.get(page, headers={"User-Agent": agent}, follow=True).content.decode()
    assert "Esta computadora es de todas" in content
    assert is_ticked(content) == ticked


def test_with_a_card_too(client, rosa):
    chief = register_person(given_name="Chief", family_name="", email="chief@demo.example")
    grant_role(person=chief, role="administrator", by=None)
    set_pin(person=rosa, pin="7391", by=rosa)
    secret = make_card(person=rosa, by=chief).secret
    client.post("/entrar/tarjeta/", {"card": secret, "shared": "on"})
    assert client.post("/entrar/tarjeta/pin/", {"pin": "7391"}).status_code == 302
    assert client.cookies["sessionid"]["max-age"] == ""
    assert [is_in(client, minutes) for minutes in (9, 20)] == [True, False]


def test_signing_out_leaves_nothing_there_and_leads_to_the_first_page(client, rosa):
    come_in(client, shared="on")
    response = client.post("/salir/")
    assert (response["Location"], response["Clear-Site-Data"]) == ("/", '"cache", "storage"')
    assert not is_in(client)
    assert is_ticked(client.get("/entrar/").content.decode())

    client.cookies["pending"] = "3"  # of somebody before it was said to be shared, and not sent yet
    assert client.post("/salir/")["Clear-Site-Data"] == '"cache"'
    come_in(client)
    assert "Clear-Site-Data" not in client.post("/salir/").headers


def test_no_profile_is_made_there(client, rosa):
    come_in(client, shared="on")
    told = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    response = client.post("/telefono/registrar", {"pin": "7391"}, content_type="application/json", headers=told)
    assert (response.status_code, response.json()) == (409, {"error": "shared_computer"})
    assert not rosa.devices.exists()


def test_who_uses_her_own_pays_no_query_for_it(client, rosa, django_assert_num_queries):
    client.cookies["shared"] = "1"
    with django_assert_num_queries(0):
        client.get("/manifest.webmanifest")
