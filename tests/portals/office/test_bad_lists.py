"""Lists of people as they come from the world: enormous, in other codings, with formulas, days of many kinds, columns
that stand twice. Each has a clear answer, nothing is lost, and the same list a second time changes nothing."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.db import models
from django.test import Client

from tests.apps.admissions.examples import a_call, region_of
from tests.portals.office.books import ANA, HEADER, a_book, lines
from tests.portals.office.people import sign_in, staff
from tests.portals.office.test_people_import import confirm, names, send, states
from trenza.apps.admissions.api import Application, EligibilityOutcome, Judgement
from trenza.apps.forms.api import Response
from trenza.apps.people.api import Account, ImportRow, PeopleImport, Person
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db
ASKED = "¿Tienes correo electrónico?"
BORN = date(1991, 3, 14)


@pytest.fixture
def office(client: Client) -> Client:
    sign_in(client, staff("administrator"))
    return client


def answer_to(office: Client, content: bytes, name: str) -> str:
    """What the page says of a file that is not read."""
    [sentence] = send(office, content, name).context["form"].errors["file"]
    assert not PeopleImport.objects.exists()
    return str(sentence)


def a_million_rows() -> bytes:
    """A workbook of a million rows in some 100 KB, with names in the first column of each."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(a_book([ANA]))) as real,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in set(real.namelist()) - {"xl/worksheets/sheet1.xml"}:
            made.writestr(name, real.read(name))
        sheet = real.read("xl/worksheets/sheet1.xml").decode()
        start, end = sheet.index('<row r="2"'), sheet.index("</sheetData>")
        with made.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(sheet[:start].encode())
            for first in range(2, 1_000_002, 10_000):
                rows = (f'<row r="{n}"><c r="A{n}"><v>7</v></c></row>' for n in range(first, first + 10_000))
                part.write("".join(rows).encode())
            part.write(sheet[end:].encode())
    return content.getvalue()


def test_a_million_rows_are_refused_in_a_sentence(office: Client):
    workbook, text = a_million_rows(), lines().encode() + b"a\r\n" * 1_000_000

    assert len(workbook) < 5 * 1024 * 1024
    for content, name in ((workbook, "a.xlsx"), (text, "a.csv")):
        assert "más de 5.000 filas" in answer_to(office, content, name).replace("5000", "5.000")
    assert "más de 5 MB" in answer_to(office, lines().encode() + b"ana,,,,,,\r\n" * 1_000_000, "a.csv")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_names_come_in_whole_from_every_coding(office: Client, coding: str):
    row = ("Íñigo", "Peña Núñez", "nunez@ejemplo.bo", "", "", "", "México")

    send(office, lines(row).encode(coding), "personas.csv")
    confirm(office)
    work_until_done()

    hers = Account.objects.get(email="nunez@ejemplo.bo").person
    assert (hers.given_name, hers.family_name, hers.country) == ("Íñigo", "Peña Núñez", "MX")


@pytest.mark.parametrize(
    "content",
    [lines(ANA).encode("utf-16-le"), lines(("Ñ", "P", "a@b.bo")).encode("cp500"), b"\xff\xfe\x00", b"\xef\xbb\xbf\xff"],
)
def test_letters_that_cannot_be_read_are_told_and_none_is_guessed(office: Client, content: bytes):
    assert answer_to(office, content, "personas.csv")


def test_formulas_are_worked_out_by_nobody_and_told_by_their_cell(office: Client):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ANA)
        sheet.write_row(2, 0, ("Eva", "Paz", "eva@ejemplo.bo"))
        sheet.write_formula(2, 1, '=HYPERLINK("http://example.test","Paz")', value="Paz")
    send(office, content.getvalue())
    send(office, lines(ANA, ("=1+1", "Paz", "eva@ejemplo.bo", "", "", "", "")).encode(), "personas.csv")

    told = [problem for row in ImportRow.objects.filter(state="problem") for problem in row.problems]
    assert sorted(each.partition(":")[0] for each in told) == ["Celda A3", "Celda B3"]
    assert all("fórmula" in each for each in told)
    assert [state for _number, state in states()].count("ready") == 2


def test_days_of_five_kinds_are_one_day(office: Client):
    kinds: list[Any] = [date(1991, 3, 14), 33311, "1991-03-14", "14/3/1991", "14 de marzo de 1991"]
    book = a_book([("Ana", "", f"a{n}@ejemplo.bo", "", born) for n, born in enumerate(kinds)])
    text = lines(*[("Eva", "", f"e{n}@ejemplo.bo", "", str(born), "", "") for n, born in enumerate(kinds)])

    for content, name in ((book, "a.xlsx"), (text.encode(), "a.csv")):
        send(office, content, name)
        confirm(office)
        work_until_done()

    assert set(Person.objects.filter(accounts__email__endswith="@ejemplo.bo").values_list("birth_date")) == {(BORN,)}
    assert len(names()) == 10


@pytest.mark.parametrize("written", ["03/14/1991", "14/03/91", "1991", "hoy", "31/02/1991", "14/03/2191"])
def test_days_that_could_be_others_are_asked_again(office: Client, written: str):
    send(office, lines(("Ana", "", "ana@ejemplo.bo", "", written, "", "")).encode(), "personas.csv")

    [row] = ImportRow.objects.all()
    assert row.problems == ["Celda E2: la fecha no se entiende. Escribe día, mes y año, como 14/03/1991."]


def test_of_columns_that_stand_twice_nothing_is_lost(office: Client):
    header = ("Nombre", "Apellidos", "Correo electrónico", "Celular", "Teléfono")
    rows = [
        ("Ana", "", "ana@ejemplo.bo", "71234567", ""),
        ("Eva", "", "eva@ejemplo.bo", "", "72345678"),
        ("Sol", "", "sol@ejemplo.bo", "73456789", "73456789"),
        ("Luz", "", "luz@ejemplo.bo", "74567890", "75678901"),
    ]

    send(office, a_book(rows, header=header))

    kept = {
        row.details["given_name"]: (row.state, row.details.get("phone"), row.problems)
        for row in ImportRow.objects.all()
    }
    assert kept == {
        "Ana": ("ready", "71234567", []),
        "Eva": ("ready", "72345678", []),
        "Sol": ("ready", "73456789", []),
        "Luz": (
            "problem",
            "74567890",
            ["Celda D5: la columna está dos veces y dice otra cosa en la celda E5. Deja una sola."],
        ),
    }


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows that an import makes."""
    made: Iterator[type[models.Model]] = iter((Person, Account, Application, Response, EligibilityOutcome, Judgement))
    return {each.__name__: list(each._default_manager.order_by("pk").values_list()) for each in made}


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_same_list_a_second_time_changes_nothing(office: Client, kind: str):
    call = a_call()
    header = [*HEADER, ASKED]
    rows = [
        (*ANA, "sí"),
        ("Eva", "Mamani", "eva@ejemplo.bo", "", "1/2/2005", "", "", "no"),
        ("", "Paz", "p@ejemplo.bo"),
    ]
    text = lines(*[(*row, *[""] * (len(header) - len(row))) for row in rows], header=header)
    content = a_book(rows, header=header) if kind == "xlsx" else text.encode()
    where = {"call": call.pk, "region": region_of(call).pk}

    def bring_in() -> PeopleImport:
        send(office, content, f"personas.{kind}", **where)
        confirm(office)
        work_until_done()
        return PeopleImport.objects.latest("uploaded_at")

    first = bring_in()
    before = everything()
    second = bring_in()

    assert ((first.brought_in, first.known), (second.brought_in, second.known)) == ((2, 0), (0, 2))
    assert everything() == before
    assert len(before["Application"]) == 2
