"""How an enrolment stands on a day: a pause that has run out is active again, for rows and for lists alike."""

from datetime import date, timedelta

import pytest

from tests.apps.programmes.examples import a_person, a_programme, an_enrolment
from trenza.apps.programmes.api import Enrolment, Module, awaiting, in_state_on, withdraw_enrolment
from trenza.core import clock

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)


def test_lists_say_of_a_day_what_rows_say():
    programme = a_programme()
    pauses = [None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]
    for until in pauses:
        enrolment = an_enrolment(programme, person=a_person())
        Enrolment.objects.filter(pk=enrolment.pk).update(state="paused" if until else "active", paused_until=until)
    withdraw_enrolment(enrolment=an_enrolment(programme, person=a_person()), by=None)

    found = {state: set(Enrolment.objects.filter(in_state_on(state, TODAY))) for state in Enrolment.State}

    for state, enrolments in found.items():
        assert enrolments == {each for each in Enrolment.objects.all() if each.state_on(TODAY) == state}
    assert sum(map(len, found.values())) == Enrolment.objects.count()


@pytest.mark.parametrize(("until", "waits"), [(-1, True), (1, False)])
def test_nobody_is_asked_to_confirm_for_who_rests(until: int, waits: bool):
    programme = a_programme()
    enrolment = an_enrolment(programme, person=a_person())
    day = clock.today("UTC") + timedelta(days=until)
    Enrolment.objects.filter(pk=enrolment.pk).update(state="paused", paused_until=day)
    first = Module.objects.filter(track=enrolment.track).order_by("position").first()
    assert first is not None

    assert Enrolment.objects.filter(awaiting([first])[first]).exists() is waits
