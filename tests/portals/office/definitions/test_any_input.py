"""Whatever is posted: never an error page, and what is exported is loaded and exported again to the byte."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.definition.examples import GOOD
from tests.portals.office.definitions.scenes import coordinator_of, form_of, load
from tests.portals.office.people import sign_in
from trenza.apps.programmes.api import DefinitionDraft, DefinitionVersion, Programme, export_definition, load_definition
from trenza.core.definition import parse_definition, write_definition
from trenza.portals.office.definitions.reading import ASKED

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])

WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "0",
            "-1",
            "99999999999999999999",
            "1e400",
            "nan",
            "true",
            "sí",
            "2026-13-40",
            "9999-12-31",
            "0001-01-01T00:00",
            "2026-05-31T10:00+05:00",
            "a\x00b",
            "\ud800",
            "course",
            "confirmed",
            "all",
            "basico",
            "x" * 11_000,
            "\n\n",
            "²",
        ]
    ),
)
ITEM_PATHS = st.sampled_from(
    [
        "programme",
        "region/0",
        "track/0",
        "track/0/module/1",
        "edition/0",
        "organisation/nuevo",
        "call/nuevo",
        "rule/nuevo",
        "form/nuevo",
        "target/nuevo",
        "context/nuevo",
        "track/0/module/nuevo",
        "credential/nuevo",
        "follows/nuevo",
    ]
)
NAMES = st.sampled_from(
    [
        "code",
        "name",
        "summary",
        "iso",
        "languages",
        "adult_from",
        "roles",
        "completion",
        "level",
        "after",
        "requirement",
        "requirement.kind",
        "requirement.course",
        "requirement.by",
        "regions",
        "countries",
        "starts_on",
        "starts_day",
        "demonstration",
        "opens_at",
        "closes_at",
        "time_zone",
        "seats",
        "quota",
        "quota.0.region",
        "quota.0.seats",
        "quota.999.seats",
        "equals",
        "one_of",
        "at_least",
        "value",
        "from",
        "to",
        "year",
        "page",
        "choices",
    ]
)


@pytest.fixture
def scene(client: Client) -> tuple[str, Programme]:
    programme = load(GOOD)
    sign_in(client, coordinator_of(programme))
    return f"/oficina/programas/{programme.pk}/", programme


def draft_of(programme: Programme) -> DefinitionDraft | None:
    return DefinitionDraft.objects.filter(programme=programme).first()


@FEW
@given(path=ITEM_PATHS, posted=st.dictionaries(NAMES, st.lists(WORDS, max_size=3), max_size=8))
def test_any_form_is_answered(client: Client, scene: tuple[str, Programme], path: str, posted: dict[str, Any]):
    address, programme = scene
    draft = draft_of(programme)
    page = f"{address}editar/ficha/{path}/"
    was = client.get(page).context
    encodable = {name: [each.encode(errors="replace").decode() for each in values] for name, values in posted.items()}
    form = encodable | {
        ASKED: list(posted),
        "revision": draft.revision if draft else 0,
        "was": was["was"] if was else "",
    }

    assert client.post(page, form).status_code in (200, 302)
    for after in (
        page,
        f"{address}editar/",
        f"{address}vista/",
        f"{address}vista/pagina/",
        f"{address}region/",
        f"{address}juntar/",
    ):
        assert client.get(after).status_code in (200, 404), after
    assert client.get(f"{address}vista/").status_code == 200
    assert export_definition(programme) == write_definition(parse_definition(GOOD.encode()))


@FEW
@given(
    posted=st.dictionaries(
        st.sampled_from(
            ["revision", "number", "act", "latest", "name", "iso", "code", "edition", "call", "confirmed", "was"]
        ),
        WORDS.map(lambda word: word.encode(errors="replace").decode()),
    ),
    path=st.sampled_from(
        ["vista/", "juntar/", "region/", "subir/", "editar/lista/region/", "editar/lista/track/0/module/"]
    ),
)
def test_any_button_is_answered(client: Client, scene: tuple[str, Programme], posted: dict[str, str], path: str):
    address, _programme = scene

    assert client.post(f"{address}{path}", posted).status_code in (200, 302)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("rename"), st.integers(0, 2), st.text("abcñ 'é\"\\<&", min_size=1, max_size=12)),
        st.tuples(st.just("add"), st.integers(0, 2), st.text("abcdef", min_size=1, max_size=8)),
        st.tuples(st.just("up"), st.integers(0, 2), st.just("")),
        st.tuples(st.just("remove"), st.integers(1, 3), st.just("")),
    ),
    min_size=1,
    max_size=4,
)


@FEW
@given(steps=STEPS)
def test_what_is_exported_is_loaded_and_exported_again(client: Client, scene: tuple[str, Programme], steps: list[Any]):
    address, programme = scene
    section = "organisation"
    for act, number, words in steps:
        draft = draft_of(programme)
        revision = draft.revision if draft else 0
        if act == "rename" and client.get(page := f"{address}editar/ficha/{section}/{number}/").status_code == 200:
            client.post(page, form_of(client, page) | {"name": words})
        elif act == "add":
            page = f"{address}editar/ficha/{section}/nuevo/"
            client.post(page, form_of(client, page) | {"name": words, "roles": ["partner"]})
        else:
            client.post(f"{address}editar/lista/{section}/", {"revision": revision, "number": number, "act": act})
    page = f"{address}vista/"
    client.post(page, {"revision": client.get(page).context["working"].revision})

    exported = export_definition(programme)
    load_definition(definition=parse_definition(exported.encode()))

    assert export_definition(programme) == exported == write_definition(parse_definition(exported.encode()))
    newest = DefinitionVersion.objects.filter(programme=programme).latest("number")
    assert client.get(f"{address}versiones/{newest.number}/programme.toml").content.decode() == exported
