"""Her sessions in a calendar: hers alone, and nobody's name."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import BEFORE, MONDAY, a_session, a_trainer, a_workshop, women
from trenza.apps.sessions.actions import cancel_session, sign_up
from trenza.apps.sessions.calendar import calendar_of
from trenza.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(db):
    with clock.travel(BEFORE):
        yield a_programme()


def events(person) -> list[tuple[str, str]]:
    found = Calendar.from_ical(calendar_of(person)).walk("VEVENT")
    return [(str(each["summary"]), str(each["status"])) for each in found]


def test_calendar_has_when_and_where_and_no_name(programme):
    [ana] = women(programme, "Ana")
    marta = a_trainer(programme)
    session = a_session(programme, by=marta, title="Redes, y más")

    content = calendar_of(ana.person)
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert (event["uid"], event["location"], event["summary"]) == (f"{session.pk}@trenza", "Biblioteca", "Redes, y más")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (MONDAY, MONDAY + timedelta(hours=2))
    assert b"DTSTART:20260302T140000Z" in content
    assert not any(name.encode() in content for name in ("Ana", "Marta", "Quispe"))
    assert calendar_of(ana.person) == content


def test_calendar_has_her_classes_and_the_workshops_in_which_she_has_a_place(programme):
    ana, eva = women(programme, "Ana", "Eva")
    marta = a_trainer(programme)
    a_session(programme, title="Clase")
    a_session(a_programme("otra"), title="De otra")
    a_session(programme, title="Pasada", starts_at=BEFORE - timedelta(days=31))
    workshop = a_session(programme, title="Taller", kind="workshop", workshop=a_workshop(programme), by=marta)
    sign_up(session=workshop, person=ana.person, by=None)
    cancel_session(session=workshop, by=None)

    assert events(ana.person) == [("Clase", "CONFIRMED"), ("Taller", "CANCELLED")]
    assert events(eva.person) == [("Clase", "CONFIRMED")]
    assert events(marta) == [("Taller", "CANCELLED")]


def test_calendar_takes_one_query(programme, django_assert_num_queries):
    [ana] = women(programme, "Ana")
    for _ in range(3):
        a_session(programme)
    with django_assert_num_queries(1):
        assert len(events(ana.person)) == 3
