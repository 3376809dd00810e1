"""The office in a real browser: under its policy, by keyboard, without a word to anybody else's server."""

from collections.abc import Iterator
from itertools import cycle

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from tests.apps.admissions.examples import an_application
from tests.apps.learning.examples import published
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Award
from trenza.apps.people.api import SavedView
from trenza.apps.programmes.api import RequirementMet

SIZES: list[ViewportSize] = [{"width": 1280, "height": 800}, {"width": 360, "height": 740}]


@pytest.fixture
def office(page: Page, live_server: LiveServer) -> Iterator[str]:
    """The address of the office, with an administrator signed in; fails on anything that the browser complains of."""
    client = Client()
    sign_in(client, staff("administrator"))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url) if strange(request.url, live_server) else None)
    yield f"{live_server.url}/oficina"
    assert complaints == []


def strange(url: str, server: LiveServer) -> bool:
    return not url.startswith((server.url, "data:", "blob:"))


@pytest.mark.sweep
def test_pages_have_no_fault_that_axe_finds(page: Page, office: str):
    """Each at one size of the screen, in turns."""
    made = scene.enrolments()
    application = an_application(made.call, 7)
    version = published("uno", lessons=2, tests=True)
    addresses = [
        "", "convocatorias/", "solicitudes/", "inscripciones/", "personas/", "cuenta/",
        f"convocatorias/{made.call.pk}/", f"convocatorias/{made.call.pk}/adjudicar/",
        f"solicitudes/{application.pk}/", f"inscripciones/{made.here[0].pk}/",
        "adjudicaciones/", "certificados/", "cursos/", "solicitudes/?state=submitted&q=juana&gone=1",
        "sin-contar/", f"personas/{application.person_id}/entrada/", f"cursos/{version.course.pk}/",
        "equipo/",
    ]  # fmt: skip
    for address, size in zip(addresses, cycle(SIZES), strict=False):
        page.set_viewport_size(size)
        page.goto(f"{office}/{address}")
        page.locator("#wagtail.ready").wait_for()
        faults = Axe().run(page).response["violations"]
        assert [(address, fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []


def test_list_is_filtered_without_leaving_it(page: Page, office: str):
    call = scene.a_scene_call()
    an_application(call, 1)
    an_application(call, 2, state="needs_help")
    page.goto(f"{office}/solicitudes/")

    page.get_by_role("button", name="Mostrar filtros").click()
    page.get_by_role("button", name="Estado", exact=True).click()
    page.get_by_label("Necesita ayuda").check()
    page.wait_for_url("**/solicitudes/?state=needs_help*")

    expect(page.locator("#listing-results td.title")).to_have_text(["Juana 2 Quispe"])


def test_requirement_is_confirmed_by_keyboard(page: Page, office: str):
    made = scene.enrolments()
    page.goto(f"{office}/inscripciones/{made.here[0].pk}/")
    button = page.get_by_role("button", name="Confirmar «Taller»")

    for _ in range(40):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.get_by_text("Juana 1 Quispe ha cumplido «Taller».").wait_for()

    assert [met.module.code for met in RequirementMet.objects.select_related("module")] == ["taller"]


def test_rows_are_ticked_and_awarded_by_keyboard(page: Page, office: str):
    call = scene.a_scene_call()
    for n in (1, 2):
        an_application(call, n)
    page.goto(f"{office}/solicitudes/")
    page.get_by_role("checkbox", name="Marcar todas las de esta página").focus()

    page.keyboard.press("Space")
    page.get_by_role("button", name="Adjudicar un lugar…").press("Enter")
    page.get_by_role("button", name="Adjudicar un lugar", exact=True).press("Enter")
    page.get_by_text("Se hicieron 2 filas.").wait_for()

    assert Award.objects.count() == 2


def test_rows_are_ticked_without_javascript(browser: Browser, live_server: LiveServer, office: str):
    an_application(scene.a_scene_call(), 1)
    client = Client()
    sign_in(client, staff("administrator"))
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{office}/solicitudes/")

    page.get_by_role("checkbox", name="Marcar Juana 1 Quispe").check()
    page.get_by_role("button", name="Adjudicar un lugar…").click()
    page.get_by_role("button", name="Adjudicar un lugar", exact=True).click()

    expect(page.get_by_text("Tiene un lugar. Puede aceptarlo o dejarlo.")).to_be_visible()
    context.close()


def test_view_is_saved_as_the_filters_are_now(page: Page, office: str):
    call = scene.a_scene_call()
    an_application(call, 1, state="needs_help")
    page.goto(f"{office}/solicitudes/")
    page.get_by_role("button", name="Mostrar filtros").click()
    page.get_by_role("button", name="Estado", exact=True).click()
    page.get_by_label("Necesita ayuda").check()
    page.wait_for_url("**/solicitudes/?state=needs_help*")
    page.keyboard.press("Escape")

    page.get_by_text("Guardar esta vista…").click()
    page.get_by_label("Nombre de la vista").fill("Por llamar")
    page.get_by_role("button", name="Guardar la vista").click()
    page.get_by_role("link", name="Por llamar", exact=True).wait_for()

    assert [(view.name, view.query) for view in SavedView.objects.all()] == [("Por llamar", "state=needs_help")]
