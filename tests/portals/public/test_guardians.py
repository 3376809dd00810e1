"""A minor's pages and the page of the link, with Django's client."""

import email
import email.policy
import re
import socket
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.test import Client

from tests.apps.admissions.examples import READY, a_call, a_minor, a_programme, an_application, an_open_call, region_of
from tests.portals.public.test_apply import sign_in, text
from trenza.apps.admissions.api import Application, Call, award_application, submit_application
from trenza.apps.people.api import Guardianship, Person, check_guardian, guardianship_of, withdraw_guardian
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db

HER_MOTHER = {"name": "Lucía Vega", "relation": "mother", "email": "lucia@ejemplo.bo", "phone": ""}


@pytest.fixture
def dana() -> Person:
    person, call = a_minor(), a_call()
    submit_application(call=call, person=person, region=region_of(call), answers=READY, by=person)
    return person


@pytest.fixture
def hers(client: Client, dana: Person) -> Client:
    sign_in(client, dana)
    return client


def address(page: str = "") -> str:
    call = Call.objects.get(code="beca-2026")
    return f"/programas/{call.programme.code}/convocatorias/{call.code}/solicitud/{page}"


FORM = "persona-adulta/"


def asked(client: Client, **changes: str) -> Guardianship:
    response = client.post(address(FORM), HER_MOTHER | changes)
    assert (response.status_code, response.headers["Location"]) == (302, address(FORM))
    return Guardianship.objects.order_by("id").last() or Guardianship()


def link() -> str:
    [found] = re.findall(r"https?://[^/]+(/acuerdo/\S+)", str(mail.outbox[-1].body))
    return str(found)


def test_her_application_leads_to_the_form(hers: Client):
    page = text(hers.get(address()))

    assert f'href="{address(FORM)}">Decir quién me cuida<' in page
    assert "Seguir con mi solicitud" not in page


def test_she_names_her_mother_who_gets_a_link(hers: Client, dana: Person):
    guardianship = asked(hers)

    assert (guardianship.name, guardianship.relation, guardianship.links) == ("Lucía Vega", "mother", 1)
    assert mail.outbox[-1].to == ["lucia@ejemplo.bo"]
    page = text(hers.get(address(FORM)))
    assert "Escribimos a lucia@ejemplo.bo y esperamos su sí." in page
    assert "Mandar el enlace otra vez" in page
    assert "Ver cómo va" in text(hers.get(address()))


def test_a_phone_number_is_enough_and_nothing_is_sent(hers: Client):
    asked(hers, email="", phone="+591 7123 4567")

    assert mail.outbox == []
    page = text(hers.get(address(FORM)))
    assert "El equipo va a llamar al +591 7123 4567." in page
    assert "Mandar el enlace otra vez" not in page


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"email": ""}, ["phone"]),
        ({"email": "lucia"}, ["email"]),
        ({"email": "JUANA1@ejemplo.bo"}, ["email"]),  # her own
        ({"name": " . "}, ["name"]),
        ({"name": "x" * 201}, ["name"]),
        ({"relation": "aunt"}, ["relation"]),
        ({"relation": ""}, ["relation"]),
        ({"phone": "call me"}, ["phone"]),
        ({"phone": "+" * 20}, ["phone"]),
        ({"phone": "1" * 31}, ["phone"]),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(hers: Client, changes: dict[str, str], fields: list[str]):
    response = hers.post(address(FORM), HER_MOTHER | changes)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == fields
    assert 'value="mother"' in text(response)
    assert Guardianship.objects.count() == 0


def test_hotlines_of_her_country_stand_on_the_page(hers: Client):
    assert '<a href="tel:800140348">800140348</a>' in text(hers.get(address(FORM)))


def test_she_corrects_whom_she_named(hers: Client):
    asked(hers)

    assert "¿Cómo se llama la persona adulta?" in text(hers.get(address(FORM) + "?otra=1"))
    second = asked(hers, name="Rosa", relation="grandparent")

    assert list(Guardianship.objects.order_by("id").values_list("state", "email")) == [
        ("replaced", ""), ("asked", "lucia@ejemplo.bo"),
    ]  # fmt: skip
    assert second.name == "Rosa"


def test_the_link_is_sent_again_a_few_times_a_day(hers: Client):
    asked(hers)

    for _ in range(5):
        assert hers.post(address(FORM + "enlace/")).status_code == 302

    assert len(mail.outbox) == 4
    assert "Mañana podemos mandar otro." in text(hers.get(address(FORM)))


def test_the_adult_reads_and_says_yes_without_signing_in(hers: Client, dana: Person):
    asked(hers)
    mother = Client()

    page = mother.get(link())
    assert "Juana 1 te pide un sí" in text(page)
    assert ("Mujeres Online" in text(page), "Quispe" in text(page)) == (True, False)
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert guardianship_of(dana).state == "asked"  # type: ignore[union-attr]  # looking answers nothing
    thanks = mother.post(link(), {"answer": "yes"})

    assert "Anotamos tu sí." in text(thanks)
    assert guardianship_of(dana).state == "agreed"  # type: ignore[union-attr]
    assert (mother.get(link()).status_code, mother.post(link(), {"answer": "no"}).status_code) == (404, 404)
    assert "¡Dijo que sí!" in text(hers.get(address(FORM)))
    assert Application.objects.get().state == "waiting_guardian"


def test_the_adult_says_no_and_she_may_name_somebody_else(hers: Client, dana: Person):
    asked(hers)

    assert "Anotamos tu no" in text(Client().post(link(), {"answer": "no"}))

    assert guardianship_of(dana).state == "refused"  # type: ignore[union-attr]
    assert "Pedirle su acuerdo" in text(hers.get(address(FORM)))


def test_neither_button_answers_nothing(hers: Client):
    asked(hers)

    response = Client().post(link(), {"answer": "maybe"})

    assert (response.status_code, "Elige uno de los dos botones." in text(response)) == (200, True)
    assert Guardianship.objects.get().state == "asked"


@pytest.mark.parametrize("token", ["x", "eyJ9:abc", "%C3%B1", "a" * 900])
def test_a_link_that_is_not_ours_is_gone(token: str):
    response = Client().get(f"/acuerdo/{token}/")

    assert (response.status_code, "Este enlace ya no sirve" in text(response)) == (404, True)


def test_the_answer_needs_our_own_page(hers: Client):
    asked(hers)

    assert Client(enforce_csrf_checks=True).post(link(), {"answer": "yes"}).status_code == 403
    assert Guardianship.objects.get().state == "asked"


def test_checked_by_the_team_lets_her_application_go_on(hers: Client):
    check_guardian(guardianship=asked(hers), how="video_call", by=None)
    work_until_done()

    assert hers.get(address(FORM)).status_code == 302
    assert "Tenemos tu solicitud" in text(hers.get(address()))


def test_who_comes_of_age_goes_on_by_herself(hers: Client, dana: Person):
    assert hers.post(address("seguir/")).headers["Location"] == address(FORM)
    Person.objects.filter(pk=dana.pk).update(birth_date=clock.now().date() - timedelta(days=19 * 366))

    assert "Seguir con mi solicitud" in text(hers.get(address()))
    assert hers.post(address("seguir/")).headers["Location"] == address()

    assert Application.objects.get().state == "submitted"


def test_the_paper_shows_the_programme_and_nothing_of_the_adult(hers: Client):
    asked(hers)

    page = text(hers.get(address(FORM + "hoja/")))

    assert ("Mujeres Online" in page, "Firma:" in page, "Lucía" in page) == (True, True, False)


def test_a_place_waits_until_her_guardian_was_checked(hers: Client, dana: Person):
    guardianship = check_guardian(guardianship=asked(hers), how="video_call", by=None)
    work_until_done()
    award = award_application(application=Application.objects.get(), by=None)
    withdraw_guardian(guardianship=guardianship, by=None)

    refused = hers.post(f"/mi/becas/{award.pk}/")

    assert (refused.status_code, "Tu lugar te espera" in text(refused)) == (200, True)
    check_guardian(guardianship=asked(hers), how="in_person", by=None)
    assert hers.post(f"/mi/becas/{award.pk}/").status_code == 302


@pytest.mark.parametrize("page", ["", "enlace/", "hoja/"])
def test_pages_are_hers_alone(client: Client, dana: Person, page: str):
    call = an_open_call(a_programme("otro"))
    stranger = a_minor(5)
    an_application(call, 5, person=stranger, state="waiting_guardian")
    method: Any = client.post if page == "enlace/" else client.get

    assert method(address(FORM + page)).status_code == 302  # to sign in
    sign_in(client, stranger)
    assert method(address(FORM + page)).status_code == 404


def test_another_adult_woman_sees_no_such_page(client: Client):
    call = a_call()
    application = an_application(call, 1)
    sign_in(client, application.person)

    assert client.get(address(FORM)).headers["Location"] == address()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # aiosmtpd's own socket
def test_the_link_goes_out_over_smtp_and_names_nobody(hers: Client, settings: Any):
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=closed_port())
    server.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        asked(hers)
    finally:
        server.stop()

    [(recipients, content)] = inbox.received
    message = email.message_from_bytes(content, policy=email.policy.default)
    body = message.get_body(("plain",))
    assert (recipients, message["Subject"]) == (["lucia@ejemplo.bo"], "Una pregunta para ti")
    assert body is not None
    assert "/acuerdo/" in body.get_content()
    for name in ("Juana", "Lucía", "Mujeres", "Becas"):
        assert name not in content.decode()


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class Inbox:
    """What a real mail server was given."""

    def __init__(self) -> None:
        self.received: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        self.received.append((list(envelope.rcpt_tos), bytes(envelope.content)))
        return "250 OK"
