"""A guardian is checked in a real browser: by keyboard, without a fault that axe finds."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from tests.apps.admissions.examples import a_minor, an_application
from tests.portals.office import scene
from tests.portals.office.people import sign_in, staff
from trenza.apps.people.api import Guardianship, name_guardian

SIZES: list[ViewportSize] = [{"width": 1280, "height": 800}, {"width": 360, "height": 740}]


@pytest.fixture
def office(page: Page, live_server: LiveServer) -> Iterator[str]:
    client = Client()
    sign_in(client, staff("administrator"))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield f"{live_server.url}/oficina"
    assert complaints == []


def a_guardianship() -> Guardianship:
    person = a_minor()
    an_application(scene.a_scene_call(), 1, person=person, state="waiting_guardian")
    return name_guardian(person=person, name="Lucía Vega", relation="mother", phone="7123 4567", by=person)


@pytest.mark.sweep
def test_pages_have_no_fault_that_axe_finds(page: Page, office: str):
    """Each at one size of the screen, in turns."""
    guardianship = a_guardianship()
    for address, size in zip(("personas-adultas/", f"personas-adultas/{guardianship.pk}/"), SIZES, strict=True):
        page.set_viewport_size(size)
        page.goto(f"{office}/{address}")
        page.locator("#wagtail.ready").wait_for()
        faults = Axe().run(page).response["violations"]
        assert [(address, fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []


def test_guardian_is_checked_by_keyboard(page: Page, office: str):
    guardianship = a_guardianship()
    page.goto(f"{office}/personas-adultas/{guardianship.pk}/")

    page.get_by_label("Por videollamada").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Quedó anotado.").wait_for()

    guardianship.refresh_from_db()
    assert guardianship.state == "checked"
