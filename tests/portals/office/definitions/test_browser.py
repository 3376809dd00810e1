"""The pages of definitions in a real browser: on a desk and on a phone, and by keyboard alone."""

from collections.abc import Iterator
from itertools import cycle

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from tests.portals.office.definitions.scenes import coordinator_of, load
from tests.portals.office.people import sign_in
from trenza.apps.programmes.api import DefinitionVersion

SIZES: list[ViewportSize] = [{"width": 1280, "height": 800}, {"width": 360, "height": 640}]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def programme(page: Page, live_server: LiveServer) -> Iterator[str]:
    """The address of the programme, with its coordinator signed in; fails on anything that the browser complains of."""
    made = load()
    client = Client()
    sign_in(client, coordinator_of(made))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.set_default_timeout(120_000)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield f"{live_server.url}/oficina/programas/{made.pk}/"
    assert complaints == []


@pytest.mark.sweep
def test_pages_have_no_fault_that_axe_finds(page: Page, programme: str):
    """Each at one size of the screen, in turns."""
    page.goto(f"{programme}editar/ficha/call/0/")
    page.locator("#in-seats").fill("muchos")
    with page.expect_navigation():
        page.get_by_role("button", name="Guardar en el borrador").click()
    addresses = ("", "editar/", "editar/lista/region/", "editar/ficha/call/0/", "region/", "vista/", "versiones/")
    for address, size in zip(addresses, cycle(SIZES), strict=False):
        page.set_viewport_size(size)
        page.goto(f"{programme}{address}")
        page.locator("#wagtail.ready").wait_for()
        faults = Axe().run(page).response["violations"]
        assert [(address, fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []
        assert (address, page.evaluate(WIDER)) == (address, 0)


def test_region_is_opened_by_keyboard(page: Page, programme: str):
    page.goto(f"{programme}region/")
    page.get_by_label("Nombre de la región").focus()
    page.keyboard.type("Tarija")
    page.keyboard.press("Tab")
    page.keyboard.type("BO-T")
    page.keyboard.press("Enter")
    page.get_by_text("Región Tarija (tarija): se añade").wait_for()
    page.frame_locator("iframe").get_by_role("heading", name="Mujeres Online").wait_for()
    page.get_by_role("button", name="Publicar esta versión").focus()
    page.keyboard.press("Enter")
    page.get_by_text("La versión 2 está publicada").wait_for()

    assert [version.number for version in DefinitionVersion.objects.order_by("number")] == [1, 2]
