"""The public pages in a real browser, on a small screen, mostly without JavaScript."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.apps.admissions.examples import BORN, a_call, a_programme, an_open_call, with_seats
from trenza.apps.admissions.api import Application
from trenza.apps.programmes.api import Enrolment

PHONE: ViewportSize = {"width": 360, "height": 640}
APPLY = "/programas/mujeres-online/convocatorias/beca-2026/postular/"
SIGN_UP = "/programas/mujeres-online/convocatorias/abierta/inscribirme/"


@pytest.fixture
def site(live_server: Any) -> str:
    programme = a_programme()
    with_seats(a_call(programme), 500, el_alto=300)
    an_open_call(programme)
    return str(live_server.url)


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """A small phone without JavaScript."""
    context = browser.new_context(base_url=site, viewport=PHONE, java_script_enabled=False, locale="es")
    yield context.new_page()
    context.close()


def say_who(page: Page) -> None:
    page.get_by_label("Tu nombre").fill("Juana")
    page.get_by_label("Tus apellidos").fill("Quispe Mamani")
    page.get_by_label("Tu correo electrónico").fill("juana@ejemplo.bo")
    page.get_by_label("Día").fill(str(BORN.day))
    page.get_by_label("Mes").fill(str(BORN.month))
    page.get_by_label("Año").fill(str(BORN.year))
    page.get_by_label("El-Alto").check()


def test_she_applies_from_the_first_page(phone: Page):
    phone.goto("/")
    phone.get_by_role("link", name="Verlo y empezar").click()
    phone.get_by_role("link", name="Postular").click()
    say_who(phone)
    phone.get_by_role("button", name="Enviar mi solicitud").click()
    expect(phone.get_by_role("alert")).to_be_visible()

    phone.get_by_label("Sí", exact=True).check()
    phone.get_by_label("Lo leí y estoy de acuerdo.").check()
    phone.get_by_role("button", name="Enviar mi solicitud").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Tenemos tu solicitud")
    assert Application.objects.get().person.name == "Juana Quispe Mamani"


def test_she_signs_up_and_starts(phone: Page):
    phone.goto(SIGN_UP)
    say_who(phone)
    phone.get_by_role("button", name="Seguir").click()
    phone.get_by_label("Lo leí y estoy de acuerdo.").check()
    phone.get_by_role("button", name="Empezar ahora").click()

    expect(phone).not_to_have_url(re.compile(SIGN_UP))
    assert Enrolment.objects.get().person.given_name == "Juana"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/programas/mujeres-online/", APPLY, SIGN_UP])
def test_pages_have_no_barrier_that_axe_knows(browser: Browser, site: str, path: str, scheme: Any):
    page = browser.new_page(base_url=site, viewport=PHONE, color_scheme=scheme)
    page.goto(path)

    found = Axe().run(page).response["violations"]

    page.close()
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("path", ["/", "/programas/mujeres-online/", APPLY, SIGN_UP])
def test_pages_fit_320_pixels_and_are_one_small_request(browser: Browser, site: str, path: str):
    page = browser.new_page(base_url=site, viewport={"width": 320, "height": 640})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("load", lambda _: asked.append("usable"))
    answer = page.goto(path)
    assert answer is not None

    width = page.evaluate("document.documentElement.scrollWidth")
    sizes = answer.request.sizes()
    page.close()
    assert width == 320
    assert asked[:2] == [f"{site}{path}", "usable"]
    assert sizes["responseBodySize"] + sizes["responseHeadersSize"] <= 14_336
