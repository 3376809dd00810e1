"""Her yes, where the team brought her data here first."""

from typing import Any

import pytest
from django.test import Client

from tests.apps.admissions.examples import a_person
from trenza.apps.people.api import Account, Consent, Person, withdraw_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought() -> Person:
    return a_person()


@pytest.fixture
def hers(client: Client, brought: Person) -> Client:
    client.force_login(Account.objects.get(person=brought))
    return client


def asks(client: Client) -> bool:
    return bool(client.get("/mi/").context["asks_consent"])


def test_who_was_brought_here_is_asked_until_she_agrees(hers: Client, brought: Person):
    assert asks(hers)
    assert "No los vendemos" in hers.get("/entrar/acuerdo/").content.decode()

    answer: Any = hers.post("/entrar/acuerdo/", {"consent": "on"})

    consent = Consent.objects.get()
    assert (answer.url, consent.person, consent.given_by, consent.text) == ("/mi/", brought, brought, "data-use")
    assert not asks(hers)
    assert hers.get("/entrar/acuerdo/").status_code == 302


def test_nothing_is_agreed_without_the_tick(hers: Client):
    answer: Any = hers.post("/entrar/acuerdo/", {})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["consent"])
    assert list(Consent.objects.all()) == []


def test_who_took_it_back_is_not_asked_again_on_her_page(hers: Client, brought: Person):
    hers.post("/entrar/acuerdo/", {"consent": "on"})
    withdraw_consent(person=brought, text="data-use", by=brought)

    assert not asks(hers)


def test_a_stranger_signs_in_first(client: Client):
    assert client.get("/entrar/acuerdo/").status_code == 302
    assert list(Consent.objects.all()) == []
