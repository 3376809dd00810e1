"""The first page: what waits for somebody, in her scope."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.apps.admissions.examples import an_application
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.models import SetAside, Task

pytestmark = pytest.mark.django_db


def sentences(client: Client) -> list[str]:
    return [each.sentence for each in client.get("/oficina/").context["waiting"]]


def test_home_says_what_waits(client: Client):
    call = scene.a_scene_call()
    for n, state in enumerate(["submitted", "submitted", "waiting_guardian", "needs_help", "accepted"]):
        an_application(call, n, state=state)
    an_application(call, 9, "oruro", state="needs_help")
    sign_in(client, scene.coordinator_of(call))

    assert sentences(client) == [
        "2 solicitudes a «Becas 2026» (Mujeres Online) esperan un lugar.",
        "1 menor de edad espera a su tutor o tutora.",
        "1 persona necesita ayuda antes de poder recibir un lugar.",
    ]


def test_home_says_when_nothing_waits(client: Client):
    sign_in(client, staff("coordinator"))

    assert "Hoy no te espera nada." in client.get("/oficina/").content.decode()


def test_home_shows_what_the_journal_could_not_do_to_who_looks_after_everything(client: Client):
    call = scene.a_scene_call()
    Task.objects.create(handler="h", position=1, run_after=clock.now(), dead_at=clock.now())
    SetAside.objects.create(
        device=new_id(), sequence=1, kind="x.y.v1", state="held", reason="unknown_kind", digest=b"", payload=b"",
        received_at=clock.now(),
    )  # fmt: skip

    sign_in(client, scene.coordinator_of(call))
    assert sentences(client) == []
    sign_in(client, staff("administrator"))
    assert sentences(client) == [
        "1 tarea falló demasiadas veces y está detenida.",
        "1 entrada de un dispositivo quedó apartada.",
    ]


def test_home_asks_as_much_for_many_as_for_few(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries):
    call = scene.a_scene_call()
    sign_in(client, staff("administrator"))

    asked: list[int] = []
    for numbers in ([1], [2, 3]):
        for n in numbers:
            an_application(call, n)
        with django_assert_max_num_queries(17) as queries:
            client.get("/oficina/")
        asked.append(len(queries))

    assert asked[0] == asked[1]
