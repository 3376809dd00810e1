"""Facts without persons: what was held, and how those who were marked stood."""

from datetime import timedelta

import pytest

from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import AFTER, BEFORE, MONDAY, a_session, a_trainer, women
from trenza.apps.sessions.actions import Said, cancel_session, mark_attendance
from trenza.apps.sessions.measures import attendances, sessions_held
from trenza.core import clock
from trenza.core.facts import Count

pytestmark = pytest.mark.django_db


def test_sessions_held_and_marks_by_kind(django_assert_num_queries):
    with clock.travel(BEFORE):
        programme = a_programme()
        marta = a_trainer(programme)
        session = a_session(programme, by=marta)
        ana, eva = women(programme, "Ana", "Eva")
        other = a_session(programme, by=marta)
        a_session(programme)  # to which nobody came
        ahead = a_session(programme, by=marta, starts_at=MONDAY + timedelta(days=9))
        marks = {ana.person_id: Said("excused", "care"), eva.person_id: Said("late")}
        for each in (session, ahead):
            mark_attendance(session=each, marks=marks, by=marta)
        mark_attendance(session=session, marks={eva.person_id: Said("absent")}, by=a_trainer(programme, name="Eva"))
        mark_attendance(session=other, marks={eva.person_id: Said("present")}, by=marta)
        cancel_session(session=other, by=marta)
    with clock.travel(AFTER):
        held = sessions_held(programme.pk, [BEFORE, AFTER])
        with django_assert_num_queries(3):
            facts = list(attendances(programme.pk))

    edition = programme.editions.get().pk
    assert held == [Count(edition=edition, region=None, period=0, synthetic=False, number=1)]
    assert sorted((fact.day, fact.mark) for fact in facts) == [
        (MONDAY.date(), "conflict"),
        (MONDAY.date(), "excused"),
        (MONDAY.date() + timedelta(days=9), "excused"),
        (MONDAY.date() + timedelta(days=9), "late"),
    ]
    assert {(fact.programme, fact.edition, fact.kind, fact.synthetic) for fact in facts} == {
        (programme.pk, edition, "class", False)
    }
