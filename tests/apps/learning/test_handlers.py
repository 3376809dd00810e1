"""A completed course meets the modules that ask for it, once they are unlocked."""

import pytest

from tests.apps.learning.examples import published
from tests.apps.programmes.examples import a_person, a_programme, an_enrolment
from trenza.apps.learning import catalogue
from trenza.apps.learning.api import CourseVersion, record_lesson
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Module, RequirementMet, enrol
from trenza.core.journal import all_reactions, work_until_done

pytestmark = pytest.mark.django_db

RIGHT = {"a": [1], "b": [0, 1], "c": [1]}
WRONG = {"a": [0], "b": [2], "c": [0]}


@pytest.fixture(autouse=True)
def _fresh_catalogue():
    catalogue.forget()
    yield
    catalogue.forget()


def learn(person: Person, version: CourseVersion, answers: dict[str, list[int]] = RIGHT) -> None:
    for lesson in version.lessons.all():
        codes = {question["code"] for question in lesson.questions}
        record_lesson(lesson=lesson, person=person, answers={code: answers[code] for code in codes})


def met() -> list[str]:
    return list(RequirementMet.objects.order_by("met_at").values_list("module__code", flat=True))


def test_course_completed_meets_its_module_once():
    enrolment, version = an_enrolment(), published("uno")

    learn(enrolment.person, version)
    learn(enrolment.person, version)
    work_until_done()

    assert met() == ["uno"]
    assert RequirementMet.objects.get().evidence == version.id


def test_course_below_its_pass_score_meets_nothing_until_she_reaches_it():
    enrolment, version = an_enrolment(), published("uno", pass_score=0.6)

    learn(enrolment.person, version, WRONG)
    work_until_done()
    assert met() == []

    learn(enrolment.person, version)
    work_until_done()
    assert met() == ["uno"]


def test_lesson_with_a_question_left_out_is_not_completed():
    enrolment, version = an_enrolment(), published("uno", lessons=1)
    lesson = version.lessons.get()

    record_lesson(lesson=lesson, person=enrolment.person, answers={"a": [1]})
    record_lesson(lesson=lesson, person=enrolment.person, answers={"unknown": [1]})
    work_until_done()

    assert met() == []


def test_work_done_before_enrolling_counts_when_she_enrols():
    person, version, programme = a_person(), published("uno"), a_programme()
    learn(person, version)
    work_until_done()

    enrol(person=person, edition=programme.editions.get(), track=programme.tracks.get(), by=None)
    work_until_done()

    assert met() == ["uno"]


def test_work_on_a_locked_module_counts_once_the_one_before_is_met():
    enrolment = an_enrolment()
    Module.objects.filter(code="dos").update(requirement_kind="course", course="dos", confirmed_by="")
    first, second = published("uno"), published("dos")

    learn(enrolment.person, second)
    work_until_done()
    assert met() == []

    learn(enrolment.person, first)
    work_until_done()
    assert met() == ["uno", "dos"]


def test_attempts_cause_one_task_for_a_completed_course():
    """Answers before the course is complete cause no work: most entries are read and left."""
    enrolment, version = an_enrolment(), published("uno")
    learn(enrolment.person, version)
    select = next(each.select for each in all_reactions() if each.handler == "learning.requirements")
    from trenza.core.journal import everything

    lines = [line for line in everything() if line.kind.startswith("learning.") and line.person]

    assert select is not None
    assert [line.position for line in select(lines)] == [lines[-1].position]


def test_course_done_in_another_programme_counts_when_she_enrols():
    person, version = a_person(), published("uno")
    first = an_enrolment(a_programme("primero"), person=person)
    learn(person, version)
    work_until_done()
    assert met() == ["uno"]

    second = an_enrolment(a_programme("segundo"), person=person)
    work_until_done()

    assert list(RequirementMet.objects.order_by("met_at").values_list("enrolment", flat=True)) == [first.pk, second.pk]


def test_recognised_course_meets_the_module_that_names_it():
    person, version = a_person(), published("otro")
    enrolment = an_enrolment(person=person)
    enrolment.track.modules.get(code="uno").recognised.create(course="otro")

    learn(person, version)
    work_until_done()

    assert met() == ["uno"]
    assert RequirementMet.objects.get().evidence == version.id
