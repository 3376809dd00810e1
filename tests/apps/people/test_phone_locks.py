"""A phone that keeps a PIN, as the server knows it by its two cookies."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.phone_client import base64url
from trenza.apps.people.api import NewDevice, Person, register_device
from trenza.apps.people.models import Account
from trenza.core.clock import travel

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def midday() -> Iterator[None]:
    with travel(NOW):
        yield


@pytest.fixture
def ana(person: Callable[[str], Person]) -> Person:
    return person("Ana")


@pytest.fixture
def rosa(person: Callable[[str], Person]) -> Person:
    return person("Rosa")


def open_space(client: Client, person: Person) -> NewDevice:
    """Her profile on this phone, opened with its token as after her PIN."""
    made = register_device(person=person, by=person)
    assert with_token(client, "/telefono/entrar", made).status_code == 200
    return made


def with_token(client: Client, address: str, made: NewDevice):
    return client.post(address, headers={"Authorization": f"Bearer {base64url(made.token)}"})


def come_in(client: Client, person: Person) -> None:
    """By a code, in a browser where somebody kept a PIN before."""
    lock(client)
    client.get("/entrar/")
    sign_in(client, person)
    client.cookies["open"] = str(int(NOW.timestamp()))


def sign_in(client: Client, person: Person) -> None:
    """With the cookie that a browser gets, which outlives it."""
    client.force_login(Account.objects.get(person=person))
    client.cookies["sessionid"]["max-age"] = 1_209_600


def lock(client: Client) -> None:
    client.cookies["profile"] = "-"


def close_browser(client: Client) -> None:
    """What lasts as long as the browser runs is gone; the rest is there when it is opened again."""
    for name in [name for name, cookie in client.cookies.items() if not cookie["max-age"]]:
        del client.cookies[name]


def is_in(client: Client, minutes: float = 0, method: str = "get") -> bool:
    with travel(NOW + timedelta(minutes=minutes)):
        return bool(getattr(client, method)("/mi/").status_code != 302)


def test_an_open_space_is_locked_by_closing_the_browser(client, ana):
    open_space(client, ana)
    assert is_in(client)
    opened = client.cookies["open"].value

    close_browser(client)

    assert {"sessionid", "profile", "kept"} <= set(client.cookies)
    assert not is_in(client)
    client.cookies["open"] = opened  # too late: that session has ended
    assert not is_in(client)


def test_cookies_of_the_server_are_not_for_scripts_and_the_open_one_ends_with_the_browser(client, ana):
    made = open_space(client, ana)
    kept, opened = client.cookies["kept"], client.cookies["open"]

    assert (kept.value, opened.value) == (made.profile.hex[-8:], str(int(NOW.timestamp())))
    assert [(each["httponly"], each["samesite"]) for each in (kept, opened)] == [(True, "Lax")] * 2
    assert (opened["max-age"], opened["expires"]) == ("", "")
    assert client.cookies["profile"]["max-age"] == 1_800


def test_who_comes_in_by_a_code_on_such_a_phone_is_asked_again_too(client, ana, rosa):
    open_space(client, ana)
    come_in(client, rosa)
    assert is_in(client)

    close_browser(client)

    assert not is_in(client)


def test_signing_in_opens_and_says_so_anew(client, ana, mailoutbox):
    open_space(client, ana)
    lock(client)
    client.cookies["open"] = "1"
    client.post("/entrar/", {"email": Account.objects.get(person=ana).email})
    code = next(word for word in mailoutbox[-1].body.split() if word.isdigit() and len(word) == 6)

    assert client.post("/entrar/codigo/", {"code": code}).cookies["open"].value == str(int(NOW.timestamp()))

    assert is_in(client)


def test_elsewhere_a_session_outlives_the_browser(client, ana):
    sign_in(client, ana)
    assert is_in(client)

    close_browser(client)

    assert is_in(client, minutes=24 * 60)
    assert "open" not in client.cookies


def test_who_came_by_a_code_is_asked_again_after_an_hour_without_a_page(client, ana):
    open_space(client, ana)
    come_in(client, ana)

    assert [is_in(client, minutes) for minutes in (59, 118, 177)] == [True] * 3
    # What she wrote for long is taken, and opens nothing for whoever asks afterwards.
    assert is_in(client, 240, method="post")
    assert not is_in(client, 240)


@pytest.mark.parametrize("said", ["", "x", "-1", "9" * 13, "²", "1e3"])
def test_cookie_that_nobody_of_us_wrote_opens_nothing(client, ana, said):
    open_space(client, ana)
    client.cookies["open"] = said

    assert not is_in(client)


def test_phone_keeps_a_pin_until_the_last_space_has_left_it(client, ana, rosa):
    hers, others = open_space(client, ana), open_space(client, rosa)
    assert client.cookies["kept"].value == f"{hers.profile.hex[-8:]}.{others.profile.hex[-8:]}"
    # Another profile of hers takes the place of the one before.
    again = open_space(client, ana)
    assert client.cookies["kept"].value == f"{others.profile.hex[-8:]}.{again.profile.hex[-8:]}"

    with_token(client, "/telefono/olvidar", others)
    assert client.cookies["kept"].value == again.profile.hex[-8:]
    with_token(client, "/telefono/olvidar", again)

    assert client.cookies["kept"].value == ""


def test_space_that_scripts_opened_on_an_older_phone_is_known_from_then_on(client, ana):
    made = register_device(person=ana, by=ana)
    sign_in(client, ana)
    client.cookies["profile"] = made.profile.hex
    client.cookies["profile"]["max-age"] = 1_800

    assert is_in(client)

    assert client.cookies["kept"].value == made.profile.hex[-8:]
    close_browser(client)
    assert not is_in(client)


def test_locked_phone_says_both_ways_in(client, ana):
    open_space(client, ana)
    close_browser(client)

    page = client.get("/mi/", follow=True).content.decode()

    assert ('href="/telefono/"' in page, 'name="email"' in page, "Aquí hay un espacio con PIN" in page) == (True,) * 3
    assert "Aquí hay un espacio con PIN" not in Client().get("/entrar/").content.decode()
