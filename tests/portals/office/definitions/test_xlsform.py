"""A workbook that was written for ODK: seen as it would be asked, told row by row, and taken into her draft."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cli.test_forms import bomb, entities, workbook
from tests.portals.office.books import packed
from tests.portals.office.definitions.scenes import load, signed_in
from trenza.apps.programmes.api import DefinitionDraft, Programme
from trenza.core.definition import MAX_BYTES, examine_definition, parse_definition

pytestmark = pytest.mark.django_db
OLD = Path(__file__).parents[3] / "apps" / "forms" / "xlsform" / "old.xls"


@pytest.fixture
def programme() -> Programme:
    return load()


@pytest.fixture
def address(client: Client, programme: Programme) -> str:
    """The address of the page, with who coordinates the programme signed in."""
    return f"{signed_in(client, programme)}xlsform/"


@pytest.fixture
def book(tmp_path: Path) -> bytes:
    return workbook(tmp_path / "forma.xlsx").read_bytes()


def a_book(survey: list[dict[str, str]], tmp_path: Path, **more: list[dict[str, str]]) -> bytes:
    return workbook(tmp_path / "otra.xlsx", {"survey": survey, **more}).read_bytes()


def look(client: Client, address: str, content: bytes, name: str = "forma.xlsx", **more: str) -> Any:
    return client.post(address, {"file": SimpleUploadedFile(name, content), **more})


def take(client: Client, address: str, seen: Any, **changes: Any) -> Any:
    context = seen.context
    posted = {"form": context["carried"], "into": context["into"], "revision": context["working"].revision}
    return client.post(address, posted | changes, follow=True)


def forms() -> dict[str, Any]:
    [definition, _problems] = examine_definition(DefinitionDraft.objects.get().source.encode())
    return {each["code"]: each for each in definition.data["form"]}


def test_what_she_would_be_asked_and_what_is_lost_are_seen_before_anything_is_kept(
    client: Client, address: str, book: bytes
):
    seen = look(client, address, book)

    body = seen.content.decode()
    for words in (
        "¿Cómo te llamas?",
        "Toma cinco minutos.",
        "Lunes",
        "Solo si en “¿Tienes correo?”",
        "Pregunta 6 cosas",
    ):
        assert words.replace("Pregunta 6 cosas", "Hace 6 preguntas") in body, words
    assert ("survey", 14, "Un formulario nuestro no puede pedir “geopoint”.") in [
        (each.sheet, each.row, each.text[:48]) for each in seen.context["told"]
    ]
    assert DefinitionDraft.objects.count() == 0


def test_the_form_that_she_saw_goes_into_her_draft_beside_what_was_there(client: Client, address: str, book: bytes):
    seen = look(client, address, book)

    done = take(client, address, seen)

    kept = forms()
    assert set(kept) == {*[each["code"] for each in seen.context["working"].data["form"]], "formulario"}
    assert kept["formulario"] == seen.context["placed"].form.model_dump(exclude_defaults=True)
    assert done.redirect_chain[0][0].endswith(f"/editar/ficha/form/{len(kept) - 1}/")
    assert "está en tu borrador" in done.content.decode()

    again = take(client, address, look(client, address, book))
    assert set(forms()) - set(kept) == {"formulario-2"}
    assert again.status_code == 200


def test_in_place_of_another_it_keeps_its_code_and_what_fills_her_record(
    client: Client, address: str, programme: Programme, tmp_path: Path
):
    old = next(each for each in parse_definition(load_source(programme)).data["form"] if each["code"] == "beca")
    questions = [question for each in old["page"] for question in each["question"]]
    born, lives = (next(each for each in questions if each.get("fills") == it) for it in ("birth_date", "region"))
    survey = [
        {"type": "date", "name": born["code"], "label": "¿Tu cumpleaños?", "required": "yes"},
        {"type": "text", "name": lives["code"], "label": "¿Tu región?"},
    ]

    seen = look(client, address, a_book(survey, tmp_path), into="beca")
    gone = [each["label"] for each in questions if each["code"] not in (born["code"], lives["code"])]
    assert list(seen.context["placed"].gone) == gone
    take(client, address, seen)

    [only] = forms()["beca"]["page"]
    assert [(each["label"], each["type"], each["fills"]) for each in only["question"]] == [
        ("¿Tu cumpleaños?", "date", "birth_date"),
        ("¿Tu región?", "region", "region"),
    ]


def load_source(programme: Programme) -> bytes:
    return programme.versions.get().source.encode()


def test_what_keeps_the_definition_from_being_published_is_told_before(client: Client, address: str, tmp_path: Path):
    seen = look(client, address, a_book([{"type": "text", "name": "a", "label": "A"}], tmp_path), into="beca")

    assert seen.context["placed"].problems
    assert "Lo que tendrías que corregir antes de publicar" in seen.content.decode()


def test_a_draft_that_was_saved_elsewhere_is_not_overwritten(client: Client, address: str, book: bytes):
    seen = look(client, address, book)
    take(client, address, look(client, address, book, into="beca"))

    again = take(client, address, seen)

    assert "No se perdió nada" in again.content.decode()
    assert "formulario" not in forms()
    take(client, address, again)
    assert "formulario" in forms()


def test_a_form_that_is_gone_is_replaced_by_nothing(client: Client, address: str, book: bytes):
    answer = look(client, address, book, into="no-hay")

    assert answer.context["wrong"] == [
        "El formulario al que iba a reemplazar ya no está en tu borrador. Elige de nuevo."
    ]


def test_formulas_and_columns_that_were_not_read_are_told(client: Client, address: str):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as made:
        sheet = made.add_worksheet("survey")
        sheet.write_row(0, 0, ["type", "name", "label", "hint", "media::image", "label"])
        sheet.write_row(1, 0, ["text", "a", "¿A?", "", "foto.jpg", "Otra"])
        sheet.write_formula(1, 3, "=1+1", value=2)

    seen = look(client, address, content.getvalue())

    told = [(each.sheet, each.row, each.text.partition(" ")[0]) for each in seen.context["told"]]
    assert told == [("survey", 1, "“label”"), ("survey", 2, "“hint”"), ("survey", 2, "“media::image”")]


def test_an_old_workbook_is_read_too(client: Client, address: str):
    seen = look(client, address, OLD.read_bytes(), "forma.xls")

    assert [each.label for each in seen.context["placed"].form.questions] == ["¿Cómo te llamas?", "¿Tienes correo?"]


def many_rows() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as made:
        sheet = made.add_worksheet("survey")
        sheet.write_row(0, 0, ["type", "name"])
        for number in range(1, 200_000):
            sheet.write_string(number, 0, "text")
    return content.getvalue()


def with_macros(content: bytes) -> bytes:
    return packed({"xl/vbaProject.bin": b"x"}, content)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.xlsx", "está vacío"),
        (b"hola", "a.xlsx", "está dañado"),
        (b"PK\3\4", "a.xlsx", "está dañado"),
        (b"type,name\ntext,a", "a.csv", "está dañado"),
        (bomb(), "a.xlsx", "demasiado grande por dentro"),
        (entities(), "a.xlsx", "no debería tener"),
        (many_rows(), "a.xlsx", "más de 5000 filas"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, "a.xls", "está dañado, o tiene contraseña"),
        (OLD.read_bytes()[:3_000], "a.xls", "está dañado, o tiene contraseña"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "_VBA_PROJECT".encode("utf-16-le"), "a.xls", "macros"),
        (b"x" * (5 * 1024 * 1024 + 1), "a.xlsx", "más de 5 MB"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(
    client: Client, address: str, content: bytes, name: str, said: str
):
    answer = look(client, address, content, name)

    [sentence] = answer.context["wrong"]
    assert (answer.status_code, said in sentence) == (200, True), sentence
    assert DefinitionDraft.objects.count() == 0


def test_macros_in_a_workbook_are_refused(client: Client, address: str, book: bytes):
    [sentence] = look(client, address, with_macros(book)).context["wrong"]

    assert "macros" in sentence


@pytest.mark.parametrize(
    "survey",
    [
        [{"type": "geopoint", "name": "a", "label": "A"}],
        [{"type": "text", "name": f"a{n}", "label": "A"} for n in range(201)],
        [{"type": "note", "name": "a", "label": "A"}] * 3,
    ],
)
def test_a_workbook_without_questions_for_us_is_refused(
    client: Client, address: str, survey: list[dict[str, str]], tmp_path: Path
):
    assert len(look(client, address, a_book(survey, tmp_path)).context["wrong"]) == 1


def test_a_form_that_makes_the_definition_too_large_is_refused(client: Client, address: str, tmp_path: Path):
    survey = [{"type": "text", "name": f"a{n}", "label": "A", "hint": "ayuda " * 330} for n in range(150)]

    [sentence] = look(client, address, a_book(survey, tmp_path)).context["wrong"]

    assert "256 KB" in sentence
    assert MAX_BYTES == 256 * 1024


@pytest.mark.parametrize(
    "form",
    ["", "{}", "[]", "null", "{" * 5_000, '{"code":"a"}', '{"code":"\\ud800"}', "\0", json.dumps({"x": 1})],
)
def test_what_a_page_never_sent_is_refused(client: Client, address: str, form: str):
    answer = client.post(address, {"form": form, "revision": "0"})

    assert answer.context["wrong"] == ["Esta página cambió por el camino. Sube el archivo otra vez."]
    assert DefinitionDraft.objects.count() == 0


def test_odd_signs_in_what_is_sent_break_nothing(client: Client, address: str, book: bytes):
    data = json.loads(look(client, address, book).context["carried"])
    data["title"] = "Uno \u0000 \u0007 dos"

    answer = client.post(address, {"form": json.dumps(data), "revision": "0"}, follow=True)

    assert answer.status_code == 200


def test_list_of_forms_leads_there(client: Client, address: str):
    body = client.get(address.replace("xlsform/", "editar/lista/form/")).content.decode()

    assert f'href="{address}"' in body


def test_choices_and_language_are_hers(client: Client, address: str, tmp_path: Path):
    survey = [{"type": "text", "name": "a", "label::Español (es)": "¿Sí?", "label::Quechua (qu)": "¿Arí?"}]

    seen = look(client, address, a_book(survey, tmp_path), language="qu")

    assert [each.label for each in seen.context["placed"].form.questions] == ["¿Arí?"]
