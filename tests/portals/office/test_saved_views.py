"""Saved views: filters and order under a name, hers or everybody's; an old one is told, never an error."""

from typing import Any

import pytest
from django.test import Client

from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.people.api import SavedView, save_view

pytestmark = pytest.mark.django_db
STATE = "state=needs_help&ordering=-submitted_at"


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def shown(client: Client, address: str = "/oficina/solicitudes/") -> list[tuple[str, bool, bool]]:
    return [(each.view.name, each.current, each.own) for each in client.get(address).context["views"]]


def save(client: Client, **given: str) -> Any:
    return client.post(
        "/oficina/vistas/", {"list": "applications", "name": "Ayuda", "query": STATE} | given, follow=True
    )


def test_saved_view_stands_above_its_list(client: Client):
    sign_in(client, staff("coordinator"))

    answer = save(client, query=f"{STATE}&p=3&_w_filter_fragment=1")

    assert said(answer) == ["La vista «Ayuda» está guardada."]
    assert shown(client) == [("Ayuda", False, True)]
    assert shown(client, f"/oficina/solicitudes/?{STATE}") == [("Ayuda", True, True)]
    assert shown(client, "/oficina/inscripciones/") == []
    assert SavedView.objects.get().query == STATE


def test_view_of_her_own_is_nobody_elses(client: Client):
    sign_in(client, staff("coordinator"))
    save(client)
    view = SavedView.objects.get()
    sign_in(client, staff("administrator"))

    assert shown(client) == []
    assert client.get(f"/oficina/vistas/{view.pk}/").status_code == 404
    assert client.post(f"/oficina/vistas/{view.pk}/quitar/").status_code == 404


def test_shared_view_leaves_out_the_words_looked_for(client: Client):
    sign_in(client, staff("coordinator"))
    save(client, query=f"q=juana+quispe&{STATE}", shared="on")
    view = SavedView.objects.get()
    sign_in(client, staff("auditor"))

    assert view.query == STATE
    assert shown(client) == [("Ayuda", False, False)]
    assert client.get(f"/oficina/vistas/{view.pk}/").status_code == 404


def test_shared_view_shows_each_her_own_scope(client: Client):
    made = scene.applications()
    sign_in(client, staff("coordinator"))
    save(client, query="state=submitted", shared="on")
    sign_in(client, made.coordinator)
    [view] = client.get("/oficina/solicitudes/").context["views"]

    assert list(client.get(view.url).context["object_list"]) == made.here


def test_view_is_renamed_shared_and_removed(client: Client):
    sign_in(client, staff("coordinator"))
    save(client, query=f"q=juana&{STATE}")
    view = SavedView.objects.get()

    answer = client.post(f"/oficina/vistas/{view.pk}/", {"name": "  Para   llamar ", "shared": "on"}, follow=True)
    view.refresh_from_db()
    assert said(answer) == ["La vista «Para llamar» está guardada."]
    assert (view.name, view.query, view.shared_at is not None) == ("Para llamar", STATE, True)

    assert said(client.post(f"/oficina/vistas/{view.pk}/quitar/", follow=True)) == ["La vista se quitó."]
    assert list(SavedView.objects.all()) == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": ""}, "Ponle a la vista un nombre de hasta 60 letras."),
        ({"name": "x" * 61}, "Ponle a la vista un nombre de hasta 60 letras."),
        ({"name": "  Ayuda "}, "Ya tienes una vista con ese nombre en esta lista. Ponle otro nombre."),
        (
            {"name": "Otra", "query": "q=" + "x" * 2_000},
            "Es demasiado largo para una vista. Usa menos filtros o un nombre más corto.",
        ),
    ],
)  # fmt: skip
def test_view_that_cannot_be_kept_says_why(client: Client, given: dict[str, str], sentence: str):
    sign_in(client, staff("coordinator"))
    save(client)

    assert said(save(client, **given)) == [sentence]
    assert SavedView.objects.count() == 1


def test_twenty_views_of_a_list_are_enough(client: Client):
    coordinator = staff("coordinator")
    for n in range(20):
        save_view(list="applications", name=str(n), query="", by=coordinator)
    sign_in(client, coordinator)

    assert said(save(client)) == ["No se guardan más vistas. Quita una primero."]


def test_view_of_no_list_leads_home(client: Client):
    sign_in(client, staff("coordinator"))

    assert save(client, list="../../x").redirect_chain == [("/oficina/", 302)]


@pytest.mark.parametrize(
    ("query", "left_out"),
    [
        ("call=00000000-0000-0000-0000-000000000000", ["Convocatoria"]),
        ("state=flying&cohort=9", ["Estado", "cohort"]),
        ("submitted_at_from=yesterday", ["Enviada"]),
        ("state=submitted", []),
    ],
)
def test_filter_that_is_gone_is_told_and_the_others_hold(client: Client, query: str, left_out: list[str]):
    made = scene.applications()
    sign_in(client, made.coordinator)

    answer = client.get(f"/oficina/solicitudes/?{query}")

    assert (answer.status_code, answer.context["not_applied"]) == (200, left_out)
    assert list(answer.context["object_list"]) == made.here
