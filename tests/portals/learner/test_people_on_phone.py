"""Two women share a phone, in a real browser against the real server: from signing in to signing out."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.portals.learner.scene import enrolled, first, published, rosa, url
from tests.portals.learner.test_browser import PHONE
from trenza.apps.learning.api import course_states
from trenza.apps.people.api import Person, give_consent, set_pin
from trenza.portals.field import modules

PINS = {"Ana": "2580", "Rosa": "1470"}


@pytest.fixture
def women(live_server: Any) -> dict[str, Person]:
    """Ana and Rosa, in the sample programme."""
    made = {}
    version = published(pass_score=0.6)
    for name in PINS:
        person = rosa(name)
        give_consent(person=person, text="data-use", version=1, by=person)
        made[name] = person
    programme = enrolled(made["Ana"]).edition.programme
    enrolled(made["Rosa"], programme)
    made["Ana"].lesson_url = url(first(version))  # type: ignore[attr-defined]
    return made


@pytest.fixture
def phone(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    complaints: list[str] = []
    context.on("weberror", lambda found: complaints.append(str(found.error)))
    context.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    yield context
    context.close()
    assert complaints == []


def come_in(context: BrowserContext, person: Person, client: Any, live_server: Any) -> Page:
    """She signs in by a code, as far as the server is concerned, and looks at her page."""
    client.logout()
    client.force_login(person.accounts.get())
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto("/mi/")
    return page


def keep_here(page: Page, pin: str) -> None:
    """She takes the invitation."""
    page.get_by_role("button", name="Elegir mi PIN").click()
    page.get_by_label("Tu PIN nuevo").fill(pin)
    page.get_by_label("El mismo PIN otra vez").fill(pin)
    page.get_by_role("button", name="Guardar mi PIN").click()
    expect(page.get_by_text("Desde ahora este teléfono guarda tu avance")).to_be_visible()


def write_pin(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.get_by_role("textbox", name="Tu PIN").fill(PINS[name])
    page.get_by_role("button", name="Abrir mi espacio").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Hola, {name}")


def lock(page: Page) -> None:
    """She locks her space. What is asked with her session meanwhile would end the next one: nothing is on its way."""
    page.goto("/telefono/", wait_until="networkidle")
    page.get_by_role("button", name="Cerrar mi espacio").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Quién eres?")
    page.close()


def do_the_lesson(page: Page, person: Any) -> None:
    page.goto(person.lesson_url)
    expect(page.locator(".sends")).to_be_visible()
    page.locator("[data-q=a]").get_by_label("choice 1").check()
    page.locator("[data-q=b]").get_by_label("choice 0").check()
    page.locator("[data-q=b]").get_by_label("choice 1").check()
    page.get_by_role("button", name="Revisar y terminar").click()
    expect(page.locator("form > div[tabindex]")).to_contain_text(re.compile("Guardado en tu teléfono|Enviado"))


def waiting(page: Page) -> int:
    found: int = page.evaluate(
        f"async () => (await (await import('{modules.address('outbox.js')}')).waiting()).waiting"
    )
    return found


def test_two_women_one_phone(phone: BrowserContext, women: dict[str, Person], client: Any, live_server: Any):
    """Ana learns without a signal and locks; Rosa comes in, and what Ana did goes out while Rosa is here."""
    ana = come_in(phone, women["Ana"], client, live_server)
    keep_here(ana, PINS["Ana"])
    phone.route("**/sync", lambda route: route.abort())
    do_the_lesson(ana, women["Ana"])
    ana.goto("/salir/")
    expect(ana.get_by_text("Todavía falta enviar 1 respuesta tuya.")).to_be_visible()
    ana.get_by_role("button", name="Cerrar sesión").click()
    expect(ana.get_by_role("heading", level=1)).to_have_text("¿Quién eres?")
    assert ana.request.get("/mi/", max_redirects=0).status == 302
    assert (waiting(ana), course_states(women["Ana"], ["uno"])["uno"].passed) == (1, 0)
    ana.close()

    rosa_ = come_in(phone, women["Rosa"], client, live_server)
    phone.unroute("**/sync")
    keep_here(rosa_, PINS["Rosa"])
    rosa_.goto("/telefono/")
    expect(rosa_.get_by_role("heading", level=1)).to_have_text("Hola, Rosa")
    expect(rosa_.get_by_text("respuesta de Ana por enviar")).to_have_count(0)
    assert (waiting(rosa_), course_states(women["Ana"], ["uno"])["uno"].passed) == (0, 1)
    assert course_states(women["Rosa"], ["uno"])["uno"].passed == 0

    write_pin(rosa_, "Ana")
    expect(rosa_.locator("details")).to_contain_text("1 de 2")
    rosa_.goto("/mi/")
    expect(rosa_.get_by_role("heading", level=1)).to_have_text("Hola, Ana")


def test_session_of_one_ends_where_the_other_is_here(
    phone: BrowserContext, women: dict[str, Person], client: Any, live_server: Any
):
    """Rosa switches without a signal; when it comes back, nothing of Ana's answers."""
    page = come_in(phone, women["Rosa"], client, live_server)
    keep_here(page, PINS["Rosa"])
    lock(page)
    ana = come_in(phone, women["Ana"], client, live_server)
    keep_here(ana, PINS["Ana"])
    ana.goto("/telefono/")
    phone.route("**/telefono/entrar", lambda route: route.abort())

    write_pin(ana, "Rosa")

    assert "/entrar/" in ana.request.get("/mi/").url
    phone.unroute("**/telefono/entrar")
    ana.goto("/mi/")
    expect(ana.get_by_role("heading", level=1)).to_have_text("Hola, Rosa")


def test_lock_takes_her_pages_off_the_screen_without_a_signal(
    phone: BrowserContext, women: dict[str, Person], client: Any, live_server: Any
):
    page = come_in(phone, women["Ana"], client, live_server)
    keep_here(page, PINS["Ana"])
    page.goto("/mi/historia/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tu historia")
    expect(page.locator(".sends")).to_be_visible()
    page.wait_for_load_state("networkidle")  # what takes it off the screen is the last that it loads
    other = phone.new_page()
    other.goto("/telefono/")
    expect(other.get_by_role("heading", level=1)).to_have_text("Hola, Ana")
    phone.set_offline(True)

    other.get_by_role("button", name="Cerrar mi espacio").click()

    expect(page.get_by_role("heading", name="Tu historia")).to_be_hidden()


def test_she_who_forgot_her_pin_comes_in_by_a_code_and_loses_nothing(
    phone: BrowserContext, women: dict[str, Person], client: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("trenza.portals.api.views.profiles.people.came_by_code_lately", lambda request: True)
    page = come_in(phone, women["Ana"], client, live_server)
    keep_here(page, PINS["Ana"])
    phone.route("**/sync", lambda route: route.abort())
    do_the_lesson(page, women["Ana"])
    lock(page)
    page = come_in(phone, women["Ana"], client, live_server)
    page.get_by_role("button", name="Escribir mi PIN").click()
    page.get_by_role("button", name="Olvidé mi PIN").click()
    phone.unroute("**/sync")
    page.get_by_label("Tu PIN nuevo").fill("9274")
    page.get_by_label("El mismo PIN otra vez").fill("9274")
    page.get_by_role("button", name="Guardar mi PIN").click()
    expect(page.get_by_text("Desde ahora este teléfono guarda tu avance")).to_be_visible()

    page.goto("/telefono/")
    expect(page.locator("details")).to_contain_text("1 de 2")
    expect(page.get_by_text("por enviar")).to_have_count(0)
    assert waiting(page) == 0


def test_she_who_has_a_pin_writes_that_one_on_another_phone(
    phone: BrowserContext, women: dict[str, Person], client: Any, live_server: Any
):
    set_pin(person=women["Ana"], pin=PINS["Ana"], by=women["Ana"])
    page = come_in(phone, women["Ana"], client, live_server)
    page.get_by_role("button", name="Escribir mi PIN").click()
    page.get_by_role("textbox", name="Tu PIN").fill("0007")
    page.get_by_role("button", name="Guardar mi avance aquí").click()
    expect(page.get_by_role("alert")).to_contain_text("Ese no es tu PIN.")

    page.get_by_role("textbox", name="Tu PIN").fill(PINS["Ana"])
    page.get_by_role("button", name="Guardar mi avance aquí").click()

    expect(page.get_by_text("Desde ahora este teléfono guarda tu avance")).to_be_visible()
