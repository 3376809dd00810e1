"""Marks from a page, what settles a conflict, and the code on the wall."""

from datetime import timedelta

import pytest

from tests.apps.programmes.examples import a_person, a_programme
from tests.apps.sessions.examples import BEFORE, MONDAY, a_session, a_trainer, ids, women
from trenza.apps.sessions.actions import Said, check_in, give_code, mark_attendance, settle_attendance
from trenza.apps.sessions.errors import HeadsMoved, NotExpected, TooManyTries, WrongCode
from trenza.apps.sessions.heads import standings
from trenza.apps.sessions.models import ExcusedReason, Mark, Settlement
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import check, everything

pytestmark = pytest.mark.django_db

PRESENT, ABSENT = Said("present"), Said("absent")


@pytest.fixture
def programme(db):
    with clock.travel(MONDAY):
        yield a_programme()


@pytest.fixture
def session(programme):
    return a_session(programme)


@pytest.fixture
def ana(programme):
    return women(programme, "Ana")[0].person


@pytest.fixture
def marta(programme):
    return a_trainer(programme)


def held(session, person):
    return standings([session.pk]).get((session.pk, person.pk))


def test_mark_attendance_is_an_observation_about_her_by_the_marker(programme, session, ana, marta):
    assert mark_attendance(session=session, marks={ana.pk: Said("late")}, by=marta) == 1

    last = list(everything())[-1]
    assert (last.kind, last.person, last.by, last.edition) == (
        "sessions.attendance_marked.v1",
        ana.pk,
        marta.pk,
        session.edition_id,
    )
    assert held(session, ana).mark == "late"


def test_same_mark_again_is_nothing_new_and_another_corrects_it(session, ana, marta):
    assert mark_attendance(session=session, marks={ana.pk: ABSENT}, by=marta) == 1
    assert mark_attendance(session=session, marks={ana.pk: ABSENT}, by=marta) == 0
    assert mark_attendance(session=session, marks={ana.pk: PRESENT}, by=marta) == 1

    assert held(session, ana).mark == "present"
    assert sorted(Mark.objects.values_list("mark", "superseded")) == [("absent", True), ("present", False)]
    assert check() == []


def test_marks_of_two_who_differ_are_a_conflict_that_somebody_settles(programme, session, ana, marta):
    eva = a_trainer(programme, name="Eva")
    mark_attendance(session=session, marks={ana.pk: PRESENT}, by=marta)
    mark_attendance(session=session, marks={ana.pk: ABSENT}, by=eva)
    before = held(session, ana)
    assert before.conflict
    assert sorted((head.mark, head.marker) for head in before.heads) == [("absent", eva.pk), ("present", marta.pk)]

    seen = [head.identity for head in before.heads]
    row = settle_attendance(session=session, person=ana.pk, mark="present", seen=seen, by=eva)

    assert (held(session, ana).mark, held(session, ana).settled, row.by) == ("present", True, eva)
    assert check() == []


def test_head_that_arrives_after_the_settlement_opens_the_conflict_again(programme, session, ana, marta):
    eva, olga = a_trainer(programme, name="Eva"), a_trainer(programme, name="Olga")
    mark_attendance(session=session, marks={ana.pk: PRESENT}, by=marta)
    mark_attendance(session=session, marks={ana.pk: ABSENT}, by=eva)
    seen = [head.identity for head in held(session, ana).heads]
    settle_attendance(session=session, person=ana.pk, mark="present", seen=seen, by=eva)
    mark_attendance(session=session, marks={ana.pk: ABSENT}, by=olga)

    assert held(session, ana).conflict
    with pytest.raises(HeadsMoved):
        settle_attendance(session=session, person=ana.pk, mark="present", seen=seen, by=eva)
    assert Settlement.objects.count() == 1


def test_settle_what_is_no_conflict_is_refused(session, ana, marta):
    mark_attendance(session=session, marks={ana.pk: PRESENT}, by=marta)
    seen = [head.identity for head in held(session, ana).heads]

    with pytest.raises(HeadsMoved):
        settle_attendance(session=session, person=ana.pk, mark="absent", seen=seen, by=marta)


def test_reason_stands_beside_the_mark_and_not_in_the_journal(session, ana, marta):
    mark_attendance(session=session, marks={ana.pk: Said("excused", "care")}, by=marta)
    assert mark_attendance(session=session, marks={ana.pk: Said("excused", "care")}, by=marta) == 0
    mark_attendance(session=session, marks={ana.pk: Said("excused", "health")}, by=marta)

    [head] = held(session, ana).heads
    assert ExcusedReason.objects.get(device=head.device, sequence=head.sequence).reason == "health"
    assert not any(b"care" in line.data or b"health" in line.data for line in everything())


@pytest.mark.parametrize("said", [Said("here"), Said("excused", "rain"), Said("present", "care")])
def test_marks_and_reasons_that_are_none_are_refused(session, ana, marta, said):
    with pytest.raises(ValueError, match=r"valid|reason"):
        mark_attendance(session=session, marks={ana.pk: said}, by=marta)


def test_nobody_is_marked_whom_the_marker_does_not_teach(programme, session, ana, marta):
    rosa = a_person("Rosa")

    for marks in ({ana.pk: PRESENT, rosa.pk: PRESENT}, {marta.pk: PRESENT}):
        with pytest.raises(NotExpected):
            mark_attendance(session=session, marks=marks, by=marta)
    with pytest.raises(NotAllowed):
        mark_attendance(session=session, marks={ana.pk: PRESENT}, by=rosa)
    with pytest.raises(NotAllowed):
        mark_attendance(session=session, marks={ana.pk: PRESENT}, by=a_trainer(programme, role="auditor"))
    assert list(Mark.objects.all()) == []


def test_marks_take_as_many_queries_for_three_as_for_one(
    programme, session, marta, django_assert_num_queries, django_assert_max_num_queries
):
    one, three = ids(*women(programme, "Ana")), ids(*women(programme, "Bea", "Eva", "Luz"))
    mark_attendance(session=session, marks={one[0]: ABSENT}, by=marta)

    with django_assert_max_num_queries(40) as first:
        mark_attendance(session=session, marks={one[0]: PRESENT}, by=marta)
    with django_assert_num_queries(len(first)):
        mark_attendance(session=session, marks=dict.fromkeys(three, PRESENT), by=marta)


def test_check_in_with_the_code_on_the_wall(session, ana, marta):
    code = give_code(session=session, by=marta)

    assert check_in(session=session, code=f" {code} ", person=ana)
    assert not check_in(session=session, code=code, person=ana)
    assert [(head.mark, head.marker) for head in held(session, ana).heads] == [("present", ana.pk)]


def test_her_own_mark_and_the_trainers_are_a_conflict(session, ana, marta):
    mark_attendance(session=session, marks={ana.pk: ABSENT}, by=marta)
    check_in(session=session, code=give_code(session=session, by=marta), person=ana)

    assert held(session, ana).conflict


@pytest.mark.parametrize("away", [timedelta(minutes=-31), timedelta(minutes=151)])
def test_code_is_good_while_the_session_lasts(session, ana, marta, away):
    code = give_code(session=session, by=marta)

    with clock.travel(MONDAY + away), pytest.raises(WrongCode):
        check_in(session=session, code=code, person=ana)


def test_old_code_is_good_no_more_and_guesses_are_counted(session, ana, marta):
    old = give_code(session=session, by=marta)
    while (code := give_code(session=session, by=marta)) == old:
        pass
    for _ in range(10):
        with pytest.raises(WrongCode):
            check_in(session=session, code=old, person=ana)

    with pytest.raises(TooManyTries):
        check_in(session=session, code=code, person=ana)


def test_check_in_of_somebody_from_elsewhere_is_refused(session, marta):
    code = give_code(session=session, by=marta)

    with pytest.raises(NotExpected):
        check_in(session=session, code=code, person=a_person("Rosa"))
    with clock.travel(BEFORE), pytest.raises(WrongCode):
        check_in(session=session, code="", person=a_person("Rosa"))
