"""The centres that anybody may go to."""

import gzip
from datetime import time
from decimal import Decimal
from typing import Any

import pytest

from tests.apps.places.examples import a_centre
from trenza.apps.places.api import Hours, OpeningHours, close_centre, set_opening_hours
from trenza.portals.public.views.centres import in_words

pytestmark = pytest.mark.django_db

ON_THE_WIRE = 14_336


def names(client: Any, query: str = "") -> list[str]:
    return [each.centre.name for each in client.get(f"/centros/{query}").context["cards"]]


def test_centres_that_are_open_by_country_and_name(client: Any):
    a_centre("b", name="B")
    a_centre("a", name="A")
    a_centre("chile", name="Andes", country="CL")
    close_centre(centre=a_centre("cerrado", name="Cerrado"), by=None)

    assert names(client) == ["A", "B", "Andes"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=civica", ["Centro 1", "Centro 2"]),
        ("?q=centro+2", ["Centro 2"]),
        ("?q=%00", ["Centro 1", "Centro 2"]),
        ("?q=centro%002", ["Centro 2"]),
        ("?q=nada", []),
        ("?pagina=-3&q=", ["Centro 1", "Centro 2"]),
        ("?pagina=%00", ["Centro 1", "Centro 2"]),
    ],
)
def test_centres_are_looked_for_by_any_word(client: Any, query: str, found: list[str]):
    for n in (1, 2):
        a_centre(f"c-{n}", name=f"Centro {n}", address="Av. Cívica")

    assert names(client, query) == found


def test_a_centre_says_where_it_is_and_when_it_opens(client: Any):
    centre = a_centre(latitude=Decimal("-16.504610"), longitude=Decimal("-68.1629"), note="La llave la tiene Ana")
    set_opening_hours(centre=centre, hours=[Hours(day, time(9), time(12)) for day in range(5)], by=None)

    page = client.get("/centros/").content.decode()

    for words in (
        "Av. Cívica 12", "El Alto, Bolivia", "Lunes a viernes: de 09:00 a 12:00", 'href="geo:-16.50461,-68.1629"',
        "openstreetmap.org",
    ):  # fmt: skip
        assert words in page, words
    assert "La llave" not in page


def test_days_with_the_same_hours_share_a_line():
    def hours(*rows: tuple[int, int, int]) -> list[OpeningHours]:
        return [OpeningHours(weekday=day, opens=time(opens), closes=time(closes)) for day, opens, closes in rows]

    assert in_words(hours((0, 9, 12), (0, 14, 18), (1, 9, 12), (1, 14, 18), (3, 9, 12), (5, 8, 10), (6, 9, 10))) == [
        "Lunes y martes: de 09:00 a 12:00, de 14:00 a 18:00",
        "Jueves: de 09:00 a 12:00",
        "Sábado: de 08:00 a 10:00",
        "Domingo: de 09:00 a 10:00",
    ]
    assert in_words([]) == []


@pytest.mark.parametrize("centres", [1, 3])
def test_page_asks_as_much_for_one_as_for_three(client: Any, django_assert_num_queries: Any, centres: int):
    for n in range(centres):
        set_opening_hours(centre=a_centre(f"c-{n}"), hours=[Hours(0, time(9), time(12))], by=None)

    with django_assert_num_queries(3):
        assert len(names(client)) == centres


def test_a_full_page_fits_and_leads_to_the_next(client: Any):
    week = [Hours(day, time(8 + day), time(20)) for day in range(7)]
    for n in range(16):
        centre = a_centre(
            f"centro-{n:02}", name=f"Centro comunitario número {n:02} de la avenida", address=f"Calle {n * 7919} s/n",
            municipality=f"Municipio {n * 104729}", latitude=Decimal("-16.5") - n, longitude=Decimal("-68.1") + n,
        )  # fmt: skip
        set_opening_hours(centre=centre, hours=week, by=None)

    page = client.get("/centros/?q=centro")

    assert len(page.context["cards"]) == 15
    assert "?q=centro&amp;pagina=2" in page.content.decode()
    assert names(client, "?q=centro&pagina=2") == ["Centro comunitario número 15 de la avenida"]
    assert len(gzip.compress(page.content)) + 1_000 <= ON_THE_WIRE  # with what its headers take


def test_home_leads_there_once_there_is_a_centre(client: Any):
    assert "/centros/" not in client.get("/").content.decode()
    a_centre()

    assert 'href="/centros/"' in client.get("/").content.decode()


def test_nothing_there_yet_says_so(client: Any):
    assert "Todavía no hay un centro abierto." in client.get("/centros/").content.decode()
