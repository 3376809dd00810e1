"""The first page: what needs somebody, in her scope, and how the week goes."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.formats import date_format
from django.utils.timezone import localtime
from pytest_django import DjangoAssertNumQueries

from tests.apps.admissions.examples import an_application, region_of
from tests.apps.learning.examples import published
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Application, Award, Call
from trenza.apps.learning.api import record_lesson
from trenza.apps.programmes.api import Enrolment, Module, confirm_requirement, meet_requirement, pause_enrolment
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.models import SetAside, Task

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def sentences(client: Client) -> list[str]:
    return [each.sentence for each in client.get("/oficina/").context["waiting"]]


def there(call: Call, field: str) -> str:
    return date_format(localtime(getattr(call, field), call.zone), "SHORT_DATETIME_FORMAT")


def awarded(call: Call, n: int, ago: timedelta, region: str = "el-alto") -> Application:
    application = an_application(call, n, region, state="awarded")
    Award.objects.create(
        application=application, call=call, person=application.person, region=application.region,
        track=call.tracks_offered[0], awarded_at=clock.now() - ago, reached_at=clock.now() - ago, reached_how="seen",
    )  # fmt: skip
    return application


def enrolled_before(call: Call, n: int, ago: timedelta, region: str = "el-alto") -> Enrolment:
    with clock.travel(clock.now() - ago):
        return scene.an_enrolment(call, n, region)


def test_home_says_what_waits_in_her_scope_the_most_urgent_first(client: Client):
    call = scene.a_scene_call()
    for n, state in enumerate(["submitted", "submitted", "waiting_guardian", "needs_help", "accepted"]):
        an_application(call, n, state=state)
    an_application(call, 9, "oruro", state="needs_help")
    awarded(call, 10, 8 * DAY)
    awarded(call, 11, 4 * DAY)
    awarded(call, 12, 1 * DAY)
    awarded(call, 13, 9 * DAY, "oruro")
    sign_in(client, scene.coordinator_of(call))

    assert sentences(client) == [
        "1 persona tiene un lugar desde hace más de 7 días y no ha respondido.",
        "1 menor de edad espera a su tutor o tutora.",
        "1 persona necesita ayuda antes de poder recibir un lugar.",
        "2 solicitudes a «Becas 2026» (Mujeres Online) esperan un lugar.",
        "1 persona tiene un lugar desde hace más de 3 días y no ha respondido.",
    ]


def test_home_says_when_nothing_waits(client: Client):
    sign_in(client, staff("coordinator"))

    assert "Hoy no te espera nada." in client.get("/oficina/").content.decode()


@pytest.mark.parametrize(("region", "free"), [("el-alto", 2), ("oruro", 3)])
def test_home_says_which_calls_close_soon_with_free_seats_where_she_sees_them(client: Client, region: str, free: int):
    """Three in all, of which two at most in El Alto; Oruro has no limit of its own."""
    call = scene.a_scene_call()
    call.closes_at = clock.now() + 3 * DAY
    call.save()
    sign_in(client, scene.coordinator_of(call, region))

    assert sentences(client) == [
        f"«Becas 2026» (Mujeres Online) cierra el {there(call, 'closes_at')} y quedan {free} lugares libres."
    ]


def test_home_is_silent_of_calls_that_are_full_far_or_somebody_elses(client: Client):
    call = scene.a_scene_call()
    Call.objects.update(closes_at=clock.now() + 3 * DAY)
    call.pools.update(seats=0)
    sign_in(client, staff("coordinator"))
    assert sentences(client) == []

    call.pools.update(seats=9)
    Call.objects.update(closes_at=clock.now() + 30 * DAY)
    assert sentences(client) == []


def test_home_says_which_calls_should_be_published_to_who_may_publish(client: Client):
    call = scene.a_scene_call()
    Call.objects.update(published_at=None, opens_at=clock.now() + 2 * DAY)
    call.refresh_from_db()
    sign_in(client, staff("coordinator"))
    soon = sentences(client)
    Call.objects.update(opens_at=clock.now() - DAY)
    late = sentences(client)
    sign_in(client, scene.coordinator_of(call))

    assert soon == [f"«Becas 2026» (Mujeres Online) abre el {there(call, 'opens_at')} y todavía no está publicada."]
    assert [sentence.startswith("«Becas 2026» (Mujeres Online) debía abrir el ") for sentence in late] == [True]
    assert sentences(client) == []  # a region alone does not publish a call that others share


def test_home_shows_a_trainer_what_waits_for_her_to_confirm(client: Client):
    """The workshop comes after the course: it waits once the course is met, and no more once it is confirmed."""
    call = scene.a_scene_call()
    course, workshop = call.tracks_offered[0].modules.order_by("position")
    trainer = staff("trainer", scope_kind="region", scope=region_of(call).pk)
    ready, not_yet, elsewhere, done = (
        scene.an_enrolment(call, n, region) for n, region in enumerate(["el-alto", "el-alto", "oruro", "el-alto"])
    )
    for enrolment in (ready, elsewhere, done):
        meet_requirement(enrolment=enrolment, module=course)
    confirm_requirement(enrolment=done, module=workshop, by=trainer)
    sign_in(client, trainer)

    assert sentences(client) == ["1 persona espera que confirmes «Taller» (Mujeres Online)."]
    page = client.get(client.get("/oficina/").context["waiting"][0].url)
    assert [each.pk for each in page.context["page"]] == [ready.pk]
    assert not_yet.person.name not in page.content.decode()


def test_page_to_confirm_is_there_for_the_role_that_confirms(client: Client):
    call = scene.a_scene_call()
    course, workshop = call.tracks_offered[0].modules.order_by("position")
    sign_in(client, staff("trainer"))

    answers = [client.get(f"/oficina/por-confirmar/{key}/").status_code for key in (workshop.pk, course.pk, new_id())]

    assert answers == [200, 404, 404]


def test_what_may_be_confirmed_is_what_the_page_of_the_enrolment_says(client: Client):
    """Also where modules are free, or name what opens them."""
    call = scene.a_scene_call()
    course, workshop = call.tracks_offered[0].modules.order_by("position")
    third = Module.objects.create(
        track=call.tracks_offered[0],
        code="tres",
        name="Tres",
        position=2,
        requirement_kind="confirmed",
        confirmed_by="trainer",
    )
    third.opens_after.set([course])
    enrolment = scene.an_enrolment(call, 1)
    sign_in(client, staff("trainer"))

    assert sentences(client) == []
    meet_requirement(enrolment=enrolment, module=course)
    assert sentences(client) == [
        "1 persona espera que confirmes «Taller» (Mujeres Online).",
        "1 persona espera que confirmes «Tres» (Mujeres Online).",
    ]
    workshop.confirmed_by = "mentor"
    workshop.save()
    assert sentences(client) == ["1 persona espera que confirmes «Tres» (Mujeres Online)."]


def test_home_says_who_has_not_learned_for_two_weeks_and_which_pauses_end(client: Client):
    call = scene.a_scene_call()
    published("uno")
    silent, learning, pausing = (enrolled_before(call, n, 20 * DAY) for n in range(3))
    enrolled_before(call, 4, 20 * DAY, "oruro")
    enrolled_before(call, 5, DAY)
    lesson = published("uno").lessons.get(position=0)
    record_lesson(lesson=lesson, answers={"a": [1]}, person=learning.person, edition=None)
    pause_enrolment(enrolment=pausing, until=clock.today("UTC") + 3 * DAY, by=None)
    sign_in(client, scene.coordinator_of(call))

    assert sentences(client) == [
        "1 pausa termina en los próximos 7 días.",
        "1 persona inscrita lleva 14 días sin aprender.",
    ]
    assert silent.state == "active"


def test_home_shows_what_the_journal_could_not_do_to_who_looks_after_everything(client: Client):
    call = scene.a_scene_call()
    Task.objects.create(handler="h", position=1, run_after=clock.now(), dead_at=clock.now())
    SetAside.objects.create(
        device=new_id(), sequence=1, kind="x.y.v1", state="held", reason="unknown_kind", digest=b"", payload=b"",
        received_at=clock.now(),
    )  # fmt: skip

    for somebody in (scene.coordinator_of(call), staff("coordinator"), staff("trainer")):
        sign_in(client, somebody)
        assert sentences(client) == []
    sign_in(client, staff("administrator"))
    assert sentences(client) == [
        "1 tarea falló demasiadas veces y está detenida.",
        "1 entrada de un dispositivo quedó apartada.",
    ]


def test_week_is_counted_against_the_week_before_in_her_scope(client: Client):
    call = scene.a_scene_call()
    for n, (ago, region) in enumerate([(1, "el-alto"), (8, "el-alto"), (9, "el-alto"), (15, "el-alto"), (1, "oruro")]):
        an_application(call, n, region, submitted_at=clock.now() - ago * DAY)
        enrolled_before(call, n + 10, ago * DAY, region)
    sign_in(client, scene.coordinator_of(call))

    week = [(str(each.label), each.now, each.before) for each in client.get("/oficina/").context["week"]]

    assert week == [
        ("Solicitudes", 1, 2), ("Inscripciones", 1, 2), ("Rutas terminadas", 0, 0), ("Certificados emitidos", 0, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["administrator", "coordinator", "trainer", "auditor"])
def test_home_asks_as_much_for_many_as_for_few(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, role: str
):
    call = scene.a_scene_call()
    Call.objects.update(closes_at=clock.now() + 3 * DAY)
    viewer = staff(role)
    sign_in(client, viewer)

    asked: list[int] = []
    for numbers in ([1], [2, 3]):
        for n in numbers:
            an_application(call, n)
            enrolled_before(call, n + 10, 20 * DAY)
        with django_assert_max_num_queries(48) as queries:
            client.get("/oficina/")
        asked.append(len(queries))

    assert asked[0] == asked[1]


@pytest.mark.parametrize(("role", "shown"), [("trainer", True), ("coordinator", True), ("auditor", False)])
def test_menu_leads_whoever_keeps_sessions_to_her_own_pages(client: Client, role: str, shown: bool):
    sign_in(client, staff(role))

    html = client.get("/oficina/").content.decode()
    entries = re.findall(r'"label": "([^"]*)", [^{}]*\{\}, "url": "(/[^"]*)"', html)

    assert entries[0] == ("Hoy", "/oficina/")
    assert (entries[1] == ("Lo que ense\\u00f1o", "/formadora/")) is shown
    assert ("/formadora/" in [url for _, url in entries]) is shown
    assert (client.get("/formadora/").status_code == 200) is shown
