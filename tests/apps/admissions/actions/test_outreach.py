"""Taking somebody down in person: within her scope, once, with a yes that is kept as what it was."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.apps.admissions.examples import BORN, READY, a_call, a_person, an_open_call, region_of
from tests.journal import journal
from trenza.apps.admissions.actions.arrival import ConsentText, Details
from trenza.apps.admissions.actions.outreach import bring_in_applicant
from trenza.apps.admissions.errors import CallNotOpen
from trenza.apps.admissions.models import Application, Brought, Call, SignUp
from trenza.apps.people.api import Consent, EmailTaken, Person, grant_role
from trenza.core.clock import travel
from trenza.core.errors import NotAllowed

pytestmark = pytest.mark.django_db
WHO = Details(given_name="Rosa", family_name="Choque", birth_date=BORN, phone="+59171234567")
TEXT = ConsentText("data-use", 1)


def a_worker(call: Call, region: str = "el-alto", role: str = "outreach") -> Person:
    worker = a_person(90)
    grant_role(person=worker, role=role, scope_kind="region", scope=region_of(call, region).pk, by=None)
    return worker


def bring(call: Call, by: Person, key: UUID | None = None, region: str = "el-alto", **changes: Any) -> Any:
    details = replace(WHO, **changes)
    return bring_in_applicant(
        key=key or uuid4(), call=call, details=details, consent=TEXT, region=region_of(call, region),
        answers=READY if call.form else {}, by=by,
    )  # fmt: skip


def test_she_applies_with_a_yes_that_was_said_aloud():
    call = a_call()
    worker = a_worker(call)

    taken = bring(call, worker)

    assert (taken.application.state, taken.was_there) == ("submitted", False)
    [consent] = Consent.objects.filter(person=taken.person)
    assert (consent.text, consent.version, consent.given_by) == ("data-use-aloud", 1, worker)
    assert [(by, about) for kind, about, by, _data in journal() if kind.startswith("admissions.")] == [
        (worker.pk, taken.person.pk)
    ]
    assert Brought.objects.get().by == worker


def test_for_an_open_call_she_is_enrolled():
    call = an_open_call()

    assert bring(call, a_worker(call, role="trainer")).application is None
    assert SignUp.objects.count() == 1


def test_the_same_page_brings_nobody_twice():
    call, key = a_call(), uuid4()
    worker = a_worker(call)

    first, second = bring(call, worker, key), bring(call, worker, key, given_name="Otra")

    assert (second.person, second.application, second.was_there) == (first.person, first.application, True)
    assert Application.objects.count() == 1


@pytest.mark.parametrize("who", ["of another region", "mentor", "nobody", "another's page"])
def test_nobody_is_brought_in_from_outside_a_scope(who: str):
    call, key = a_call(), uuid4()
    worker = a_worker(call)
    if who == "another's page":
        bring(call, worker, key)
        grant_role(
            person=(other := a_person(91)), role="outreach", scope_kind="region", scope=region_of(call).pk, by=None
        )
    else:
        other = a_person(92)
        if who == "mentor":
            grant_role(person=other, role="mentor", scope_kind="region", scope=region_of(call).pk, by=None)
    before = Person.objects.count()

    with pytest.raises(NotAllowed):
        bring(call, worker if who == "of another region" else other, key, "oruro" if "region" in who else "el-alto")

    assert Person.objects.count() == before


def test_what_cannot_be_leaves_nothing():
    call = a_call()
    worker = a_worker(call)
    a_person(email="rosa@ejemplo.bo")
    before = Person.objects.count()

    with pytest.raises(EmailTaken):
        bring(call, worker, email="rosa@ejemplo.bo")
    with travel(call.closes_at + timedelta(seconds=1)), pytest.raises(CallNotOpen):
        bring(call, worker)

    assert Person.objects.count() == before
    assert list(Brought.objects.all()) == []
