"""The secret address of her calendar: shown once, read without signing in, ended, and not read too often."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import MONDAY, a_session, women
from tests.portals.office.people import sign_in, staff
from trenza.apps.people.actions.attempts import READINGS_OF_A_CALENDAR
from trenza.apps.people.api import Account
from trenza.apps.sessions.api import CalendarFeed
from trenza.core import clock
from trenza.core.journal import everything
from trenza.core.privacy import keepers

pytestmark = pytest.mark.django_db
PAGE = "/mi/calendario/"


@pytest.fixture(autouse=True)
def monday():
    with clock.travel(MONDAY - timedelta(hours=1)):
        yield


def made(client: Client) -> str:
    """The path of a new address."""
    page = client.post(PAGE)
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    path: str = urlsplit(page.context["made"]).path
    return path


def test_address_is_read_without_signing_in_until_she_makes_another_or_ends_it():
    programme = a_programme()
    [ana] = women(programme, "Ana")
    Account.objects.get_or_create(person=ana.person, defaults={"created_at": clock.now()})
    trainer = staff("trainer", scope_kind="edition", scope=programme.editions.get().pk)
    a_session(programme, by=trainer)
    client, program = Client(), Client()
    for person in (ana.person, trainer):
        sign_in(client, person)
        path = made(client)
        assert path not in client.get(PAGE).content.decode()
        read = program.get(path)
        assert (read["Content-Type"], read["Cache-Control"]) == (
            "text/calendar; charset=utf-8",
            "private, max-age=3600",
        )
        text = read.content.decode()
        assert (text.count("BEGIN:VEVENT"), "Ana" in text, "Ximena" in text, "Mis sesiones" in text) == (
            1,
            False,
            False,
            True,
        )
        assert program.get(path, headers={"If-None-Match": read["ETag"]}).status_code == 304
        assert "Set-Cookie" not in str(read.headers)
        another = made(client)
        assert (program.get(path).status_code, program.get(another).status_code) == (404, 200)
        client.post("/mi/calendario/quitar/")
        client.post("/mi/calendario/quitar/")
        assert program.get(another).status_code == 404
    secret = path.removeprefix("/calendario/").removesuffix(".ics")
    assert secret not in str(CalendarFeed.objects.values_list()) + str([line.event for line in everything()])
    assert CalendarFeed.objects.count() == 4


def test_address_is_not_read_or_guessed_without_end():
    person = staff("trainer")
    client, program = Client(), Client()
    sign_in(client, person)
    path = made(client)
    with CaptureQueriesContext(connection) as queries:
        program.get(path)
    assert len(queries) < 15
    for _ in range(READINGS_OF_A_CALENDAR[0].times - 1):
        assert program.get(path).status_code == 200
    assert program.get(path).status_code == 429
    for guess in ("x", "ñ" * 200, "%00", "0" * 26):
        assert program.get(f"/calendario/{guess}.ics").status_code == 404
    assert Client().get(PAGE).status_code == 302
    erase = keepers()["sessions"].erase
    assert erase is not None
    erase(person.pk)
    assert not CalendarFeed.objects.exists()
