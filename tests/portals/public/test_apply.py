"""Applying as she does, page by page, with Django's client."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from tests.apps.admissions.examples import BORN, a_call, a_person, a_programme, an_application, region_of, with_seats
from trenza.apps.admissions.api import Application, Call, award_application
from trenza.apps.forms.api import Response
from trenza.apps.people.api import Account, Consent, Person
from trenza.core import clock

pytestmark = pytest.mark.django_db

TYPED = {
    "given_name": "Juana",
    "family_name": "Quispe Mamani",
    "email": "juana@ejemplo.bo",
    "birth_date_day": str(BORN.day),
    "birth_date_month": str(BORN.month),
    "birth_date_year": str(BORN.year),
    "region": "el-alto",
    "q_has_email": "yes",
    "q_why": "Quiero vender mejor",
    "consent": "on",
    "once": "0123456789ABCDEFGHJKMNPQRS",
}


def address(call: Call, page: str = "postular") -> str:
    return f"/programas/{call.programme.code}/convocatorias/{call.code}/{page}/"


def apply(client: Any, call: Call, **changes: Any) -> Any:
    typed = {name: value for name, value in (TYPED | changes).items() if value is not None}
    return client.post(address(call), typed)


def signed_in(client: Any) -> bool:
    return "_auth_user_id" in client.session


def sign_in(client: Any, person: Person) -> None:
    client.force_login(Account.objects.get(person=person))


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_new_person_applies_and_is_signed_in(client: Any):
    call = a_call()
    assert client.get(address(call)).status_code == 200

    response = apply(client, call)

    assert (response.status_code, response.url) == (302, address(call, "solicitud"))
    application = Application.objects.get()
    assert (application.state, application.region) == ("submitted", region_of(call))
    person = application.person
    assert (person.name, person.birth_date, person.country) == ("Juana Quispe Mamani", BORN, "BO")
    assert Response.objects.get().answers == {"has_email": True, "why": "Quiero vender mejor"}
    assert [(consent.text, consent.version) for consent in Consent.objects.filter(person=person)] == [("data-use", 1)]
    assert signed_in(client)
    page = client.get(response.url)
    assert page.status_code == 200
    assert "Tener entre 16 y 29 años." in text(page)


def test_a_form_keeps_what_was_typed_and_says_what_is_missing(client: Any):
    response = apply(client, a_call(), given_name="", birth_date_month="13", consent=None)

    page = text(response)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["given_name", "birth_date", "consent"]
    for kept in ('value="juana@ejemplo.bo"', 'value="13"', "Quiero vender mejor", 'value="Quispe Mamani"'):
        assert kept in page
    assert page.index('class="card errors"') < page.index('name="given_name"')
    assert 'href="#id_given_name"' in page
    assert list(Person.objects.all()) == []


@pytest.mark.parametrize("name", ["Juana 🌸", "123", "胡安娜", "<b>Juana</b>", "Jua\u202ena"])
def test_a_name_that_cannot_be_printed_is_explained(client: Any, name: str):
    response = apply(client, a_call(), given_name=name)

    assert [error.code for error in response.context["form"].errors.as_data()["given_name"]] == ["letters"]


@pytest.mark.parametrize("name", ["Ñusta", "K’ichi’", "Mbo'y", "María-José", "Wayra Ä", "Guyrá Ỹvytu"])
def test_a_name_of_these_countries_passes(client: Any, name: str):
    assert apply(client, a_call(), given_name=name).status_code == 302


def test_a_second_click_leads_to_the_same_page(client: Any):
    call = a_call()
    twin: Any = Client()
    first = apply(client, call)

    # The browser sends again before the first answer reached it: no session, the same page.
    second = apply(twin, call)

    assert (first.url, second.url) == (address(call, "solicitud"), address(call, "solicitud"))
    assert Application.objects.count() == Person.objects.count() == 1
    assert twin.get(second.url).status_code == 200


def test_applying_again_leads_to_the_application(client: Any):
    call = a_call()
    apply(client, call)

    assert apply(client, call).url == client.get(address(call)).url == address(call, "solicitud")
    assert Application.objects.count() == 1


@pytest.mark.parametrize("once", ["", "another", "0123456789ABCDEFGHJKMNPQRS"])
def test_a_stranger_who_types_a_known_address_does_not_get_in(client: Any, once: str):
    call, known = a_call(), a_person(email="juana@ejemplo.bo")

    response = apply(client, call, email=" JUANA@ejemplo.bo", once=once)

    assert (response.status_code, response.url) == (302, "/entrar/?next=" + address(call).replace("/", "%2F"))
    assert not signed_in(client)
    assert list(Application.objects.all()) == []
    known.refresh_from_db()
    assert known.given_name == "Juana 1"


def test_after_the_code_what_was_typed_is_there_and_only_what_is_missing_is_asked(client: Any):
    call, known = a_call(), a_person(email="juana@ejemplo.bo")
    sign_in_page = apply(client, call).url
    client.post("/entrar/", {"email": "juana@ejemplo.bo", "next": address(call)})
    [code] = re.findall(r"\b\d{6}\b", str(mail.outbox[-1].body))
    client.get(sign_in_page)
    back = client.post("/entrar/codigo/?next=" + address(call), {"code": code, "next": address(call)})
    assert back.url == address(call)

    form = client.get(address(call)).context["form"]
    assert list(form.fields) == ["region", "q_has_email", "q_why", "consent"]
    assert form["q_why"].value() == "Quiero vender mejor"
    assert form.errors == {}

    assert apply(client, call).url == address(call, "solicitud")
    assert Application.objects.get().person == known


def test_a_minor_waits_and_is_told_so(client: Any):
    call = a_call(rules=[])

    apply(client, call, birth_date_year=str(clock.now().year - 16))

    page = client.get(address(call, "solicitud"))
    assert page.context["application"].state == "waiting_guardian"


def test_who_needs_help_sees_how_and_corrects_her_answer(client: Any):
    call = a_call()
    apply(client, call, q_has_email="no")
    page = client.get(address(call, "solicitud"))
    assert "Te ayudamos a crear una en el centro." in text(page)

    form = client.get(address(call, "solicitud/corregir"))
    assert form.context["form"]["q_why"].value() == "Quiero vender mejor"
    response = client.post(address(call, "solicitud/corregir"), {"q_has_email": "yes"})

    assert response.url == address(call, "solicitud")
    assert Application.objects.get().state == "submitted"


def test_who_is_refused_reads_why(client: Any):
    call = a_call()
    apply(client, call, birth_date_year="1970")

    assert 'class="card no"><li>Tener entre 16 y 29 años.</li>' in text(client.get(address(call, "solicitud")))


def test_the_waiting_list_tells_her_place(client: Any):
    call = a_call()
    person = a_person()
    an_application(call, 1, person=person, state="waiting_list")
    sign_in(client, person)

    assert client.get(address(call, "solicitud")).context["place"] == 1


def test_she_takes_her_application_back(client: Any):
    call = a_call()
    apply(client, call)

    assert client.get(address(call, "solicitud/retirar")).status_code == 405
    client.post(address(call, "solicitud/retirar"))

    assert Application.objects.get().state == "withdrawn"
    assert client.get(address(call, "solicitud")).status_code == 200


@pytest.mark.parametrize("page", ["solicitud", "solicitud/corregir"])
def test_the_application_of_somebody_else_is_not_found(client: Any, page: str):
    call = a_call()
    an_application(call, 1)
    sign_in(client, a_person(2))

    assert client.get(address(call, page)).status_code == 404


def test_an_application_needs_signing_in(client: Any):
    call = a_call()
    an_application(call, 1)

    assert client.get(address(call, "solicitud")).url.startswith("/entrar/?next=")


@pytest.mark.parametrize("state", sorted(Application.State.values))
def test_every_state_has_its_page(client: Any, state: str):
    call, person = a_call(), a_person()
    application = an_application(call, 1, person=person)
    if state in ("awarded", "accepted", "declined"):
        award_application(application=application, by=None)
    Application.objects.update(state=state)
    sign_in(client, person)

    assert client.get(address(call, "solicitud")).status_code == 200


def test_a_call_that_has_closed_says_so_and_takes_nothing(client: Any):
    call = a_call()
    closed = call.opens_at.replace(year=call.opens_at.year + 20)
    Call.objects.update(opens_at=closed, closes_at=closed)

    assert apply(client, call).status_code == 200
    assert list(Person.objects.all()) == []


@pytest.mark.parametrize("changes", [{"published_at": None}, {"retired_at": "2026-01-01T00:00:00Z"}])
def test_a_call_that_is_not_published_is_not_found(client: Any, changes: dict[str, Any]):
    assert client.get(address(a_call(**changes))).status_code == 404


def test_guessed_addresses_are_not_found(client: Any):
    call = a_call(a_programme("una"))
    a_programme("otra")

    for path in ("/programas/nada/", f"/programas/otra/convocatorias/{call.code}/postular/"):
        assert client.get(path).status_code == 404


def test_a_browser_that_applies_too_often_is_asked_to_wait(client: Any):
    call = a_call()
    client.get(address(call))  # which gives it the cookie that it is known by

    answers = [apply(client, call, given_name="").status_code for _ in range(22)]

    assert answers == [200] * 20 + [429] * 2


def test_no_personal_data_is_in_an_address(client: Any):
    call = a_call()
    a_person(email="juana@ejemplo.bo")

    response = apply(client, call)

    assert "juana" not in response.url.lower()


def test_the_page_of_the_form_is_small_and_asks_as_much_with_one_region_as_with_three(
    client: Any, django_assert_num_queries: Any
):
    one, three = a_call(a_programme("una", regions=1)), a_call(a_programme("tres", regions=3))
    for call in (with_seats(one, 5), with_seats(three, 5)):
        with django_assert_num_queries(5):  # where the journal stands; the call, its regions, tracks and seats
            response = client.get(address(call))
        with django_assert_num_queries(2):  # where the journal stands; its seats
            client.get(address(call))
        packed = client.get(address(call), headers={"accept-encoding": "gzip"})
        assert len(packed.content) < 13_000
        assert response.status_code == 200
