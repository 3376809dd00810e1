"""Who lacks the basics or a mail account does a short path, and her application goes on with its place."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from tests.apps.admissions.definition.readiness_examples import EMAIL, TASKS
from tests.apps.admissions.examples import READY, a_call, a_person, region_of
from tests.portals.public.test_apply import address, sign_in, text
from trenza.apps.admissions.api import Application, Call, Readiness, submit_application
from trenza.apps.people.api import Account
from trenza.core import clock
from trenza.core.clock import travel

pytestmark = pytest.mark.django_db
RIGHT = {"clave": "palabras", "datos": ["video", "llamada"], "escrito": " Rosa.Mamani@ejemplo.com "}


def lacking(call: Call | None = None) -> Application:
    """Needs an account of mail; the call has both paths, and she knows the basics."""
    call = call or a_call()
    for position, content in enumerate((TASKS, EMAIL)):
        Readiness.objects.create(
            programme=call.programme,
            code=content["code"],
            rule=content["rule"],
            kind=content["kind"],
            title=content["title"],
            content=content,
            position=position,
        )
    person = a_person()
    return submit_application(
        call=call, person=person, region=region_of(call), answers=READY | {"has_email": False}, by=person
    )


def lacking_basics() -> Application:
    """The rule about mail is met by the tasks here."""
    application = lacking()
    Readiness.objects.filter(code="tu-correo").delete()
    Readiness.objects.update(rule="correo")
    return application


def page(call: Call, step: str) -> str:
    return address(call, f"solicitud/preparacion/{step}")


def test_her_application_shows_the_path_and_what_comes_next(client: Any):
    application = lacking()
    sign_in(client, application.person)

    shown = text(client.get(address(application.call, "solicitud")))

    assert "Tu correo" in shown
    assert page(application.call, "tu-correo") in shown
    assert "Lo básico" not in shown  # no rule of this call
    assert "Te ayudamos a crear una en el centro." not in shown  # the path says how


def test_tasks_say_why_and_may_be_tried_again_without_losing_what_was_chosen(client: Any):
    application = lacking_basics()
    sign_in(client, application.person)
    assert client.get(page(application.call, "lo-basico")).status_code == 200

    shown = text(client.post(page(application.call, "lo-basico"), {"clave": "numeros", "datos": ["video"]}))

    assert "Es la primera que cualquiera prueba." in shown
    assert re.search(r'value="numeros" checked', shown)
    assert "Marca" not in shown or "Mira otra vez" in shown
    application.refresh_from_db()
    assert application.state == "needs_help"

    done = client.post(page(application.call, "lo-basico"), RIGHT)

    application.refresh_from_db()
    assert application.state == "submitted"
    assert done.status_code == 200
    assert address(application.call, "solicitud") in text(done)
    assert client.post(page(application.call, "lo-basico"), RIGHT).url == address(application.call, "solicitud")


def test_two_of_three_are_enough(client: Any):
    application = lacking_basics()
    sign_in(client, application.person)

    client.post(page(application.call, "lo-basico"), RIGHT | {"clave": "numeros"})

    application.refresh_from_db()
    assert application.state == "submitted"


def test_a_code_that_comes_to_her_address_meets_the_rule_and_keeps_no_address(client: Any):
    application = lacking()
    sign_in(client, application.person)
    step = page(application.call, "tu-correo")

    asked = client.post(step, {"email": "rosa@ejemplo.bo"})

    assert asked.url == f"{step}codigo/"
    [message] = mail.outbox
    assert message.to == ["rosa@ejemplo.bo"]
    found = re.search(r"\d{6}", str(message.body))
    assert found
    code = found.group()
    wrong = client.post(asked.url, {"code": "000000" if code != "000000" else "111111"})
    assert "Ese no es" in text(wrong) or wrong.context["form"].errors
    application.refresh_from_db()
    assert application.state == "needs_help"

    client.post(asked.url, {"code": f"{code[:3]} {code[3:]}"})

    application.refresh_from_db()
    assert application.state == "submitted"
    assert [each.how for each in application.fulfilments.all()] == ["email"]
    assert list(Account.objects.filter(email="rosa@ejemplo.bo")) == []


def test_a_code_is_used_once_tried_five_times_and_lasts_five_minutes(client: Any):
    application = lacking()
    sign_in(client, application.person)
    step = page(application.call, "tu-correo")
    client.post(step, {"email": "rosa@ejemplo.bo"})
    found = re.search(r"\d{6}", str(mail.outbox[0].body))
    assert found
    code = found.group()
    other = f"{(int(code) + 1) % 1_000_000:06}"

    with travel(clock.now() + timedelta(minutes=5, seconds=1)):
        assert client.post(f"{step}codigo/", {"code": code}).url == step
    for _ in range(5):
        client.post(f"{step}codigo/", {"code": other})
    assert client.post(f"{step}codigo/", {"code": code}).url == step
    application.refresh_from_db()
    assert application.state == "needs_help"


def test_the_path_is_hers_alone_and_for_who_needs_it(client: Any):
    application = lacking()
    call = application.call
    assert client.get(page(call, "tu-correo")).status_code == 302  # to sign in
    sign_in(client, a_person(2))
    assert client.get(page(call, "tu-correo")).status_code == 404
    sign_in(client, application.person)
    assert client.get(page(call, "otro")).status_code == 404
    assert client.get(page(call, "lo-basico")).status_code == 404
    Application.objects.update(state="withdrawn")
    assert client.get(page(call, "tu-correo")).url == address(call, "solicitud")


@pytest.mark.parametrize(
    "typed", [{}, {"clave": "x" * 5_000}, {"datos": ["video"] * 500}, {"escrito": "\0" * 400}, {"otra": "1"}]
)
def test_whatever_is_sent_is_answered(client: Any, typed: dict[str, Any]):
    application = lacking_basics()
    sign_in(client, application.person)

    assert client.post(page(application.call, "lo-basico"), typed).status_code == 200
