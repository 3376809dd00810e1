"""`trenza form from-xlsform`: a workbook as a file, and files that are none."""

import io
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from tests.apps.forms.xlsform.test_reading import CHOICES, SURVEY
from tests.core.definition.examples import GOOD, problems
from trenza.cli.forms import form

SHEETS: dict[str, list[dict[str, str]]] = {"survey": SURVEY, "choices": CHOICES}


def workbook(path: Path, sheets: dict[str, list[dict[str, str]]] = SHEETS) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            columns = sorted({column for row in rows for column in row})
            sheet.write_row(0, 0, columns)
            for number, row in enumerate(rows, 1):
                for index, column in enumerate(columns):
                    sheet.write_string(number, index, row.get(column, ""))
    return path


def run(path: Path, *more: str) -> Result:
    return CliRunner().invoke(form, ["from-xlsform", str(path), *more])


def test_a_workbook_becomes_a_form_that_the_checker_takes(tmp_path: Path):
    done = run(workbook(tmp_path / "forma.xlsx"), "--code", "beca", "--language", "es")

    assert done.exit_code == 0, done.stderr
    [made] = tomllib.loads(done.stdout)["form"]
    assert (made["code"], len(made["page"])) == ("beca", 3)
    assert problems(f"{GOOD}\n{done.stdout}") == []
    assert "survey:14: Un formulario nuestro no puede pedir “geopoint”." in done.stderr


def test_what_odk_would_refuse_is_said(tmp_path: Path):
    survey = [{"type": "text", "name": "a b", "label": "A"}]

    done = run(workbook(tmp_path / "forma.xlsx", {"survey": survey}))

    assert "pyxform: " in done.stderr


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<x/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return file.getvalue()


def entities() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
    return file.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"hola", b"PK\3\4", bomb(), entities(), b"\xd0\xcf\x11\xe0", b"x" * (5 * 1024 * 1024 + 1)]
)
def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(tmp_path: Path, content: bytes):
    path = tmp_path / "forma.xlsx"
    path.write_bytes(content)

    done = run(path)

    assert (done.exit_code, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1


def test_formulas_and_long_sheets_are_not_worked_out(tmp_path: Path):
    path = tmp_path / "forma.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("survey")
        sheet.write_row(0, 0, ["type", "name", "label"])
        sheet.write_row(1, 0, ["text", "a"])
        sheet.write_formula(1, 2, '=HYPERLINK("http://example.org")')
    made: Any = tomllib.loads(run(path).stdout)
    assert made["form"][0]["page"][0]["question"] == [{"code": "a", "type": "text", "label": "a", "required": False}]

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("survey")
        for number in range(6_000):
            sheet.write_row(number, 0, ["type", "name"])
    assert "5,000" in run(path).stderr
