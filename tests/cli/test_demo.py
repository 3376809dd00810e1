"""`trenza demo`: who is there to sign in as."""

import pytest
from django.test import Client

from tests.apps.admissions.examples import a_call
from tests.apps.credentials.examples import a_certified_programme
from trenza.apps.credentials.api import Credential, listed_on, public_page_of
from trenza.apps.people.api import ROLES, Account
from trenza.cli import demo, demo_certificates

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


def test_two_women_have_certificates_and_one_of_them_corrected_her_name():
    for code in ("uno", "dos", "tres"):
        a_certified_programme(code).editions.update(demonstration=True)

    demo_certificates.ensure()
    demo_certificates.ensure()

    rosaura, elvira = (
        Account.objects.get(email=email).person for email in (demo_certificates.WITH_THREE, demo_certificates.CORRECTED)
    )
    page = public_page_of(rosaura)
    assert page is not None
    assert len(listed_on(page)) == 3
    names = Credential.objects.filter(person=elvira).values_list("name", flat=True)
    assert sorted(names) == ["Elvira Choqe Rojas", "Elvira Choque Rojas"]
