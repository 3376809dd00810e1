"""Many at once: real threads, a connection each, everything committed. On SQLite and on PostgreSQL."""

from functools import partial

import pytest

from tests.apps.admissions.test_concurrency import at_once
from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import BEFORE, a_session, a_trainer, women
from trenza.apps.sessions.actions import Said, mark_attendance, settle_attendance, sign_up
from trenza.apps.sessions.errors import Full, HeadsMoved
from trenza.apps.sessions.heads import standings
from trenza.apps.sessions.models import Mark, Settlement, SignUp
from trenza.core import clock
from trenza.core.journal import check

pytestmark = pytest.mark.django_db(transaction=True)


def travelling(act, **given):
    """A job in a thread, which has a clock of its own."""

    def job():
        with clock.travel(BEFORE):
            return act(**given)

    return job


def test_places_are_never_more_than_there_are():
    with clock.travel(BEFORE):
        programme = a_programme()
        session = a_session(programme, capacity=3)
        people = [each.person for each in women(programme, *"ABCDEFGH")]

    happened = at_once([travelling(sign_up, session=session, person=person, by=person) for person in people])

    assert happened == {SignUp: 3, Full: 5}
    assert SignUp.objects.count() == 3


def test_marks_of_several_at_once_are_each_an_entry_and_one_settlement_holds():
    with clock.travel(BEFORE):
        programme = a_programme()
        session = a_session(programme)
        ana, eva = (each.person_id for each in women(programme, "Ana", "Eva"))
        trainers = [a_trainer(programme, name=name) for name in ("Marta", "Olga")]
    said = [Said("present"), Said("absent")]
    job = partial(travelling, mark_attendance, session=session)
    jobs = [
        job(marks={person: said[number]}, by=trainer)
        for number, trainer in enumerate(trainers)
        for person in (ana, eva)
        for _ in range(2)
    ]

    assert at_once(jobs) == {int: 8}
    assert Mark.objects.count() == Mark.objects.filter(superseded=False).count() == 4
    standing = standings([session.pk])[session.pk, ana]
    seen = [head.identity for head in standing.heads]
    settle = partial(travelling, settle_attendance, session=session, person=ana, seen=seen)
    assert at_once([settle(mark="present", by=trainer) for trainer in trainers]) == {Settlement: 1, HeadsMoved: 1}
    assert check() == []
