"""A minor's pages and the page of the link in a real browser: a small phone, mostly without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.apps.admissions.examples import READY, a_call, a_minor, region_of
from tests.portals.public.test_apply import sign_in
from trenza.apps.admissions.api import submit_application
from trenza.apps.people.api import Guardianship, Person, link_of, name_guardian, new_guardian_link

PHONE: ViewportSize = {"width": 360, "height": 640}
FORM = "/programas/mujeres-online/convocatorias/beca-2026/solicitud/persona-adulta/"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def dana(live_server: Any) -> Person:
    person, call = a_minor(), a_call()
    submit_application(call=call, person=person, region=region_of(call), answers=READY, by=person)
    return person


def opened(browser: Browser, site: str, person: Person | None, **more: Any) -> Page:
    """A small phone; signed in as `person`."""
    context = browser.new_context(base_url=site, viewport=PHONE, locale="es", **more)
    if person:
        client = Client()
        sign_in(client, person)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    return context.new_page()


@pytest.fixture
def phone(browser: Browser, live_server: Any, dana: Person) -> Iterator[Page]:
    page = opened(browser, str(live_server.url), dana, java_script_enabled=False)
    yield page
    page.context.close()


def a_link(person: Person) -> str:
    guardianship = name_guardian(
        person=person, name="Lucía", relation="mother", email="lucia@ejemplo.bo", phone="71234567", by=person
    )
    return "/acuerdo/" + link_of(new_guardian_link(guardianship=guardianship, by=person)).partition("/acuerdo/")[2]


def test_she_names_her_mother_without_scripts(phone: Page):
    phone.goto(FORM.removesuffix("persona-adulta/"))
    phone.get_by_role("link", name="Decir quién me cuida").click()
    phone.get_by_role("button", name="Pedirle su acuerdo").click()
    expect(phone.get_by_role("alert")).to_be_visible()

    phone.get_by_label("¿Cómo se llama la persona adulta?").fill("Lucía Vega")
    phone.get_by_label("Mi mamá").check()
    phone.get_by_label("El teléfono de la persona adulta").fill("7123 4567")
    phone.get_by_role("button", name="Pedirle su acuerdo").click()

    expect(phone.get_by_text("El equipo va a llamar al 7123 4567.")).to_be_visible()
    assert Guardianship.objects.get().name == "Lucía Vega"


def test_the_adult_answers_by_keyboard(browser: Browser, live_server: Any, dana: Person):
    page = opened(browser, str(live_server.url), None)
    page.goto(a_link(dana))

    page.get_by_role("button", name="Sí, la cuido y estoy de acuerdo").focus()
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Gracias").wait_for()
    page.context.close()
    assert Guardianship.objects.get().state == "agreed"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_and_have_no_barrier_that_axe_knows(browser: Browser, live_server: Any, dana: Person, scheme: Any):
    page = opened(browser, str(live_server.url), dana, color_scheme=scheme)
    found = []
    page.goto(FORM)
    found.append(faults(page))
    page.get_by_role("button", name="Pedirle su acuerdo").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found.append(faults(page))
    link = a_link(dana)
    for address in (FORM, f"{FORM}hoja/", link, "/acuerdo/x/"):
        page.goto(address)
        found.append(faults(page))
    page.context.close()

    assert found == [(0, True, [])] * 6


def faults(page: Page) -> tuple[int, bool, list[Any]]:
    """How many pixels it is too wide, whether the quick exit is there, what axe finds."""
    violations = Axe().run(page).response["violations"]
    said = [(each["id"], [node["html"] for node in each["nodes"]]) for each in violations]
    return int(page.evaluate(OVERFLOW)), page.locator("a.exit").is_visible(), said
