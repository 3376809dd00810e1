"""Guardians in the office: who waits, one guardian, checking, refusing, withdrawing; each within the viewer's scope."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.apps.admissions.examples import a_minor, an_application
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Application
from trenza.apps.people.api import Guardianship, Person, answer_as_guardian, link_of, name_guardian, new_guardian_link
from trenza.core import clock
from trenza.core.journal import work_until_done

pytestmark = pytest.mark.django_db

LIST = "/oficina/personas-adultas/"


class World:
    """A minor here and one elsewhere, who wait; a coordinator of here."""

    def __init__(self) -> None:
        self.call = scene.a_scene_call()
        self.coordinator = scene.coordinator_of(self.call)
        self.here = self.guarded(1, "el-alto")
        self.elsewhere = self.guarded(2, "oruro")

    def guarded(self, n: int, region: str) -> Guardianship:
        person = a_minor(n)
        an_application(self.call, n, region, person=person, state="waiting_guardian")
        return name_guardian(
            person=person, name=f"Madre {n}", relation="mother", email=f"madre{n}@ejemplo.bo", phone="7123", by=person
        )

    def application(self) -> Application:
        return Application.objects.get(person=self.here.person)


@pytest.fixture
def world() -> World:
    return World()


def text(response: Any) -> str:
    return str(response.content.decode())


def page(guardianship: Guardianship, action: str = "") -> str:
    return f"{LIST}{guardianship.pk}/{action}"


def state(guardianship: Guardianship) -> str:
    guardianship.refresh_from_db()
    return guardianship.state


def test_list_holds_whom_the_viewer_may_check(client: Client, world: World):
    sign_in(client, world.coordinator)
    body = text(client.get(LIST))
    assert ("Madre 1" in body, "Madre 2" in body) == (True, False)
    assert "Espera su respuesta" in body

    sign_in(client, staff("administrator"))
    for query, found in (("q=juana", (True, True)), ("q=juana+2", (False, True)), ("state=checked", (False, False))):
        body = text(client.get(f"{LIST}resultados/?{query}"))
        assert ("Madre 1" in body, "Madre 2" in body) == found


@pytest.mark.parametrize("role", ["trainer", "auditor", "mentor"])
def test_list_is_for_who_checks(client: Client, world: World, role: str):
    sign_in(client, staff(role))

    assert client.get(LIST).status_code == 403


def test_list_asks_as_often_for_three_as_for_one(client: Client, world: World, django_assert_num_queries):
    sign_in(client, staff("administrator"))
    with django_assert_num_queries(7):
        client.get(f"{LIST}resultados/")
    world.guarded(3, "el-alto")
    with django_assert_num_queries(7):
        assert "Madre 3" in text(client.get(f"{LIST}resultados/"))


def test_coordinator_checks_and_the_application_goes_on(client: Client, world: World):
    sign_in(client, world.coordinator)
    body = text(client.get(page(world.here)))
    assert ("madre1@ejemplo.bo" in body, "7123" in body) == (True, True)

    answer = client.post(page(world.here), {"how": "video_call"}, follow=True)
    work_until_done()

    assert "Lo que esperaba de Juana 1 Quispe sigue en un momento." in text(answer)
    assert (state(world.here), world.application().state) == ("checked", "submitted")
    body = text(client.get(page(world.here)))
    assert "Comprobado. Por videollamada · Ximena Rojas" in body
    assert ("Comprobar otra vez" in body, "Retira su sí" in body) == (True, True)


@pytest.mark.parametrize("how", ["", "magic", "x" * 500])
def test_checking_asks_again_how(client: Client, world: World, how: str):
    sign_in(client, world.coordinator)

    answer = client.post(page(world.here), {"how": how})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["how"])
    assert state(world.here) == "asked"


def test_refusing_erases_how_to_reach_her(client: Client, world: World):
    sign_in(client, world.coordinator)

    client.post(page(world.here, "no/"))
    again = client.post(page(world.here, "no/"), follow=True)

    assert (state(world.here), world.here.email) == ("refused", "")
    assert "Algo cambió con la persona adulta mientras tanto." in text(again)
    assert "Está de acuerdo, y lo comprobé" not in text(client.get(page(world.here)))


def test_withdrawing_lets_applications_wait_again(client: Client, world: World):
    sign_in(client, world.coordinator)
    client.post(page(world.here), {"how": "in_person"})
    work_until_done()

    client.post(page(world.here, "retirar/"))
    work_until_done()

    assert (state(world.here), world.application().state) == ("withdrawn", "waiting_guardian")


def test_elsewhere_is_not_there(client: Client, world: World):
    sign_in(client, world.coordinator)

    assert client.get(page(world.elsewhere)).status_code == 404
    for action in ("", "no/", "retirar/"):
        assert client.post(page(world.elsewhere, action), {"how": "in_person"}).status_code == 404
    assert state(world.elsewhere) == "asked"


def test_auditor_sees_the_state_and_not_how_to_reach_her(client: Client, world: World):
    sign_in(client, staff("auditor"))

    body = text(client.get(page(world.here)))
    assert ("Madre 1" in body, "madre1@ejemplo.bo" in body, "7123" in body) == (True, False, False)
    assert "Está de acuerdo, y lo comprobé" not in body
    assert client.post(page(world.here), {"how": "in_person"}).status_code == 404
    for action in ("no/", "retirar/"):
        assert client.post(page(world.here, action)).status_code == 403
    assert state(world.here) == "asked"


def test_pages_of_the_application_and_of_the_minor_lead_to_her_guardian(client: Client, world: World):
    answer_as_guardian(
        token=link_of(new_guardian_link(guardianship=world.here, by=None)).rstrip("/").rpartition("/")[2],
        agrees=True,
        version=1,
    )
    sign_in(client, world.coordinator)

    for address in (f"/oficina/solicitudes/{world.application().pk}/", f"/oficina/personas/{world.here.person_id}/"):
        body = text(client.get(address))
        assert f'<a href="{page(world.here)}">Madre 1</a>: Dijo que sí con el enlace; falta comprobarlo' in body


def test_application_of_a_minor_who_named_nobody_says_so(client: Client):
    call = scene.a_scene_call()
    application = an_application(call, 1, person=a_minor(), state="waiting_guardian")
    sign_in(client, staff("administrator"))

    body = text(client.get(f"/oficina/solicitudes/{application.pk}/"))

    assert ("Todavía no nombró a nadie." in body, "Que siga" in body) == (True, False)


def test_team_lets_the_application_of_who_came_of_age_go_on(client: Client, world: World):
    Person.objects.filter(pk=world.here.person_id).update(birth_date=clock.now().date() - timedelta(days=19 * 366))
    address = f"/oficina/solicitudes/{world.application().pk}/"
    sign_in(client, world.coordinator)

    assert "Que siga" in text(client.get(address))
    client.post(f"{address}seguir/")

    assert world.application().state == "submitted"
    assert "Que siga" not in text(client.get(address))


def test_first_page_says_who_waits_to_be_checked_and_what_ends(client: Client, world: World):
    Guardianship.objects.filter(pk=world.here.pk).update(state="agreed")
    Guardianship.objects.filter(pk=world.elsewhere.pk).update(
        state="checked", expires_on=clock.now().date() + timedelta(days=29)
    )

    sign_in(client, world.coordinator)
    body = text(client.get("/oficina/"))
    assert "1 persona adulta dijo que sí y espera que lo compruebes." in body
    assert "ya no vale" not in body
    sign_in(client, staff("administrator"))
    assert "1 sí de una persona adulta ya no vale, o vale por menos de 30 días." in text(client.get("/oficina/"))
