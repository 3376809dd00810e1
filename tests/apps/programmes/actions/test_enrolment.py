from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.apps.programmes.examples import a_person, a_programme, an_enrolment, module
from trenza.apps.people.api import grant_role
from trenza.apps.programmes.api import (
    AlreadyEnrolled,
    Enrolment,
    EnrolmentChange,
    NotOffered,
    Track,
    WrongState,
    enrol,
    meet_requirement,
    pause_enrolment,
    return_to_enrolment,
    withdraw_enrolment,
)
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import check, everything

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 4, 12, tzinfo=UTC)


def entries() -> list[tuple[str, object]]:
    return [(line.kind, line.person) for line in everything() if line.kind.startswith("programmes.")]


def changes(enrolment: Enrolment) -> list[str]:
    return [change.state for change in enrolment.changes.all()]


def test_enrol_gives_a_place_with_coarse_strata():
    programme, person = a_programme(), a_person(birth_date=date(2001, 5, 5))

    with clock.travel(MAY):
        enrolment = an_enrolment(programme, person=person, region="sur")

    assert (enrolment.state, enrolment.enrolled_at, enrolment.age_band, enrolment.sex) == (
        "active", MAY, "18_24", "female",
    )  # fmt: skip
    assert enrolment.region == programme.regions.get(code="sur")
    assert changes(enrolment) == ["active"]
    assert entries() == [("programmes.enrolled.v1", person.pk)]
    assert check() == []


def test_enrol_takes_the_age_that_she_said_where_her_birth_date_is_not_known():
    programme = a_programme()
    given: dict[str, Any] = {"edition": programme.editions.get(), "track": programme.tracks.get(), "by": None}
    with clock.travel(MAY):
        said = enrol(person=a_person(birth_date=None), said_age_band="40_49", **given)
        known = enrol(person=a_person(birth_date=date(2001, 5, 5)), said_age_band="40_49", **given)

    assert (said.age_band, known.age_band) == ("40_49", "18_24")


def test_enrol_twice_names_the_place_she_has():
    enrolment = an_enrolment()

    with pytest.raises(AlreadyEnrolled) as caught:
        an_enrolment(enrolment.edition.programme, person=enrolment.person)

    assert caught.value.enrolment == enrolment
    assert len(entries()) == 1
    assert Enrolment.objects.count() == EnrolmentChange.objects.count() == 1


def test_enrol_in_what_the_edition_does_not_run_is_refused():
    programme = a_programme()
    edition, track = programme.editions.get(), programme.tracks.get()
    other = Track.objects.create(programme=programme, code="otro", name="Otro", summary="…")
    foreign = a_programme("ajeno").regions.get(code="sur")
    edition.tracks.add(other)
    other.retired_at = MAY
    other.save()

    for arguments in ({"track": other}, {"track": track, "region": foreign}):
        with pytest.raises(NotOffered):
            enrol(person=a_person(), edition=edition, by=None, **arguments)
    edition.retired_at = MAY
    with pytest.raises(NotOffered):
        enrol(person=a_person(), edition=edition, track=track, by=None)

    assert entries() == []


def test_enrolment_is_paused_and_returned_to_by_herself():
    with clock.travel(MAY):
        enrolment = an_enrolment()
    with clock.travel(MAY + timedelta(days=1)):
        pause_enrolment(enrolment=enrolment, until=date(2026, 6, 1), by=enrolment.person)

    enrolment.refresh_from_db()
    assert [enrolment.state_on(date(2026, 6, day)) for day in (1, 2)] == ["paused", "active"]

    return_to_enrolment(enrolment=enrolment, by=enrolment.person)
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.paused_until) == ("active", None)
    assert changes(enrolment) == ["active", "paused", "returned"]
    assert [kind for kind, _ in entries()] == ["programmes.enrolled.v1", *["programmes.enrolment_changed.v1"] * 2]


def test_pause_until_a_past_day_is_refused():
    enrolment = an_enrolment()

    with clock.travel(MAY), pytest.raises(WrongState):
        pause_enrolment(enrolment=enrolment, until=MAY.date(), by=None)

    assert changes(enrolment) == ["active"]


def test_withdrawal_keeps_its_reason_out_of_the_journal():
    enrolment = an_enrolment()

    change = withdraw_enrolment(enrolment=enrolment, reason="care", by=enrolment.person)

    enrolment.refresh_from_db()
    assert (enrolment.state, change.reason) == ("withdrawn", "care")
    [line] = [line for line in everything() if line.kind == "programmes.enrolment_changed.v1"]
    assert b"care" not in line.data
    with pytest.raises(WrongState):
        withdraw_enrolment(enrolment=enrolment, by=None)
    with pytest.raises(WrongState):
        pause_enrolment(enrolment=enrolment, until=date(2999, 1, 1), by=None)


def test_return_completes_what_was_finished_while_withdrawn():
    enrolment = an_enrolment()
    withdraw_enrolment(enrolment=enrolment, by=None)
    for code in ("uno", "dos"):
        meet_requirement(enrolment=enrolment, module=module(enrolment, code))
    assert not hasattr(Enrolment.objects.get(), "completion")

    return_to_enrolment(enrolment=enrolment, by=None)

    assert Enrolment.objects.get().state == "completed"
    assert changes(enrolment) == ["active", "withdrawn", "returned", "completed"]


def test_enrolment_of_somebody_else_is_changed_only_by_who_accompanies_her():
    enrolment, trainer = an_enrolment(), a_person("Ana")

    with pytest.raises(NotAllowed):
        withdraw_enrolment(enrolment=enrolment, by=trainer)
    grant_role(person=trainer, role="trainer", scope_kind="edition", scope=enrolment.edition_id, by=None)
    change = withdraw_enrolment(enrolment=enrolment, by=trainer)

    assert change.by == trainer


@pytest.mark.parametrize(
    "values",
    [
        {"state": "lost"},
        {"state": "paused"},
        {"paused_until": date(2026, 6, 1)},
    ],
)
def test_database_refuses_a_state_that_makes_no_sense(values):
    enrolment = an_enrolment()

    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.filter(pk=enrolment.pk).update(**values)
