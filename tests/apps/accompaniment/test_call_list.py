"""Who is on the list of whom to call: why, since when, and what takes her off it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.apps.accompaniment.examples import (
    START,
    Group,
    a_group,
    called,
    date_of,
    day,
    enrolled,
    learns,
    marked,
    sits,
)
from tests.apps.programmes.examples import a_person, a_programme, an_enrolment
from tests.apps.sessions.examples import a_session, women
from tests.portals.office.people import staff
from trenza.apps.accompaniment.api import Why, accompanied, accompanied_enrolments, call_list, how_many_to_call
from trenza.apps.accompaniment.models import Thresholds
from trenza.apps.people.api import Person, grant_role
from trenza.apps.places.api import Centre
from trenza.apps.programmes.api import Enrolment, pause_enrolment, return_to_enrolment, withdraw_enrolment
from trenza.apps.sessions.api import Said as Mark
from trenza.apps.sessions.api import mark_attendance, settle_attendance, sign_up, standings
from trenza.core import clock

pytestmark = pytest.mark.django_db

Said = list[tuple[str, int, date]]


@pytest.fixture
def group(db) -> Group:
    return a_group()


def on(days: int, viewer: Person) -> dict[str, Said]:
    """Who is on the list so many days after they enrolled, in order, and why."""
    with clock.travel(day(days)):
        lines = call_list(viewer, most=50).lines
        assert how_many_to_call(viewer) == len(lines)
    return {
        line.person.given_name: [(each.why.value, each.count, each.since) for each in line.reasons] for line in lines
    }


def test_who_has_done_nothing_for_seven_days_is_on_it_and_a_lesson_or_a_class_takes_her_off(group):
    ana, berta, carla = enrolled(group, "Ana", "Berta", "Carla")
    learns(group, berta, 3)
    marked(group, 5, "present", carla)

    assert on(6, group.marta) == {}
    assert on(7, group.marta) == {"Ana": [("silence", 7, date_of(0))]}
    assert list(on(12, group.marta)) == ["Ana", "Berta", "Carla"]
    learns(group, ana, 12)
    assert list(on(12, group.marta)) == ["Berta", "Carla"]


def test_who_rests_has_left_or_whose_edition_is_over_is_not_called_and_a_rest_is_no_silence(group):
    ana, berta, carla = enrolled(group, "Ana", "Berta", "Carla")
    with clock.travel(day(1)):
        pause_enrolment(enrolment=ana, until=date_of(20), by=ana.person)
        withdraw_enrolment(enrolment=berta, reason="work", by=berta.person)
        pause_enrolment(enrolment=carla, until=date_of(25), by=carla.person)
    with clock.travel(day(10)):
        return_to_enrolment(enrolment=carla, by=carla.person)

    assert on(16, group.marta) == {}
    assert on(17, group.marta) == {"Carla": [("silence", 7, date_of(10))]}
    assert on(27, group.marta)["Ana"] == [("silence", 7, date_of(20))]
    assert on(400, group.marta) == {}


def test_two_failures_in_a_row_at_an_exam_or_a_question_are_told_until_she_has_passed(group):
    ana, berta, carla = enrolled(group, "Ana", "Berta", "Carla")
    sits(group, ana, 1)
    sits(group, ana, 2, right=1)
    learns(group, berta, 1, right=False)
    learns(group, berta, 2, right=False)
    sits(group, carla, 1)

    assert on(3, group.marta) == {"Ana": [("failures", 2, date_of(1))], "Berta": [("failures", 2, date_of(1))]}
    with clock.travel(day(3)):
        assert [line.reasons[0].about for line in call_list(group.marta, most=5).lines] == ["Final", "First"]
    sits(group, ana, 3, right=5)
    learns(group, berta, 3)
    sits(group, carla, 3, right=5)
    assert on(3, group.marta) == {}


def test_two_absences_in_a_row_are_told_and_one_with_a_reason_is_none(group):
    ana, berta, carla = enrolled(group, "Ana", "Berta", "Carla")
    marked(group, 1, "absent", ana, berta, carla)
    marked(group, 2, "excused", ana, berta)
    marked(group, 2, "present", carla)
    assert on(2, group.marta) == {}
    marked(group, 3, "absent", ana, carla)
    marked(group, 3, "late", berta)

    assert on(4, group.marta) == {"Ana": [("absences", 2, date_of(1))]}
    marked(group, 4, "present", ana)
    assert on(4, group.marta) == {}


def test_a_talk_takes_her_off_for_seven_days_unless_something_new_happens(group):
    ana, berta = enrolled(group, "Ana", "Berta")
    for days in (1, 2):
        marked(group, days, "absent", ana, berta)
    called(group, ana, 3, "no_answer")
    assert list(on(4, group.marta)) == ["Ana", "Berta"]
    called(group, ana, 4, "reached")
    called(group, berta, 4, "reached")

    assert on(5, group.marta) == {}
    marked(group, 5, "absent", ana)
    assert on(6, group.marta) == {"Ana": [("absences", 3, date_of(1))]}
    # Berta has been silent for seven days only since she was called: that is new.
    assert on(7, group.marta)["Berta"] == [("silence", 7, date_of(0))]
    called(group, berta, 8, "reached")
    assert "Berta" not in on(14, group.marta)
    assert [why for why, _, _ in on(15, group.marta)["Berta"]] == ["absences", "silence"]


def test_a_promised_call_comes_first_on_its_day_and_who_asks_not_to_be_called_is_not_on_it(group):
    ana, berta, carla = enrolled(group, "Ana", "Berta", "Carla")
    marked(group, 1, "absent", ana, berta)
    marked(group, 2, "absent", ana, berta)
    called(group, carla, 3, "call_back", call_back_on=date_of(6))
    called(group, berta, 3, "not_again")

    assert list(on(5, group.marta)) == ["Ana"]
    assert on(6, group.marta) == {"Carla": [("promised", 0, date_of(6))], "Ana": [("absences", 2, date_of(1))]}
    called(group, carla, 6, "reached")
    assert list(on(60, group.marta)) == ["Ana", "Carla"]
    with clock.travel(day(60)):
        found = accompanied(group.marta, berta.person_id)
    assert found is not None
    assert (found.asks_not_to_be_called, found.reasons) == (True, ())


def test_more_and_older_reasons_come_first_and_whom_somebody_just_tried_last(group):
    ana, berta, _ = enrolled(group, "Ana", "Berta", "Carla")
    learns(group, ana, 1)
    for days in (2, 3):
        sits(group, berta, days)
        marked(group, days, "absent", berta)

    assert list(on(10, group.marta)) == ["Berta", "Carla", "Ana"]
    called(group, berta, 10, "no_answer")
    assert list(on(10, group.marta)) == ["Carla", "Ana", "Berta"]


def test_thresholds_are_those_of_the_programme(group):
    enrolled(group, "Ana")
    Thresholds.objects.create(programme=group.programme, silent_days=3)

    assert (list(on(2, group.marta)), list(on(3, group.marta))) == ([], ["Ana"])


def test_list_shows_numbers_and_what_was_tried_and_asks_as_much_for_one_as_for_three(group):
    [ana] = enrolled(group, "Ana")
    marked(group, 1, "absent", ana)
    sits(group, ana, 1)
    called(group, ana, 2, "no_answer", note="  Contesta su mamá por las tardes. ")
    with clock.travel(day(9)):
        [line] = call_list(group.marta, most=5).lines
        with CaptureQueriesContext(connection) as one:
            call_list(group.marta, most=5)
    assert line.phones == ("+59170000000",)
    assert [(each.attempt.outcome, each.note, each.by) for each in line.tried] == [
        ("no_answer", "Contesta su mamá por las tardes.", group.marta.name)
    ]
    more = enrolled(group, "Berta", "Carla")
    marked(group, 1, "absent", *more)
    for each in more:
        sits(group, each, 1)
        called(group, each, 2, "wrong_number", note="…")

    with clock.travel(day(9)), CaptureQueriesContext(connection) as three:
        found = call_list(group.marta, most=2)
    assert len(three) == len(one) == 23
    assert (len(found.lines), found.total, found.cut) == (2, 3, False)


def test_who_accompanies_whom_follows_from_scope_and_sessions_and_other_teams_are_not_told(group):
    [ana] = enrolled(group, "Ana")
    other = a_programme("otro")
    with clock.travel(START):
        elsewhere = an_enrolment(other, person=ana.person)
    norma = staff("trainer", scope_kind="edition", scope=other.editions.get().pk)
    for days in (1, 2):
        marked(group, days, "absent", ana)
        sits(group, ana, days)
    called(group, ana, 2, "not_again", note="No quiere.")
    with clock.travel(day(3)):
        hers = accompanied(norma, ana.person_id)

    assert hers is not None
    # The course is one of that track's too; sessions and attempts are of the edition in which they were.
    assert ([each.why for each in hers.reasons], hers.tried) == ([Why.FAILURES], ())
    assert list(accompanied_enrolments.which(norma)) == [elsewhere]
    for role, seen in (("mentor", []), ("auditor", []), ("coordinator", [ana])):
        viewer = staff(role, scope_kind="edition", scope=group.programme.editions.get().pk)
        assert list(accompanied_enrolments.which(viewer)) == seen
    # Also where she accompanies others in that edition, and Ana is none of them there.
    south = group.programme.regions.get(code="sur")
    grant_role(person=norma, role="trainer", scope_kind="region", scope=south.pk, by=None)
    with clock.travel(START):
        an_enrolment(group.programme, person=a_person("Berta"), region="sur")
    with clock.travel(day(9)):
        lines = {line.person.given_name: line.tried for line in call_list(norma, most=5).lines}
    assert lines == {"Ana": (), "Berta": ()}


def test_who_has_a_place_in_a_session_of_a_centre_is_accompanied_by_its_trainer(group):
    [ana] = enrolled(group, "Ana")
    centre = Centre.objects.create(name="Norte", code="norte", country="BO", time_zone="UTC", opened_at=START)
    olga = staff("trainer", scope_kind="centre", scope=centre.pk)
    with clock.travel(day(1)):
        session = a_session(group.programme, starts_at=day(2), centre=centre.pk, kind="workshop", track=None)
        assert list(accompanied_enrolments.which(olga)) == []
        place = sign_up(session=session, person=ana.person, by=None)
    assert list(accompanied_enrolments.which(olga)) == [ana]

    place.withdrawn_at = day(1) + timedelta(hours=1)
    place.save()

    assert list(accompanied_enrolments.which(olga)) == []


def test_nobody_is_on_her_own_list(group):
    Enrolment.objects.all().delete()
    [own] = women(group.programme, "Otra")
    Enrolment.objects.filter(pk=own.pk).update(person=group.marta, enrolled_at=START)

    assert on(10, group.marta) == {}


def test_absence_on_which_marks_do_not_agree_is_none_until_somebody_settles_it(group):
    [ana] = enrolled(group, "Ana")
    other = staff("trainer", scope_kind="edition", scope=ana.edition_id)
    marked(group, 1, "absent", ana)
    session = marked(group, 2, "absent", ana)
    with clock.travel(day(2)):
        mark_attendance(session=session, marks={ana.person_id: Mark("present")}, by=other)
    assert on(3, group.marta) == {}

    heads = standings([session.pk])[session.pk, ana.person_id].heads
    seen = [each.identity for each in heads]
    with clock.travel(day(3)):
        settle_attendance(session=session, person=ana.person_id, mark="absent", seen=seen, by=group.marta)

    assert on(3, group.marta) == {"Ana": [("absences", 2, date_of(1))]}
