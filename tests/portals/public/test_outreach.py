"""Taking women down with the page: several in a row, within a scope, from sheets too."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.apps.admissions.actions.test_outreach import a_worker
from tests.apps.admissions.examples import BORN, a_call, a_person, an_open_call
from trenza.apps.admissions.api import Application, Brought, Call, SignUp
from trenza.apps.people.api import Account, Person, grant_role
from trenza.core import clock
from trenza.core.clock import travel

pytestmark = pytest.mark.django_db
TYPED = {
    "given_name": "Rosa",
    "family_name": "Choque",
    "birth_date_day": str(BORN.day),
    "birth_date_month": str(BORN.month),
    "birth_date_year": str(BORN.year),
    "region": "el-alto",
    "phone": "71234567",
    "consent": "on",
}


def page_of(call: Call) -> str:
    return f"/promotora/{call.programme.code}/{call.code}/"


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(Account.objects.get(person=person))
    return browser


def take(browser: Client, call: Call, **changes: str) -> Any:
    more = {"q_has_email": "yes"} if call.form else {}
    return browser.post(page_of(call), TYPED | more | changes, follow=True)


def test_three_women_in_a_row_each_with_the_same_region_chosen():
    call = an_open_call()
    browser = signed_in(a_worker(call))

    pages = [take(browser, call, given_name=name, once=name) for name in ("Ana", "Bea", "Eva")]

    assert [str(message) for page in pages for message in page.context["messages"]] == [
        f"{name} ya entró y puede empezar." for name in ("Ana", "Bea", "Eva")
    ]
    assert "Hoy anotaste a 3 mujeres." in pages[2].content.decode()
    assert pages[2].context["form"]["given_name"].value() is None
    assert (SignUp.objects.count(), Brought.objects.count()) == (3, 3)
    assert {account.phone for account in Account.objects.exclude(phone="")} == {"+59171234567"}


def test_a_second_tap_takes_nobody_down_twice():
    call = a_call()
    browser = signed_in(a_worker(call))

    pages = [take(browser, call, once="ABC") for _tap in range(2)]

    assert "Rosa ya estaba anotada; no cambió nada." in pages[1].content.decode()
    assert Application.objects.count() == 1


def test_from_a_sheet_nobody_is_typed_in_twice():
    call = a_call()
    browser = signed_in(a_worker(call))
    day = (clock.now() - timedelta(days=2)).date()
    sheet = {
        "sheet": "k7q-m24",
        "paper_on_day": str(day.day),
        "paper_on_month": str(day.month),
        "paper_on_year": str(day.year),
    }

    take(browser, call, once="1", **sheet)
    again = take(browser, call, once="2", **sheet)

    assert "ya estaba anotada" in again.content.decode()
    assert (Brought.objects.get().paper_on, Application.objects.count()) == (day, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consent": ""}, "consent"),
        ({"phone": "12"}, "phone"),
        ({"phone": "0000000"}, "phone"),
        ({"region": "oruro"}, "region"),
        ({"email": "juana1@ejemplo.bo"}, "email"),
        ({"sheet": "K7QM24"}, "paper_on"),
        ({"sheet": "¿?"}, "sheet"),
        ({"sheet": "K7QM24", "paper_on_day": "1", "paper_on_month": "1", "paper_on_year": "2001"}, "paper_on"),
        ({"birth_date_year": "2999"}, "birth_date"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(changes: dict[str, str], field: str):
    call = a_call()
    browser = signed_in(a_worker(call))
    a_person(email="juana1@ejemplo.bo")

    page = take(browser, call, **changes)

    assert list(page.context["form"].errors) == [field]
    assert list(Brought.objects.all()) == []


def test_a_call_outside_her_scope_is_not_there():
    call = a_call()
    worker, stranger = a_worker(call), a_person(2)
    mentor = a_person(3)
    grant_role(person=mentor, role="mentor", by=None)

    lists = [signed_in(who).get("/promotora/").content.decode() for who in (worker, stranger, mentor)]
    assert [page_of(call) in html for html in lists] == [True, False, False]
    for path in ("", "hojas/"):
        codes = [signed_in(who).get(page_of(call) + path).status_code for who in (worker, stranger, mentor)]
        assert codes == [200, 404, 404]
    stranger_page: Any = Client().get(page_of(call))
    assert stranger_page.url.startswith("/entrar/")
    with travel(call.closes_at + timedelta(seconds=1)):
        assert signed_in(worker).get(page_of(call)).status_code == 404


@pytest.mark.parametrize(("asked", "many"), [("3", 3), ("0", 1), ("99999", 1), ("x", 1), ("500", 50)])
def test_sheets_have_numbers_of_their_own(asked: str, many: int):
    call = a_call()
    page = signed_in(a_worker(call)).get(f"{page_of(call)}hojas/", {"hojas": asked})

    assert len(set(page.context["numbers"])) == many
    html = page.content.decode()
    assert html.count("Me lo leyeron, y digo que sí.") == many
    assert "¿Tienes correo electrónico?" in html
