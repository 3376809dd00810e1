"""Her data as a file: everything that each app keeps about her, and nothing about anybody else."""

import json

import pytest
from django.test import Client

from tests.apps.learning.examples import published
from tests.apps.programmes.examples import a_person, an_enrolment
from trenza.apps.learning.api import record_lesson
from trenza.apps.people.api import Account, register_person
from trenza.core.privacy import keepers

pytestmark = pytest.mark.django_db


def test_download_holds_what_every_app_keeps_about_her(client: Client):
    person = register_person(given_name="Rosa", family_name="Quispe", email="rosa@example.org", country="BO")
    other = a_person("Otra")
    an_enrolment(person=person)
    lesson = published("uno").lessons.get(code="first")
    record_lesson(lesson=lesson, person=person, answers={"a": [1]})
    record_lesson(lesson=lesson, person=other, answers={"a": [0], "b": [0, 1]})
    client.force_login(Account.objects.get(person=person), backend="trenza.apps.people.backends.RoleBackend")

    response = client.get("/mi/datos/descargar/")

    kept = json.loads(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="datos.json"'
    assert "no-store" in response["Cache-Control"]
    assert (
        list(kept)
        == [
            *("accompaniment", "admissions", "credentials", "forms", "learning"),
            *("people", "places", "programmes", "sessions"),
        ]
        == list(keepers())
    )
    assert kept["people"]["person"]["given_name"] == "Rosa"
    assert [account["email"] for account in kept["people"]["accounts"]] == ["rosa@example.org"]
    assert [(each["question"], each["score"]) for each in kept["learning"]["scores"]] == [("a", 1.0)]
    assert kept["learning"]["lessons"] == []
    assert [each["track"] for each in kept["programmes"]] == ["basico"]


def test_download_is_for_who_is_signed_in(client: Client):
    response = client.get("/mi/datos/descargar/")

    assert (response.status_code, response["Location"]) == (302, "/entrar/?next=/mi/datos/descargar/")
