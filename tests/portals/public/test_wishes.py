"""Which course she wants first, second and third: on the form, in a draft, on paper, in a letter, on her page."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.apps.admissions.actions.test_outreach import a_worker
from tests.apps.admissions.examples import a_call
from tests.apps.admissions.tracks import a_tracks_call, track_of
from tests.portals.public.test_apply import TYPED, address, apply, sign_in, text
from tests.portals.public.test_letters import post, sealed
from trenza.apps.admissions.api import Application, Brought, award_application, wished_by
from trenza.apps.people.api import Account

pytestmark = pytest.mark.django_db
ORDER: dict[str, Any] = {"wish_1": "python", "wish_2": "soporte", "wish_3": ""}


def wishes() -> list[str]:
    return [track.code for track in wished_by(Application.objects.get())]


def test_she_applies_with_her_wishes_and_reads_them_on_her_page(client: Any):
    call = a_tracks_call(python=1)

    response = apply(client, call, **ORDER)

    assert wishes() == ["python", "soporte"]
    page = text(client.get(response.url))
    assert page.index("Pediste") < page.index("<li>Python</li>") < page.index("<li>Soporte</li>")
    award_application(application=Application.objects.get(), by=None)
    page = text(client.get(response.url))
    assert '<p class="big">Python</p>' in page


def test_one_wish_is_enough_and_a_gap_closes_up(client: Any):
    call = a_tracks_call()

    apply(client, call, wish_1="redes", wish_2="", wish_3="python")

    assert wishes() == ["redes", "python"]


@pytest.mark.parametrize(
    ("typed", "wrong", "said"),
    [
        ({}, "wish_1", "Elige un curso."),
        ({"wish_1": "alfabetizacion"}, "wish_1", "Elige un curso de esta lista."),
        ({"wish_1": "python", "wish_2": "python"}, "wish_2", "Ese curso ya lo elegiste arriba."),
        ({"wish_1": "python", "wish_2": "redes", "wish_3": "redes"}, "wish_3", "Ese curso ya lo elegiste arriba."),
    ],
)
def test_what_is_no_wish_is_said_beside_it_and_nobody_is_registered(client: Any, typed: Any, wrong: str, said: str):
    response = apply(client, a_tracks_call(), **typed)

    assert list(response.context["form"].errors) == [wrong]
    assert said in text(response)
    assert list(Application.objects.all()) == []


def test_a_form_of_a_call_with_one_track_asks_nothing_of_it(client: Any):
    assert "wish_1" not in text(client.get(address(a_call())))


def test_her_wishes_are_kept_with_the_draft(client: Any):
    call = a_tracks_call()

    code = client.post(address(call), TYPED | ORDER | {"consent": "", "ir": "guardar"}).context["draft"].written
    other: Any = Client()
    other.post(address(call, "postular/seguir"), {"code": code})
    page = text(other.get(address(call)))

    assert re.search(r'<input type="radio" name="wish_1" value="python"[^>]* checked', page)
    assert '<option value="soporte" selected>' in page


def test_the_page_of_the_programme_says_between_what_she_chooses_and_what_is_left(client: Any):
    call = a_tracks_call(9, python=4)

    page = text(client.get(f"/programas/{call.programme.code}/"))

    assert "Eliges uno de estos cursos" in page
    assert '<td>Python</td><td class="n">4</td>' in page
    assert '<td>Redes</td><td class="n">9</td>' in page


def test_a_letter_from_a_phone_without_a_signal_carries_her_wishes():
    call = a_tracks_call()

    assert post(sealed(call, **ORDER)).json()["state"] == "received"

    assert wishes() == ["python", "soporte"]


@pytest.mark.parametrize("typed", [{}, {"wish_1": "python", "wish_2": "python"}])
def test_a_letter_without_a_wish_that_can_be_is_kept_as_a_draft(typed: Any):
    assert post(sealed(a_tracks_call(), **typed)).json()["state"] == "missing"
    assert list(Application.objects.all()) == []


def test_who_takes_women_down_asks_for_their_wishes_on_the_page_and_on_paper(client: Any):
    call = a_tracks_call()
    worker = a_worker(call)
    client.force_login(Account.objects.get(person=worker))
    page = f"/promotora/{call.programme.code}/{call.code}/"
    assert "¿Qué curso es el que ella más quiere?" in text(client.get(page))
    assert "<li>Python. Aprende.</li>" in text(client.get(f"{page}hojas/"))

    client.post(page, TYPED | ORDER | {"email": ""})

    assert wishes() == ["python", "soporte"]
    assert Brought.objects.count() == 1


def test_her_page_says_where_her_place_is_after_she_changed(client: Any):
    call = a_tracks_call()
    application_page = apply(client, call, **ORDER).url
    application = Application.objects.get()
    award = award_application(application=application, by=None, track=track_of(call, "soporte"))
    sign_in(client, application.person)

    assert '<p class="big">Soporte</p>' in text(client.get(application_page))
    offer = text(client.get(f"/mi/becas/{award.pk}/"))
    assert "<strong>Soporte</strong>" in offer
    assert "puedes cambiar a otro curso" in offer
