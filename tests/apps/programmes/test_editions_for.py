"""The edition to which what she learns belongs, for many women at once."""

import pytest

from tests.apps.programmes.examples import a_programme, an_enrolment
from tests.portals.learner.scene import rosa
from trenza.apps.programmes.api import editions_for, modules_met_by
from trenza.apps.programmes.models import Module
from trenza.core import clock


@pytest.mark.django_db
def test_editions_for_many_says_what_modules_met_by_says_for_each(django_assert_num_queries):
    programme = a_programme()
    enrolled, other = an_enrolment(programme, person=rosa("Ana")).person, rosa("Rosa")
    courses = {*Module.objects.exclude(course="").values_list("course", flat=True), "none"}
    wanted = {(person.pk, course) for person in (enrolled, other) for course in courses}

    with django_assert_num_queries(1):
        found = editions_for(wanted)

    expected = {}
    for person in (enrolled, other):
        for course in courses:
            for enrolment, _ in modules_met_by(person, course)[:1]:
                expected[(person.pk, course)] = enrolment.edition_id
    assert found == expected
    assert len(found) >= 1
    assert editions_for(set()) == {}

    Module.objects.update(retired_at=clock.now())
    assert editions_for(wanted) == {}
