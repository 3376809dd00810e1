"""What is counted equals what the journal says, and is asked in a fixed number of queries."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.admissions.examples import READY, a_call, a_programme, region_of
from tests.apps.credentials.actions.test_revoking import MISTAKE, somebody_with
from tests.apps.credentials.examples import a_template
from trenza.apps.admissions.api import Call, accept_award, award_application, submit_application
from trenza.apps.credentials.api import Credential, revoke_credential
from trenza.apps.impact.counting import Counts, counts, months_until, zone_of
from trenza.apps.impact.rules import counts_for
from trenza.apps.people.api import Person, register_person
from trenza.apps.programmes.api import Edition, Module, Programme, meet_requirement
from trenza.core import clock
from trenza.core.journal import everything, work_until_done

pytestmark = pytest.mark.django_db

LA_PAZ = ZoneInfo("America/La_Paz")
START = datetime(2026, 5, 31, 22, 0, tzinfo=UTC)
BIRTH = date(2000, 1, 1)
KINDS = {
    "admissions.application_submitted.v1": "applications",
    "admissions.award_made.v1": "awards",
    "programmes.enrolled.v1": "enrolments",
    "programmes.track_completed.v1": "completions",
    "credentials.credential_issued.v1": "certificates",
}


def a_counted_programme(code: str = "mujeres-online") -> Programme:
    """A call in La Paz, one module to complete, one certificate; a demonstration edition beside it."""
    programme = a_programme(code)
    track = programme.tracks.get()
    Module.objects.create(track=track, code="uno", name="Uno", requirement_kind="confirmed", confirmed_by="trainer")
    a_template(programme)
    call = a_call(programme, opens_at=START - timedelta(days=1), closes_at=START + timedelta(days=400), rules=[])
    demo = Edition.objects.create(
        programme=programme, code="demo", name="Demo", starts_on=BIRTH.replace(year=2026), demonstration=True,
        ends_on=date(2099, 1, 1),
    )  # fmt: skip
    demo.tracks.add(track)
    demo.regions.set(programme.regions.all())
    values = {field.attname: getattr(call, field.attname) for field in Call._meta.concrete_fields if field.name != "id"}
    demo_call = Call.objects.create(**(values | {"edition_id": demo.pk, "code": "demo"}))
    demo_call.regions.set(programme.regions.all())
    return programme


def live(programme: Programme, chance: random.Random, people: int) -> None:
    """People come at some moment of a quarter, and go as far as they go; through the real actions and the worker."""
    module = Module.objects.get(track__programme=programme)
    calls = list(Call.objects.filter(programme=programme).order_by("code"))
    for n in range(people):
        call, synthetic = chance.choice(calls), chance.random() < 0.3
        with clock.travel(START + timedelta(minutes=chance.randrange(0, 90 * 1440))):
            person = register_person(given_name=f"Ana {n}", family_name="Choque", birth_date=BIRTH, synthetic=synthetic)
            region = chance.choice([region_of(call), region_of(call, "oruro")])
            application = submit_application(call=call, person=person, region=region, answers=READY, by=person)
            if chance.random() < 0.2:
                continue
            award = award_application(application=application, by=None)
        with clock.travel(clock_after(award.awarded_at, chance)):
            enrolment = accept_award(award=award, by=person)
        if chance.random() < 0.6:
            with clock.travel(clock_after(enrolment.enrolled_at, chance)):
                meet_requirement(enrolment=enrolment, module=module)
    work_until_done()


def clock_after(moment: datetime, chance: random.Random) -> datetime:
    return moment + timedelta(minutes=chance.randrange(0, 20 * 1440))


def from_the_journal(programme: Programme) -> dict[tuple[bool, str], tuple[Counter[Any], Counter[Any]]]:
    """Counted by hand: entry by entry, in the time of La Paz, revoked certificates taken off again."""
    demo = programme.editions.get(code="demo").pk
    synthetic = set(Person.objects.filter(synthetic=True).values_list("pk", flat=True))
    regions: dict[str, str] = {}
    found = {
        (side, name): (Counter[Any](), Counter[Any]())
        for side in (False, True)
        for name in (*KINDS.values(), "trainers")
    }
    revoked = {
        msgspec.json.decode(line.data)["credential"]
        for line in everything()
        if line.kind == "credentials.credential_revoked.v1"
    }
    for line in everything():
        data = msgspec.json.decode(line.data)
        if line.kind == "programmes.enrolled.v1":
            regions[data["enrolment"]] = data["region"]
        name = KINDS.get(line.kind)
        if name is None or data.get("credential") in revoked:
            continue
        region = data["region"] if "region" in data else regions[data["enrolment"]]
        by_region, by_month = found[line.edition == demo or line.person in synthetic, name]
        by_region[UUID(region)] += 1
        by_month[line.happened_at.astimezone(LA_PAZ).date().replace(day=1)] += 1
    return found


def as_pairs(counted: Counts) -> dict[tuple[bool, str], tuple[Counter[Any], Counter[Any]]]:
    sides = {False: counted.real, True: counted.demonstration}
    return {
        (side, name): (tally.by_region, tally.by_month)
        for side, tallies in sides.items()
        for name, tally in tallies.items()
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_counts_equal_what_the_journal_says(seed):
    programme = a_counted_programme()
    live(programme, random.Random(seed), 25)
    with clock.travel(START + timedelta(days=300)):
        revoke_credential(credential=Credential.objects.all()[0], reason=MISTAKE, by=somebody_with("administrator"))
        counted = counts(programme, zone=LA_PAZ)

    assert as_pairs(counted) == from_the_journal(programme)
    assert all(tally.total for name, tally in counted.real.items() if name != "trainers")


def test_counts_of_another_programme_and_of_other_editions_stay_apart():
    programme = a_counted_programme()
    live(programme, random.Random(3), 8)
    with clock.travel(START + timedelta(days=300)):
        other = counts(a_programme("otro"), zone=LA_PAZ)
        real = counts(programme, programme.editions.get(code="2026"), zone=LA_PAZ)
        whole = counts(programme, zone=LA_PAZ)

    assert [tally.total for tally in other.real.values()] == [0] * 6
    edition = programme.editions.get(code="2026").pk
    assert {edition for tally in real.real.values() for edition in tally.by_edition} == {edition}
    assert (
        real.real["applications"].total + real.demonstration["applications"].total
        == whole.real["applications"].by_edition[edition] + whole.demonstration["applications"].by_edition[edition]
    )


def test_what_came_after_the_moment_is_not_counted():
    programme = a_counted_programme()
    live(programme, random.Random(4), 12)
    middle = START + timedelta(days=45)

    with clock.travel(START + timedelta(days=300)):
        until = counts(programme, zone=LA_PAZ, until=middle)

    submitted = [line.happened_at for line in everything() if line.kind == "admissions.application_submitted.v1"]
    before = sum(moment < middle for moment in submitted)
    assert 0 < before < len(submitted)
    assert until.real["applications"].total + until.demonstration["applications"].total == before


def test_queries_are_as_many_for_many_rows_as_for_few():
    programme = a_counted_programme()
    numbers = []
    for people in (1, 9):
        live(programme, random.Random(people), people)
        with CaptureQueriesContext(connection) as asked:
            counts(programme, zone=zone_of(programme))
        numbers.append(len(asked))

    assert numbers == [9, 9]


def test_team_sees_what_lies_within_its_scope():
    programme = a_counted_programme()
    live(programme, random.Random(5), 15)
    north = programme.regions.get(code="oruro")
    in_north = somebody_with("coordinator", scope_kind="region", scope=north.pk)
    everywhere = somebody_with("auditor", scope_kind="programme", scope=programme.pk)

    with clock.travel(START + timedelta(days=300)):
        seen, whole = counts_for(in_north, programme), counts_for(everywhere, programme)
        nothing = [counts_for(None, programme), counts_for(somebody_with("trainer"), programme)]

    assert as_pairs(whole) == from_the_journal(programme)
    applications = whole.real["applications"].by_region[north.pk]
    assert seen.real["applications"].by_region == Counter({north.pk: applications})
    assert {tally.total for each in nothing for tally in (*each.real.values(), *each.demonstration.values())} == {0}


def test_time_zone_is_that_of_the_calls_where_they_agree():
    programme = a_counted_programme()
    assert zone_of(programme) == LA_PAZ

    Call.objects.filter(code="demo").update(time_zone="America/Mexico_City")
    assert zone_of(programme) == zone_of(a_programme("otro")) == ZoneInfo("UTC")


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 100))
def test_months_follow_each_other(first, many):
    months = months_until(first, first + timedelta(days=31 * many))

    assert months[0] == first.replace(day=1)
    assert all(month.day == 1 for month in months)
    assert all((later - month).days in {28, 29, 30, 31} for month, later in pairwise(months))
    assert months[-1] == (first + timedelta(days=31 * many)).replace(day=1)
