"""A girl of whom nothing may be kept before an adult agrees: she learns without an account, and asks the adult."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from tests.apps.admissions.examples import a_call, a_person, an_open_call
from tests.apps.learning.examples import published
from tests.portals.public.test_apply import text
from trenza.apps.admissions.api import Application, Call, account_from
from trenza.apps.forms.api import Draft
from trenza.apps.people.api import Account, Guardianship, Person, check_guardian, forget_requests, read_request
from trenza.apps.people.models import GuardianRequest
from trenza.apps.programmes.api import Enrolment, Module, Region
from trenza.core import clock
from trenza.core.clock import travel
from trenza.core.journal import everything, last_position, work_until_done

pytestmark = pytest.mark.django_db

TWELVE = clock.now().date() - timedelta(days=12 * 366)
WHO = {
    "given_name": "Dana", "family_name": "Vega", "email": "dana@ejemplo.bo", "region": "el-alto",
    "birth_date_day": str(TWELVE.day), "birth_date_month": str(TWELVE.month), "birth_date_year": str(TWELVE.year),
}  # fmt: skip
ADULT = {
    "adult-name": "Lucía Vega", "adult-relation": "mother", "adult-email": "lucia@ejemplo.bo", "adult-consent": "on",
}  # fmt: skip


def address(call: Call, step: str = "") -> str:
    return f"/programas/{call.programme.code}/convocatorias/{call.code}/inscribirme/{step}"


def link() -> str:
    [found] = re.findall(r"https?://[^/]+(/acuerdo/antes/\S+)", str(mail.outbox[-1].body))
    return str(found)


@pytest.fixture
def call() -> Call:
    return an_open_call()


@pytest.fixture
def asked(client: Client, call: Call) -> str:
    """The link that Dana's mother gets."""
    assert client.post(address(call, "persona-adulta/"), WHO | ADULT).status_code == 200
    return link()


def nothing_is_kept() -> bool:
    return not Person.objects.exists() and not Account.objects.exists() and not Session.objects.exists()


def test_she_is_told_what_she_can_do_at_once_and_nothing_of_her_is_kept(client: Client, call: Call):
    course = published().course
    Module.objects.create(
        track=call.tracks_offered[0], code="uno", name="Conéctate", requirement_kind="course", course=course.code
    )
    before = last_position()
    page = text(client.post(address(call), WHO))

    assert "Puedes aprender desde hoy" in page
    assert f'<a href="/cursos/{course.code}/">Conéctate</a>' in page
    assert "Hasta que tengas 14 años" in page
    assert 'name="email" value="dana@ejemplo.bo"' in page  # it travels in the page alone
    assert nothing_is_kept()
    assert last_position() == before


def test_the_adult_gets_the_only_key_and_what_was_typed_cannot_be_read_here(asked: str):
    [kept] = GuardianRequest.objects.all()

    assert mail.outbox[-1].to == ["lucia@ejemplo.bo"]
    assert b"dana" not in bytes(kept.sealed).lower()
    assert "Dana" not in mail.outbox[-1].subject + str(mail.outbox[-1].body)
    contents = read_request(asked.split("/")[3])
    assert contents
    assert contents["details"]["email"] == "dana@ejemplo.bo"
    assert nothing_is_kept()


def test_after_the_yes_she_is_there_and_waits_until_the_team_has_checked_it(client: Client, call: Call, asked: str):
    page = text(client.get(asked))
    assert "Dana te pide" in page
    assert nothing_is_kept()
    response = client.post(asked, {"answer": "yes"})

    assert "Dana ya puede entrar con su correo" in text(response)
    person = Person.objects.get()
    application = Application.objects.get(person=person)
    guardianship = Guardianship.objects.get(person=person)
    assert (person.name, Account.objects.get().email) == ("Dana Vega", "dana@ejemplo.bo")
    assert (application.state, guardianship.state, guardianship.relation) == ("waiting_guardian", "agreed", "mother")
    assert not GuardianRequest.objects.exists()
    assert "_auth_user_id" not in client.session  # the adult is not Dana
    assert client.get(asked).status_code == 404

    check_guardian(guardianship=guardianship, how="video_call", by=None)
    work_until_done()
    assert Enrolment.objects.filter(person=person).count() == 1
    written = b" ".join(line.data for line in everything())
    assert not re.search(rb"Dana|Vega|ejemplo", written)


def test_after_a_no_nothing_is_left(client: Client, asked: str):
    page = text(client.post(asked, {"answer": "no"}))

    assert "Anotamos tu no" in page
    assert not GuardianRequest.objects.exists()
    assert nothing_is_kept()
    assert client.post(asked, {"answer": "yes"}).status_code == 404


def test_a_request_ends_by_itself(client: Client, asked: str):
    with travel(clock.now() + timedelta(days=14, seconds=1)):
        assert client.get(asked).status_code == 404
        forget_requests()
    assert not GuardianRequest.objects.exists()


@pytest.mark.parametrize("token", ["x", "A" * 64, "á" * 10, "A" * 63 + "="])
def test_other_links_open_nothing(client: Client, asked: str, token: str):
    assert client.get(f"/acuerdo/antes/{token}/").status_code == 404
    changed = asked[:-3] + ("AA/" if asked[-3:] != "AA/" else "BB/")
    assert client.post(changed, {"answer": "yes"}).status_code == 404
    assert nothing_is_kept()


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"adult-email": ""}, ["email"]),
        ({"adult-email": "DANA@ejemplo.bo"}, ["email"]),
        ({"adult-name": " "}, ["name"]),
        ({"adult-relation": "aunt"}, ["relation"]),
        ({"adult-consent": ""}, ["consent"]),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, call: Call, changes: dict[str, str], fields: list[str]
):
    response = client.post(address(call, "persona-adulta/"), WHO | ADULT | changes)

    assert list(response.context["form"].errors) == fields
    assert 'value="Dana"' in text(response)
    assert mail.outbox == []
    assert nothing_is_kept()


def test_an_adult_gets_so_many_messages_a_day(client: Client, call: Call):
    answers = [client.post(address(call, "persona-adulta/"), WHO | ADULT) for _ in range(12)]

    assert "Hoy ya mandamos varios mensajes a ese correo" in text(answers[-1])
    assert len(mail.outbox) < 12


def test_whose_address_is_known_comes_in_with_it(client: Client, asked: str):
    a_person(1, email="dana@ejemplo.bo")

    assert "ya tiene una cuenta" in text(client.post(asked, {"answer": "yes"}))
    assert Person.objects.count() == 1


def test_a_call_that_closed_meanwhile_says_so_and_keeps_nothing(client: Client, call: Call, asked: str):
    Call.objects.update(closes_at=clock.now() - timedelta(hours=1))

    assert "No guardamos nada" in text(client.post(asked, {"answer": "yes"}))
    assert nothing_is_kept()


def test_for_a_scholarship_she_comes_with_an_adult(client: Client):
    call = a_call()
    said = WHO | {"q_has_email": "yes", "consent": "on"}
    page = text(client.post(f"/programas/{call.programme.code}/convocatorias/{call.code}/postular/", said))

    assert "Ven a un centro con una persona adulta" in page
    assert "adult-email" not in page
    assert nothing_is_kept()


def test_a_call_that_closed_while_she_wrote_keeps_nothing_of_her_either(client: Client):
    call = a_call(closes_at=clock.now() - timedelta(hours=1))
    said = WHO | {"q_has_email": "yes", "consent": "on"}
    address_of_form = f"/programas/{call.programme.code}/convocatorias/{call.code}/postular/"

    assert client.post(address_of_form, said).status_code == 200
    assert not Draft.objects.exists()
    client.post(address_of_form, said | {"birth_date_year": "1990"})
    assert Draft.objects.count() == 1


def test_who_is_old_enough_is_signed_up_as_before(client: Any, call: Call):
    born = clock.now().date() - timedelta(days=15 * 366)
    older = WHO | {
        "birth_date_day": str(born.day), "birth_date_month": str(born.month), "birth_date_year": str(born.year),
    }  # fmt: skip

    assert client.post(address(call), older).url == address(call, "empezar/")


@pytest.mark.parametrize(
    ("iso", "programme", "years"), [("BO-L", 14, 14), ("BO-L", 16, 16), ("CO-ANT", 14, 18), ("BO-L", 25, 18)]
)
def test_the_law_of_her_country_and_the_programme_say_from_when(call: Call, iso: str, programme: int, years: int):
    call.programme.account_from = programme
    region = Region.objects.create(programme=call.programme, code="otra", name="Otra", iso=iso, position=9)

    assert account_from(call, region) == years
