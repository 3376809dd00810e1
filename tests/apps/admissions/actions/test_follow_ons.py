"""A scholarship that follows from a completion: earned, offered, accepted; and its waiting list."""

from datetime import timedelta

import pytest

from tests.apps.admissions.actions.test_awards import states, taken
from tests.apps.admissions.definition.examples import WITH_CALLS, read
from tests.apps.admissions.definition.test_loading import JULY
from tests.apps.admissions.examples import a_person
from trenza.apps.admissions.actions.acceptance import accept_award, decline_award
from trenza.apps.admissions.actions.applications import submit_application
from trenza.apps.admissions.actions.guardians import continue_applications_of, stop_applications_of
from trenza.apps.admissions.actions.reaching import note_seen
from trenza.apps.admissions.errors import CallNotOpen
from trenza.apps.admissions.measures import applications, awards
from trenza.apps.admissions.models import Acceptance, Application, Award, AwardPart, Call, SeatChange
from trenza.apps.admissions.queries import open_calls, published_calls
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Enrolment, Programme, enrol, load_definition, meet_requirement
from trenza.core import clock
from trenza.core.journal import check, work_until_done
from trenza.core.sweeps import sweep

pytestmark = pytest.mark.django_db
SCHOLARSHIP = """
[[follows]]
code = "emprender"
after = "basico"
gives = "scholarship"
name = "Beca de emprendimiento"
seats = 1
answer_days = 5
may_rejoin = true

[[follows.contains]]
code = "curso"
kind = "course"
name = "Un curso de emprendimiento"

[[follows.contains]]
code = "datos"
kind = "data_voucher"
name = "Un bono de datos"
amount = 20
currency = "BOB"
"""
SOURCE = WITH_CALLS + SCHOLARSHIP


@pytest.fixture
def programme() -> Programme:
    return load_definition(definition=read(SOURCE), today=JULY.date())


@pytest.fixture
def call(programme: Programme) -> Call:
    return programme.calls.get(code="emprender--2026")


def complete(programme: Programme, n: int, edition: str = "2026") -> Enrolment:
    person = a_person(n)
    track = programme.tracks.get(code="basico")
    with clock.travel(JULY + timedelta(minutes=n)):
        enrolment = enrol(person=person, edition=programme.editions.get(code=edition), track=track, by=None)
        for module in track.modules.all():
            meet_requirement(enrolment=enrolment, module=module)
        work_until_done()
    return enrolment


def test_who_completes_is_offered_it_and_takes_it_with_what_it_contains(programme: Programme, call: Call):
    enrolment = complete(programme, 1)

    award = Award.objects.get(call=call)
    assert award.person == enrolment.person
    with clock.travel(JULY + timedelta(days=1)):
        assert accept_award(award=award, by=award.person) == enrolment

    assert Enrolment.objects.count() == 1
    assert Acceptance.objects.get().enrolment == enrolment
    parts = AwardPart.objects.order_by("code").values_list("code", "name", "given_on")
    assert list(parts) == [("curso", "Un curso de emprendimiento", None), ("datos", "Un bono de datos", None)]
    assert check() == []


def test_seats_that_are_gone_make_a_waiting_list_that_moves_up(programme: Programme, call: Call):
    for n in (1, 2, 3):
        complete(programme, n)
    assert states(call) == ["awarded", "waiting_list", "waiting_list"]
    first, second, _third = call.applications.order_by("submitted_at")

    with clock.travel(JULY + timedelta(days=1)):
        decline_award(award=first.award, by=first.person)
        work_until_done()
        second.refresh_from_db()
        note_seen(award=second.award, by=second.person)
    with clock.travel(JULY + timedelta(days=8)):
        sweep()
        work_until_done()

    assert states(call) == ["declined", "expired", "awarded"]
    assert taken(call) == {"": 1}


def test_a_place_is_given_after_the_edition_has_ended_too(programme: Programme, call: Call):
    complete(programme, 1)
    with clock.travel(JULY + timedelta(days=900)):
        enrolment = Enrolment.objects.get()
        decline_award(award=Award.objects.get(), by=enrolment.person)
        work_until_done()
    complete(programme, 2)

    assert states(call) == ["declined", "awarded"]


def test_it_is_offered_once_to_each_woman_whatever_she_completes(programme: Programme):
    enrolment = complete(programme, 1)
    track = enrolment.track
    again = enrol(person=enrolment.person, edition=programme.editions.get(code="demo"), track=track, by=None)
    for module in track.modules.all():
        meet_requirement(enrolment=again, module=module)
    work_until_done()

    assert Application.objects.count() == 1


def test_a_girl_whose_guardian_took_the_yes_back_waits_and_goes_on(programme: Programme, call: Call):
    complete(programme, 1)
    enrolment = complete(programme, 2)
    minor = call.applications.get(person=enrolment.person)
    with clock.travel(JULY + timedelta(days=1)):
        Person.objects.filter(pk=minor.person_id).update(birth_date=JULY.date() - timedelta(days=16 * 366))
        stop_applications_of(person=minor.person_id)
        minor.refresh_from_db()
        assert minor.state == "waiting_guardian"
        first = Award.objects.get()
        decline_award(award=first, by=first.person)
        work_until_done()
        Person.objects.filter(pk=minor.person_id).update(birth_date=JULY.date() - timedelta(days=20 * 366))
        continue_applications_of(person=minor.person_id)
        work_until_done()

    assert states(call) == ["declined", "awarded"]


def test_nobody_is_invited_and_nobody_applies(programme: Programme, call: Call):
    assert call not in published_calls(programme)
    with clock.travel(JULY):
        assert call not in open_calls(programme)
        person = a_person(1)
        with pytest.raises(CallNotOpen):
            submit_application(call=call, person=person, region=None, answers={}, by=person)


def test_it_counts_neither_as_application_nor_as_award_of_a_call(programme: Programme):
    complete(programme, 1)

    assert list(applications(programme.pk)) == list(awards(programme.pk)) == []


def test_a_definition_changes_seats_and_takes_it_out(programme: Programme, call: Call):
    complete(programme, 1)
    complete(programme, 2)
    published = call.published_at
    load_definition(definition=read(SOURCE.replace("seats = 1\nanswer", "seats = 2\nanswer")), today=JULY.date())
    work_until_done()
    assert states(call) == ["awarded", "awarded"]
    assert SeatChange.objects.filter(call=call).count() == 1

    load_definition(definition=read(WITH_CALLS), today=JULY.date())
    call.refresh_from_db()
    assert call.retired_at is not None
    assert call.published_at == published


def test_no_line_without_a_scholarship():
    programme = load_definition(definition=read(WITH_CALLS), today=JULY.date())

    assert not Call.objects.filter(programme=programme, code__startswith="emprender").exists()
