"""Asking the team: first what was answered before, then the question, and what came back."""

import pytest
from django.test import Client

from tests.apps.accompaniment.examples import Group, a_group, day
from tests.apps.places.examples import a_centre
from tests.apps.sessions.examples import a_session
from tests.portals.office.people import staff
from tests.portals.trainer.test_sessions import browser
from trenza.apps.accompaniment.api import Inquiry, answer_inquiry, make_inquiry
from trenza.core import clock

pytestmark = pytest.mark.django_db
HELP = "/formadora/consultas/"


@pytest.fixture
def group(db) -> Group:
    return a_group()


@pytest.fixture(autouse=True)
def ninth_day():
    with clock.travel(day(9)):
        yield


def look(client: Client, text: str) -> str:
    page = client.post(HELP, {"text": text})
    assert page.status_code == 200
    return page.content.decode()


def test_what_was_answered_before_is_shown_first_and_her_words_stay(group):
    edition = group.programme.editions.get()
    other = make_inquiry(edition=edition, category="access", text="Berta no entra", by=group.marta)
    answer_inquiry(inquiry=other, text="Dale un PIN.", findable_as="Alguien olvidó su contraseña", by=None)
    norma = staff("trainer", scope_kind="edition", scope=edition.pk)
    text = look(browser(norma), "Otra vez la contraseña olvidó")

    assert "Quizás ya está respondido" in text
    assert "Alguien olvidó su contraseña" in text
    assert "Berta" not in text
    assert "Otra vez la contraseña olvidó</textarea>" in text
    assert "Nadie ha preguntado eso todavía." in look(browser(norma), "La impresora no imprime")
    assert Inquiry.objects.count() == 1


def test_question_reaches_the_team_and_its_answer_is_on_her_page(group):
    client = browser(group.marta)
    session = a_session(group.programme, by=group.marta, starts_at=day(8))
    sent = {"ask": "1", "text": "No abre la lista.", "category": "sessions"}
    sent |= {"edition": session.edition_id.hex, "session": session.pk.hex, "centre": ""}
    said = client.post(HELP, sent, follow=True).content.decode()
    client.post(HELP, sent)

    inquiry = Inquiry.objects.get()
    assert (inquiry.session, inquiry.asked_by, inquiry.category) == (session, group.marta, "sessions")
    assert "El equipo tiene tu consulta." in said
    assert "Espera respuesta" in said
    answer_inquiry(inquiry=inquiry, text="Ya abre.", by=None)
    text = client.get(HELP).content.decode()
    assert "Ya abre." in text
    assert "Espera respuesta" not in text


def test_question_that_cannot_be_is_told_and_what_she_wrote_stays(group):
    client = browser(staff("trainer"))
    a_session(group.programme, by=group.marta, starts_at=day(8))
    a_centre()
    for more in (
        {"text": " "},
        {"text": "x" * 2_001},
        {"text": "\0"},
        {"category": "amor"},
        {"edition": "0" * 32},
        {"session": "0" * 32},
        {"centre": "?"},
    ):
        edition = group.programme.editions.get().pk.hex
        sent = {"ask": "1", "text": "Ayuda con el mapa", "category": "other", "edition": edition} | more
        page = client.post(HELP, sent)
        assert page.status_code == 200
        assert page.context["form"].errors
        assert sent["text"].replace("\0", "").strip() in page.content.decode()
    assert "Di en pocas palabras en qué necesitas ayuda." in look(client, "")
    assert Inquiry.objects.count() == 0


def test_where_no_edition_of_hers_runs_she_is_told_what_to_do(group):
    with clock.travel(day(400)):
        page = browser(group.marta).post(HELP, {"ask": "1", "text": "Ayuda", "category": "other"})

    assert page.context["form"].non_field_errors() == ["Ninguna edición tuya está en curso ahora. Llama al equipo."]


def test_only_who_accompanies_asks_and_reads_only_her_own(group):
    edition = group.programme.editions.get()
    make_inquiry(edition=edition, category="other", text="Lo mío", by=group.marta)

    assert "Lo mío" not in browser(staff("trainer", scope_kind="edition", scope=edition.pk)).get(HELP).content.decode()
    assert [browser(viewer).get(HELP).status_code for viewer in (staff("mentor"), staff("auditor"), None)] == [
        403,
        403,
        302,
    ]
