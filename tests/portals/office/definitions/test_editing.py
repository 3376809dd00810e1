"""Forms made of the models: what is not changed stays to the byte, what is changed goes to her draft alone."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.portals.office.definitions.scenes import coordinator_of, form_of, load, signed_in, without_tarija
from tests.portals.office.people import sign_in, staff
from trenza.apps.programmes.api import DefinitionDraft, Programme, export_definition
from trenza.core.definition import all_sections, examine_definition, lists_of

pytestmark = pytest.mark.django_db
PROGRAMMES = sorted((Path(__file__).parents[4] / "programmes").glob("*/programme.toml"))
# Each change is held to one of them; a sweep goes through all.
EACH = [
    pytest.param(path, id=path.parent.name, marks=[pytest.mark.sweep] if number else [])
    for number, path in enumerate(PROGRAMMES)
]


def draft() -> DefinitionDraft:
    return DefinitionDraft.objects.get()


def data_of(programme: Programme):
    return examine_definition(export_definition(programme).encode())[0].data


def places_of(programme: Programme) -> list[str]:
    """The path of every item, at any depth."""
    found = []

    def walk(model, table, path):
        found.append(path)
        for key, inner in lists_of(model).items():
            if key not in ("choices", "quota"):
                for number, each in enumerate(table.get(key, ())):
                    walk(inner, each, f"{path}/{key}/{number}")

    data = data_of(programme)
    for section in all_sections():
        if not section.many:
            walk(section.model, data.get(section.key, {}), section.key)
        for number, table in enumerate(data.get(section.key, ()) if section.many else ()):
            walk(section.model, table, f"{section.key}/{number}")
    return found


@pytest.mark.parametrize("file", EACH)
def test_saving_every_form_as_it_is_changes_no_byte(client: Client, file: Path):
    programme = load(file.read_text(encoding="utf-8"))
    address = signed_in(client, programme)

    for place in places_of(programme):
        page = f"{address}editar/ficha/{place}/"
        assert client.post(page, form_of(client, page)).status_code == 302, place

    assert draft().source == export_definition(programme)


def test_what_is_typed_goes_to_her_draft_and_nowhere_else(client: Client):
    programme = load()
    address = signed_in(client, programme)
    page = f"{address}editar/ficha/region/0/"

    answer = client.post(page, form_of(client, page) | {"name": "Beni y Pando"}, follow=True)

    assert answer.redirect_chain[-1][0] == f"{address}editar/lista/region/"
    assert examine_definition(draft().source.encode())[0].data["region"][0] == {
        "code": "beni", "name": "Beni y Pando", "iso": "BO-B",
    }  # fmt: skip
    assert (programme.regions.get(code="beni").name, programme.versions.count()) == ("Beni", 1)


def test_a_draw_is_written_with_forms(client: Client):
    """Its call says where the seed comes from; each group of reserved seats has a form of its own."""
    programme = load()
    address = signed_in(client, programme)
    page = f"{address}editar/ficha/call/0/"
    asked = {"admission": "draw", "seed_source": "Lotería Nacional del 5 de agosto", "offline_hours": "48"}
    group = f"{page}reserve/nuevo/"

    client.post(page, form_of(client, page) | asked)
    client.post(
        group,
        form_of(client, group)
        | {"code": "correo", "name": "Con correo", "question": "has_email", "one_of": "true", "seats": "30"},
    )

    written, problems = examine_definition(draft().source.encode())
    assert [str(problem) for problem in problems] == []
    call = written.data["call"][0]
    assert (call["admission"], call["seed_source"], call["offline_hours"]) == (*list(asked.values())[:2], 48)
    assert call["reserve"] == (
        {"code": "correo", "name": "Con correo", "question": "has_email", "one_of": (True,), "seats": 30},
    )
    assert client.get(page).status_code == client.get(f"{page}reserve/0/").status_code == 200


def test_what_is_wrong_is_kept_and_said_beside_its_field(client: Client):
    programme = load()
    address = signed_in(client, programme)
    page = f"{address}editar/ficha/call/0/"

    answer = client.post(
        page, form_of(client, page) | {"seats": "muchos", "closes_at": "2029-09-30T10:00"}, follow=True
    )

    by_name = {each.name: each for each in answer.context["inputs"]}
    assert by_name["seats"].value == "muchos"
    assert by_name["seats"].errors == [
        '«Lugares» debe ser un número entero (en el archivo, sin comillas); dice "muchos"'
    ]
    assert "office-bad" in answer.content.decode()
    assert draft().revision == 1


def test_rules_between_items_are_said_in_her_language_beside_the_field(client: Client):
    programme = load()
    page = f"{signed_in(client, programme)}editar/ficha/call/0/"

    answer = client.post(page, form_of(client, page) | {"closes_at": "2029-09-30T10:00:00"}, follow=True)

    by_name = {each.name: each for each in answer.context["inputs"]}
    assert by_name["closes_at"].errors == [
        "cierra después de que termina su edición; haz que cierre antes, o que la edición termine después"
    ]
    client.cookies["language"] = "en"
    by_name = {each.name: each for each in client.get(page).context["inputs"]}
    assert by_name["closes_at"].errors == [
        "it closes after its edition has ended; let it close earlier, or the edition end later"
    ]


def test_new_item_gets_a_code_of_its_name(client: Client):
    programme = load()
    address = signed_in(client, programme)
    page = f"{address}editar/ficha/organisation/nuevo/"

    client.post(page, form_of(client, page) | {"name": "La Casa Ñandú", "roles": ["partner"]})
    client.post(page, form_of(client, page) | {"name": "La Casa Ñandú", "roles": ["partner"]})

    codes = [each["code"] for each in examine_definition(draft().source.encode())[0].data["organisation"]]
    assert codes == ["pro-mujer", "cisco", "women-speed-up", "la-casa-nandu", "la-casa-nandu-2"]


def test_items_are_ordered_and_taken_out(client: Client):
    programme = load()
    address = f"{signed_in(client, programme)}editar/lista/track/0/module/"

    client.post(address, {"revision": "0", "number": "2", "act": "up"})
    client.post(address, {"revision": "1", "number": "0", "act": "remove"})

    track, *_ = examine_definition(draft().source.encode())[0].data["track"]
    assert [module["code"] for module in track["module"]] == ["emprendimiento", "ciberseguridad"]


def test_demonstration_keeps_its_counted_days_and_an_edition_its_dates(client: Client):
    programme = load()
    address = f"{signed_in(client, programme)}editar/ficha/edition/"

    dated, counted = (
        [each.name for each in client.get(f"{address}{n}/").context["inputs"] if each.name[-3:] in ("_on", "day")]
        for n in (0, 1)
    )

    assert (dated, counted) == (["starts_on", "ends_on"], ["starts_day", "ends_day"])


def test_two_tabs_of_hers_do_not_overwrite_each_other(client: Client):
    programme = load()
    page = f"{signed_in(client, programme)}editar/ficha/region/0/"
    form = form_of(client, page)
    client.post(page, form | {"name": "Beni de una"})

    answer = client.post(page, form | {"name": "Beni de otra"})

    assert answer.status_code == 200
    assert [str(message) for message in answer.context["messages"]][-1:] == [
        "Tu borrador se guardó en otra pestaña. No se perdió nada: míralo y guarda otra vez."
    ]
    by_name = {each.name: each for each in answer.context["inputs"]}
    assert (by_name["name"].value, answer.context["working"].revision) == ("Beni de otra", 1)
    assert '"Beni de una"' in draft().source


def test_form_of_an_item_that_another_tab_took_away_changes_nothing(client: Client):
    programme = load()
    address = signed_in(client, programme)
    page = f"{address}editar/ficha/region/0/"
    form = form_of(client, page)
    client.post(f"{address}editar/lista/region/", {"revision": "0", "number": "0", "act": "remove"})

    client.post(page, form | {"revision": ["1"], "name": ["Beni"]})

    codes = [each["code"] for each in examine_definition(draft().source.encode())[0].data["region"]]
    assert codes[0] == "cochabamba"


def test_draft_is_thrown_away_only_when_she_says_so(client: Client):
    programme = load()
    address = signed_in(client, programme)
    client.post(f"{address}editar/lista/region/", {"revision": "0", "number": "0", "act": "down"})

    client.get(f"{address}descartar/")
    assert DefinitionDraft.objects.count() == 1
    client.post(f"{address}descartar/")
    assert DefinitionDraft.objects.count() == 0


def test_code_of_the_programme_stays(client: Client):
    programme = load()
    page = f"{signed_in(client, programme)}editar/ficha/programme/"

    client.post(page, form_of(client, page) | {"code": "otro"})

    assert draft().source == without_tarija()


NOWHERE = [
    "nada", "region/99", "region/x", "region/0/name", "region/-1", "track/0/module/0/after/0", "region/0/0",
    "call/0/quota/0/region", "region/²", "form/0/page/nuevo/question",
]  # fmt: skip


@pytest.mark.parametrize("place", NOWHERE)
@pytest.mark.parametrize("kind", ["ficha", "lista"])
def test_places_that_are_not_there_are_not_there(client: Client, kind: str, place: str):
    address = f"{signed_in(client, load())}editar/{kind}/{place}/"

    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


def test_definition_is_edited_by_who_reaches_the_whole_programme(client: Client):
    programme = load()
    region = programme.regions.get(code="oruro")
    edition = programme.editions.get(code="demo")
    address = f"/oficina/programas/{programme.pk}/"
    seen = {}
    people = {
        "coordinator": coordinator_of(programme),
        "region": staff("coordinator", scope_kind="region", scope=region.pk),
        "edition": staff("coordinator", scope_kind="edition", scope=edition.pk),
        "auditor": staff("auditor"),
        "trainer": staff("trainer"),
        "administrator": staff("administrator"),
        "elsewhere": staff("coordinator", scope_kind="programme", scope=edition.pk),
    }
    for name, person in people.items():
        sign_in(client, person)
        seen[name] = (client.get(address).status_code, client.get(f"{address}editar/").status_code)

    assert seen == {
        "coordinator": (200, 200),
        "region": (200, 404),
        "edition": (200, 404),
        "auditor": (200, 403),
        "trainer": (403, 403),
        "administrator": (200, 200),
        "elsewhere": (404, 404),
    }


@pytest.mark.parametrize("programmes", [1, 3])
def test_list_of_programmes_takes_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, programmes: int
):
    for file in PROGRAMMES[:programmes]:
        load(file.read_text(encoding="utf-8"))
    sign_in(client, staff("administrator"))

    with django_assert_num_queries(7):
        answer = client.get("/oficina/programas/")

    assert len(answer.context["rows"]) == programmes


@pytest.mark.parametrize("place", ["region/0", "track/0/module/0"])
def test_form_takes_a_fixed_number_of_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, place: str
):
    address = signed_in(client, load())

    with django_assert_num_queries(11):
        client.get(f"{address}editar/ficha/{place}/")
