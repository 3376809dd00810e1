"""The exchange with NetAcad: a list of who is to be enrolled, and a gradebook from the file to the certificate."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.apps.credentials.examples import a_template
from tests.journal import journal
from tests.portals.office import scene
from tests.portals.office.books import a_book, upload
from tests.portals.office.people import sign_in, staff
from trenza.apps.credentials.api import Credential, Gradebook, GradebookRow
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, ExternalCourse, Module, RequirementMet
from trenza.core import clock
from trenza.core.journal import work_until_done
from trenza.portals.field.sheets import Row, Table
from trenza.portals.office.elsewhere.grade_cells import GradeReader

pytestmark = pytest.mark.django_db
NETACAD = "/oficina/netacad/"


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


class World:
    """A track of one module that a course of NetAcad meets, and women with and without an address in two regions."""

    def __init__(self) -> None:
        self.call = scene.a_scene_call()
        track = self.call.tracks_offered[0]
        Module.objects.filter(track=track).exclude(code="uno").delete()
        a_template(self.call.programme)
        self.course = ExternalCourse.objects.create(
            module=track.modules.get(), code="conecta", name="Get Connected", provider="Cisco", pass_score=70
        )
        self.pair = f"{self.call.edition_id.hex}-{self.course.pk.hex}"
        self.numbers = iter(range(10, 1_000))

    def woman(self, name: str, email: str = "", region: str = "el-alto", **more: Any) -> Enrolment:
        made = scene.an_enrolment(self.call, next(self.numbers), region, given_name=name, **more)
        made.person.accounts.all().delete()
        if email:
            made.person.accounts.create(email=email, created_at=clock.now())
        return made

    def send(self, client: Client, content: bytes, name: str = "gradebook.csv") -> Any:
        return client.post(NETACAD, {"pair": self.pair, "file": upload(content, name)}, follow=True)


def sections(answer: Any) -> dict[str, int]:
    return {str(state): count for state, _words, count, _rows in answer.context["sections"]}


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_list_has_the_columns_that_the_platform_takes_and_names_who_has_no_address(client: Client):
    world = World()
    world.woman("=HYPERLINK(1)", "ana@ejemplo.bo")
    world.woman("Ñusta", "nusta@ejemplo.bo")
    world.woman("Sinela")
    world.woman("Lejana", "lejos@ejemplo.bo", "oruro")
    done = world.woman("Terminada", "fin@ejemplo.bo")
    RequirementMet.objects.create(enrolment=done, module=world.course.module, met_at=clock.now())
    sign_in(client, scene.coordinator_of(world.call))

    page = client.get(f"{NETACAD}inscribir/{world.pair}/").content.decode()
    assert ("2 mujeres se pueden inscribir allá." in page, "1 no tiene correo" in page, "Sinela" in page) == (True,) * 3
    answer = client.get(f"{NETACAD}inscribir/{world.pair}/lista.csv")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a stream

    assert not content.startswith(b"\xef\xbb\xbf")
    family = done.person.family_name
    assert list(csv.reader(io.StringIO(content.decode()))) == [
        ["First Name", "Last Name", "Email"],
        ["'=HYPERLINK(1)", family, "ana@ejemplo.bo"],
        ["Ñusta", family, "nusta@ejemplo.bo"],
    ]
    assert journal()[-1][3] == {"list": "netacad", "format": "csv", "rows": 2}


FILE = """Student Name;Student E-mail;Quiz 1;Course Completion;Final Score
Eva Mamani;EVA@Ejemplo.bo ;10;Yes;88,5
Ana Choque;ana@ejemplo.bo;9;No;70
Iris Condori;iris@ejemplo.bo;9;In Progress;69,99
Desconocida Total;otra@ejemplo.bo;9;Completed;91
Eva Otra Vez;eva@ejemplo.bo;1;Yes;50
Rara;rara@ejemplo.bo;;quizás;cien
"""


@pytest.mark.parametrize(
    "content",
    [
        FILE.encode(),
        b"\xef\xbb\xbf" + FILE.encode(),
        FILE.encode("utf-16"),
        FILE.encode("cp1252"),
        FILE.replace("88,5", '"88,5"').replace("69,99", '"69,99"').replace(";", ",").encode(),
        FILE.replace(";", "\t").encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "windows", "commas", "tabs"],
)
def test_gradebook_goes_from_the_file_to_the_certificate_once(client: Client, content: bytes):
    world = World()
    eva, ana = world.woman("Eva", "eva@ejemplo.bo"), world.woman("Ana", "ana@ejemplo.bo")
    iris = world.woman("Iris", "iris@ejemplo.bo")
    sign_in(client, scene.coordinator_of(world.call))

    looked = world.send(client, content)
    assert sections(looked) == {"ready": 2, "unmatched": 1, "odd": 1, "twice": 1, "not_passed": 1}
    work_until_done()
    assert list(RequirementMet.objects.all()) == []

    book = Gradebook.objects.get()
    for _twice in range(2):
        client.post(f"{NETACAD}notas/{book.pk}/aplicar/")
        work_until_done()

    assert set(RequirementMet.objects.values_list("enrolment", flat=True)) == {eva.pk, ana.pk}
    assert {each.person for each in Credential.objects.all()} == {eva.person, ana.person}
    applied = client.get(f"{NETACAD}notas/{book.pk}/")
    assert sections(applied)["done"] == 2
    waits = GradebookRow.objects.get(state="unmatched")
    page = client.get(f"{NETACAD}filas/{waits.pk}/?q=iris")
    assert [each.person.given_name for each in page.context["candidates"]] == ["Iris"]
    linked = client.post(f"{NETACAD}filas/{waits.pk}/unir/", {"enrolment": iris.pk}, follow=True)
    assert "su módulo está cumplido." in said(linked)[0]
    work_until_done()
    assert Credential.objects.count() == 3
    again = world.send(client, content)
    assert sections(again) == {"met": 3, "odd": 1, "twice": 1, "not_passed": 1}
    entries = len(journal())
    client.post(f"{NETACAD}notas/{Gradebook.objects.latest('uploaded_at').pk}/borrar/")
    assert (Gradebook.objects.count(), len(journal())) == (1, entries)


def test_workbook_is_read_as_well(client: Client):
    world = World()
    world.woman("Eva", "eva@ejemplo.bo")
    sign_in(client, scene.coordinator_of(world.call))
    book = a_book([("Eva", "eva@ejemplo.bo", 71.5)], header=("Nombre", "Correo electrónico", "Nota final"))

    assert sections(world.send(client, book, "notas.xlsx")) == {"ready": 1}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vacío"),
        (b"\0\1\2", "no se pueden leer"),
        (b"a,b,c\n1,2,3\n", "ninguna columna conocida"),
        (b"Final Score,Quiz\n80,1\n", "de quién es la fila"),
        (b"Email,Quiz\na@b.bo,1\n", "quién completó"),
        (b"Email,Final Score\n", "no tiene filas"),
        (b"Email,Final Score\n" + b"a@b.bo,80\n" * 20_001, "más de 20.000 filas"),
        (b"PK\x03\x04nothing", "dañado"),
        (b"Email,Final Score\n" + b"x" * (5 * 1024 * 1024), "más de 5 MB"),
    ],
)
def test_file_that_cannot_be_read_gets_a_sentence(client: Client, content: bytes, words: str):
    world = World()
    sign_in(client, scene.coordinator_of(world.call))

    answer = world.send(client, content)

    assert answer.status_code == 200
    errors = " ".join(map(str, answer.context["form"].errors.get("file", []))).replace("20,000", "20.000")
    assert words in errors
    assert list(Gradebook.objects.all()) == []


def test_edition_of_others_is_no_choice(client: Client):
    world = World()
    sign_in(client, staff("coordinator", scope_kind="programme", scope=scene.other_call().programme_id))

    answer = client.post(NETACAD, {"pair": world.pair, "file": upload(FILE.encode(), "a.csv")})

    assert "pair" in answer.context["form"].errors
    assert client.get(f"{NETACAD}inscribir/{world.pair}/").status_code == 404


def test_row_is_set_aside_with_a_reason(client: Client):
    world = World()
    sign_in(client, scene.coordinator_of(world.call))
    world.send(client, FILE.encode())
    book = Gradebook.objects.get()
    client.post(f"{NETACAD}notas/{book.pk}/aplicar/")
    row = GradebookRow.objects.filter(state="unmatched").order_by("number").last()
    assert row is not None
    address = f"{NETACAD}filas/{row.pk}/"

    assert client.post(address, {"reason": "no"}).context["form"].errors
    assert said(client.post(address, {"reason": "Es de otro programa."}, follow=True)) == ["La fila se dejó de lado."]
    for wrong in ("", "x", str(row.pk)):
        assert client.post(f"{address}unir/", {"enrolment": wrong}).status_code == 404
    assert Person.objects.filter(given_name="Desconocida").count() == 0


def read(header: list[Any], *rows: list[Any]) -> Any:
    table = Table(Row(1, tuple(header)), [Row(number, tuple(row)) for number, row in enumerate(rows, 2)])
    return GradeReader(table)


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        ("Yes", True), ("SÍ", True), ("si", True), ("Completado", True), ("✓", True), ("100%", True), (True, True),
        (1, True), ("2026-03-14", True), ("14/03/2026", True), (date(2026, 3, 14), True),
        ("", False), ("No", False), ("In Progress", False), ("en curso", False), ("99%", False), ("-", False),
        (None, False), (False, False), (0, False), ("quizás", None), ("31/31/2026", None),
    ],
)  # fmt: skip
def test_completion_is_said_in_many_ways(flag: Any, expected: bool | None):
    [row] = read(["E-mail", "Completed"], ["a@b.bo", flag]).rows()

    assert (None if row.problem else row.completed) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("85", 85), ("85.5", 85.5), ("85,5", 85.5), ("85 %", 85), ("85/100", 85), (85, 85), (85.25, 85.25), ("", None),
        ("-", None), ("N/A", None), (None, None), ("0", 0), ("100", 100), ("101", "odd"), ("A", "odd"), ("-5", "odd"),
        ("1e9", "odd"), (True, "odd"), (float("nan"), "odd"), (float("inf"), "odd"),
    ],
)  # fmt: skip
def test_score_is_of_a_hundred(cell: Any, expected: Any):
    [row] = read(["Correo", "Puntaje final"], ["a@b.bo", cell]).rows()

    assert ("odd" if row.problem else row.score) == expected


def test_first_of_two_columns_that_mean_the_same_counts_and_is_told():
    reader = read(["Email", "Score", "Final Score"], ["a@b.bo", "10", "90"])

    assert reader.rows()[0].score == 10
    assert "Final Score" in reader.notes[0]


def test_names_in_two_columns_are_one():
    [row] = read(["First Name", "Last Name", "Final Grade"], ["Eva", "Mamani", "80"]).rows()

    assert (row.name, row.email, row.problem) == ("Eva Mamani", "", "")
