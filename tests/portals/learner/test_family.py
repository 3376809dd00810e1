"""A family takes part together: its code, who joins it, on whose application hers hangs, and leaving it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.apps.admissions.examples import BORN, READY, a_call, a_person, a_programme, region_of
from tests.portals.office.people import sign_in as sign_in_office
from tests.portals.office.people import staff
from tests.portals.public.test_apply import sign_in, text
from trenza.apps.admissions.api import Application, Call, submit_application
from trenza.apps.people.api import (
    HouseholdFull,
    HouseholdMember,
    InAnotherHousehold,
    Person,
    household_of,
    join_household,
    leave_household,
    members_of,
    merge_persons,
    open_household,
    renew_household_code,
)
from trenza.core import clock
from trenza.core.journal import check, everything
from trenza.core.privacy import export_of, keepers

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    programme = a_programme()
    programme.participants = "women_and_family"
    programme.save()
    return a_call(programme)


@pytest.fixture
def juana(call: Call) -> Person:
    person = a_person(1)
    submit_application(call=call, person=person, region=region_of(call), answers=READY, by=person)
    return person


def applying(call: Call, client: Client, **more: str) -> Any:
    said = {
        "given_name": "Pedro", "family_name": "Quispe", "email": "pedro@ejemplo.bo", "region": "el-alto",
        "birth_date_day": str(BORN.day), "birth_date_month": str(BORN.month), "birth_date_year": str(BORN.year),
        "q_has_email": "yes", "consent": "on",
    }  # fmt: skip
    return client.post(f"/programas/{call.programme.code}/convocatorias/{call.code}/postular/", said | more)


def test_she_gets_a_code_and_her_brothers_application_hangs_on_hers(client: Client, call: Call, juana: Person):
    sign_in(client, juana)
    assert "Pedir un código" in text(client.get("/mi/familia/"))
    client.post("/mi/familia/", {"act": "open"})
    page = text(client.get("/mi/familia/"))
    [code] = re.findall(r"<b>([0-9A-Z]{5}-[0-9A-Z]{5})</b>", page)
    assert "Nadie lo usó todavía" in page

    assert applying(call, Client(), family_code=f" {code.lower()} ").status_code == 302
    his = Application.objects.get(person__given_name="Pedro")
    assert his.relative_of == Application.objects.get(person=juana)
    assert "<li>Pedro</li>" in text(client.get("/mi/familia/"))
    assert check() == []
    written = b" ".join(line.data for line in everything() if line.kind.startswith("people.household"))
    assert code.replace("-", "").encode() not in written


def test_a_wrong_code_is_said_and_an_empty_one_is_nothing(call: Call):
    page = applying(call, Client(), family_code="K7QM2-4T2PX")
    assert list(page.context["form"].errors) == ["family_code"]
    assert "Ninguna familia tiene este código" in text(page)

    assert applying(call, Client(), family_code=" ").status_code == 302
    assert Application.objects.get().relative_of is None


def test_only_a_programme_for_families_asks_for_the_code(call: Call):
    call.programme.participants = "women"
    call.programme.save()

    assert 'name="family_code"' not in text(
        Client().get(f"/programas/{call.programme.code}/convocatorias/{call.code}/postular/")
    )


def test_an_old_code_brings_nobody_in_and_no_application_is_lost_for_it(call: Call, juana: Person):
    old = open_household(person=juana, by=juana).code
    renew_household_code(person=juana, by=juana)

    page = applying(call, Client(), family_code=old)
    assert list(page.context["form"].errors) == ["family_code"]


def test_one_is_in_one_household_and_leaves_it_when_she_likes(client: Client, juana: Person):
    hers, other = open_household(person=juana, by=juana), a_person(2)
    open_household(person=other, by=other)
    with pytest.raises(InAnotherHousehold):
        join_household(person=other, code=hers.code, by=other)
    sign_in(client, other)
    client.post("/mi/familia/", {"act": "leave"})
    client.post("/mi/familia/", {"act": "leave"})

    assert household_of(other) is None
    assert join_household(person=other, code=hers.code, by=other) == hers
    assert join_household(person=other, code=hers.code, by=other) == hers
    assert members_of(hers).count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdMember.objects.create(household=hers, person=other, joined_at=clock.now())


def test_a_household_has_so_many_members(juana: Person):
    hers = open_household(person=juana, by=juana)
    for n in range(2, 13):
        person = a_person(n)
        join_household(person=person, code=hers.code, by=person)
    last = a_person(13)
    with pytest.raises(HouseholdFull):
        join_household(person=last, code=hers.code, by=last)


def test_the_office_sees_whose_relative_somebody_is(client: Client, call: Call, juana: Person):
    code = open_household(person=juana, by=juana).code
    applying(call, Client(), family_code=code)
    his = Application.objects.get(person__given_name="Pedro")
    sign_in_office(client, staff("coordinator", scope_kind="programme", scope=call.programme_id))

    page = client.get(f"/oficina/solicitudes/{his.pk}/").content.decode()
    assert "Familiar de" in page
    assert juana.name in page


def test_her_family_is_hers_to_take_along_and_goes_when_she_is_erased(juana: Person):
    open_household(person=juana, by=juana)
    assert len(export_of(juana.pk)["people"]["family"]) == 1
    erase = keepers()["people"].erase
    assert erase
    erase(juana.pk)
    assert not HouseholdMember.objects.exists()


def test_merging_two_records_leaves_households_as_they_are(juana: Person):
    hers, twice, mother = open_household(person=juana, by=juana), a_person(2), a_person(3)
    theirs = open_household(person=mother, by=mother)
    join_household(person=twice, code=theirs.code, by=twice)
    merge_persons(absorbed=twice, kept=juana, reason="twice", by=None)
    assert household_of(juana) == hers
    assert members_of(theirs).count() == 2

    leave_household(person=juana, by=juana)
    again = a_person(4)
    join_household(person=again, code=theirs.code, by=again)
    with clock.travel(clock.now() + timedelta(seconds=1)):
        merge_persons(absorbed=again, kept=juana, reason="twice", by=None)
    assert household_of(juana) == theirs
