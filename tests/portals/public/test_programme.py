from datetime import timedelta
from typing import Any

import pytest

from tests.apps.admissions.examples import OPENS, a_call, a_programme, an_open_call, with_seats
from trenza.apps.programmes.api import Activity, FollowOn, Module, Organisation, Programme, Track

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return str(response.content.decode())


def fill(programme: Programme, many: int) -> None:
    for n in range(many):
        Organisation.objects.create(programme=programme, code=f"o{n}", name=f"Casa {n}", roles=["organiser"])
        Activity.objects.create(programme=programme, code=f"a{n}", name=f"Mentoría {n}", kind="mentoring", summary="…")
        track = Track.objects.create(programme=programme, code=f"t{n}", name=f"Camino {n}", summary="…")
        FollowOn.objects.create(programme=programme, code=f"f{n}", name=f"Beca {n}", after=track, gives="scholarship")
        Module.objects.create(
            track=track, code="m", name=f"Módulo {n}", requirement_kind="confirmed", confirmed_by="mentor"
        )
        with_seats(a_call(programme, f"c{n}"), 5, el_alto=3)


def test_home_shows_every_programme_with_what_one_can_do(client: Any):
    a_call(a_programme("becas"))
    an_open_call(a_programme("abierto"))
    a_programme("cerrado")

    cards = client.get("/").context["cards"]

    assert [(card["programme"].code, card["applies"], card["starts"]) for card in cards] == [
        ("abierto", False, True),
        ("becas", True, False),
        ("cerrado", False, False),
    ]


def test_programme_shows_its_parts(client: Any):
    programme = a_programme()
    fill(programme, 1)

    page = text(client.get("/programas/mujeres-online/"))

    for words in (
        "Casa 0",
        "Mentoría 0",
        "Camino 0",
        "Módulo 0",
        "Beca 0",
        "/convocatorias/c0/postular/",
        "/resultados/",
    ):
        assert words in page


def test_programme_tells_seats_honestly(client: Any):
    programme = a_programme()
    with_seats(a_call(programme), 5, el_alto=3)

    [card] = client.get("/programas/mujeres-online/").context["calls"]

    assert card.seats.total == 5
    assert [(row.region.code, row.left) for row in card.regions] == [("el-alto", 3), ("oruro", 5)]


def test_programme_shows_open_and_coming_calls_only(client: Any):
    programme = a_programme()
    a_call(programme, "abierta")
    a_call(programme, "pronto", opens_at=OPENS + timedelta(days=20))
    a_call(programme, "cerrada", closes_at=OPENS + timedelta(days=1))
    a_call(programme, "oculta", published_at=None)
    a_call(programme, "retirada", retired_at=OPENS)

    response = client.get("/programas/mujeres-online/")

    assert [card.call.code for card in response.context["calls"]] == ["abierta", "pronto"]
    assert "/convocatorias/pronto/postular/" not in text(response)


def test_programme_marks_a_demonstration(client: Any):
    programme = a_programme()
    a_call(programme)
    assert client.get("/programas/mujeres-online/").context["demonstration"] is False

    programme.editions.update(demonstration=True)

    assert client.get("/programas/mujeres-online/").context["demonstration"] is True


@pytest.mark.parametrize("many", [1, 3])
def test_programme_asks_as_much_with_one_of_everything_as_with_three(
    client: Any, django_assert_num_queries: Any, many: int
):
    fill(a_programme(), many)

    with django_assert_num_queries(13):
        client.get("/programas/mujeres-online/")


@pytest.mark.parametrize("many", [1, 3])
def test_home_asks_as_much_with_one_programme_as_with_three(client: Any, django_assert_num_queries: Any, many: int):
    for n in range(many):
        an_open_call(a_programme(f"p{n}"))

    with django_assert_num_queries(6):
        client.get("/")
