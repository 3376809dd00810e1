"""The page /telefono/: who shares this phone, and what is hers, without a signal too."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.portals.field.phone.conftest import Sync, cut, flush, load, put
from tests.portals.field.phone.people import PINS, STATE, Door, people, register
from tests.portals.field.test_browser import SMALL_TARGETS

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def door(phone_context: BrowserContext) -> Door:
    return Door(phone_context)


@pytest.fixture
def page(phone_context: BrowserContext, door: Door, sync: Sync) -> Page:
    """Ana and Rosa share a phone without a signal; Ana has her courses and something to send. Rosa is here."""
    page = phone_context.new_page()
    page.goto("/")
    sync.always = cut
    register(page, door, "Ana")
    people(page, f"people.keepState(people.current().profile, {json.dumps(STATE)})")
    put(page, 2)
    register(page, door, "Rosa")
    page.goto("/telefono/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hola, Rosa")
    return page


def write_pin(page: Page, pin: str) -> None:
    page.get_by_role("textbox", name="Tu PIN").fill(pin)
    page.get_by_role("button", name="Abrir mi espacio").click()


def is_ana(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Hola, Ana")


def cards(page: Page) -> Locator:
    return page.get_by_role("region", name="Por enviar")


def test_she_switches_in_two_taps_and_sees_her_next_step_first(page):
    page.get_by_role("button", name="Ana").click()
    expect(page.get_by_role("textbox", name="Tu PIN")).to_be_focused()
    write_pin(page, PINS["Ana"])

    is_ana(page)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    step = page.locator(".first")
    expect(step).to_contain_text("Una contraseña fuerte")
    expect(step).to_contain_text("5 minutos · 12 KB")
    expect(step.get_by_role("link", name="Empezar")).to_have_attribute("href", "/l/a/")
    expect(page.get_by_role("button", name="Rosa")).to_be_visible()


def test_what_waits_is_told_for_each_person(page):
    expect(cards(page)).to_contain_text("2 respuestas de Ana por enviar; nadie más puede leerlas.")

    page.get_by_role("button", name="Ana").click()
    write_pin(page, PINS["Ana"])

    expect(cards(page)).to_contain_text("2 respuestas tuyas por enviar.")


def test_what_waits_goes_when_she_says_so(page, sync):
    page.get_by_role("button", name="Enviar ahora").first.click()
    expect(page.get_by_text("Ahora no se pudo enviar.")).to_be_visible()

    sync.always = None
    page.get_by_role("button", name="Enviar ahora").first.click()

    expect(page.get_by_text("Todo está enviado.")).to_be_visible()
    expect(cards(page)).to_have_count(0)


def test_what_was_refused_is_told_to_her_with_what_to_do(page, sync):
    sync.always, sync.status = None, {1: "refused"}
    flush(page)

    expect(cards(page)).to_contain_text("1 respuesta de Ana no se pudo recibir. Ana ve por qué en su espacio.")
    page.get_by_role("button", name="Ana").click()
    write_pin(page, PINS["Ana"])
    words = "1 respuesta tuya no se pudo recibir: llegó dañada. Muéstrasela a tu formadora."
    expect(cards(page)).to_contain_text(words)


def test_wrong_pin_is_said_in_the_dialog_and_she_may_turn_back(page):
    page.get_by_role("button", name="Ana").click()
    write_pin(page, "0001")

    expect(page.get_by_role("alert")).to_have_text("Ese no es el PIN. Te quedan 4 intentos.")
    expect(page.get_by_role("textbox", name="Tu PIN")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Ana")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hola, Rosa")


def test_quick_exit_is_within_reach_while_a_dialog_is_open(page):
    page.route("https://www.google.com/**", lambda route: route.fulfill(body="El tiempo"))
    page.get_by_role("button", name="Ana").click()

    page.get_by_role("dialog").get_by_role("link", name="Salir rápido").click()

    expect(page.get_by_text("El tiempo")).to_be_visible()


def test_locked_page_asks_who_she_is_and_shows_nothing_of_hers(page):
    page.get_by_role("button", name="Ana").click()
    write_pin(page, PINS["Ana"])
    is_ana(page)

    page.get_by_role("button", name="Cerrar mi espacio con PIN").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("¿Quién eres?")
    assert "Una contraseña fuerte" not in page.content()
    page.go_back()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Quién eres?")
    assert "Una contraseña fuerte" not in page.content()


def test_courses_show_which_are_downloaded(page):
    pack = {"course": "segura", "version": "0123", "title": "Segura", "language": "es", "bytes": 300_000}
    page.evaluate(f"async (pack) => {{ await {load('store.js')}.put('packs', pack); }}", pack)
    page.get_by_role("button", name="Ana").click()
    write_pin(page, PINS["Ana"])

    expect(page.locator(".first")).to_contain_text("5 minutos · está en este teléfono, no gasta datos")
    page.get_by_text("Segura 0 de 2").click()
    course = page.locator("details")
    expect(course.get_by_text("Descargado", exact=True)).to_be_visible()
    expect(course.get_by_role("link", name="Dos pasos")).to_have_attribute("href", "/l/b/")


def test_step_moves_on_when_she_did_it_without_a_signal(page):
    page.get_by_role("button", name="Ana").click()
    write_pin(page, PINS["Ana"])
    is_ana(page)

    people(page, f"people.mark('{'a' * 32}')")

    expect(page.locator(".first")).to_contain_text("Dos pasos")
    expect(page.locator(".first")).to_contain_text("1 minuto · 9 KB")


def test_she_changes_her_pin(page):
    page.get_by_role("button", name="Cambiar mi PIN").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Tu PIN de hasta ahora").fill(PINS["Rosa"])
    for label in ("Tu PIN nuevo", "El mismo PIN otra vez"):
        dialog.get_by_label(label).fill("1234")
    dialog.get_by_role("button", name="Guardar mi PIN").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Ese PIN lo adivina cualquiera.")

    dialog.get_by_label("Tu PIN nuevo").fill("9274")
    dialog.get_by_label("El mismo PIN otra vez").fill("9274")
    dialog.get_by_role("button", name="Guardar mi PIN").click()

    expect(page.get_by_text("Cambiaste tu PIN en este teléfono.")).to_be_visible()
    page.get_by_role("button", name="Cerrar mi espacio").click()
    page.get_by_role("button", name="Rosa").click()
    write_pin(page, "9274")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hola, Rosa")


def test_leaving_the_phone_warns_of_what_waits_and_keeps_it(page):
    page.get_by_role("button", name="Ana").click()
    write_pin(page, PINS["Ana"])
    page.get_by_role("button", name="Quitar mi espacio de este teléfono").click()
    expect(page.get_by_role("dialog")).to_contain_text("Todavía falta enviar 2 respuestas tuyas.")
    page.get_by_role("button", name="Sí, quitar mi espacio").click()

    expect(page.get_by_text("Tu espacio ya no está en este teléfono.")).to_be_visible()
    expect(cards(page)).to_contain_text("2 respuestas por enviar de alguien que dejó este teléfono")
    expect(page.get_by_role("button", name="Ana")).to_have_count(0)


def test_forgotten_pin_leads_to_signing_in_with_everybody_locked(page):
    page.get_by_role("button", name="Ana").click()
    page.get_by_role("button", name="Olvidé mi PIN").click()
    expect(page.get_by_role("dialog")).to_contain_text("Lo que hiciste no se pierde")

    with page.expect_navigation(url="**/entrar/?next=/mi/"):
        page.get_by_role("button", name="Entrar").click()

    assert "profile=-" in page.evaluate("document.cookie")


def test_page_without_a_database_stays_as_it_came(phone_context, door):
    page = phone_context.new_page()
    page.add_init_script("indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }")
    page.goto("/telefono/", wait_until="networkidle")

    expect(page.get_by_role("heading", level=1)).to_have_text("En este teléfono")
    expect(page.get_by_role("link", name="Ir a mi espacio")).to_be_visible()


def test_new_phone_invites_to_come_in(phone_context, door):
    page = phone_context.new_page()
    page.goto("/telefono/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Guarda tu avance en este teléfono")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_and_its_dialogs_have_no_barrier_and_fit(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    assert barriers(page) == []
    page.get_by_role("button", name="Cambiar mi PIN").click()
    page.get_by_role("button", name="Guardar mi PIN").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Cerrar mi espacio").click()
    page.get_by_role("button", name="Ana").click()
    expect(page.get_by_role("textbox", name="Tu PIN")).to_be_focused()
    assert barriers(page) == []


def barriers(page: Page) -> list[Any]:
    """What axe finds, what is too small to touch, and what does not fit, with the text twice as large too."""
    found = Axe().run(page, options=RULES).response["violations"]
    problems = [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
    problems += page.evaluate(SMALL_TARGETS)
    for size in ("200%", "100%"):
        page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", size)
        boxes = "[document.documentElement, ...document.querySelectorAll('dialog')]"
        problems += [over for over in page.evaluate(f"{boxes}.map((box) => box.scrollWidth - box.clientWidth)") if over]
    return problems
