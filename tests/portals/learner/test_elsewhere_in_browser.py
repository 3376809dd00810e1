"""A certificate of another place, handed in from a phone: by keyboard, with and without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.apps.credentials.elsewhere import a_course, a_learner, a_photo
from tests.portals.learner.test_browser import PHONE, RULES
from trenza.apps.credentials.models import ExternalCredential
from trenza.apps.programmes.api import Enrolment
from trenza.core import clock

FILE: FilePayload = {"name": "certificado.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}


@pytest.fixture
def hers(live_server: Any) -> Enrolment:
    enrolment = a_learner()
    enrolment.person.accounts.create(email="rosa@ejemplo.org", created_at=clock.now())
    a_course(enrolment, url="https://academia.example/c")
    a_course(enrolment, code="otro", name="Introduction to Cybersecurity", url="", position=1)
    return enrolment


@pytest.fixture(params=[True, False])
def phone(request: Any, browser: Browser, live_server: Any, hers: Enrolment, client: Any) -> Iterator[Page]:
    """Hers; a script that fails or breaks the policy fails the test."""
    client.force_login(hers.person.accounts.get())
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=request.param)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()
    assert complaints == []


def test_she_hands_one_in_with_the_keyboard(phone: Page, hers: Enrolment):
    phone.goto(f"/mi/inscripciones/{hers.pk}/")
    phone.get_by_role("link", name="Traer un certificado").focus()
    phone.keyboard.press("Enter")
    phone.get_by_label("Introduction to Cybersecurity").focus()
    phone.keyboard.press("Space")
    phone.get_by_label("Tu certificado").set_input_files(files=[FILE])
    phone.get_by_role("button", name="Entregarlo").focus()
    phone.keyboard.press("Enter")

    expect(phone.get_by_text("El equipo lo está mirando")).to_be_visible()
    assert ExternalCredential.objects.get().course.code == "otro"
    phone.goto("/mi/")
    expect(phone.get_by_role("heading", name="Certificados de otros lugares")).to_be_visible()


@pytest.mark.parametrize("phone", [True], indirect=True)
def test_page_has_no_fault_that_axe_finds_and_fits_her_phone(phone: Page, hers: Enrolment):
    for sent in (False, True):
        phone.goto(f"/mi/inscripciones/{hers.pk}/otros-certificados/")
        if sent:
            phone.get_by_role("button", name="Entregarlo").click()
            expect(phone.get_by_text("Elige el curso.").first).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        phone.evaluate("scrollTo(0, 0)")  # what lies under the foot of the page is scrolled to before it is touched
        faults = Axe().run(phone, options=RULES).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []
