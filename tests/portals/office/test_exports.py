"""Exports: safe to open in a spreadsheet, and marked when the people in them do not exist."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.reader.excel import load_workbook

from tests.apps.admissions.examples import an_application
from tests.journal import journal
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Call
from trenza.portals.office import exporting
from trenza.portals.office.spreadsheets import FORMULA_STARTS, csv_lines, safe, write_xlsx

FORMULA = '=HYPERLINK("http://example.test","Ana")'


def as_csv(client: Client, address: str) -> list[dict[str, str]]:
    body = b"".join(client.get(f"{address}?export=csv").streaming_content)  # type: ignore[attr-defined]  # a stream
    return list(csv.DictReader(body.decode("utf-8-sig").splitlines()))


def as_xlsx(client: Client, address: str) -> list[list[Any]]:
    """The cells, a row each, the headings first."""
    body = b"".join(client.get(f"{address}?export=xlsx").streaming_content)  # type: ignore[attr-defined]  # a stream
    return [list(row) for row in load_workbook(BytesIO(body)).worksheets[0].iter_rows()]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "heading"), [("/oficina/inscripciones/", "Nombre"), ("/oficina/personas/", "Nombre")]
)
def test_formula_in_a_name_runs_nowhere(client: Client, address: str, heading: str):
    scene.an_enrolment(scene.a_scene_call(), 1, given_name=FORMULA, family_name="")
    sign_in(client, staff("coordinator", scope_kind="programme", scope=Call.objects.get().programme_id))

    [row] = as_csv(client, address)
    _, cells = as_xlsx(client, address)

    assert next(iter(row.values())) == "'" + FORMULA
    found = [cell for cell in cells if "HYPERLINK" in str(cell.value)]
    assert {(cell.value, cell.data_type, cell.quotePrefix) for cell in found} == {(FORMULA, "s", True)}
    assert {cell.data_type for cell in cells} & {"f", "e"} == set()


@given(st.text())
def test_safe_text_starts_no_formula(text: str):
    made = safe(text)

    assert not made.lstrip(" ").startswith(FORMULA_STARTS)
    assert made.removeprefix("'").endswith(text.removeprefix("'"))


@pytest.mark.parametrize("value", [0, -3, 2.5, None, True, datetime(2026, 1, 1, tzinfo=UTC)])
def test_safe_leaves_what_is_no_text(value: Any):
    assert safe(value) is value


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/oficina/inscripciones/", "/oficina/personas/"])
def test_export_marks_whoever_is_made_up(client: Client, address: str):
    call = scene.a_scene_call()
    scene.an_enrolment(call, 1, synthetic=True)
    scene.an_enrolment(call, 2)
    sign_in(client, staff("coordinator", scope_kind="programme", scope=call.programme_id))

    rows = as_csv(client, address)
    file = client.get(f"{address}?export=csv").headers["Content-Disposition"]

    marks = {row["Nombre"]: row["DATOS DE DEMOSTRACIÓN"] for row in rows}
    assert marks == {"Juana 1 Quispe": "DATOS DE DEMOSTRACIÓN", "Juana 2 Quispe": ""}
    assert 'filename="demostracion-' in file


@pytest.mark.django_db
def test_export_of_real_people_has_no_mark(client: Client):
    scene.an_enrolment(scene.a_scene_call(), 1)
    sign_in(client, staff("coordinator"))

    [row] = as_csv(client, "/oficina/inscripciones/")

    assert list(row) == [
        "Nombre", "Programa", "Edición", "Ruta", "Región", "Estado", "Inscrita", "Terminó", "En pausa hasta",
        "Grupo de edad", "Sexo",
    ]  # fmt: skip


@pytest.mark.django_db
def test_export_of_a_demonstration_marks_every_row(client: Client, settings: Any):
    settings.TRENZA_DEMONSTRATION = True
    scene.an_enrolment(scene.a_scene_call(), 1)
    sign_in(client, staff("coordinator"))

    [row] = as_csv(client, "/oficina/inscripciones/")

    assert row["DATOS DE DEMOSTRACIÓN"] == "DATOS DE DEMOSTRACIÓN"


@pytest.mark.django_db
def test_export_holds_what_the_filters_leave(client: Client):
    call = scene.a_scene_call()
    an_application(call, 1)
    an_application(call, 2, state="needs_help")
    sign_in(client, staff("coordinator"))

    body = b"".join(
        client.get("/oficina/solicitudes/", {"export": "csv", "state": "needs_help"}).streaming_content  # type: ignore[attr-defined]  # a stream
    ).decode()

    assert ("Juana 1" in body, "Juana 2" in body) == (False, True)


@pytest.mark.django_db
def test_moments_of_an_application_are_those_of_its_call(client: Client):
    application = an_application(scene.a_scene_call(), 1)
    sign_in(client, staff("coordinator"))

    _, cells = as_xlsx(client, "/oficina/solicitudes/")

    there = application.submitted_at.astimezone(application.call.zone).replace(tzinfo=None)
    assert [cell.value for cell in cells if cell.is_date] == [there]


@pytest.mark.django_db
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_export_is_written_down_with_how_many_rows_and_not_what_was_looked_for(client: Client, format: str):
    call = scene.a_scene_call()
    for n in (1, 2, 12):
        an_application(call, n)
    coordinator = staff("coordinator")
    sign_in(client, coordinator)

    b"".join(client.get("/oficina/solicitudes/", {"export": format, "q": "juana 1"}).streaming_content)  # type: ignore[attr-defined]  # a stream

    assert journal()[-1] == (
        "people.list_exported.v1",
        coordinator.pk,
        coordinator.pk,
        {"list": "applications", "format": format, "rows": 2},
    )


@pytest.mark.django_db
def test_workbook_that_would_be_too_long_is_refused_in_words_and_csv_is_not(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(exporting, "MOST_ROWS", 1)
    call = scene.a_scene_call()
    for n in (1, 2):
        an_application(call, n)
    sign_in(client, staff("coordinator"))

    refused = client.get("/oficina/solicitudes/", {"export": "xlsx", "state": "submitted"}, follow=True)

    assert refused.redirect_chain == [("/oficina/solicitudes/?state=submitted", 302)]
    assert [str(message) for message in refused.context["messages"]] == [
        "Una hoja admite hasta 1 048 575 filas y esta lista tiene más. Fíltrala o descarga el CSV."
    ]
    assert len(as_csv(client, "/oficina/solicitudes/")) == 2


@pytest.mark.django_db
def test_workbook_has_days_as_days_and_its_heading_stays(client: Client):
    scene.an_enrolment(scene.a_scene_call(), 1, birth_date=date(2001, 2, 3))
    sign_in(client, staff("coordinator"))

    body = b"".join(client.get("/oficina/personas/?export=xlsx").streaming_content)  # type: ignore[attr-defined]  # a stream
    sheet = load_workbook(BytesIO(body)).worksheets[0]

    assert sheet.freeze_panes == "A2"
    [born] = [cell for row in sheet.iter_rows() for cell in row if cell.value == datetime(2001, 2, 3)]  # noqa: DTZ001 (spreadsheets know no zones)
    assert (born.is_date, born.number_format) == (True, "yyyy-mm-dd")


def test_text_that_no_cell_holds_is_cut(tmp_path: Path):
    path = tmp_path / "long.xlsx"
    write_xlsx(path, ["Texto"], [["x" * 40_000], ["a\x00\x1b\ud800"[:3]], [""]])

    rows = [str(row[0].value) for row in load_workbook(path).worksheets[0].iter_rows(min_row=2)]

    assert (len(rows[0]), rows[0][-1]) == (32_767, "…")


def test_csv_starts_with_a_mark_for_excel():
    assert next(csv_lines(["Año"], [])) == b"\xef\xbb\xbfA\xc3\xb1o\r\n"
