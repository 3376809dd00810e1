"""Who came, for those who may know it; and what is for whom."""

from datetime import timedelta

import pytest

from tests.apps.places.examples import a_centre
from tests.apps.programmes.examples import a_person, a_programme
from tests.apps.sessions.examples import AFTER, BEFORE, MONDAY, a_session, a_trainer, women
from trenza.apps.people.api import Permission, reach_of
from trenza.apps.places.api import CentreDetails, add_members, open_centre
from trenza.apps.sessions import rules
from trenza.apps.sessions.actions import (
    Said,
    cancel_session,
    capture_walk_in,
    mark_attendance,
    sign_up,
    withdraw_sign_up,
)
from trenza.apps.sessions.heads import standings
from trenza.apps.sessions.models import SessionTrainer
from trenza.apps.sessions.queries import (
    Figures,
    attendance_of,
    figures_of,
    places_taken,
    session_taken_part,
    sessions_about,
    sessions_for,
    timetable,
    walk_ins_to_see_to,
)
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(db):
    with clock.travel(BEFORE):
        yield a_programme()


@pytest.fixture
def marta(programme):
    return a_trainer(programme)


def test_attendance_is_by_name_with_who_was_not_marked(programme, marta):
    session = a_session(programme)
    ana, eva, zoe = women(programme, "Ana", "Eva", "Zoe")
    sign_up(session=session, person=eva.person, by=None)
    luz = capture_walk_in(session=session, given_name="Luz", by=marta)
    mark_attendance(session=session, marks={ana.person_id: Said("late"), luz.pk: Said("present")}, by=marta)

    rows = attendance_of(session, marta)
    assert [(row.person, row.name, row.walk_in, row.standing and row.standing.mark) for row in rows] == [
        (ana.person_id, "Ana Quispe", False, "late"),
        (eva.person_id, "Eva Quispe", False, None),
        (luz.pk, "Luz", True, "present"),
        (zoe.person_id, "Zoe Quispe", False, None),  # to a class comes whoever is enrolled
    ]
    assert session_taken_part(session, [ana.person_id, eva.person_id, zoe.person_id]) == {ana.person_id}


def test_to_a_workshop_in_a_centre_comes_who_is_of_the_centre(programme, marta):
    ana, _ = women(programme, "Ana", "Berta")
    details = CentreDetails(code="aqui", name="Aquí", country="BO", time_zone="America/La_Paz")
    centre = open_centre(details=details, by=None)
    add_members(centre=centre, persons=[ana.person], by=None)

    here, elsewhere = (a_session(programme, by=marta, kind="workshop", centre=at) for at in (centre.pk, None))

    assert [each.name for each in attendance_of(here, marta)] == ["Ana Quispe"]
    assert attendance_of(elsewhere, marta) == []


def test_reason_is_for_who_keeps_the_session(programme, marta):
    session = a_session(programme)
    [ana] = women(programme, "Ana")
    mark_attendance(session=session, marks={ana.person_id: Said("excused", "safety")}, by=marta)
    auditor = a_trainer(programme, name="Olga", role="auditor")

    assert [row.reason for row in attendance_of(session, marta)] == ["safety"]
    assert [row.reason for row in attendance_of(session, auditor)] == [""]


def test_attendance_takes_as_many_queries_for_three_as_for_one(programme, marta, django_assert_num_queries):
    session = a_session(programme)
    ana, *three = women(programme, "Ana", "Bea", "Eva", "Luz")
    mark_attendance(session=session, marks={ana.person_id: Said("excused", "care")}, by=marta)
    with django_assert_num_queries(10):
        attendance_of(session, marta)
    mark_attendance(session=session, marks={each.person_id: Said("excused", "care") for each in three}, by=marta)

    with django_assert_num_queries(10):
        assert len(attendance_of(session, marta)) == 4


def test_excused_leave_the_denominator(programme, marta):
    session = a_session(programme)
    everybody = women(programme, "Ana", "Bea", "Eva", "Luz", "Zoe")
    said = dict(
        zip([each.person_id for each in everybody], ["present", "late", "absent", "excused", "absent"], strict=True)
    )
    mark_attendance(session=session, marks={person: Said(mark) for person, mark in said.items()}, by=marta)
    zoe = everybody[-1].person_id
    mark_attendance(session=session, marks={zoe: Said("present")}, by=a_trainer(programme, name="Eva"))

    figures = figures_of(standings([session.pk]).values())
    assert figures == Figures(came=2, late=1, absent=1, excused=1, conflicts=1)
    assert figures.share == 2 / 3
    assert figures_of([]).share is None


def test_timetable_is_what_she_reads_in_order(programme, marta, django_assert_num_queries):
    later = a_session(programme, starts_at=MONDAY + timedelta(days=7))
    first = a_session(programme)
    a_session(a_programme("otra"))
    for enrolment in women(programme, "Ana", "Eva"):
        sign_up(session=first, person=enrolment.person, by=None)

    assert list(timetable(marta)) == [first, later]
    assert places_taken([first.pk, later.pk]) == {first.pk: 2, later.pk: 0}
    assert list(timetable(marta, since=MONDAY + timedelta(days=1))) == [later]
    assert list(timetable(marta, until=MONDAY + timedelta(days=1))) == [first]
    assert list(timetable(a_person("Rosa"))) == list(timetable(None)) == []
    query = timetable(marta)
    with django_assert_num_queries(1):
        assert {each.edition.programme.code for each in query} == {"prueba"}


def test_sessions_for_her_are_those_of_her_tracks_that_are_to_come(programme):
    [ana] = women(programme, "Ana")
    session = a_session(programme)
    cancelled = a_session(programme)
    cancel_session(session=cancelled, by=None)
    a_session(a_programme("otra"))

    assert list(sessions_for(ana.person)) == [session]
    assert list(rules.sessions_to_sign_up.which(ana.person)) == [session]
    with clock.travel(AFTER):
        assert list(sessions_for(ana.person)) == []
        assert list(rules.own_sessions.which(ana.person)) == [session, cancelled]


def test_sessions_about_her_are_those_in_which_she_has_a_part(programme, marta):
    signed, marked, given, walked = (a_session(programme, by=marta) for _ in range(4))
    a_session(programme)
    [ana] = women(programme, "Ana")
    withdraw_sign_up(sign_up=sign_up(session=signed, person=ana.person, by=None), by=None)
    mark_attendance(session=marked, marks={ana.person_id: Said("absent")}, by=marta)
    SessionTrainer.objects.create(session=given, person=ana.person, added_at=BEFORE)
    luz = capture_walk_in(session=walked, given_name="Luz", by=marta)

    assert sessions_about(ana.person_id) == {signed.pk, marked.pk, given.pk}
    assert sessions_about(luz.pk) == {walked.pk}


def test_sessions_that_she_gives_are_hers_while_she_has_a_role(programme):
    session = a_session(a_programme("otra"))
    marta, rosa = a_trainer(programme), a_person("Rosa")
    for each in (marta, rosa):
        SessionTrainer.objects.create(session=session, person=each, added_at=BEFORE)

    assert rules.kept_sessions.allows(marta, session)
    assert not rules.kept_sessions.allows(rosa, session)


def test_who_reads_and_who_keeps(programme):
    session = a_session(programme)
    people = {role: a_trainer(programme, role=role) for role in ("trainer", "coordinator", "auditor", "mentor")}
    people["administrator"] = a_trainer(programme, role="administrator", scope="all")

    may = {
        role: (rules.readable_sessions.allows(person, session), rules.kept_sessions.allows(person, session))
        for role, person in people.items()
    }
    assert may == {
        "trainer": (True, True),
        "coordinator": (True, True),
        "auditor": (True, False),
        "mentor": (False, False),
        "administrator": (True, True),
    }
    assert reach_of(people["auditor"], Permission.SESSION_KEEP).by_kind == {}


def test_region_has_the_sessions_of_its_programme_in_its_centres(programme):
    norma = a_trainer(programme, name="Norma", role="coordinator", scope="region")
    north, south = a_centre("norte-1", region="norte").pk, a_centre("sur-1", region="sur").pk
    here = a_session(programme, centre=north)
    elsewhere = [a_session(programme, centre=south), a_session(programme)]
    others = a_session(a_programme("otra"), centre=north)

    assert list(rules.readable_sessions.which(norma)) == [here]
    assert [rules.readable_sessions.allows(norma, each) for each in (here, *elsewhere, others)] == [True, *[False] * 3]


def test_walk_ins_to_see_to_are_those_that_could_not_be_registered(programme, marta):
    session = a_session(programme)
    capture_walk_in(session=session, given_name="Luz", by=marta)
    young = capture_walk_in(session=session, given_name="Pía", age_band="under_16", by=marta)
    work_until_done()

    assert list(walk_ins_to_see_to(marta)) == [young]
    assert list(walk_ins_to_see_to(a_person("Rosa"))) == []
