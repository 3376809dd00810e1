"""A trainer's pages of whom to call and of one woman: reasons, numbers, what was tried; nobody else's women."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.accompaniment.examples import Group, a_group, called, day, enrolled, learns, marked, sits
from tests.portals.office.people import staff
from tests.portals.trainer.test_sessions import browser
from trenza.apps.accompaniment.api import Attempt
from trenza.apps.admissions.api import write_plan
from trenza.apps.programmes.api import Edition, Enrolment
from trenza.core import clock

pytestmark = pytest.mark.django_db
CALLS, PEOPLE = "/formadora/llamar/", "/formadora/personas/"
ALL = ["Ana", "Ánabel", "Berta"]


@pytest.fixture
def group(db) -> Group:
    return a_group()


@pytest.fixture(autouse=True)
def ninth_day():
    with clock.travel(day(9)):
        yield


@pytest.fixture
def ana(group) -> Enrolment:
    """Absent twice, silent, and nobody answered when she was called."""
    [found] = enrolled(group, "Ana")
    for days in (1, 2):
        marked(group, days, "absent", found)
    called(group, found, 3, "no_answer", note="Contesta por las tardes.")
    return found


def address(enrolment: Enrolment, verb: str = "person") -> str:
    return reverse(f"trainer_{verb}", args=[enrolment.person_id])


def attempt(client: Client, enrolment: Enrolment, **more: str) -> str:
    """What the page says after she wrote it down."""
    sent = {"channel": "call", "outcome": "reached", "list": "1"} | more
    return client.post(address(enrolment, "attempt"), sent, follow=True).content.decode()


def test_list_says_why_since_when_how_to_reach_her_and_what_was_tried(group, ana):
    client = browser(group.marta)
    text = client.get(CALLS).content.decode()

    for words in (
        "Ana Quispe",
        "2 ausencias seguidas, desde el 3 de marzo.",
        "9 días sin actividad, desde el 2 de marzo.",
        'href="tel:+59170000000"',
        'href="https://wa.me/59170000000"',
        "5 de marzo · La llamé: No contestó · Ximena Rojas",
        "Contesta por las tardes.",
    ):
        assert words in text
    assert "1 mujer puede necesitar que la llames." in client.get("/formadora/").content.decode()


def test_what_came_of_a_call_is_written_down_from_the_list_and_she_leaves_it(group, ana):
    client = browser(group.marta)

    said = attempt(client, ana, note="Vuelve el lunes.")

    assert "Anotado: Ana Quispe." in said
    assert "Hoy nadie espera una llamada." in said
    assert "Vuelve el lunes." in client.get(address(ana)).content.decode()
    assert "Hoy nadie espera una llamada." in client.get("/formadora/").content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"outcome": ""}, "Di qué pasó."),
        ({"outcome": "call_back"}, "Di qué día la llamas."),
        ({"outcome": "call_back", "call_back_on": "2026-03-09"}, "Ese día ya pasó."),
        ({"outcome": "call_back", "call_back_on": "9999-12-31"}, "Elige un día dentro de los próximos tres meses."),
        ({"channel": "paloma"}, "paloma"),
        ({"note": "x" * 501}, "x" * 501),
        ({"note": "\0"}, "caracteres nulos"),
    ],
)
def test_attempt_that_cannot_be_is_told_and_what_she_wrote_stays(group, ana, sent, said):
    page = browser(group.marta).post(address(ana, "attempt"), {"channel": "call", "outcome": "reached"} | sent)

    assert page.status_code == 200
    assert page.context["form"].errors
    assert said in page.content.decode()
    assert Attempt.objects.count() == 1


def test_page_of_a_woman_shows_her_next_step_her_sessions_and_asks_fixed_queries(group, ana):
    client = browser(group.marta)
    learns(group, ana, 4)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address(ana))
    text = page.content.decode()

    assert "Su siguiente paso:</b> Final" in text
    assert [words for _, words in page.context["attendance"]] == ["No vino", "No vino"]
    assert "0 de 2 módulos" in text
    assert len(queries) == 39
    for days in (5, 6):
        marked(group, days, "present", ana)
        called(group, ana, days, "wrong_number")
    with CaptureQueriesContext(connection) as more:
        client.get(address(ana))
    assert len(more) == len(queries)


def test_her_plan_says_when_to_call_and_not_who_helps_her(group, ana):
    for edition in Edition.objects.all():
        write_plan(
            person=ana.person,
            edition=edition,
            by=ana.person,
            moments="Martes a las 8",
            place="Cocina",
            helper="Su hermana",
        )

    text = browser(group.marta).get(address(ana)).content.decode()

    assert "Martes a las 8" in text
    assert "Su hermana" not in text


def test_who_asks_not_to_be_called_has_no_number_on_her_page(group, ana):
    client = browser(group.marta)
    attempt(client, ana, outcome="not_again")
    text = client.get(address(ana)).content.decode()

    assert "Pide que no la llamemos." in text
    assert "tel:" not in text


def test_list_of_three_asks_as_much_as_of_one(group, ana):
    client = browser(group.marta)
    sits(group, ana, 1)
    with CaptureQueriesContext(connection) as one:
        client.get(CALLS)
    more = enrolled(group, "Berta", "Carla")
    for each in more:
        sits(group, each, 1)
        called(group, each, 3, "no_answer", note="…")
    marked(group, 1, "absent", *more)
    with CaptureQueriesContext(connection) as three:
        page = client.get(CALLS)

    assert len(page.context["lines"]) == 3
    assert len(three) == len(one) == 26


def test_people_are_found_by_name_without_naming_them_in_an_address(group, ana):
    enrolled(group, "Berta", "Ánabel")
    client = browser(group.marta)

    def names(page: Any) -> list[str]:
        return [each.person.given_name for each in page.context["rows"]]

    with CaptureQueriesContext(connection) as queries:
        assert names(client.get(PEOPLE)) == ["Ana", "Ánabel", "Berta"]
    assert len(queries) == 7
    for words, found in (
        ("ANA", ["Ana", "Ánabel"]),
        ("quispe berta", ["Berta"]),
        ("nadie", []),
        ("\0", ALL),
        ("%", ALL),
    ):
        assert names(client.post(PEOPLE, {"name": words})) == found
    assert names(client.post(PEOPLE, {"name": "x" * 101})) == ALL


def test_nobody_else_opens_these_pages_or_writes(group, ana):
    stranger = staff("trainer", scope_kind="programme", scope=uuid4())
    for viewer, seen in ((stranger, 404), (staff("mentor"), 403), (staff("auditor"), 403), (staff(None), 403)):
        client = browser(viewer)
        answers = [client.get(address(ana)), client.post(address(ana, "attempt"), {"channel": "call"})]
        assert [each.status_code for each in answers] == [seen, seen]
        if seen == 404:
            assert "Ana" not in client.get(CALLS).content.decode() + client.get(PEOPLE).content.decode()
    assert browser().get(CALLS).status_code == 302
    assert browser(group.marta).get(address(ana, "attempt")).status_code == 405
