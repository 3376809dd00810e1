from datetime import UTC, date, datetime

import pytest

from tests.apps.programmes.examples import a_person, a_programme, an_enrolment, module
from trenza.apps.programmes.api import (
    Edition,
    Enrolment,
    Module,
    Programme,
    asked_of,
    current_editions,
    earned_follow_ons,
    enrolments_of,
    is_unlocked,
    latest_version,
    meet_requirement,
    module_states,
    modules_met_by,
    open_to,
    programmes,
    withdraw_enrolment,
)

pytestmark = pytest.mark.django_db


def unlocked(enrolment: Enrolment) -> list[tuple[str, bool, bool]]:
    return [(state.module.code, state.met_at is not None, state.unlocked) for state in module_states(enrolment)]


def test_module_opens_when_the_one_before_is_met():
    enrolment = an_enrolment()
    assert unlocked(enrolment) == [("uno", False, True), ("dos", False, False)]
    assert not is_unlocked(enrolment, module(enrolment, "dos"))

    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))

    assert unlocked(enrolment) == [("uno", True, True), ("dos", False, True)]


def test_free_track_opens_all_but_what_names_others():
    enrolment = an_enrolment(a_programme(unlock="free"))
    uno, dos = module(enrolment, "uno"), module(enrolment, "dos")
    assert unlocked(enrolment) == [("uno", False, True), ("dos", False, True)]

    uno.opens_after.add(dos)

    assert unlocked(enrolment) == [("uno", False, False), ("dos", False, True)]


def test_retired_module_shows_only_where_it_is_met():
    enrolment = an_enrolment()
    retired = datetime(2026, 5, 4, tzinfo=UTC)
    Module.objects.filter(code="uno").update(retired_at=retired)
    assert unlocked(enrolment) == [("dos", False, True)]

    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))

    assert unlocked(enrolment) == [("uno", True, True), ("dos", False, True)]


def test_module_states_take_the_same_queries_whatever_their_number(django_assert_num_queries):
    enrolment = an_enrolment()
    for number in range(3):
        Module.objects.create(
            track=enrolment.track, code=f"m{number}", name="…", requirement_kind="course", course="c", position=number
        )
    enrolment = Enrolment.objects.select_related("track").get()

    with django_assert_num_queries(3):
        assert len(module_states(enrolment)) == 5


def test_enrolments_of_a_person_span_programmes():
    person = a_person()
    first, second = an_enrolment(a_programme("uno"), person=person), an_enrolment(a_programme("dos"), person=person)
    an_enrolment(first.edition.programme)
    withdraw_enrolment(enrolment=first, by=None)

    assert list(enrolments_of(person)) == [second, first]


def test_modules_met_by_a_course_are_those_of_her_enrolments():
    person = a_person()
    first, second = an_enrolment(a_programme("uno"), person=person), an_enrolment(a_programme("dos"), person=person)
    an_enrolment(a_programme("tres"))

    assert modules_met_by(person, "uno") == [(second, module(second, "uno")), (first, module(first, "uno"))]
    assert modules_met_by(person, "uno", programme="uno") == [(first, module(first, "uno"))]
    assert modules_met_by(person, "otro") == []

    module(first, "uno").recognised.create(course="otro")
    assert modules_met_by(person, "otro") == [(first, module(first, "uno"))]
    assert modules_met_by(person, "uno", programme="uno") == [(first, module(first, "uno"))]


def with_two_courses(code: str) -> Programme:
    """Its second module asks for the course `tres`, once the first is met."""
    programme = a_programme(code)
    Module.objects.filter(track__programme=programme, code="dos").update(
        requirement_kind="course", confirmed_by="", course="tres"
    )
    return programme


def test_asked_of_are_the_courses_that_would_meet_what_is_not_met_locked_or_not():
    first, second = an_enrolment(with_two_courses("uno")), an_enrolment(with_two_courses("dos"))
    module(first, "uno").recognised.create(course="otro")
    persons = {first.person_id, second.person_id}

    both = {(person, course) for person in persons for course in ("uno", "tres")}
    assert asked_of(persons) == both | {(first.person_id, "otro")}
    assert asked_of([second.person_id]) == {(second.person_id, "uno"), (second.person_id, "tres")}

    meet_requirement(enrolment=first, module=module(first, "uno"))
    assert asked_of(persons) == both - {(first.person_id, "uno")}


def test_open_to_is_what_a_completed_course_meets_now():
    person = a_person()
    first = an_enrolment(with_two_courses("uno"), person=person)
    second = an_enrolment(with_two_courses("dos"), person=person)
    module(second, "uno").recognised.create(course="otro")

    assert open_to({person.pk: {"tres"}}) == {}  # locked
    assert open_to({person.pk: {"uno"}}) == {
        person.pk: [(second, module(second, "uno"), "uno"), (first, module(first, "uno"), "uno")]
    }
    assert open_to({person.pk: {"otro"}}) == {person.pk: [(second, module(second, "uno"), "otro")]}

    meet_requirement(enrolment=second, module=module(second, "uno"))
    assert open_to({person.pk: {"uno", "tres"}}) == {
        person.pk: [(second, module(second, "dos"), "tres"), (first, module(first, "uno"), "uno")]
    }


@pytest.mark.parametrize("persons", [1, 3])
def test_what_courses_meet_takes_the_same_queries_however_many_persons(django_assert_num_queries, persons):
    programme = a_programme()
    people = [an_enrolment(programme).person_id for _ in range(persons)]

    with django_assert_num_queries(4):
        asked_of(people)
    with django_assert_num_queries(6):
        open_to({person: {"uno"} for person in people})


def test_current_editions_leave_out_what_ended_or_was_retired():
    programme = a_programme()
    for code, ends_on in (("2025", date(2025, 12, 31)), ("vieja", date(2027, 1, 1))):
        Edition.objects.create(programme=programme, code=code, name=code, starts_on=date(2025, 1, 1), ends_on=ends_on)
    Edition.objects.filter(code="vieja").update(retired_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert [edition.code for edition in current_editions(programme, today=date(2026, 12, 31))] == ["2026"]
    assert [edition.code for edition in current_editions(programme, today=date(2027, 1, 1))] == []


def test_earned_follow_ons_are_hers():
    enrolment = an_enrolment(a_programme(completion=1))
    meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))

    assert [earned.follow_on.code for earned in earned_follow_ons(enrolment.person)] == ["beca"]
    assert earned_follow_ons(a_person()) == []


def test_programmes_are_all_of_them_and_may_have_no_version():
    assert [latest_version(each) for each in (a_programme("b"), a_programme("a"))] == [None, None]
    assert list(programmes().values_list("code", flat=True)) == ["a", "b"]
    assert Programme.objects.count() == 2
