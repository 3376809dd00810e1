"""What trainers ask, in the office: the list with its filters, one question, answering it, and what waits today."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.accompaniment.examples import Group, a_group, day
from tests.portals.office.people import sign_in, staff
from trenza.apps.accompaniment.api import Inquiry, Reply, make_inquiry
from trenza.core import clock

pytestmark = pytest.mark.django_db
LIST = "/oficina/consultas/"


@pytest.fixture
def group(db) -> Group:
    return a_group()


@pytest.fixture(autouse=True)
def third_day():
    with clock.travel(day(3)):
        yield


def asked(group: Group, text: str, hours: int = 0, category: str = "device") -> Inquiry:
    with clock.travel(day(2) + timedelta(hours=hours)):
        return make_inquiry(edition=group.programme.editions.get(), category=category, text=text, by=group.marta)


def coordinator(client: Client, role: str = "coordinator") -> Client:
    sign_in(client, staff(role))
    return client


def answer(client: Client, inquiry: Inquiry, **sent: str) -> str:
    return client.post(reverse("office_inquiry", args=[inquiry.pk]), sent, follow=True).content.decode()


def rows(client: Client, query: str = "") -> list[str]:
    return [row.category for row in client.get(f"{LIST}{query}").context["object_list"]]


def test_list_is_filtered_by_state_and_subject_and_asks_fixed_queries(client, group):
    coordinator(client)
    asked(group, "Uno")
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    answered = asked(group, "Dos", 1, "content")
    answer(client, answered, text="Así.")
    asked(group, "Tres", 2, "other")
    with CaptureQueriesContext(connection) as three:
        assert rows(client) == ["other", "content", "device"]

    assert len(three) == len(one)
    assert rows(client, "?state=waiting") == ["other", "device"]
    assert rows(client, "?state=answered") == ["content"]
    assert rows(client, "?category=other") == ["other"]
    exported = b"".join(client.get(f"{LIST}?export=csv").streaming_content).decode()
    assert ("Ximena Rojas" in exported, "Dos" in exported) == (True, False)
    assert "2 consultas de formadoras esperan respuesta." in client.get("/oficina/").content.decode()


def test_answer_is_kept_with_who_gave_it_and_another_one_follows(client, group):
    inquiry = asked(group, "No abre <la lista>")
    coordinator(client)
    said = answer(client, inquiry, text="Actualiza la página.", findable_as="La lista no abre")

    assert "Respondida. Ella lo ve en su página." in said
    assert "No abre &lt;la lista&gt;" in said
    assert "Otras formadoras la encuentran como «La lista no abre»." in said
    assert "Responder otra vez" in said
    with clock.travel(day(4)):
        answer(client, inquiry, text="Ya está.")
    assert [(each.text, each.findable_as) for each in Reply.objects.all()] == [
        ("Actualiza la página.", "La lista no abre"),
        ("Ya está.", ""),
    ]


@pytest.mark.parametrize("sent", [{}, {"text": " "}, {"text": "x" * 2_001}, {"text": "\0"}, {"findable_as": "x" * 201}])
def test_answer_that_cannot_be_is_told(client, group, sent):
    inquiry = asked(group, "Hola")
    page = coordinator(client).post(reverse("office_inquiry", args=[inquiry.pk]), {"findable_as": ""} | sent)

    assert (page.status_code, bool(page.context["form"].errors)) == (200, True)
    assert Reply.objects.count() == 0


def test_auditor_reads_and_does_not_answer(client, group):
    inquiry = asked(group, "Hola")
    coordinator(client, "auditor")
    address = reverse("office_inquiry", args=[inquiry.pk])

    assert "Enviar la respuesta" not in client.get(address).content.decode()
    assert client.post(address, {"text": "No"}).status_code == 404
    assert Reply.objects.count() == 0
