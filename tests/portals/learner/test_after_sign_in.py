"""Where one begins after signing in, and the ways that every page has."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.portals.learner.scene import browser, rosa
from trenza.apps.people.api import Person, grant_role

pytestmark = pytest.mark.django_db


def sign_in(person: Person, **more: str) -> str:
    """Sign in with the code from the mail; where that leads."""
    client, email = Client(), person.accounts.get().email
    client.post("/entrar/", {"email": email or "", **more})
    [code] = re.findall(r"\b\d{6}\b", str(mail.outbox[-1].body))
    return client.post("/entrar/codigo/", {"code": code, **more})["Location"]


def test_she_begins_on_her_page():
    assert sign_in(rosa()) == "/mi/"


def test_she_goes_on_where_she_wanted_to_be():
    assert sign_in(rosa(), next="/cursos/uno/") == "/cursos/uno/"


@pytest.mark.parametrize(
    ("role", "place"),
    [("administrator", "/oficina/"), ("coordinator", "/oficina/"), ("auditor", "/oficina/"), ("trainer", "/oficina/")],
)
def test_who_works_in_the_office_begins_there(role, place):
    person = rosa()
    grant_role(person=person, role=role, scope_kind="all", scope=None, by=None)

    assert sign_in(person) == place


def test_where_no_office_is_installed_everybody_begins_on_her_page(monkeypatch):
    person = rosa()
    grant_role(person=person, role="administrator", scope_kind="all", scope=None, by=None)
    monkeypatch.setattr("trenza.apps.people.adapter.apps.is_installed", lambda name: False)

    assert sign_in(person) == "/mi/"


def foot(client: Client, path: str) -> list[tuple[str, str]]:
    page = client.get(path).content.decode().partition('<footer class="foot">')[2].partition("</footer>")[0]
    return re.findall(r'href="([^"]*)"|name="language" value="(\w+)"', page)


def test_foot_leads_in_and_to_the_other_language():
    assert foot(browser(), "/entrar/") == [("/", ""), ("/entrar/", ""), ("", "en")]
    assert foot(browser(rosa()), "/salir/") == [("/", ""), ("/mi/", ""), ("", "en")]
    assert foot(browser(rosa("Ana")), "/mi/") == [("/mi/", ""), ("/mi/datos/", ""), ("", "en")]


def test_language_is_switched_on_the_page_where_she_is():
    client = browser()
    assert 'name="next" value="/entrar/?next=/mi/"' in client.get("/entrar/?next=/mi/").content.decode()

    response = client.post("/idioma/", {"language": "en", "next": "/entrar/?next=/mi/"})

    assert response["Location"] == "/entrar/?next=/mi/"
    assert "<h1>Come in</h1>" in client.get("/entrar/").content.decode()
