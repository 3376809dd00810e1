"""Attending a workshop meets the module that it stands for, once she may."""

import pytest

from tests.apps.programmes.examples import a_person, a_programme, an_enrolment, module
from tests.apps.sessions.examples import MONDAY, a_session, a_trainer, a_workshop, women
from trenza.apps.programmes.api import RequirementMet, meet_requirement, withdraw_enrolment
from trenza.apps.sessions.actions import Said, mark_attendance, settle_attendance, sign_up
from trenza.apps.sessions.heads import standings
from trenza.apps.sessions.models import SignUp
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(db):
    with clock.travel(MONDAY):
        yield a_programme(unlock="free")


@pytest.fixture
def marta(programme):
    return a_trainer(programme)


def a_dated(programme, **values):
    return a_session(programme, kind="workshop", workshop=a_workshop(programme, **values))


def attended(session, marta, *people, what="present"):
    mark_attendance(session=session, marks={each.person_id: Said(what) for each in people}, by=marta)
    work_until_done()


def met() -> list[tuple[str, str]]:
    rows = RequirementMet.objects.order_by("enrolment__person__given_name", "module__code")
    return list(rows.values_list("enrolment__person__given_name", "module__code"))


@pytest.mark.parametrize(("what", "meets"), [("present", True), ("late", True), ("absent", False), ("excused", False)])
def test_who_came_has_met_the_module(programme, marta, what, meets):
    session = a_dated(programme)
    ana, _ = women(programme, "Ana", "Eva")
    attended(session, marta, ana, what=what)

    assert met() == ([("Ana", "dos")] if meets else [])
    assert [row.evidence for row in RequirementMet.objects.all()] == [session.pk] * meets


def test_workshop_without_a_module_and_a_class_meet_nothing(programme, marta):
    [ana] = women(programme, "Ana")
    attended(a_session(programme), marta, ana)
    attended(a_dated(programme, module=None), marta, ana)

    assert met() == []


def test_conflict_meets_nothing_until_it_is_settled(programme, marta):
    session = a_dated(programme)
    [ana] = women(programme, "Ana")
    mark_attendance(session=session, marks={ana.person_id: Said("absent")}, by=a_trainer(programme, name="Eva"))
    attended(session, marta, ana)
    assert met() == []
    [standing] = standings([session.pk]).values()
    seen = [head.identity for head in standing.heads]
    settle_attendance(session=session, person=ana.person_id, mark="present", seen=seen, by=marta)
    work_until_done()

    assert met() == [("Ana", "dos")]


def test_module_that_is_locked_is_met_once_it_opens(marta, programme):
    ordered = a_programme("otra")
    session = a_dated(ordered)
    [ana] = women(ordered, "Ana")
    attended(session, a_trainer(ordered, name="Eva"), ana)
    assert met() == []
    meet_requirement(enrolment=ana, module=module(ana, "uno"))
    work_until_done()

    assert met() == [("Ana", "dos"), ("Ana", "uno")]


def test_who_came_before_she_was_enrolled_has_met_it_then(programme, marta):
    session = a_dated(programme)
    rosa = a_person("Rosa")
    SignUp.objects.create(session=session, person=rosa, at=MONDAY)
    mark_attendance(session=session, marks={rosa.pk: Said("present")}, by=marta)
    work_until_done()
    assert met() == []
    an_enrolment(programme, person=rosa)
    work_until_done()

    assert met() == [("Rosa", "dos")]


def test_what_was_met_stays_when_the_mark_is_corrected(programme, marta):
    session = a_dated(programme)
    [ana] = women(programme, "Ana")
    attended(session, marta, ana)
    attended(session, marta, ana, what="absent")

    assert met() == [("Ana", "dos")]


def test_whoever_left_keeps_her_place_in_the_list_of_marks(programme, marta):
    session = a_dated(programme)
    [ana] = women(programme, "Ana")
    sign_up(session=session, person=ana.person, by=None)
    withdraw_enrolment(enrolment=ana, by=None)
    attended(session, marta, ana)

    assert met() == [("Ana", "dos")]
