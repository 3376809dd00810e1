"""Two records that turn out to be one woman: both histories are one, nothing is lost, and it can be undone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.apps.admissions import examples as calls
from tests.apps.learning.examples import published
from tests.apps.places.examples import a_centre
from tests.apps.programmes.examples import a_person, a_programme, an_enrolment, module
from trenza.apps.accompaniment.api import record_attempt
from trenza.apps.accompaniment.models import Attempt, AttemptNote
from trenza.apps.admissions.actions.applications import submit_application
from trenza.apps.admissions.actions.awards import award_application
from trenza.apps.admissions.errors import WrongState
from trenza.apps.admissions.measures import applications as counted_applications
from trenza.apps.admissions.models import Application, Award
from trenza.apps.learning.api import Lesson
from trenza.apps.learning.events import LessonCompleted
from trenza.apps.learning.models import ActiveDay, CourseProgress, LessonDone
from trenza.apps.people.api import (
    Account,
    CannotMerge,
    CannotUndo,
    Consent,
    DuplicatePair,
    Merge,
    Person,
    accounts_with_phone,
    give_consent,
    grant_role,
    merge_persons,
    mergeable_persons,
    name_guardian,
    note_pair,
    register_person,
    set_pin,
    tell_apart,
    undo_merge,
)
from trenza.apps.people.models import Pin
from trenza.apps.places.api import Member, add_members
from trenza.apps.programmes.api import Enrolment, RequirementMet, confirm_requirement, meet_requirement
from trenza.apps.programmes.measures import enrolments as counted_enrolments
from trenza.core import clock, journal, privacy
from trenza.core.errors import NotAllowed
from trenza.core.ids import new_id
from trenza.core.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def coordinator() -> Person:
    olga = a_person("Olga")
    grant_role(person=olga, role="coordinator", scope_kind="all", scope=None, by=None)
    return olga


def learned(person: Person, lesson: Lesson, *, days_ago: int = 0) -> journal.Incoming:
    return journal.incoming(
        LessonCompleted(lesson=lesson.pk), device=new_id(), sequence=1, person=person.pk, by=person.pk,
        happened_at=clock.now() - timedelta(days=days_ago),
    )  # fmt: skip


def done_by() -> dict[str, list[str]]:
    names = {person.pk: person.given_name for person in Person.objects.all()}
    found: dict[str, list[str]] = {}
    for person, lesson in LessonDone.objects.order_by("lesson").values_list("person", "lesson"):
        found.setdefault(names[person], []).append(Lesson.objects.get(pk=lesson).code)
    return {name: sorted(lessons) for name, lessons in found.items()}


@pytest.fixture
def course() -> list[Lesson]:
    return list(published("uno").lessons.order_by("position"))


def test_both_histories_are_one_and_complete_together_what_neither_had_completed(course):
    first, second = course
    programme = a_programme()
    ana, anna = (an_enrolment(programme, person=a_person(name)).person for name in ("Ana", "Anna"))
    journal.ingest([learned(ana, first), learned(anna, second, days_ago=3)])
    journal.work_until_done()
    assert RequirementMet.objects.count() == 0

    merge_persons(absorbed=anna, kept=ana, reason="twice", by=coordinator())
    journal.work_until_done()

    assert done_by() == {"Ana": ["first", "lesson-2"]}
    assert ActiveDay.objects.filter(person=ana.pk).count() == 2
    assert CourseProgress.objects.get().completed_at is not None
    assert [*RequirementMet.objects.values_list("enrolment__person__given_name", "module__code")] == [("Ana", "uno")]
    assert [*journal.check()] == []


def test_what_arrives_later_under_the_other_name_counts_for_her_who_is_kept(course):
    first, second = course
    ana, anna = a_person("Ana"), a_person("Anna")
    merge_persons(absorbed=anna, kept=ana, reason="twice", by=None)

    late = learned(anna, first)
    assert [answer.status for answer in journal.ingest([late, learned(ana, second)])] == ["accepted", "accepted"]

    assert done_by() == {"Ana": ["first", "lesson-2"]}
    assert Entry.objects.filter(person=anna.pk, kind="learning.lesson_completed.v1").count() == 1
    assert journal.standing(ana.pk).hers == journal.last_position()
    assert [answer.status for answer in journal.ingest([late])] == ["duplicate"]
    assert [*journal.check()] == []


def test_what_completes_a_course_under_the_other_name_meets_her_requirement(course):
    ana, anna = an_enrolment(a_programme(), person=a_person("Ana")).person, a_person("Anna")
    merge_persons(absorbed=anna, kept=ana, reason="twice", by=None)
    journal.work_until_done()

    journal.ingest([learned(anna, lesson) for lesson in course])
    journal.work_until_done()

    assert [*RequirementMet.objects.values_list("enrolment__person", flat=True)] == [ana.pk]


def test_an_entry_that_a_phone_sends_again_under_the_name_that_it_has_now_is_the_same(course):
    ana, anna = a_person("Ana"), a_person("Anna")
    before = learned(anna, course[0])
    journal.ingest([before])
    merge = merge_persons(absorbed=anna, kept=ana, reason="twice", by=None)

    again = journal.incoming(
        LessonCompleted(lesson=course[0].pk), device=before.device, sequence=1, person=ana.pk, by=ana.pk,
        happened_at=before.happened_at,
    )  # fmt: skip
    assert [each.status for each in journal.ingest([again])] == ["duplicate"]
    undo_merge(merge=merge, by=None)
    assert [each.status for each in journal.ingest([again])] == ["duplicate"]
    other = a_person("Otra")
    theirs = journal.incoming(
        LessonCompleted(lesson=course[0].pk), device=before.device, sequence=1, person=other.pk, by=other.pk,
        happened_at=before.happened_at,
    )  # fmt: skip
    assert [each.status for each in journal.ingest([theirs])] == ["refused"]


def test_undoing_gives_each_what_was_hers_and_leaves_what_was_done_since_with_the_kept_one(course):
    first, second = course
    programme, office, centre = a_programme(), coordinator(), a_centre()
    ana, anna = a_person("Ana"), a_person("Anna")
    an_enrolment(programme, person=anna, region="norte")
    account = Account.objects.create(person=anna, phone="+59171234567", created_at=clock.now())
    give_consent(person=anna, text="data-use", version=1, by=anna)
    set_pin(person=anna, pin="4827", by=anna)
    add_members(centre=centre, persons=[anna], by=None)
    record_attempt(person=anna.pk, channel="call", outcome="reached", note="Estudia de noche", by=office)
    journal.ingest([learned(anna, first)])
    before = _hers(anna)

    merge = merge_persons(absorbed=anna, kept=ana, reason="said", by=office)

    assert _hers(anna) == {name: [] for name in before} | {"notes": before["notes"]}
    assert {name: len(rows) for name, rows in _hers(ana).items() if name != "notes"} == {
        name: 1 for name in before if name != "notes"
    }
    journal.ingest([learned(ana, second)])
    assert accounts_with_phone("+59171234567") == [account]

    undo_merge(merge=merge, by=office)

    assert _hers(anna) == before
    assert done_by() == {"Ana": ["lesson-2"], "Anna": ["first"]}
    assert [*DuplicatePair.objects.values_list("state", flat=True)] == ["possible"]
    with pytest.raises(CannotUndo):
        undo_merge(merge=merge, by=office)
    assert [*journal.check()] == []


def _hers(person: Person) -> dict[str, list[Any]]:
    of = {"person": person.pk}
    return {
        "accounts": [*Account.objects.filter(**of).values_list("pk", flat=True)],
        "consents": [*Consent.objects.filter(**of).values_list("pk", flat=True)],
        "pins": [*Pin.objects.filter(**of).values_list("pk", flat=True)],
        "enrolments": [*Enrolment.objects.filter(**of).values_list("pk", flat=True)],
        "members": [*Member.objects.filter(**of).values_list("pk", flat=True)],
        "attempts": [*Attempt.objects.filter(**of).values_list("device", "sequence")],
        "notes": [*AttemptNote.objects.filter(**of).values_list("text", flat=True)],
        "lessons": [*LessonDone.objects.filter(**of).values_list("lesson", flat=True)],
    }


def test_of_two_enrolments_in_one_track_the_kept_ones_goes_on_and_counts_once():
    programme, office = a_programme(), coordinator()
    hers, other = (an_enrolment(programme, person=a_person(name)) for name in ("Ana", "Anna"))
    confirm_requirement(enrolment=other, module=module(other, "dos"), by=office)

    merge = merge_persons(absorbed=other.person, kept=hers.person, reason="twice", by=office)

    assert [*RequirementMet.objects.values_list("enrolment", flat=True)] == [hers.pk]
    other.refresh_from_db()
    assert (other.person.given_name, other.state) == ("Anna", "withdrawn")
    assert len([*counted_enrolments(programme.pk)]) == 1
    meet_requirement(enrolment=hers, module=module(hers, "uno"), by=None)
    hers.refresh_from_db()
    assert hers.state == "completed"

    undo_merge(merge=merge, by=office)

    other.refresh_from_db()
    assert other.state == "active"
    assert [*other.changes.values_list("state", flat=True)] == ["active", "withdrawn", "returned"]
    assert len([*counted_enrolments(programme.pk)]) == 2
    assert [*journal.check()] == []


def test_the_record_that_got_further_is_the_one_to_keep():
    programme = a_programme()
    hers, other = (an_enrolment(programme, person=a_person(name)) for name in ("Ana", "Anna"))
    for code in ("uno", "dos"):
        meet_requirement(enrolment=other, module=module(other, code), by=None)

    with pytest.raises(CannotMerge) as refused:
        merge_persons(absorbed=other.person, kept=hers.person, reason="twice", by=None)
    assert refused.value.reasons == ["keep_other_enrolment"]
    merge_persons(absorbed=hers.person, kept=other.person, reason="twice", by=None)
    assert [*journal.check()] == []


def an_application(call: Any, name: str) -> Application:
    woman = calls.a_person(given_name=name, email=f"{name}@ejemplo.bo")
    region = calls.region_of(call, "el-alto")
    return submit_application(call=call, person=woman, region=region, answers=calls.READY, by=woman)


def test_two_places_in_one_call_are_never_one_womans():
    call = calls.a_call()
    hers, other = an_application(call, "Ana"), an_application(call, "Anna")
    for each in (hers, other):
        award_application(application=each, by=None)

    with pytest.raises(CannotMerge) as refused:
        merge_persons(absorbed=other.person, kept=hers.person, reason="twice", by=None)

    assert refused.value.reasons == ["two_places"]
    assert Merge.objects.count() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(application=other).update(person=hers.person)


def test_of_two_applications_to_one_call_the_better_stays_and_the_other_can_win_nothing():
    call = calls.a_call()
    hers, other = an_application(call, "Ana"), an_application(call, "Anna")
    award_application(application=hers, by=None)
    with pytest.raises(CannotMerge) as refused:
        merge_persons(absorbed=hers.person, kept=other.person, reason="twice", by=None)
    assert refused.value.reasons == ["keep_other_application"]

    merge = merge_persons(absorbed=other.person, kept=hers.person, reason="twice", by=None)

    other.refresh_from_db()
    assert (other.person.given_name, other.state) == ("Anna", "withdrawn")
    with pytest.raises(WrongState):
        award_application(application=other, by=None)
    assert len([*counted_applications(call.programme_id)]) == 1
    undo_merge(merge=merge, by=None)
    other.refresh_from_db()
    assert other.state == "submitted"
    assert len([*counted_applications(call.programme_id)]) == 2


def test_an_award_goes_with_its_application():
    call = calls.a_call()
    other = an_application(call, "Anna")
    award_application(application=other, by=None)
    ana = calls.a_person(given_name="Ana")

    merge = merge_persons(absorbed=other.person, kept=ana, reason="twice", by=None)

    assert [*Award.objects.values_list("person", "application__person")] == [(ana.pk, ana.pk)]
    undo_merge(merge=merge, by=None)
    assert [*Award.objects.values_list("person", "application__person")] == [(other.person_id, other.person_id)]


def test_nobody_of_the_team_is_merged_and_nobody_merges_beyond_her_reach():
    ana, anna, marta = a_person("Ana"), a_person("Anna"), a_person("Marta")
    grant_role(person=marta, role="mentor", scope_kind="all", scope=None, by=None)

    for absorbed, kept in ((marta, ana), (ana, marta)):
        with pytest.raises(CannotMerge) as refused:
            merge_persons(absorbed=absorbed, kept=kept, reason="twice", by=None)
        assert refused.value.reasons == ["team"]
    with pytest.raises(NotAllowed):
        merge_persons(absorbed=anna, kept=ana, reason="twice", by=marta)
    with pytest.raises(CannotMerge):
        merge_persons(absorbed=ana, kept=ana, reason="twice", by=None)
    made_up = register_person(given_name="Ana", family_name="Quispe", synthetic=True)
    with pytest.raises(CannotMerge) as refused:
        merge_persons(absorbed=made_up, kept=ana, reason="twice", by=None)
    assert refused.value.reasons == ["demonstration"]


def test_three_records_are_one_and_are_taken_apart_the_last_first(course):
    office = coordinator()
    a, b, c = (a_person(name) for name in ("Ana", "Anna", "Anita"))
    journal.ingest([learned(c, course[0]), learned(b, course[1])])
    first = merge_persons(absorbed=c, kept=b, reason="twice", by=office)
    second = merge_persons(absorbed=b, kept=a, reason="twice", by=office)

    assert done_by() == {"Ana": ["first", "lesson-2"]}
    assert set(mergeable_persons.which(office)) == {a, office}
    with pytest.raises(NotAllowed):
        undo_merge(merge=first, by=office)
    with pytest.raises(CannotUndo):
        undo_merge(merge=first, by=None)
    with pytest.raises(NotAllowed):
        merge_persons(absorbed=c, kept=a, reason="twice", by=office)
    with pytest.raises(CannotMerge):
        merge_persons(absorbed=c, kept=a, reason="twice", by=None)
    undo_merge(merge=second, by=office)
    assert done_by() == {"Anna": ["first", "lesson-2"]}
    undo_merge(merge=first, by=office)
    assert done_by() == {"Anita": ["first"], "Anna": ["lesson-2"]}
    assert [*journal.check()] == []


def test_her_ways_to_come_in_lead_to_the_record_that_is_kept():
    ana, anna = a_person("Ana"), a_person("Anna")
    hers, other = (Account.objects.create(person=each, created_at=clock.now()) for each in (ana, anna))
    set_pin(person=ana, pin="4827", by=ana)
    set_pin(person=anna, pin="7391", by=anna)
    client = Client()
    client.force_login(other)

    merge_persons(absorbed=anna, kept=ana, reason="twice", by=None)

    assert "Ana" in client.get("/mi/").content.decode()
    assert {*Account.objects.values_list("person", flat=True)} == {ana.pk}
    assert [*Pin.objects.order_by("set_at").values_list("person", flat=True)] == [ana.pk, anna.pk]
    assert hers.person == ana


def test_the_guardian_who_was_checked_is_not_put_behind_one_who_was_not():
    young, twin = (calls.a_minor(n) for n in (1, 2))
    office = coordinator()
    for each in (young, twin):
        name_guardian(
            person=each, name="Rosa", relation="mother", email="", phone="+591 71234567", by=each,
        )  # fmt: skip
    twin.guardianships.update(state="checked", expires_on=clock.now().date() + timedelta(days=90))

    with pytest.raises(CannotMerge) as refused:
        merge_persons(absorbed=twin, kept=young, reason="twice", by=office)
    assert refused.value.reasons == ["keep_other_guardian"]
    merge_persons(absorbed=young, kept=twin, reason="twice", by=office)


def test_who_was_told_apart_stays_apart():
    ana, anna, office = a_person("Ana"), a_person("Anna"), coordinator()
    pair = note_pair(one=ana, other=anna, found="nightly", score=0.97)

    tell_apart(pair=pair, by=office)

    assert note_pair(one=anna, other=ana, found="nightly", score=0.99).state == "different"
    assert [*journal.check()] == []


def test_what_stayed_under_her_other_name_is_exported_and_erased_with_her():
    ana, anna = a_person("Ana"), a_person("Anna")
    set_pin(person=ana, pin="4827", by=ana)
    set_pin(person=anna, pin="7391", by=anna)
    merge_persons(absorbed=anna, kept=ana, reason="twice", by=None)

    [other] = privacy.export_of(ana.pk)["other_names"]
    assert other["people"]["person"]["given_name"] == "Anna"
    assert "other_names" not in privacy.export_of(anna.pk)
    privacy.erase_of(ana.pk)
    assert Pin.objects.count() == 0
