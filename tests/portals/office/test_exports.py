"""Exports: safe to open in a spreadsheet, and marked when the people in them do not exist."""

import csv
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.reader.excel import load_workbook

from tests.apps.admissions.examples import an_application
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Call
from trenza.portals.office.spreadsheets import FORMULA_STARTS, safe

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
        "Nombre", "Programa", "Edición", "Ruta", "Región", "Estado", "Inscrita", "Terminó", "Grupo de edad", "Sexo",
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
