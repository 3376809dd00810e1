from datetime import UTC, date, datetime

import pytest

from tests.apps.programmes.examples import a_person, a_programme, an_enrolment, module
from trenza.apps.programmes import measures
from trenza.apps.programmes.api import meet_requirement
from trenza.apps.programmes.measures import Fact
from trenza.core import clock

pytestmark = pytest.mark.django_db


def test_facts_say_where_and_when_and_never_who():
    programme, person = a_programme(completion=1), a_person(birth_date=None)
    with clock.travel(datetime(2026, 5, 31, 23, 59, tzinfo=UTC)):
        enrolment = an_enrolment(programme, person=person, region="sur")
        an_enrolment(a_programme("ajeno"))
    with clock.travel(datetime(2026, 6, 1, tzinfo=UTC)):
        meet_requirement(enrolment=enrolment, module=module(enrolment, "uno"))

    def fact(measure: str, day: date) -> Fact:
        return Fact(
            measure=measure,
            programme=programme.pk,
            edition=enrolment.edition_id,
            track=enrolment.track_id,
            region=programme.regions.get(code="sur").pk,
            day=day,
            age_band="",
            sex="female",
            synthetic=False,
        )

    assert list(measures.enrolments(programme.pk)) == [fact("enrolments", date(2026, 5, 31))]
    assert list(measures.completions(programme.pk)) == [fact("completions", date(2026, 6, 1))]
