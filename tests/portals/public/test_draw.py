"""What everybody sees of a draw, what she reads on her own page, and the file that repeats it."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.test import Client
from django.utils import translation

from tests.apps.admissions.actions.test_draws import AFTER, READ_AT, SEED, applied, drawn
from tests.apps.admissions.examples import OPENS, TERMS, a_call, a_draw_call
from trenza.apps.admissions.actions.draws import freeze_list
from trenza.apps.admissions.api import Call, DrawEntry, verify_replay
from trenza.apps.people.api import Account, Person
from trenza.core.clock import travel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_window() -> Iterator[None]:
    with travel(AFTER):
        yield


def address(call: Call, rest: str = "sorteo/") -> str:
    return f"/programas/{call.programme.code}/convocatorias/{call.code}/{rest}"


def seen(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def hers(client: Client, person: Person, call: Call) -> str:
    client.force_login(Account.objects.get(person=person))
    return seen(client, address(call, "solicitud/"))


def test_rule_and_source_are_seen_before_the_call_opens(client: Client):
    call = a_draw_call(3, el_alto=2)

    with travel(OPENS):
        page = seen(client, address(call))

    for words in (TERMS["source"], "Con correo", "Hay 3 lugares.", "El-Alto", "--rule "):
        assert words in page
    assert "--list" not in page
    assert client.get(address(call, "sorteo/archivo/")).status_code == 404


def test_hash_seed_and_file_are_seen_as_they_come_and_the_file_verifies(client: Client):
    call = a_draw_call(1)
    for n in (1, 2, 3):
        applied(call, n)
    draw = drawn(call)

    page = seen(client, address(call))
    answer = client.get(address(call, "sorteo/archivo/"))

    for words in (draw.list_hash, SEED, READ_AT, "con 3 solicitudes", "sorteo/archivo/"):
        assert words in page
    assert verify_replay(BytesIO(b"".join(answer))).faults == []
    assert "sorteo-mujeres-online-beca-2026.txt" in answer["Content-Disposition"]


def test_she_reads_her_number_and_her_place(client: Client):
    call = a_draw_call(1)
    for n in (1, 3):
        applied(call, n)
    person = call.applications.earliest("submitted_at").person

    with travel(OPENS):
        before = hers(client, person, call)
    freeze_list(call=call, by=None)
    closed = hers(client, person, call)
    entry = DrawEntry.objects.get(application__person=person)

    assert "no importa quién postuló primero" in before
    assert "Estás en la lista del sorteo." in closed
    assert entry.number in closed
    assert entry.number not in before


def test_who_found_no_place_reads_where_she_was_drawn(client: Client):
    call = a_draw_call(1)
    for n in (1, 3):
        applied(call, n)
    drawn(call)
    last = DrawEntry.objects.get(rank=2)

    page = hers(client, Person.objects.get(applications__draw_entry=last), call)

    assert "En el sorteo los lugares fueron para otras." in page
    assert "Saliste en el lugar 2 de 2." in page
    assert "Número 1" in page


def test_who_came_after_the_list_was_closed_is_told_so(client: Client):
    call = a_draw_call(1)
    applied(call, 1)
    drawn(call)
    late = applied(call, 3, state="waiting_list")

    page = hers(client, late.person, call)

    assert "Tu solicitud llegó cuando la lista del sorteo ya estaba cerrada" in page
    assert "Número 1" in page


@pytest.mark.parametrize("state", ["needs_help", "waiting_guardian"])
def test_who_is_not_ready_yet_is_told_until_when_she_must_be(client: Client, state: str):
    call = a_draw_call(1)
    application = applied(call, 1, state=state)

    page = hers(client, application.person, call)
    freeze_list(call=call, by=None)
    later = hers(client, application.person, call)

    assert "después vas al final de la lista de espera." in page
    assert "No pierdes tu lugar" not in page
    assert "guardada" not in page
    assert "La lista del sorteo está cerrada" in later


def test_call_without_a_draw_has_no_such_page(client: Client):
    call = a_call()

    with translation.override("es"):
        assert client.get(address(call)).status_code == 404
        assert client.get(address(call, "sorteo/archivo/")).status_code == 404
        assert client.post(address(a_draw_call(code="otra"))).status_code == 405
