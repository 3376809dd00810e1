"""Helping a learner to come in: a PIN to start with, a card, a phone that was lost."""

import re

import pytest
from django.test import Client

from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from tests.portals.office.test_bulk import confirmed, ticked
from trenza.apps.people.api import (
    Card,
    PersonDevice,
    card_for,
    check_pin,
    grant_role,
    make_card,
    pin_must_change,
    register_device,
)

pytestmark = pytest.mark.django_db


def secrets(page: str) -> list[str]:
    return re.findall(r'class="secret">([^<]+)<', page)


@pytest.fixture
def made() -> scene.Scene:
    return scene.enrolments()


@pytest.fixture
def trainer(client: Client, made: scene.Scene):
    """A trainer of the region, signed in."""
    trainer = staff("trainer", scope_kind="region", scope=made.here[0].region_id)
    sign_in(client, trainer)
    return trainer


def test_trainer_finds_the_way_from_the_enrolment_and_gives_a_pin_once(client, made, trainer):
    juana = made.here[0].person
    assert f"/oficina/personas/{juana.pk}/entrada/" in client.get(f"/oficina/inscripciones/{made.here[0].pk}/").text

    shown = client.post(f"/oficina/personas/{juana.pk}/entrada/pin/")

    [pin] = re.findall(r"\b\d{3} \d{3}\b", shown.text)
    assert "no-store" in shown["Cache-Control"]
    assert pin not in client.get(f"/oficina/personas/{juana.pk}/entrada/").text
    assert pin_must_change(juana)
    assert check_pin(person=juana, pin=pin.replace(" ", "")).right


def test_card_is_shown_once_and_names_nothing_but_the_given_name(client, made, trainer):
    juana = made.here[0].person
    juana.given_name, juana.family_name = "Juana", "Apaza"
    juana.save()

    page = client.post(f"/oficina/personas/{juana.pk}/entrada/tarjeta/")

    [secret] = secrets(page.text)
    assert card_for(secret) == Card.objects.get(person=juana)
    assert page.text.count("<svg") == 1
    assert [word in page.text for word in ("Juana", "Apaza", "@", made.call.programme.name)] == [True, *[False] * 3]
    assert "no-store" in page["Cache-Control"]
    assert secret not in client.get(f"/oficina/personas/{juana.pk}/entrada/").text


def test_trainer_takes_back_a_card_and_cuts_off_a_phone(client, made, trainer):
    juana = made.here[0].person
    card = make_card(person=juana, by=trainer).card
    device = register_device(person=juana, by=juana).profile
    base = f"/oficina/personas/{juana.pk}/entrada"

    client.post(f"{base}/tarjetas/{card.pk}/quitar/")
    again = client.post(f"{base}/tarjetas/{card.pk}/quitar/", follow=True)
    client.post(f"{base}/telefonos/{device}/quitar/")

    assert "Ya estaba anulado. No cambió nada." in again.text
    assert (Card.objects.get().revoked_by, PersonDevice.objects.get().revoked_by) == (trainer, trainer)


def test_fourth_card_is_refused_in_words(client, made, trainer):
    juana = made.here[0].person
    for _ in range(3):
        make_card(person=juana, by=trainer)
    answer = client.post(f"/oficina/personas/{juana.pk}/entrada/tarjeta/", follow=True)
    assert "Tiene tres tarjetas que sirven." in answer.text


def test_nobody_helps_out_of_her_scope_or_a_colleague_of_the_team(client, made, trainer):
    stranger, colleague = made.elsewhere[0].person, made.here[0].person
    grant_role(person=colleague, role="mentor", by=None)
    for person in (stranger, colleague):
        base = f"/oficina/personas/{person.pk}/entrada"
        assert client.get(f"{base}/").status_code == 404
        assert [client.post(f"{base}/{what}/").status_code for what in ("pin", "tarjeta")] == [404, 404]
    assert Card.objects.count() == 0


def test_card_of_another_person_cannot_be_taken_back_through_hers(client, made, trainer):
    chief = staff("administrator")
    other = make_card(person=made.elsewhere[0].person, by=chief).card
    answer = client.post(f"/oficina/personas/{made.here[0].person_id}/entrada/tarjetas/{other.pk}/quitar/")
    assert (answer.status_code, Card.objects.get().revoked_at) == (404, None)


def test_cards_of_several_are_asked_first_and_printed_eight_to_a_sheet(client, made, trainer):
    rows = [*made.here, *(scene.an_enrolment(made.call, n) for n in range(10, 18))]
    team = scene.an_enrolment(made.call, 30)
    grant_role(person=team.person, role="mentor", by=None)

    asked = client.post("/oficina/inscripciones/", ticked([*rows, team], "cards"))
    assert (asked.context["count"], Card.objects.count()) == ("10 filas", 0)
    page = client.post("/oficina/inscripciones/", confirmed([*rows, team, *made.elsewhere], "cards"))

    assert [len(sheet) for sheet in page.context["sheets"]] == [8, 1]
    assert len({card.person_id for secret in secrets(page.text) if (card := card_for(secret))}) == 9
    assert [(each.name, str(each.why)) for each in page.context["not_made"]] == [
        (team.person.name, "No puedes hacer esto por ella.")
    ]
