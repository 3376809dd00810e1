"""What they do in courses is what pages let a woman do."""

from uuid import UUID

import pytest

from tests.cli.simulator.examples import TODAY, load
from trenza.apps.learning.api import Lesson, changes_of, first_form
from trenza.apps.learning.models import ExamAttempt
from trenza.apps.programmes.api import Enrolment
from trenza.cli import simulator
from trenza.core import clock


@pytest.mark.django_db
def test_some_do_the_test_before_and_after_each_course_once_and_in_the_form_that_they_are_offered():
    with clock.travel(TODAY):
        programme = load("tigo-conectadas")
        simulator.simulate(programme, people=24, seed="2")

    forms = {row.pk: (row.version.course.code, row.test) for row in Lesson.objects.exclude(test="")}
    done: dict[UUID, list[tuple[str, str]]] = {}
    for attempt in ExamAttempt.objects.filter(lesson__in=forms).order_by("at"):
        assert attempt.times == 1
        done.setdefault(attempt.person, []).append(forms[attempt.lesson])
    for person, did in done.items():
        assert len(did) == len(set(did))
        for course in {code for code, _ in did}:
            assert next(form for code, form in did if code == course) == first_form(person, course)
    changes = [each for course in {code for code, _ in forms.values()} for each in _changes(course)]
    assert 0 < len(done) < Enrolment.objects.count()
    assert sum(women for women, _, _ in changes) > 0
    assert sum(women * before for women, before, _ in changes) < sum(women * after for women, _, after in changes)


def _changes(course: str) -> list[tuple[int, float, float]]:
    found = changes_of(course, among=Enrolment.objects.all(), least=1)
    return [(each.women or 0, each.before or 0, each.after or 0) for each in found]
