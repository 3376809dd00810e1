"""A list that a partner kept: uploaded, looked at, decided where it is doubtful, confirmed once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.apps.programmes.examples import a_person, an_enrolment
from tests.apps.sessions.examples import MONDAY, a_session, women
from tests.portals.office.books import a_book, upload
from tests.portals.office.people import staff
from tests.portals.trainer.test_sessions import address, browser, marks
from trenza.apps.people.api import Account, Person
from trenza.apps.programmes.api import Programme
from trenza.apps.sessions.api import MOST_LISTED, Session, WalkIn
from trenza.core import clock

pytestmark = pytest.mark.django_db
HEADER = ("Documento", "Nombres y apellidos", "Celular", "Asistencia")


@pytest.fixture(autouse=True)
def monday():
    with clock.travel(MONDAY + timedelta(hours=3)):
        yield


@pytest.fixture
def session(marta) -> Session:
    return a_session(Programme.objects.get(), by=marta)


def look(client: Client, session: Session, *rows: tuple[Any, ...], header: tuple[str, ...] = HEADER) -> Any:
    """The page after the upload."""
    return client.post(address(session, "outside"), {"file": upload(a_book(rows, header=header), "lista.xlsx")})


def confirm(client: Client, session: Session, page: Any, **said: str) -> str:
    fields = {"rows": page.context["kept"], "seen": page.context["listed"].digest}
    fields |= {name.replace("_", "-"): value for name, value in said.items()}
    return client.post(address(session, "outside_confirm"), fields, follow=True).content.decode()


def test_list_is_looked_at_decided_and_confirmed_and_the_same_list_again_changes_nothing(marta, session):
    programme = session.edition.programme
    women(programme, "Ana", "Berta", "Carla", "Carla")
    eva = an_enrolment(programme, person=a_person("Eva"), region=programme.regions.get(code="norte")).person
    other_eva = an_enrolment(programme, person=a_person("Eva")).person
    Account.objects.create(person=other_eva, phone="+59171234567", created_at=clock.now())
    client = browser(marta)
    rows = [
        (1, "QUISPE ANA", "", "P"),
        (2, "Berta Kispe", "", "presente"),  # misspelt
        (3, "Eva Quispe", 71234567, "Falta"),  # of two, the one with this number
        (4, "Eva Quispe", "", "P"),
        (5, "Luz Mamani", "", "x"),  # new
        (6, "Rosa Nadie", "", "falta"),
        (7, "Carla Quispe", "", "x"),  # of two, nobody knows which
        (8, "Ana Quispe", "", "tarde"),
        (9, "Berta Quispe", "", ""),
    ]
    page = look(client, session, *rows)
    assert [(row.number, row.problem) for row, _ in page.context["doubtful"]] == [
        *((1, "named_twice"), (2, "unknown_name"), (4, "several_with_the_name"), (5, "unknown_name")),
        *((6, "unknown_name"), (7, "several_with_the_name"), (8, "named_twice")),
    ]
    assert ([row.number for row, _ in page.context["clear"]], page.context["passed"]) == ([3], 1)
    candidates = {
        row.number: [(each.name, each.where) for each in row.candidates] for row in page.context["listed"].rows
    }
    assert candidates[2][0] == ("Berta Quispe", "")
    assert sorted(candidates[4]) == [("Eva Quispe", ""), ("Eva Quispe", "norte")]
    assert [row.may_be_new for row, _ in page.context["doubtful"]] == [True, True, True, True, False, True, True]
    assert "documento" not in page.content.decode().lower()
    assert marks(session) == {}

    berta, ana = (Person.objects.get(given_name=name) for name in ("Berta", "Ana"))
    said = confirm(
        client, session, page, who_1=ana.pk.hex, who_2=berta.pk.hex, who_4=eva.pk.hex, who_5="new", who_6="new"
    )  # fmt: skip
    assert "Guardado. Marcas nuevas: 5. Filas que quedaron fuera: 3." in said
    luz = WalkIn.objects.get()
    assert (luz.given_name, luz.family_name) == ("Luz Mamani", "")
    expected = {"Ana": "present", "Berta": "present"}
    assert {name: mark for name, mark in marks(session).items() if name != "Eva"} == expected
    standing = {row.person: row.standing.mark for row in client.get(address(session)).context["rows"] if row.standing}
    assert (standing[other_eva.pk], standing[eva.pk], standing[luz.pk]) == ("absent", "present", "present")

    page = look(client, session, *rows)
    said = confirm(client, session, page, who_1=ana.pk.hex, who_2=berta.pk.hex, who_4=eva.pk.hex)
    assert "Guardado. Marcas nuevas: 0." in said
    assert WalkIn.objects.count() == 1


def test_marks_that_nobody_understands_are_said_by_her_and_nobody_else_is_chosen(marta, session):
    women(session.edition.programme, "Ana")
    stranger = a_person("Zoe")
    client = browser(marta)
    page = look(client, session, ("", "Ana Quispe", "", "a veces"), ("", "Nadie Nunca", "", "=1+1"))
    assert [row.problem for row, _ in page.context["doubtful"]] == ["unknown_mark", "unknown_name"]
    said = confirm(client, session, page, who_1=stranger.pk.hex, who_2=stranger.pk.hex, mark_2="present", mark_9="late")
    assert ("Marcas nuevas: 0" in said, marks(session)) == (True, {})
    assert "Marcas nuevas: 1" in confirm(client, session, page, mark_1="late")
    assert marks(session) == {"Ana": "late"}

    page = look(client, session, ("Ana", "Quispe"), header=("Nombre", "Apellidos"))
    assert "entendemos que vinieron todas" in page.content.decode()
    women(session.edition.programme, "Ana")
    assert "no se guardó nada" in confirm(client, session, page)
    assert marks(session) == {"Ana": "late"}


def test_what_is_no_list_is_refused_with_a_sentence(marta, session):
    client = browser(marta)
    for content, words in (
        (a_book([("Ana",)], header=("Participa",)), "No encontramos una columna"),
        (b"", "está vacío"),
        (b"PK\x03\x04 nonsense", "está dañado"),
        (a_book([(f"Ana {n}",) for n in range(MOST_LISTED + 1)], header=("Nombre",)), "tiene más de 200 filas"),
    ):
        page = client.post(address(session, "outside"), {"file": upload(content, "lista.xlsx")})
        assert (page.status_code, words in page.content.decode()) == (200, True)
    assert "Elige un archivo" in client.post(address(session, "outside")).content.decode()
    for rows in ("", "[[", "[[1,2]]", '[["Ana\\u0000","x","",""]]', "[" * 5_000, '[["Ana\\ud800","x","",""]]'):
        page = client.post(address(session, "outside_confirm"), {"rows": rows, "seen": "x"}, follow=True)
        assert "no se pudo leer" in page.content.decode().lower()
    nosy = browser(staff("trainer"))
    assert browser(staff(None)).get(address(session, "outside")).status_code == 403
    elsewhere = a_session(Programme.objects.get(), by=None)
    assert nosy.get(address(elsewhere, "outside")).status_code == 200  # everywhere is her scope


def test_list_is_shown_in_a_fixed_number_of_queries(marta, session):
    client = browser(marta)
    look(client, session, (1, "Nadie", "", ""))
    counts = []
    for names in (("Ana",), ("Berta", "Carla", "Eva")):
        women(session.edition.programme, *names)
        with CaptureQueriesContext(connection) as queries:
            look(client, session, *((1, f"{name} Quispe", "71234567", "x") for name in names))
        counts.append(len(queries))
    assert counts[0] == counts[1]
