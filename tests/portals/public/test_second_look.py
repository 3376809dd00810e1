"""What she reads about how her application was judged, and asking for a second look."""

from datetime import timedelta
from typing import Any

import pytest

from tests.apps.admissions.actions.test_appeals import refused
from tests.apps.admissions.actions.test_awards import coordinator_of
from tests.apps.admissions.actions.test_judging_anew import ADULTS, applied, ask
from tests.apps.admissions.examples import RULES, a_call, a_person
from tests.portals.public.test_apply import address, sign_in, text
from trenza.apps.admissions.api import Appeal, answer_appeal, override_rule
from trenza.core import clock
from trenza.core.clock import travel

pytestmark = pytest.mark.django_db


def test_she_asks_reads_that_it_is_under_way_and_then_the_answer(client: Any):
    application = refused()
    call = application.call
    sign_in(client, application.person)
    shown = text(client.get(address(call, "solicitud")))
    assert address(call, "solicitud/revision") in shown

    assert "errors" in text(client.post(address(call, "solicitud/revision"), {"text": " "}))
    sent = client.post(address(call, "solicitud/revision"), {"text": "Ya tengo 25 <b>años</b>."})

    assert sent.url == address(call, "solicitud")
    appeal = Appeal.objects.get()
    assert appeal.text == "Ya tengo 25 <b>años</b>."
    shown = text(client.get(address(call, "solicitud")))
    assert "Pediste una revisión" in shown
    assert address(call, "solicitud/revision") not in shown
    assert client.get(address(call, "solicitud/revision")).url == address(call, "solicitud")

    answer_appeal(appeal=appeal, upheld=False, reason="Tu cédula dice 21.", by=coordinator_of(call))
    shown = text(client.get(address(call, "solicitud")))
    assert "Tu cédula dice 21." in shown


def test_nobody_else_asks_for_her_and_not_when_the_days_are_over(client: Any):
    application = refused()
    call = application.call
    sign_in(client, a_person(2))
    assert client.post(address(call, "solicitud/revision"), {"text": "Yo"}).status_code == 404
    with travel(clock.now() + timedelta(days=31)):
        sign_in(client, application.person)
        assert client.post(address(call, "solicitud/revision"), {"text": "Tarde"}).url == address(call, "solicitud")
    assert list(Appeal.objects.all()) == []


def test_the_history_says_when_and_why_in_plain_words(client: Any):
    call = a_call()
    application = applied(call)
    ask(call, ADULTS)
    override_rule(application=application, rule="edad", reason="Cumples en mayo.", by=coordinator_of(call))
    without = {"code": "otra", "question": "has_email", "equals": False, "sentence": "No tener correo."}
    ask(call, [ADULTS[0], RULES[1], without])
    sign_in(client, application.person)

    shown = text(client.get(address(call, "solicitud")))

    for said in ("Enviaste tu solicitud.", "Cambiaron las condiciones", "Cumples en mayo.", "cuenta la edad"):
        assert said in shown, said
    assert "miramos tu solicitud otra vez" in shown  # said before anything else: why she lacks something now


@pytest.mark.parametrize("long", [0, 30])
def test_the_page_asks_as_much_with_a_long_history_as_with_a_short_one(
    client: Any, django_assert_max_num_queries: Any, long: int
):
    application = refused()
    for n in range(long):
        ask(application.call, RULES if n % 2 else ADULTS)
    sign_in(client, application.person)

    with django_assert_max_num_queries(16):
        client.get(address(application.call, "solicitud"))
