"""Signing up to an open call in two steps."""

from typing import Any

import pytest
from django.test import Client

from tests.apps.admissions.examples import BORN, RULES, a_call, a_person, an_open_call, region_of, with_seats
from tests.apps.learning.examples import published
from trenza.apps.admissions.api import Application, Call
from trenza.apps.learning.api import record_lesson
from trenza.apps.people.api import Account, Person
from trenza.apps.programmes.api import Enrolment, Module
from trenza.core import clock

pytestmark = pytest.mark.django_db

WHO = {
    "given_name": "Juana",
    "family_name": "Quispe",
    "email": "juana@ejemplo.bo",
    "birth_date_day": str(BORN.day),
    "birth_date_month": str(BORN.month),
    "birth_date_year": str(BORN.year),
    "region": "el-alto",
}
YES = {"consent": "on", "once": "0123456789ABCDEFGHJKMNPQRS"}


def address(call: Call, step: str = "") -> str:
    return f"/programas/{call.programme.code}/convocatorias/{call.code}/inscribirme/{step}"


def test_two_steps_and_she_is_in(client: Any):
    call = an_open_call()

    first = client.post(address(call), WHO)
    assert first.url == address(call, "empezar/")
    assert list(Person.objects.all()) == []
    assert client.get(first.url).status_code == 200
    second = client.post(first.url, YES)

    assert (second.status_code, second.url) == (302, "/mi/")
    enrolment = Enrolment.objects.get()
    assert (enrolment.person.name, enrolment.region) == ("Juana Quispe", region_of(call))
    assert client.session["_auth_user_id"] == str(Account.objects.get().pk)
    assert "typed" not in client.session


def test_without_consent_nothing_is_kept_of_her(client: Any):
    call = an_open_call()
    client.post(address(call), WHO)

    response = client.post(address(call, "empezar/"), {})

    assert list(response.context["form"].errors) == ["consent"]
    assert list(Person.objects.all()) == []


def test_step_two_without_step_one_goes_back(client: Any):
    call = an_open_call()

    assert client.get(address(call, "empezar/")).url == address(call)
    assert client.post(address(call, "empezar/"), YES).url == address(call)


def test_step_one_keeps_what_was_typed(client: Any):
    response = client.post(address(an_open_call()), WHO | {"email": "juana"})

    assert list(response.context["form"].errors) == ["email"]
    assert 'value="Quispe"' in response.content.decode()


def test_step_one_says_the_same_of_known_and_unknown_addresses(client: Any):
    call = an_open_call()
    a_person(email="juana@ejemplo.bo")

    answers = [client.post(address(call), WHO | {"email": email}) for email in (WHO["email"], "nadie@ejemplo.bo")]

    assert [answer.url for answer in answers] == [address(call, "empezar/")] * 2


def test_a_known_address_must_come_in_by_code_and_what_was_typed_is_kept(client: Any):
    call, known = an_open_call(), a_person(email="juana@ejemplo.bo")
    client.post(address(call), WHO)

    response = client.post(address(call, "empezar/"), YES)
    assert response.url.startswith("/entrar/?next=")
    assert "_auth_user_id" not in client.session
    assert list(Enrolment.objects.all()) == []

    client.force_login(Account.objects.get(person=known))
    assert client.get(address(call, "empezar/")).status_code == 200
    client.post(address(call, "empezar/"), YES)
    assert Enrolment.objects.get().person == known


def test_a_second_click_leads_to_the_same_place(client: Any):
    call = an_open_call()
    client.post(address(call), WHO)
    twin: Any = Client()
    twin.post(address(call), WHO)

    answers = [each.post(address(call, "empezar/"), YES) for each in (client, twin)]

    assert [answer.url for answer in answers] == ["/mi/", "/mi/"]
    assert "_auth_user_id" in twin.session
    assert Enrolment.objects.count() == Person.objects.count() == 1


def test_who_is_known_is_asked_only_what_is_missing(client: Any):
    call, known = an_open_call(), a_person()
    client.force_login(Account.objects.get(person=known))

    assert list(client.get(address(call)).context["form"].fields) == ["region"]
    client.post(address(call), {"region": "oruro"})
    client.post(address(call, "empezar/"), YES)

    assert Enrolment.objects.get().region == region_of(call, "oruro")
    assert client.post(address(call, "empezar/"), YES).status_code == 302
    assert Enrolment.objects.count() == 1


def test_a_minor_has_an_application_that_waits(client: Any):
    call = an_open_call()
    client.post(address(call), WHO | {"birth_date_year": str(clock.now().year - 15)})

    response = client.post(address(call, "empezar/"), YES)

    assert response.url.endswith("/solicitud/")
    assert Application.objects.get().state == "waiting_guardian"
    assert client.get(response.url).status_code == 200


def test_who_is_not_eligible_reads_why_and_is_not_kept(client: Any):
    call = an_open_call(rules=RULES[:1])
    client.post(address(call), WHO | {"birth_date_year": "1960"})

    response = client.post(address(call, "empezar/"), YES)

    assert "Tener entre 16 y 29 años." in response.content.decode()
    assert list(Person.objects.all()) == []


def test_without_a_seat_it_says_so(client: Any):
    call = with_seats(an_open_call(), 0)
    client.post(address(call), WHO)

    response = client.post(address(call, "empezar/"), YES)

    assert response.context["full"] is True
    assert list(Person.objects.all()) == []


def test_calls_lead_to_the_page_of_their_kind(client: Any):
    selected = a_call()
    opened = an_open_call()

    assert client.get(address(selected)).url == address(selected).replace("inscribirme", "postular")
    assert client.get(address(opened).replace("inscribirme", "postular")).url == address(opened)


@pytest.mark.parametrize("born", [{"birth_date_year": "2200"}, {"birth_date_year": "1900"}, {"birth_date_day": "x"}])
def test_an_impossible_date_of_birth_is_explained(client: Any, born: dict[str, Any]):
    assert list(client.post(address(an_open_call()), WHO | born).context["form"].errors) == ["birth_date"]


def test_who_learned_it_before_is_told_that_it_counts(client: Any):
    call, known = an_open_call(), a_person()
    for code in ("uno", "dos"):
        Module.objects.create(
            track=call.tracks_offered[0], code=code, name=code.title(), requirement_kind="course", course=code
        )
    version = published("uno")
    client.force_login(Account.objects.get(person=known))
    client.post(address(call), {"region": "oruro"})
    assert client.get(address(call, "empezar/")).context["known"] == []

    for lesson in version.lessons.all():
        answers = {question["code"]: [0] for question in lesson.questions}
        record_lesson(lesson=lesson, person=known, answers=answers)

    assert [module.code for module in client.get(address(call, "empezar/")).context["known"]] == ["uno"]
