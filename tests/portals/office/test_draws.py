"""The pages of a draw, step by step, as a coordinator clicks through them."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.apps.admissions.actions.test_draws import AFTER, READ_AT, SEED, applied
from tests.apps.admissions.examples import CLOSES, a_draw_call
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Application, Award, Call, Draw
from trenza.core.clock import travel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_window() -> Iterator[None]:
    with travel(AFTER):
        yield


def page_of(call: Call, step: str = "") -> str:
    return f"/oficina/convocatorias/{call.pk}/sorteo/{step}"


def said(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_coordinator_closes_the_list_types_in_the_seed_and_draws(client: Client):
    call = a_draw_call(2, el_alto=1)
    for n in range(1, 6):
        applied(call, n, "el-alto" if n < 4 else "oruro")
    sign_in(client, staff("coordinator"))
    back = page_of(call)

    assert back in said(client, f"/oficina/convocatorias/{call.pk}/")
    assert page_of(call, "cerrar/") in said(client, back)
    assert "5 solicitudes están listas para el sorteo." in said(client, page_of(call, "cerrar/"))
    frozen = client.post(page_of(call, "cerrar/"), follow=True)
    assert "La lista está cerrada con 5 solicitudes, y su huella está publicada." in frozen.content.decode()
    assert Draw.objects.get().list_hash in frozen.content.decode()
    seeded = client.post(page_of(call, "semilla/"), {"seed": SEED, "source": READ_AT}, follow=True)
    assert SEED in seeded.content.decode()
    assert READ_AT in said(client, page_of(call, "sortear/"))
    drawn = client.post(page_of(call, "sortear/"), follow=True)

    assert "Los lugares están sorteados." in drawn.content.decode()
    assert Award.objects.count() == 2
    assert f"/programas/mujeres-online/convocatorias/{call.code}/sorteo/archivo/" in drawn.content.decode()
    history = said(client, f"/oficina/convocatorias/{call.pk}/")
    assert "Se sortearon 2 lugares de «Becas 2026»." in history
    assert "La lista del sorteo de «Becas 2026» se cerró con 5 solicitudes." in history


def test_step_out_of_turn_is_refused_in_words_and_changes_nothing(client: Client):
    call = a_draw_call(1)
    applied(call, 1)
    sign_in(client, staff("coordinator"))

    early = client.post(page_of(call, "sortear/"), follow=True).content.decode()
    with travel(CLOSES):
        sooner = client.post(page_of(call, "cerrar/"), follow=True).content.decode()

    assert "Es muy pronto para este paso del sorteo. No se cambió nada." in early
    assert "Es muy pronto para este paso del sorteo. No se cambió nada." in sooner
    assert Draw.objects.get().frozen_at is None


@pytest.mark.parametrize("given", [{}, {"seed": SEED}, {"source": READ_AT}, {"seed": "\x00", "source": "\x00"}])
def test_seed_without_a_source_or_no_seed_is_asked_for_again(client: Client, given: dict[str, str]):
    call = a_draw_call()
    sign_in(client, staff("coordinator"))
    client.post(page_of(call, "cerrar/"))

    answer = client.post(page_of(call, "semilla/"), given)

    assert answer.status_code == 200
    assert Draw.objects.get().seeded_at is None


def test_seed_that_is_none_is_refused_in_words(client: Client):
    call = a_draw_call()
    sign_in(client, staff("coordinator"))
    client.post(page_of(call, "cerrar/"))

    answer = client.post(page_of(call, "semilla/"), {"seed": "ñandú", "source": READ_AT}, follow=True)

    assert "Esa no es una semilla" in answer.content.decode()


def test_auditor_reads_how_far_the_draw_is_and_does_nothing(client: Client):
    call = a_draw_call()
    sign_in(client, staff("auditor"))

    page = said(client, page_of(call))

    assert page_of(call, "cerrar/") not in page
    assert client.post(page_of(call, "cerrar/")).status_code == 403


def test_application_to_a_draw_has_no_button_that_awards(client: Client):
    application = applied(a_draw_call(), 1)
    sign_in(client, staff("coordinator"))

    assert "adjudicar" not in said(client, f"/oficina/solicitudes/{application.pk}/")
    client.post(f"/oficina/solicitudes/{application.pk}/adjudicar/")

    assert Application.objects.get().state == "submitted"


def test_free_places_are_awarded_in_the_order_of_the_draw_once_it_was_held(client: Client):
    call = a_draw_call(1)
    sign_in(client, staff("coordinator"))
    before = said(client, f"/oficina/convocatorias/{call.pk}/")
    for step, given in (("cerrar/", {}), ("semilla/", {"seed": SEED, "source": READ_AT}), ("sortear/", {})):
        client.post(page_of(call, step), given)

    after = said(client, f"/oficina/convocatorias/{call.pk}/")

    words = "Adjudicar lugares libres en el orden del sorteo…"
    assert (words in before, words in after) == (False, True)
    assert "Los lugares libres son para la siguiente del sorteo" in said(
        client, f"/oficina/convocatorias/{call.pk}/adjudicar/"
    )


def test_call_without_a_draw_has_no_such_page(client: Client):
    call = a_draw_call()
    Draw.objects.all().delete()
    sign_in(client, staff("coordinator"))

    assert client.get(page_of(call)).status_code == 404
