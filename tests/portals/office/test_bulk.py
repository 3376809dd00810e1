"""Several rows at once: asked first, done in one call, told row by row; nobody goes beyond her scope."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.apps.admissions.examples import a_call, a_programme, an_application, with_seats
from tests.journal import journal
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Application, Award
from trenza.apps.programmes.api import Enrolment, Module, RequirementMet
from trenza.portals.office import bulk

pytestmark = pytest.mark.django_db


def ticked(rows: Sequence[Any], code: str, **more: str) -> dict[str, Any]:
    return {"bulk": code, "row": [str(row.pk) for row in rows], **more}


def confirmed(rows: Sequence[Any], code: str, **more: str) -> dict[str, Any]:
    return {"bulk": code, "rows": " ".join(str(row.pk) for row in rows), "confirmed": "1", **more}


def told(answer: Any) -> list[tuple[str, bool]]:
    return [(each.name.split(" ·")[0], each.done) for each in answer.context["outcomes"]]


def test_nothing_happens_before_it_is_confirmed(client: Client):
    call = scene.a_scene_call()
    rows = [an_application(call, n) for n in (1, 2)]
    sign_in(client, staff("coordinator"))

    asked = client.post("/oficina/solicitudes/", ticked(rows, "award"))

    assert (asked.status_code, asked.context["states"]) == (200, [("Enviada", 2)])
    assert asked.context["foretold"] == ["«Becas 2026»: se piden 2 y quedan 3."]
    assert sorted(asked.context["keys"].split()) == sorted(str(row.pk) for row in rows)
    assert list(Award.objects.all()) == []


def test_award_tells_of_each_row_what_came_of_it(client: Client):
    call = scene.a_scene_call()  # two seats in El Alto
    rows = [an_application(call, n) for n in (1, 2, 3)]
    helped = an_application(call, 4, state="needs_help")
    coordinator = scene.coordinator_of(call)
    sign_in(client, coordinator)

    answer = client.post("/oficina/solicitudes/", confirmed([*rows, helped], "award"))

    assert told(answer) == [
        ("Juana 3 Quispe", False),
        ("Juana 4 Quispe", False),
        ("Juana 1 Quispe", True),
        ("Juana 2 Quispe", True),
    ]
    assert {award.application for award in Award.objects.all()} == set(rows[:2])
    assert {award.awarded_by for award in Award.objects.all()} == {coordinator}
    assert [kind for kind, *_ in journal()].count("admissions.award_made.v1") == 2


def test_award_asks_as_much_for_many_as_for_few(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries):
    call = a_call(a_programme())
    sign_in(client, staff("coordinator"))
    asked = []
    for numbers in (range(1, 3), range(3, 9)):
        rows = [an_application(call, n) for n in numbers]
        with django_assert_max_num_queries(40) as queries:
            client.post("/oficina/solicitudes/", confirmed(rows, "award"))
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_rows_elsewhere_are_left_alone(client: Client):
    made = scene.applications()
    sign_in(client, made.coordinator)

    answer = client.post("/oficina/solicitudes/", confirmed([*made.here, *made.elsewhere], "award"))

    assert told(answer) == [("Juana 1 Quispe", True)]
    assert [award.application for award in Award.objects.all()] == made.here


def test_all_that_the_filters_leave_are_meant(client: Client):
    call = a_call(a_programme())
    rows = [an_application(call, n) for n in (1, 2)]
    an_application(call, 3, state="needs_help")
    sign_in(client, staff("coordinator"))

    asked = client.post("/oficina/solicitudes/?state=submitted&p=9", {"bulk": "award", "all": "on"})

    assert sorted(asked.context["keys"].split()) == sorted(str(row.pk) for row in rows)


def test_too_many_rows_are_refused_in_words(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bulk, "MOST_ROWS", 1)
    call = a_call(a_programme())
    for n in (1, 2):
        an_application(call, n)
    sign_in(client, staff("coordinator"))

    answer = client.post("/oficina/solicitudes/", {"bulk": "award", "all": "on"}, follow=True)

    [said] = [str(message) for message in answer.context["messages"]]
    assert said == "Se pueden hacer hasta 1 filas de una vez, y los filtros dejan 2. Filtra más."
    assert list(Award.objects.all()) == []


@pytest.mark.parametrize("more", [{}, {"row": ["no", "1"]}, {"rows": "x"}])
def test_nothing_ticked_says_so(client: Client, more: dict[str, Any]):
    sign_in(client, staff("coordinator"))

    answer = client.post("/oficina/solicitudes/", {"bulk": "award", **more}, follow=True)

    assert [str(message) for message in answer.context["messages"]] == [
        "No marcaste ninguna fila. Marca primero las filas y después elige qué hacer."
    ]


def test_auditor_finds_nothing_to_do(client: Client):
    row = an_application(scene.a_scene_call(), 1)
    sign_in(client, staff("auditor"))

    assert client.get("/oficina/solicitudes/").context["bulks"] == []
    assert client.post("/oficina/solicitudes/", confirmed([row], "award")).status_code == 403
    assert client.post("/oficina/personas/", confirmed([row], "award")).status_code == 404


def test_waiting_list_takes_who_has_just_applied(client: Client):
    call = scene.a_scene_call()
    rows = [an_application(call, 1), an_application(call, 2, state="accepted")]
    sign_in(client, staff("coordinator"))

    answer = client.post("/oficina/solicitudes/", confirmed(rows, "waiting_list"))

    assert told(answer) == [("Juana 2 Quispe", False), ("Juana 1 Quispe", True)]
    assert [row.state for row in Application.objects.order_by("submitted_at")] == ["waiting_list", "accepted"]


def test_calls_are_published_together(client: Client):
    call = a_call(a_programme(), published_at=None)
    other = a_call(code="otra", published_at=None)
    sign_in(client, staff("coordinator"))

    answer = client.post("/oficina/convocatorias/", confirmed([call, other], "publish"))

    assert [each.done for each in answer.context["outcomes"]] == [True, True]
    call.refresh_from_db()
    assert call.published_at is not None


def test_calls_that_other_regions_share_are_not_hers_to_publish(client: Client):
    call = a_call(a_programme(), published_at=None)
    sign_in(client, scene.coordinator_of(call))

    answer = client.post("/oficina/convocatorias/", confirmed([call], "publish"))

    assert [(each.done, str(each.sentence)) for each in answer.context["outcomes"]] == [
        (False, "No puedes hacer esto por ella.")
    ]


def test_pause_asks_until_when_and_refuses_a_day_that_is_past(client: Client):
    row = scene.an_enrolment(scene.a_scene_call(), 1)
    sign_in(client, staff("coordinator"))

    again = client.post("/oficina/inscripciones/", confirmed([row], "pause", until="2020-01-01"))

    assert again.context["form"].errors == {"until": ["Elige un día después de hoy y antes de un año."]}
    row.refresh_from_db()
    assert row.state == "active"


def test_enrolments_end_and_are_taken_up_again(client: Client):
    call = scene.a_scene_call()
    rows = [scene.an_enrolment(call, n) for n in (1, 2)]
    sign_in(client, staff("coordinator"))

    client.post("/oficina/inscripciones/", confirmed(rows, "withdraw", reason="work"))
    ended = [row.state for row in Enrolment.objects.all()]
    client.post("/oficina/inscripciones/", confirmed(rows[:1], "return"))

    assert ended == ["withdrawn", "withdrawn"]
    assert [row.state for row in Enrolment.objects.order_by("enrolled_at")] == ["active", "withdrawn"]


def test_module_is_confirmed_for_several(client: Client):
    call = scene.a_scene_call()
    rows = [scene.an_enrolment(call, n) for n in (1, 2)]
    workshop = Module.objects.get(code="taller")
    sign_in(client, staff("trainer"))

    asked = client.post("/oficina/inscripciones/", ticked(rows, "confirm"))
    assert list(asked.context["form"].fields["module"].queryset) == [workshop]
    answer = client.post("/oficina/inscripciones/", confirmed(rows, "confirm", module=str(workshop.pk)))

    assert [each.done for each in answer.context["outcomes"]] == [True, True]
    assert {met.enrolment for met in RequirementMet.objects.all()} == set(rows)


def test_without_seats_nobody_is_awarded(client: Client):
    row = an_application(with_seats(a_call(a_programme()), 0), 1)
    sign_in(client, staff("coordinator"))

    answer = client.post("/oficina/solicitudes/", confirmed([row], "award"))

    assert [str(each.sentence) for each in answer.context["outcomes"]] == [
        "No queda ningún lugar en esta convocatoria, en su región o en la ruta. No cambió nada."
    ]
