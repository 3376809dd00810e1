import pytest

from tests.apps.admissions.examples import a_call, a_programme, an_application, region_of
from trenza.apps.admissions.actions.awards import award_application
from trenza.apps.admissions.measures import applications, awards

pytestmark = pytest.mark.django_db


def test_measures_count_each_application_and_award_once():
    call, other = a_call(), a_call(a_programme("otra"))
    first = an_application(call, 1, "oruro")
    an_application(call, 2, "el-alto", state="withdrawn")
    an_application(other, 3)
    award = award_application(application=first, by=None)

    facts = list(applications(call.programme_id))
    assert [(fact.measure, fact.region) for fact in facts] == [
        ("applications", region_of(call, "oruro").id),
        ("applications", region_of(call, "el-alto").id),
    ]
    assert [(fact.measure, fact.day, fact.synthetic) for fact in awards(call.programme_id)] == [
        ("awards", award.awarded_at.date(), False)
    ]
