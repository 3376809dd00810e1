"""Her sessions: a place in a workshop, and saying that she is there."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.apps.programmes.examples import a_programme, an_enrolment
from tests.apps.sessions.examples import MONDAY, a_session, a_trainer, a_workshop
from tests.portals.office.people import sign_in, staff
from trenza.apps.people.api import Person
from trenza.apps.sessions.api import Session, SignUp, cancel_session, give_code, sign_up, standings
from trenza.core import clock

pytestmark = pytest.mark.django_db
ADDRESS = "/mi/sesiones/"


@pytest.fixture
def rosa(db) -> Person:
    return staff(None)


@pytest.fixture
def workshop(rosa) -> Session:
    programme = a_programme()
    an_enrolment(programme, person=rosa)
    made = a_workshop(programme)
    return a_session(programme, by=a_trainer(programme), kind="workshop", workshop=made, capacity=1)


@pytest.fixture
def her(rosa) -> Client:
    client = Client()
    sign_in(client, rosa)
    return client


def at(minutes: int):
    """So many minutes after the workshop began."""
    return clock.travel(MONDAY + timedelta(minutes=minutes))


def post(her: Client, session: Session, verb: str, **fields: str) -> str:
    return her.post(f"{ADDRESS}{session.pk}/{verb}/", fields, follow=True).content.decode()


def test_she_takes_a_place_and_gives_it_back_and_a_second_tap_does_no_harm(her, rosa, workshop):
    with at(-600):
        assert "Voy a ir" in her.get(ADDRESS).content.decode()
        for _ in range(2):
            assert "Tienes tu lugar. Te esperamos." in post(her, workshop, "apuntarme")
        assert "No puedo ir" in her.get(ADDRESS).content.decode()
        assert SignUp.objects.filter(person=rosa, withdrawn_at=None).count() == 1
        for _ in range(2):
            assert "Tu lugar queda libre" in post(her, workshop, "dejar")
    assert SignUp.objects.filter(withdrawn_at=None).count() == 0


def test_full_or_cancelled_workshop_says_so(her, workshop):
    with at(-600):
        other = an_enrolment(workshop.edition.programme).person
        sign_up(session=workshop, person=other, by=None)
        assert "Ya no hay lugares." in her.get(ADDRESS).content.decode()
        assert "Ya no hay lugares. Pregunta a tu formadora" in post(her, workshop, "apuntarme")
        cancel_session(session=workshop, by=None)
        assert "Esta sesión ya no recibe a nadie más." in post(her, workshop, "apuntarme")
        assert "No tienes sesiones en los próximos días." in her.get(ADDRESS).content.decode()


def test_she_says_with_the_code_that_she_is_there(her, rosa, workshop):
    trainer = workshop.trainers.get().person
    with at(5):
        code = give_code(session=workshop, by=trainer)
        wrong = "000000" if code != "000000" else "111111"
        assert "Ese no es el código de esta sesión ahora." in post(her, workshop, "llegue", code=wrong)
        assert "El código tiene seis cifras." in post(her, workshop, "llegue", code="12a")
        assert standings([workshop.pk]) == {}
        assert "Anotado: estás aquí." in post(her, workshop, "llegue", code=f"{code[:3]} {code[3:]}")

    assert standings([workshop.pk])[workshop.pk, rosa.pk].mark == "present"


def test_code_is_asked_for_only_while_the_session_lasts(her, workshop):
    for minutes, asked in ((-31, False), (-29, True), (149, True), (151, False)):
        with at(minutes):
            assert ("Estoy aquí" in her.get(ADDRESS).content.decode()) is asked


def test_many_wrong_codes_end_in_words(her, workshop):
    with at(5):
        said = [post(her, workshop, "llegue", code="123456") for _ in range(12)]

    assert "Hubo muchos intentos seguidos. Pide a tu formadora que te marque." in said[-1]


def test_her_sessions_go_into_the_calendar_of_her_phone(her, rosa, workshop):
    with at(-600):
        sign_up(session=workshop, person=rosa, by=None)
        found = her.get("/mi/sesiones.ics")

    assert found["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"SUMMARY:Hojas de c" in found.content
    assert rosa.family_name.encode() not in found.content
    assert Client().get("/mi/sesiones.ics").status_code == 302


def test_session_that_is_not_for_her_is_not_there(her):
    other = a_session(a_programme(code="otro"))

    for verb in ("apuntarme", "llegue"):
        assert her.post(f"{ADDRESS}{other.pk}/{verb}/").status_code == 404
    assert Client().get(ADDRESS).status_code == 302


def test_page_asks_as_much_with_one_session_as_with_three(her, workshop, django_assert_num_queries):
    with at(-600):
        her.get(ADDRESS)
        with django_assert_num_queries(6) as asked:
            her.get(ADDRESS)
        for days in (1, 2):
            a_session(workshop.edition.programme, starts_at=MONDAY + timedelta(days=days))
        with django_assert_num_queries(len(asked)):
            her.get(ADDRESS)
