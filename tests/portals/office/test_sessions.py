"""Sessions in the office: how many came, how each stands and who marked it, and what is told to whom."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.apps.places.examples import a_centre
from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import MONDAY, a_session, a_trainer, women
from tests.portals.office.people import sign_in, staff
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Programme
from trenza.apps.sessions.api import Said, Session, add_trainer, cancel_session, mark_attendance, remove_trainer
from trenza.core import clock

pytestmark = pytest.mark.django_db
LIST = "/oficina/sesiones/"


@pytest.fixture(autouse=True)
def after():
    with clock.travel(MONDAY + timedelta(hours=3)):
        yield


@pytest.fixture
def programme(db) -> Programme:
    return a_programme()


@pytest.fixture
def session(programme) -> Session:
    """Ana came, Berta was late, Carla did not come, Dora had to work, and about Eva two do not agree."""
    marta, olga = a_trainer(programme), a_trainer(programme, name="Olga")
    made = a_session(programme, by=marta, centre=a_centre(region="norte").pk)
    ana, berta, carla, dora, eva = (each.person_id for each in women(programme, "Ana", "Berta", "Carla", "Dora", "Eva"))
    said = {ana: Said("present"), berta: Said("late"), carla: Said("absent"), dora: Said("excused", "work")}
    mark_attendance(session=made, marks={**said, eva: Said("present")}, by=marta)
    mark_attendance(session=made, marks={eva: Said("absent")}, by=olga)
    return made


def browser(role: str, programme: Programme, scope: str = "programme") -> Client:
    client = Client()
    ids: dict[str, Any] = {"programme": programme.pk, "edition": programme.editions.get().pk}
    sign_in(client, staff(role, scope_kind=scope, scope=ids[scope]))
    return client


def exported(client: Client, **filters: str) -> list[dict[str, str]]:
    content = b"".join(client.get(LIST, {"export": "csv", **filters}).streaming_content)  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_list_and_export_have_the_figures_and_their_filters(session, programme):
    a_session(programme, starts_at=MONDAY + timedelta(days=9), title="Otra")
    client = browser("auditor", programme)

    [other, row] = exported(client)
    figures = ("Presentes", "Llegaron tarde", "Ausentes", "Con permiso", "No coinciden", "Asistencia (por ciento)")
    assert [row[each] for each in ("Sesión", *figures, "Minutos")] == [
        *("Hojas de cálculo", "1", "1", "1", "1", "1", "67", "120")
    ]
    assert (other["Sesión"], other["Asistencia (por ciento)"]) == ("Otra", "")
    north = programme.regions.get(code="norte").pk
    for filters, found in (
        ({"centre": session.centre}, ["Hojas de cálculo"]),
        ({"region": north}, ["Hojas de cálculo"]),
        ({"region": programme.regions.get(code="sur").pk}, []),
        ({"starts_at_from": "2026-03-05"}, ["Otra"]),
        ({"edition": session.edition_id, "q": "otra"}, ["Otra"]),
    ):
        assert [
            each["Sesión"] for each in exported(client, **{key: str(value) for key, value in filters.items()})
        ] == found
    page = client.get(LIST).content.decode()
    assert "Tenía que trabajar" not in page


def test_page_says_how_each_stands_who_marked_it_and_the_reason_to_its_keepers_alone(session, programme):
    address = f"{LIST}{session.pk}/"
    page = browser("coordinator", programme).get(address)
    lines = {line.name: line for line in page.context["lines"]}
    assert [str(lines[f"{name} Quispe"].mark) for name in ("Ana", "Berta", "Carla", "Dora")] == [
        *("Presente", "Llegó tarde", "Ausente", "Con permiso")
    ]
    eva = lines["Eva Quispe"]
    assert (eva.conflict, [(str(mark), name) for mark, name in eva.marks]) == (
        True,
        [("Presente", "Marta Quispe"), ("Ausente", "Olga Quispe")],
    )
    assert "Tenía que trabajar" in page.content.decode()

    page = browser("auditor", programme).get(address)
    assert (page.context["keeps"], "Ana Quispe" in page.content.decode()) == (False, True)
    assert "Tenía que trabajar" not in page.content.decode()
    stranger = browser("auditor", a_programme("otro"))
    assert (stranger.get(address).status_code, exported(stranger)) == (404, [])


def test_hours_are_those_of_sessions_that_were_given(session, programme):
    marta, olga = (Person.objects.get(given_name=name) for name in ("Marta", "Olga"))
    add_trainer(session=session, person=olga, substitute=True, by=None)
    a_session(programme, by=marta, starts_at=MONDAY - timedelta(days=7), minutes=45)
    cancel_session(session=a_session(programme, by=marta), by=None)
    a_session(programme, by=marta, starts_at=MONDAY + timedelta(days=1))
    gone = a_session(programme, by=olga)
    remove_trainer(trainer=gone.trainers.get(), by=None)
    client = browser("auditor", programme)

    def told(**filters: str) -> list[list[str]]:
        content = b"".join(client.get(f"{LIST}horas/", {"export": "csv", **filters}).streaming_content)  # type: ignore[attr-defined]
        return [[*row.values()] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]

    assert told() == [["Marta Quispe", "2", "2.75", "0.0"], ["Olga Quispe", "1", "2.0", "2.0"]]
    assert told(starts_at_to="2026-02-25") == [["Marta Quispe", "1", "0.75", "0.0"]]
    assert told(edition=str(a_programme("otro").editions.get().pk)) == told()  # not hers to choose
    assert "Marta Quispe" in client.get(f"{LIST}horas/").content.decode()
    assert browser("trainer", programme).get(f"{LIST}horas/").status_code == 403


def test_page_takes_as_many_queries_for_five_women_as_for_one(session, programme):
    client = browser("coordinator", programme)
    address = f"{LIST}{session.pk}/"
    client.get(address)
    counts = []
    for names in ((), ("Fani", "Gaby", "Hilda")):
        marks = {each.person_id: Said("late") for each in women(programme, *names)}
        mark_attendance(session=session, marks=marks, by=Person.objects.get(given_name="Marta"))
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
