"""Two sisters on one number, and a card from the printer to her pages, in a real browser on a small screen."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, expect

from trenza.apps.people.api import Card, Person, grant_role, latest_code, register_person, set_pin

PHONE: ViewportSize = {"width": 360, "height": 640}
NUMBER = "+59171234567"


def registered(name: str, **details: Any) -> Person:
    return register_person(given_name=name, family_name="Quispe", **details)


def new_context(browser: Browser, live_server: Any, **more: Any) -> BrowserContext:
    return browser.new_context(base_url=str(live_server.url), viewport=PHONE, locale="es", **more)


def signed_in(context: BrowserContext, live_server: Any, person: Person) -> None:
    """Give this browser a session of hers, without the code."""
    client = Client()
    client.force_login(person.accounts.get())
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": str(live_server.url)}])


@pytest.fixture
def phone(browser: Browser, live_server: Any, settings: Any, tmp_path: Path) -> Iterator[Page]:
    """A small phone without JavaScript; texts to it arrive in a folder."""
    settings.SMS_BACKEND, settings.SMS_FILE_PATH = "files", tmp_path / "sms"
    context = new_context(browser, live_server, java_script_enabled=False)
    yield context.new_page()
    context.close()


def come_in(page: Page, name: str) -> None:
    page.goto("/entrar/")
    page.get_by_label("Tu correo electrónico o tu número de teléfono").fill("712 34567")
    page.get_by_role("button", name="Envíame un código").click()
    page.get_by_label("Tu código").fill(latest_code(NUMBER) or "")
    page.get_by_role("button", name="Seguir").click()
    page.get_by_label(name).check()
    page.get_by_role("button", name="Seguir").click()


def test_two_sisters_come_in_with_one_number_and_each_sees_what_is_hers(phone: Page):
    rosa = registered("Rosa", phone=NUMBER)
    registered("Ana", phone=NUMBER)
    set_pin(person=rosa, pin="7391", by=rosa)

    come_in(phone, "Rosa")
    phone.get_by_label("Tu PIN").fill("7391")
    phone.get_by_role("button", name="Entrar").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Rosa")
    phone.goto("/salir/")
    phone.get_by_role("button", name="Cerrar sesión").click()

    come_in(phone, "Ana")
    phone.get_by_label("Elige un PIN").fill("2580")
    phone.get_by_label("El mismo PIN otra vez").fill("2580")
    phone.get_by_role("button", name="Guardar mi PIN y entrar").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Ana")
    assert "Rosa" not in phone.content()


def test_what_she_marked_and_did_not_hand_in_goes_with_her_when_she_signs_out(browser: Browser, live_server: Any):
    context = new_context(browser, live_server)
    signed_in(context, live_server, registered("Rosa", email="rosa@example.org"))
    page = context.new_page()
    page.goto("/salir/")
    page.evaluate("sessionStorage['draft -/lecciones/uno/'] = 'q.uno=1', sessionStorage['other'] = 1")
    page.wait_for_load_state("networkidle")

    page.get_by_role("button", name="Cerrar sesión").click()
    page.wait_for_url(lambda url: not url.endswith("/salir/"))

    assert page.evaluate("Object.keys(sessionStorage)") == ["other"]
    context.close()


def print_card(browser: Browser, live_server: Any, chief: Person, rosa: Person) -> str:
    """Print a card in the office; what a camera reads on the paper."""
    office = browser.new_context(base_url=str(live_server.url), viewport={"width": 1280, "height": 800}, locale="es")
    signed_in(office, live_server, chief)
    page = office.new_page()
    page.goto(f"/oficina/personas/{rosa.pk}/entrada/")
    page.get_by_role("button", name="Imprimir una tarjeta").click()
    paper = Image.open(io.BytesIO(page.locator(".square").screenshot()))
    assert "Quispe" not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    office.close()
    [square] = zxingcpp.read_barcodes(paper)
    return str(square.text)


def test_square_on_a_card_leads_in_and_its_secret_to_no_server(browser: Browser, live_server: Any, caplog: Any):
    chief, rosa = registered("Chief", email="chief@demo.example"), registered("Rosa")
    grant_role(person=chief, role="administrator", by=None)
    set_pin(person=rosa, pin="7391", by=rosa)
    address, secret = print_card(browser, live_server, chief, rosa).split("#")
    assert address == f"{django_settings.PUBLIC_URL}/entrar/tarjeta/"

    context = new_context(browser, live_server)
    page, asked = context.new_page(), list[Request]()
    page.on("request", lambda request: asked.append(request))
    with caplog.at_level(logging.DEBUG):
        page.goto(f"/entrar/tarjeta/#{secret}")
        page.get_by_label("Tu PIN").fill("7391")
        page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rosa")
    page.go_back()
    page.go_back()

    seen = [each.url.partition("#")[0] + str(each.headers) for each in asked]
    assert [each for each in seen if secret in each] == []
    assert secret not in page.url
    assert secret not in "".join(record.getMessage() for record in caplog.records)
    assert Card.objects.get().used_on is not None
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_sign_in_have_no_barrier_that_axe_knows(browser: Browser, live_server: Any, phone: Page, scheme: Any):
    context = new_context(browser, live_server, color_scheme=scheme)
    page = context.new_page()
    registered("Rosa", phone=NUMBER)
    registered("Ana", phone=NUMBER)
    found = []

    def comes_to_her_pin() -> None:
        come_in(page, "Ana")
        expect(page.get_by_label("Elige un PIN")).to_be_visible()

    for step in (lambda: page.goto("/entrar/tarjeta/"), lambda: page.goto("/entrar/"), comes_to_her_pin):
        step()
        found += [(page.url, each["id"]) for each in Axe().run(page).response["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()

    assert found == []
