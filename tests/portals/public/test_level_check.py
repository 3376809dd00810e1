"""Which level might suit her: light pages, no account, no script, and nothing kept."""

import gzip
import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.journal import journal
from tools.catalogue import ROOT
from trenza.apps.admissions.api import Call
from trenza.apps.learning.api import QUESTIONS, LevelBank, level_bank_of
from trenza.apps.learning.models import LevelCheck
from trenza.apps.programmes.api import Programme, load_definition
from trenza.core import clock
from trenza.core.definition import parse_definition, read_definition, write_definition

pytestmark = pytest.mark.django_db
ADDRESS = "/programas/tigo-conectadas/nivel/"
MOST_BYTES = 14_336


@pytest.fixture
def bank() -> LevelBank:
    programme = load_definition(
        definition=read_definition(ROOT / "programmes" / "tigo-conectadas"), today=clock.today("UTC")
    )
    Call.objects.update(published_at=clock.now() - timedelta(days=1))
    found = level_bank_of(programme)
    assert found is not None
    return found


def sheet_of(response: Any) -> str:
    return str(re.findall(r'name="sheet" value="([^"]*)"', response.content.decode())[0])


def asked(response: Any, bank: LevelBank) -> list[Any]:
    """The items of a page, by what they ask."""
    prompts = {item.prompt: item for item in bank.items}
    shown = re.findall(r"<legend>\d+\. (.*?)</legend>", response.content.decode(), re.DOTALL)
    return [prompts[html.unescape(each)] if each not in prompts else prompts[each] for each in shown]


def fill(response: Any, bank: LevelBank, levels: tuple[str, ...]) -> dict[str, str]:
    """Her answers to a page: what is right in these levels, and else that she does not know."""
    items = asked(response, bank)
    answers = {f"q{n}": "abcd"[item.right] if item.level in levels else "z" for n, item in enumerate(items)}
    return {"sheet": sheet_of(response), **answers}


def go_through(client: Client, bank: LevelBank, *levels: str) -> tuple[Any, list[int]]:
    """The last page, and how many questions each page before it had."""
    response = client.get(ADDRESS)
    many = []
    while b'name="sheet"' in response.content:
        assert len(gzip.compress(response.content)) <= MOST_BYTES
        many.append(len(asked(response, bank)))
        response = client.post(ADDRESS, fill(response, bank, levels))
        assert len(many) < 9
    return response, many


@pytest.mark.parametrize(
    ("knows", "level", "call"),
    [
        ((), "Nivel básico", "basico"),
        (("basic", "intermediate"), "Nivel intermedio", "intermedio"),
        (("basic", "intermediate", "advanced"), "Nivel avanzado", "avanzado"),
    ],
)
def test_last_page_says_which_level_fits_why_and_how_to_begin(client: Client, bank, knows, level, call):
    response, many = go_through(client, bank, *knows)

    said = response.content.decode()
    assert sum(many) == QUESTIONS
    assert f"<h1>Empieza aquí: {level}</h1>" in said
    assert (f"Supiste {response.context['right']} de 14." if knows else "Nos dijiste con franqueza") in said
    assert "Tú decides." in said
    first, others = said.split("¿Prefieres otro nivel?")
    assert f"/convocatorias/{call}/inscribirme/" in first
    for other in {"basico", "intermedio", "avanzado"} - {call}:
        assert f"/convocatorias/{other}/inscribirme/" in others
    assert len(gzip.compress(response.content)) <= MOST_BYTES


def test_nothing_of_her_is_kept(client: Client, bank):
    before = journal()

    go_through(client, bank, "basic")

    assert journal() == before
    assert dict(client.cookies) == {}


def test_page_tells_nothing_of_what_is_right(client: Client, bank):
    client.get(ADDRESS)
    one, other = (client.get(ADDRESS).content.decode() for _ in range(2))

    assert "right" not in one.split("<main")[1]
    assert one != other  # each time another form


def test_question_left_out_is_asked_again_and_the_others_stay_answered(client: Client, bank):
    page = client.get(ADDRESS)
    form = fill(page, bank, ("basic",))
    del form["q1"]

    again = client.post(ADDRESS, form)

    said = again.content.decode()
    assert "Falta una respuesta." in said
    assert asked(again, bank) == asked(page, bank)
    assert said.count(" checked") == 2
    assert sheet_of(again) == form["sheet"]


@pytest.mark.parametrize("value", ["", "y", "aa", "A", "é", "\x00", "1" * 5000])
def test_answer_that_is_none_is_asked_again(client: Client, bank, value):
    form = fill(client.get(ADDRESS), bank, ())

    assert "Falta una respuesta." in client.post(ADDRESS, {**form, "q0": value}).content.decode()


@pytest.mark.parametrize(
    "change", [lambda s: "", lambda s: s + "x", lambda s: "9" + s, lambda s: s * 50, lambda s: "::"]
)
def test_field_that_is_not_ours_begins_again(client: Client, bank, change):
    form = fill(client.get(ADDRESS), bank, ())

    response = client.post(ADDRESS, {**form, "sheet": change(form["sheet"])})

    assert "Empecemos otra vez" in response.content.decode()
    assert response.context["done"] == 0


def test_questions_that_were_changed_meanwhile_begin_again(client: Client, bank):
    form = fill(client.get(ADDRESS), bank, ())
    row = LevelCheck.objects.get()
    row.items = row.items[1:]
    row.save()

    assert "Empecemos otra vez" in client.post(ADDRESS, form).content.decode()


def test_level_without_an_open_call_says_so(client: Client, bank):
    Call.objects.filter(track__code="basico").update(retired_at=clock.now())

    response, _ = go_through(client, bank)

    assert "Hoy no hay inscripción para este nivel." in response.content.decode()


def test_programme_offers_it_where_it_has_one(client: Client, bank):
    assert ADDRESS in client.get("/programas/tigo-conectadas/").content.decode()

    LevelCheck.objects.all().delete()

    assert ADDRESS not in client.get("/programas/tigo-conectadas/").content.decode()
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS).status_code == 404
    assert client.get("/programas/nadie/nivel/").status_code == 404


def test_page_asks_the_same_few_queries_whatever_the_bank_holds(client: Client, bank, django_assert_num_queries):
    form = fill(client.get(ADDRESS), bank, ())

    with django_assert_num_queries(2):
        client.get(ADDRESS)
    with django_assert_num_queries(2):
        client.post(ADDRESS, form)


def test_definition_edited_without_its_folder_keeps_the_questions(bank):
    programme = Programme.objects.get()
    source = write_definition(read_definition(ROOT / "programmes" / "tigo-conectadas"))

    load_definition(definition=parse_definition(source.encode()), today=clock.today("UTC"))

    assert level_bank_of(programme) == bank


def test_definition_that_leaves_it_out_takes_it_back(bank):
    source = write_definition(read_definition(ROOT / "programmes" / "tigo-conectadas"))
    start = source.index("[level_check]")
    source = source[:start] + source[source.index("[[", start) :]

    load_definition(definition=parse_definition(source.encode()), today=clock.today("UTC"))

    assert not LevelCheck.objects.exists()
