"""Her data: names, language, consents."""

import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.journal import journal
from tests.portals.learner.scene import enrolled, rosa
from trenza.apps.credentials.api import missing_letters
from trenza.apps.people.api import Consent, Person, give_consent, withdraw_consent
from trenza.portals.learner.forms import DataForm

pytestmark = pytest.mark.django_db
FORM = {"given_name": "Rosa", "family_name": "Quispe", "certificate_name": "", "language": "es"}


def signed_in(person: Person) -> Client:
    """Without the check of tokens, which is Django's own."""
    client = Client()
    client.force_login(person.accounts.get())
    return client


def save(client: Client, **changes: str) -> Any:
    return client.post("/mi/datos/", FORM | changes)


def test_data_are_hers_to_correct():
    person = rosa()
    client = signed_in(person)

    saved = save(client, given_name=" Rosa  María ", certificate_name="Rosa M. Quispe", language="es")

    assert (saved.status_code, saved["Location"]) == (302, "/mi/datos/")
    person.refresh_from_db()
    assert (person.given_name, person.certificate_name) == ("Rosa María", "Rosa M. Quispe")
    assert "Tus datos están guardados." in client.get("/mi/datos/").content.decode()
    assert journal()[-1][0] == "people.person_updated.v1"


def test_language_that_she_chooses_is_that_of_her_pages():
    person = rosa()
    client = signed_in(person)
    save(client, language="en")

    page = client.get("/mi/datos/").content.decode()

    assert ("<h1>My data</h1>" in page, "Your data are saved." in page) == (True, True)
    assert client.post("/idioma/", {"language": "es", "next": "/mi/"})["Location"] == "/mi/"
    assert "Hola, Rosa" in client.get("/mi/").content.decode()


@pytest.mark.parametrize(
    ("changes", "letters"),
    [
        ({"certificate_name": "Rosa 🌻 Quispe"}, "🌻"),
        ({"given_name": "ロサ"}, "ロ サ"),
        ({"given_name": "罗莎", "family_name": "李"}, "罗 莎 李"),
    ],
)
def test_name_that_no_certificate_can_show_is_questioned_in_the_form(changes, letters):
    person = rosa()
    page = save(signed_in(person), **changes).content.decode()

    assert f"No podemos imprimir esto: {letters}. Escribe aquí tu nombre con otras letras." in page
    person.refresh_from_db()
    assert person.name == "Rosa Quispe"
    assert all(f'value="{value}"' in page for value in changes.values())


def test_name_in_another_script_is_kept_beside_one_that_can_be_printed():
    person = rosa()
    save(signed_in(person), given_name="罗莎", certificate_name="Luo Sha Li")

    person.refresh_from_db()
    assert (person.given_name, person.name_on_certificate) == ("罗莎", "Luo Sha Li")


def test_form_keeps_what_was_typed_and_says_what_is_missing():
    page = save(signed_in(rosa()), given_name="", certificate_name="Doña Rosa", language="xx").content.decode()

    assert "Escribe al menos un nombre." in page
    assert 'value="Doña Rosa"' in page


class TestNames(TestCase):
    @given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=60))
    def test_name_that_the_form_takes_can_be_printed(self, given_name, family_name, certificate_name):
        form = DataForm(
            {
                "given_name": given_name,
                "family_name": family_name,
                "certificate_name": certificate_name,
                "language": "es",
            }
        )
        if form.is_valid():
            data = form.cleaned_data
            person = Person(**{name: data[name] for name in ("given_name", "family_name", "certificate_name")})
            assert missing_letters(person.name_on_certificate) == ""
            assert person.name_on_certificate.strip() != ""


# --- Consents ---


def test_consent_stands_with_its_version_and_date():
    person = rosa()
    give_consent(person=person, text="data-use", version=2, by=person)

    page = signed_in(person).get("/mi/datos/").content.decode()

    assert "Cómo usamos tus datos" in page
    assert re.search(r"Versión 2, el \d+ de \w+ de \d{4}\.", page)
    assert 'href="/mi/datos/acuerdos/data-use/retirar/"' in page


def test_consent_is_taken_back_after_being_asked():
    person = rosa()
    give_consent(person=person, text="data-use", version=1, by=person)
    client = signed_in(person)
    assert "¿Quieres retirar tu acuerdo?" in client.get("/mi/datos/acuerdos/data-use/retirar/").content.decode()
    assert Consent.objects.get().withdrawn_at is None

    for _ in range(2):  # a second tap says the same
        response = client.post("/mi/datos/acuerdos/data-use/retirar/", follow=True)
        assert "<h1>Retiraste tu acuerdo</h1>" in response.content.decode()

    assert Consent.objects.get().withdrawn_by == person
    assert "Lo retiraste el" in client.get("/mi/datos/").content.decode()
    assert [kind for kind, *_ in journal() if "withdrawn" in kind] == ["people.consent_withdrawn.v1"]


def test_consent_given_again_stands_again():
    person = rosa()
    for act in (give_consent, None, give_consent):
        if act:
            act(person=person, text="data-use", version=1, by=person)
        else:
            withdraw_consent(person=person, text="data-use", by=person)

    response = signed_in(person).get("/mi/datos/")

    assert [each.withdrawn_at for each, _ in response.context["consents"]] == [None]


def test_consent_of_somebody_else_is_not_there():
    ana = rosa("Ana")
    give_consent(person=ana, text="data-use", version=1, by=ana)
    client = signed_in(rosa())

    assert client.get("/mi/datos/acuerdos/data-use/retirar/").status_code == 404
    assert client.post("/mi/datos/acuerdos/data-use/retirar/").status_code == 404
    assert Consent.objects.get().withdrawn_at is None


def test_data_lead_to_her_programmes():
    enrolment = enrolled()

    assert f'href="/mi/inscripciones/{enrolment.pk}/"' in signed_in(enrolment.person).get("/mi/datos/").content.decode()
