"""Whatever is uploaded is read as a table, or refused with one clear sentence."""

import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.portals.office.books import ANA, HEADER, a_book, lines, packed, upload
from trenza.portals.field import sheets
from trenza.portals.field.sheets import Broken, Formula, SheetRefused, Table, read_table

KNOWS = ["nombre", "correo electronico"]


def read(content: bytes, name: str = "personas.xlsx") -> Table:
    return read_table(upload(content, name), knows=KNOWS, missing="Usa la plantilla")


def refusal(content: bytes, name: str = "personas.xlsx") -> str:
    with pytest.raises(SheetRefused) as refused:
        read(content, name)
    return str(refused.value)


def test_rows_stand_with_their_numbers_as_the_spreadsheet_shows_them():
    table = read(a_book([ANA, ("", ""), ("Eva",)]))

    assert (table.header.cells[0], table.sheet) == ("Nombre", "Personas")
    assert [(row.number, row.cells[0]) for row in table.rows] == [(2, "Ana"), (4, "Eva")]
    assert table.place(4, 27) == "AB4"


def test_dates_and_numbers_stay_what_they_are_and_formulas_are_not_worked_out():
    table = read(a_book([("Ana", date(1991, 3, 14), 71234567, "=1+1", True)]))

    name, day, *others = table.rows[0].cells[:5]
    assert (name, day.date(), others) == ("Ana", date(1991, 3, 14), [71234567, Formula(), True])


def test_hidden_sheets_are_not_read_and_said():
    table = read(a_book([ANA], hidden=["Borrador"]))

    assert table.sheet == "Personas"
    assert table.notes == ("La hoja «Borrador» está oculta y no se leyó.",)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_the_codings_that_say_what_they_are(coding: str, separator: str):
    table = read(lines(("Íñigo", "Peña"), separator=separator).encode(coding), "personas.csv")

    assert (table.rows[0].cells[:2], table.notes) == (("Íñigo", "Peña"), ())


def test_text_as_windows_writes_it_is_read_with_a_warning():
    table = read(lines(("Íñigo", "Peña")).encode("cp1252"), "personas.csv")

    assert table.rows[0].cells[:2] == ("Íñigo", "Peña")
    assert "se leyó como lo escribe Windows" in table.notes[0]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.xlsx", "está vacío"),
        (b"x" * (sheets.MOST_BYTES + 1), "a.csv", "más de 5 MB"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"...", "a.xls", "archivo antiguo de Excel"),
        (b"PK\3\4 nothing", "a.xlsx", "está dañado"),
        (b"hello", "a.xlsx", "está dañado"),
        (packed({"a.txt": b"x"}), "a.xlsx", "No es un libro"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "a.ods", "LibreOffice"),
        (packed({"xl/vbaProject.bin": b"x"}, a_book([ANA])), "a.xlsx", "macros"),
        (a_book([ANA]), "a.xlsm", "macros"),
        (packed({"xl/workbook.xml": b"<!DOCTYPE a><a/>"}, a_book([ANA])), "a.xlsx", "no debería tener"),
        (packed({"xl/workbook.xml": b"<a>"}, a_book([ANA])), "a.xlsx", "está dañado"),
        (packed({"xl/worksheets/sheet1.xml": b"<a"}, a_book([ANA])), "a.xlsx", "está dañado"),
        (packed({f"f{n}": b"" for n in range(sheets.MOST_FILES + 1)}, a_book([ANA])), "a.xlsx", "demasiado grande"),
        (a_book([ANA, ANA], merged="A3:B3"), "a.xlsx", "Las celdas A3:B3 de la hoja «Personas» están combinadas"),
        (a_book([]), "a.xlsx", "no tiene filas de personas"),
        (a_book([ANA], header=("x", "y")), "a.xlsx", "Usa la plantilla"),
        (b"a,b\n1,2\n", "a.csv", "Usa la plantilla"),
        (b'Nombre\n"abierta\n', "a.csv", "La línea 2 del archivo está rota"),
        (b"Nombre\nAn\0a\n", "a.csv", "no se pueden leer"),
        (b"\xef\xbb\xbfNombre\n\xff\n", "a.csv", "no se pueden leer"),
        (b"Nombre\n" + bytes([0x81]) + b"\n", "a.csv", "no se pueden leer"),
        (b"\xff\xfea", "a.csv", "no se pueden leer"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(content: bytes, name: str, said: str):
    assert said in refusal(content, name)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch):
    bomb = packed({"xl/worksheets/sheet9.xml": b"0" * (sheets.MOST_UNPACKED + 1)}, a_book([ANA]))

    def open_nothing(*_args: object, **_more: object) -> None:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "open", open_nothing)
    assert len(bomb) < sheets.MOST_BYTES
    assert "demasiado grande por dentro" in refusal(bomb)


def test_more_rows_than_may_be_kept_are_refused_whole():
    content = lines(*[("Ana", "Choque")] * (sheets.MOST_ROWS + 1)).encode()

    assert "más de 5.000 filas" in refusal(content, "a.csv")
    assert len(read(lines(*[("Ana", "Choque")] * sheets.MOST_ROWS).encode(), "a.csv").rows) == sheets.MOST_ROWS


def test_far_below_nothing_is_looked_for_and_it_is_said():
    content = lines(ANA) + "\r\n".join([","] * 1_200) + "\r\nEva,\r\n"

    table = read(content.encode(), "a.csv")

    assert [row.cells[0] for row in table.rows] == ["Ana"]
    assert table.notes == ("Debajo de la fila 2 hay mil filas vacías; lo que esté más abajo no se leyó.",)


def test_header_may_stand_below_a_title():
    assert read(b"Lista de mayo\n\nNombre,Correo\nAna,a@b.bo\n", "a.csv").rows[0].number == 4


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes):
    for name in ("a.xlsx", "a.csv"):
        with suppress(SheetRefused):
            read(content, name)


@given(st.integers(min_value=0, max_value=3_000), st.binary(min_size=1, max_size=4))
def test_a_workbook_that_was_cut_or_damaged_is_read_or_refused(at: int, noise: bytes):
    whole = a_book([ANA])
    for damaged in (whole[:at], whole[:at] + noise + whole[at + len(noise) :]):
        with suppress(SheetRefused):
            read(damaged)


def test_errors_of_a_spreadsheet_are_known():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Nombre</t></is></c></row>'
        b'<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row></sheetData></worksheet>'
    )

    table = read(packed({"xl/worksheets/sheet1.xml": sheet}, a_book([ANA])))

    assert table.rows[0].cells[0] == Broken()
    assert HEADER[0] == table.header.cells[0]
