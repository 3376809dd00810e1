"""Opening a region: one form, one preview, and everybody sees it."""

import pytest
from django.test import Client

from tests.portals.office.definitions.scenes import coordinator_of, load, signed_in, without_tarija
from trenza.apps.admissions.api import Call, publish_call
from trenza.apps.programmes.api import DefinitionDraft, Programme, export_definition
from trenza.core.definition import parse_definition

pytestmark = pytest.mark.django_db
TARIJA = {"name": "Tarija", "iso": "BO-T", "edition": ["demo"], "call": ["regiones"], "revision": "0"}


def published(programme: Programme) -> None:
    for call in Call.objects.filter(programme=programme):
        publish_call(call=call, by=coordinator_of(programme))


def test_region_is_open_in_three_steps_and_public_at_once(client: Client):
    programme = load()
    published(programme)
    address = signed_in(client, programme)
    stranger = Client()
    assert "Tarija" not in stranger.get("/programas/mujeres-online/").content.decode()

    preview = client.post(f"{address}region/", TARIJA, follow=True)
    client.post(f"{address}vista/", {"revision": "1"})

    assert [each.sentence for each in preview.context["told"]] == [
        "Región Tarija (tarija): se añade",
        "Edición Edición de demostración (demo)",
        "Convocatoria Becas en ocho regiones (regiones)",
    ]
    assert "Tarija" in stranger.get("/programas/mujeres-online/").content.decode()
    form = "/programas/mujeres-online/convocatorias/regiones/postular/?paso=2"
    assert "tarija" in stranger.get(form).content.decode()
    assert Call.objects.get(code="regiones").regions.filter(code="tarija").exists()


def test_region_gets_seats_and_the_total_grows_by_them(client: Client):
    programme = load(
        without_tarija().replace('seats = 500\nregions = ["el-alto"]', 'seats = 500\nregions = ["el-alto"]')
    )
    address = signed_in(client, programme)
    form = TARIJA | {"call": ["el-alto"], "seats:el-alto": "40", "grows:el-alto": "1"}

    client.post(f"{address}region/", form)
    client.post(f"{address}vista/", {"revision": "1"})

    call = parse_definition(export_definition(programme).encode()).find("call", "el-alto")
    assert (call.seats, call.regions, [(each.region, each.seats) for each in call.quota]) == (
        540, ("el-alto", "tarija"), [("tarija", 40)],
    )  # fmt: skip
    pools = Call.objects.get(code="el-alto").pools.order_by("seats")
    assert [(pool.region.code if pool.region else "", pool.seats) for pool in pools] == [("tarija", 40), ("", 540)]


def test_total_stays_where_she_says_so(client: Client):
    programme = load()
    address = signed_in(client, programme)

    client.post(f"{address}region/", TARIJA | {"call": ["el-alto"], "seats:el-alto": "40"})

    call = parse_definition(DefinitionDraft.objects.get().source.encode()).find("call", "el-alto")
    assert (call.seats, call.quota[0].seats) == (500, 40)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"iso": "Narnia"}, "iso"),
        ({"iso": "BO-Q"}, "iso"),
        ({"iso": ""}, "iso"),
        ({"name": "¡!"}, "code"),
        ({"code": "oruro"}, "code"),
        ({"edition": []}, "edition"),
        ({"edition": ["2019"]}, "call"),
        ({"seats:regiones": "-3"}, "seats:regiones"),
        ({"seats:regiones": "99999999999"}, "seats:regiones"),
    ],
)
def test_what_is_missing_is_said_and_what_she_typed_stays(client: Client, change: dict[str, object], field: str):
    address = signed_in(client, load())

    answer = client.post(f"{address}region/", TARIJA | change)

    assert (answer.status_code, list(answer.context["wrong"])) == (200, [field])
    assert answer.context["name"] == (TARIJA | change)["name"]
    assert DefinitionDraft.objects.count() == 0


def test_another_country_joins_its_edition(client: Client):
    address = signed_in(client, load())

    client.post(f"{address}region/", TARIJA | {"name": "Puno", "iso": "PE-PUN", "call": []})

    definition = parse_definition(DefinitionDraft.objects.get().source.encode())
    assert (definition.find("edition", "demo").countries, definition.find("region", "puno").iso) == (
        ("BO", "PE"), "PE-PUN",
    )  # fmt: skip


def test_where_it_lies_may_be_written_out_without_accents(client: Client):
    programme = load()
    address = signed_in(client, programme)

    client.post(f"{address}region/", TARIJA | {"name": "Villa Imperial", "iso": " potosi ", "call": []})
    client.post(f"{address}vista/", {"revision": "1"})

    definition = parse_definition(export_definition(programme).encode())
    assert definition.find("region", "villa-imperial").iso == "BO-P"


def test_a_past_edition_is_not_chosen_beforehand(client: Client):
    page = client.get(f"{signed_in(client, load())}region/")

    assert [(each["code"], each["is_past"], each["chosen"]) for each in page.context["editions"]] == [
        ("demo", False, True),
        ("2019", True, False),
    ]
