import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.admissions.examples import a_call, a_programme
from trenza.apps.admissions.models import Application, Call
from trenza.apps.impact.models import Indicator, Reported, Target
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition, Programme, Region
from trenza.core import clock

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 9, 15, 12, 0, tzinfo=UTC)
JUNE, JULY, AUGUST = (datetime(2026, month, 10, 12, 0, tzinfo=UTC) for month in (6, 7, 8))
REGIONS = ("el-alto", "oruro", "potosi", "beni")


def a_shown_programme(code: str = "mujeres-online") -> Programme:
    """A programme with four regions, one call, and an indicator of applications."""
    programme = a_programme(code, regions=4)
    a_call(programme)
    Indicator.objects.create(programme=programme, code="solicitudes", name="Solicitudes", measure="applications")
    return programme


def applied(programme: Programme, numbers: Mapping[tuple[str, datetime], int], *, synthetic: bool = False) -> None:
    """So many applications from a region at a moment, as rows."""
    call = Call.objects.get(programme=programme)
    regions = {region.code: region for region in Region.objects.filter(programme=programme)}
    for (region, moment), number in numbers.items():
        people = [Person(given_name="Ana", synthetic=synthetic, registered_at=moment) for _ in range(number)]
        Person.objects.bulk_create(people)
        Application.objects.bulk_create(
            Application(call=call, person=each, region=regions[region], state="submitted", submitted_at=moment)
            for each in people
        )


def page(client: Any, programme: str = "mujeres-online", *, at: datetime = TODAY) -> str:
    with clock.travel(at):
        response = client.get(f"/programas/{programme}/resultados/")
    assert response.status_code == 200
    return str(response.content.decode())


def card(text: str, code: str = "solicitudes") -> str:
    [found] = re.findall(rf'<section class="card" id="{code}">(.*?)</section>', text, re.DOTALL)
    return unescape(found)


def tables(text: str) -> list[dict[str, str]]:
    """The tables of a card: name to number."""
    return [
        dict(re.findall(r'<th scope="row">(.*?)</th><td class="n">(.*?)</td>', table))
        for table in re.findall(r"<tbody>(.*?)</tbody>", card(text), re.DOTALL)
    ]


def test_page_counts_by_region_and_by_month(client):
    applied(a_shown_programme(), {("el-alto", JUNE): 20, ("oruro", AUGUST): 30, ("el-alto", AUGUST): 10})

    text = page(client)

    assert '<p class="big">60</p>' in card(text)
    assert tables(text) == [
        {"El-Alto": "30", "Oruro": "30", "Potosi": "0", "Beni": "0"},
        {"junio de 2026": "20", "julio de 2026": "0", "agosto de 2026": "40", "septiembre de 2026": "0"},
    ]
    assert "DATOS DE DEMOSTRACIÓN" not in text


def test_few_are_hidden_with_what_would_give_them_away_in_every_place(client):
    applied(a_shown_programme(), {("el-alto", JUNE): 40, ("oruro", JUNE): 12, ("potosi", JULY): 3, ("beni", JULY): 45})

    text = page(client)

    assert tables(text) == [
        {"El-Alto": "40", "Oruro": "no se muestra", "Potosi": "no se muestra", "Beni": "45"},
        {"junio de 2026": "52", "julio de 2026": "48", "agosto de 2026": "0", "septiembre de 2026": "0"},
    ]
    words = re.sub(r"<[^>]*>|2026|jun 26", " ", card(text))  # titles and descriptions of drawings stay
    assert set(re.findall(r"\d+", words)) == {"0", "40", "45", "48", "52", "100"}


def test_page_is_the_same_whatever_is_hidden(client):
    """Two worlds that differ in hidden numbers alone give the same bytes: drawings, titles and tables tell nothing."""
    first, second = a_shown_programme("uno"), a_shown_programme("dos")
    applied(first, {("el-alto", JUNE): 40, ("oruro", JUNE): 12, ("potosi", JULY): 3, ("beni", JULY): 45})
    applied(
        second,
        {("el-alto", JUNE): 40, ("oruro", JUNE): 10, ("potosi", JUNE): 2, ("potosi", JULY): 3, ("beni", JULY): 45},
    )

    assert card(page(client, "uno")) == card(page(client, "dos"))


def test_today_is_not_counted_so_that_two_visits_tell_nothing(client):
    programme = a_shown_programme()
    applied(programme, {("el-alto", JUNE): 20})
    before = page(client)

    applied(programme, {("el-alto", TODAY - timedelta(hours=1)): 15})

    assert page(client) == before
    assert '<p class="big">35</p>' in card(page(client, at=TODAY + timedelta(days=1)))


def test_what_is_real_and_what_is_a_demonstration_are_never_added(client):
    programme = a_shown_programme()
    applied(programme, {("el-alto", JUNE): 20}, synthetic=True)

    demonstration = page(client)
    applied(programme, {("el-alto", JUNE): 30})
    real = page(client)

    assert '<p class="big">20</p>' in card(demonstration)
    assert "DATOS DE DEMOSTRACIÓN" in demonstration
    assert "personas que no existen" in demonstration
    assert '<p class="big">30</p>' in card(real)
    assert "DATOS DE DEMOSTRACIÓN" not in real


def aim(programme: Programme, value: int, first: date, last: date, edition: Edition | None = None) -> None:
    Target.objects.create(
        indicator=programme.indicators.get(),
        edition=edition,
        value=value,
        starts_on=first,
        ends_on=last,
        source="La meta",
    )


def test_target_is_measured_by_its_months(client):
    programme = a_shown_programme()
    applied(programme, {("el-alto", JUNE): 20, ("el-alto", AUGUST): 30})
    aim(programme, 200, date(2026, 6, 1), date(2026, 7, 31))
    aim(programme, 1000, date(2026, 1, 1), date(2026, 12, 31))

    text = card(page(client))

    assert "20 de 200" in text
    assert "50 de 1000" in text


def test_more_than_two_years_are_told_by_year_and_so_are_their_targets(client):
    programme = a_shown_programme()
    programme.editions.update(starts_on=date(2023, 1, 1))
    numbers = {(2023, 3): 20, (2023, 11): 11, (2026, 8): 30}
    applied(programme, {("el-alto", datetime(*month, 10, 12, tzinfo=UTC)): number for month, number in numbers.items()})
    aim(programme, 100, date(2023, 1, 1), date(2024, 12, 31))
    aim(programme, 100, date(2023, 1, 1), date(2023, 6, 30))  # a part of a year beside the whole tells of the rest

    text = page(client)
    shown = card(text)

    assert tables(text)[1] == {"2023": "31", "2024": "0", "2025": "0", "2026": "30"}
    assert "Por año" in shown
    assert "31 de 100" in shown
    assert "20 de 100" not in shown


def test_target_whose_months_are_hidden_is_not_measured(client):
    programme = a_shown_programme()
    applied(programme, {("el-alto", JUNE): 3, ("el-alto", JULY): 30, ("el-alto", AUGUST): 40})
    aim(programme, 200, date(2026, 6, 1), date(2026, 6, 30))

    text = card(page(client))

    assert "hablaría de pocas personas" in text
    assert "3 de 200" not in text


def test_target_of_the_past_and_what_was_reported_stand_apart(client):
    programme = a_shown_programme()
    applied(programme, {("el-alto", JUNE): 20})
    aim(programme, 100_000, date(2019, 1, 1), date(2021, 12, 31))
    Reported.objects.create(
        indicator=programme.indicators.get(), value=4679, starts_on=date(2019, 7, 1), ends_on=date(2019, 8, 31),
        source="Lo publicado",
    )  # fmt: skip

    text = page(client)
    past = text.partition("Lo que se publicó antes")[2]

    for words in ("100\N{NO-BREAK SPACE}000", "4679", "Lo publicado", "de julio de 2019 a agosto de 2019"):
        assert words in past
        assert words not in card(text)
    assert '<p class="big">20</p>' in card(text)


def test_real_target_is_not_measured_by_a_demonstration(client):
    programme = a_shown_programme()
    applied(programme, {("el-alto", JUNE): 20}, synthetic=True)
    aim(programme, 200, date(2026, 1, 1), date(2026, 12, 31))

    text = page(client)

    assert "20 de 200" not in text
    assert "200" in text.partition("Lo que se publicó antes")[2]


def test_programme_without_anything_counted_has_a_page(client):
    a_shown_programme()
    a_programme("vacio")

    assert '<p class="big">0</p>' in card(page(client))
    assert "todavía no tiene indicadores" in page(client, "vacio")
    assert client.get("/programas/nada/resultados/").status_code == 404


def test_queries_do_not_grow_with_rows(client):
    programme = a_shown_programme()
    numbers = []
    for many in (1, 40):
        applied(programme, {("el-alto", JUNE): many, ("oruro", JULY): many})
        with CaptureQueriesContext(connection) as asked:
            page(client)
        numbers.append(len(asked))

    assert numbers[0] == numbers[1] <= 14
