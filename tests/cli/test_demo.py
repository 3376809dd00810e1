"""`trenza demo`: who is there to sign in as."""

import pytest
from django.test import Client

from tests.apps.admissions.examples import a_call
from trenza.apps.people.api import ROLES, Account
from trenza.cli import demo

pytestmark = pytest.mark.django_db


def test_an_outreach_worker_finds_the_calls_of_her_programme(client: Client):
    call = a_call()
    [worker] = [each for each in demo.STAFF if each[0] == "outreach"]

    demo._ensure_staff(*worker)

    client.force_login(Account.objects.get(email=worker[1]))
    assert call.name in client.get("/promotora/").content.decode()
    assert client.get("/oficina/").status_code in (302, 403)


def test_every_role_to_sign_in_as_is_one_and_stands_in_what_is_printed():
    printed = demo.welcome("http://127.0.0.1:8000")

    assert {role for role, *_rest in demo.STAFF} <= set(ROLES)
    assert [email for _role, email, *_rest in demo.STAFF if email not in printed] == []
    assert "http://127.0.0.1:8000/promotora/" in printed
