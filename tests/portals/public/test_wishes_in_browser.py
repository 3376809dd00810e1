"""She wishes for courses, gets one and changes it: on a small phone without JavaScript, and by keyboard."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.apps.admissions.examples import a_programme
from tests.apps.admissions.tracks import a_tracks_call, places, wishing
from tests.portals.public.test_forms_in_browser import say_who
from trenza.apps.admissions.api import Application, Call, award_in_order
from trenza.core.journal import work_until_done

PHONE: ViewportSize = {"width": 360, "height": 640}
APPLY = "/programas/mujeres-online/convocatorias/caminos/postular/"


@pytest.fixture
def call(live_server: Any) -> Call:
    a_programme()
    return a_tracks_call(9, python=1, redes=1, soporte=3)


def fits(page: Page, seen: Locator | None = None) -> None:
    """Nothing is wider than the screen, once `seen` is there: a link that is followed leads there a moment later."""
    expect(seen or page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")


def test_without_javascript_she_wishes_gets_her_second_wish_and_changes_once(
    browser: Browser, live_server: Any, call: Call
):
    wishing(call, 1, "python")
    award_in_order(call=call, by=None)
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, locale="es", java_script_enabled=False)
    page = context.new_page()
    page.goto("/programas/mujeres-online/")
    page.get_by_role("link", name="Postular").click()
    say_who(page)
    page.get_by_label("Python. Aprende.").check()
    page.get_by_label("¿Y si ahí no hay lugar?").select_option(label="Python")
    page.get_by_role("group", name="¿Tienes correo").get_by_label("Sí", exact=True).check()
    page.get_by_label("Lo leí y estoy de acuerdo.").check()
    page.get_by_role("button", name="Enviar mi solicitud").click()
    expect(page.get_by_text("Ese curso ya lo elegiste arriba.").first).to_be_visible()
    page.get_by_label("¿Y si ahí no hay lugar?").select_option(label="Redes")
    page.get_by_role("button", name="Enviar mi solicitud").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Tenemos tu solicitud")
    assert page.locator("ol li").all_inner_texts() == ["Python", "Redes"]
    award_in_order(call=call, by=None)
    page.reload()
    expect(page.locator(".big")).to_have_text("Redes")
    page.get_by_role("link", name="Ver mi lugar").click()
    page.get_by_role("button", name="Lo acepto").click()
    page.get_by_role("link", name="Descansar un tiempo o dejarlo").click()
    page.get_by_role("link", name="Cambiar mi curso").click()
    expect(page.get_by_text("Ahora no hay lugar en Python.")).to_be_visible()
    page.get_by_label("Soporte. Aprende.").check()
    page.get_by_role("button", name="Cambiar mi curso").click()

    expect(page.get_by_text("Ahora estás en «Soporte».")).to_be_visible()
    assert page.get_by_role("link", name="Cambiar mi curso").count() == 0
    work_until_done()
    assert places(call) == {"Juana 1": "python", "Juana": "soporte"}
    context.close()


def test_each_page_fits_the_phone_and_is_used_by_keyboard_alone(browser: Browser, live_server: Any, call: Call):
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, locale="es")
    page = context.new_page()
    page.goto("/programas/mujeres-online/")
    fits(page)
    page.goto(APPLY)
    fits(page)
    assert [each["id"] for each in Axe().run(page).response["violations"]] == []
    say_who(page)
    page.locator("#id_wish_1_0").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#id_wish_1_1").is_checked()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_wish_2"
    page.keyboard.press("ArrowDown")
    assert page.locator("#id_wish_2").input_value() == "soporte"
    page.get_by_role("group", name="¿Tienes correo").get_by_label("Sí", exact=True).check()
    page.get_by_label("Lo leí y estoy de acuerdo.").check()
    page.get_by_role("button", name="Enviar mi solicitud").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tenemos tu solicitud")
    fits(page)
    award_in_order(call=call, by=None)
    page.reload()
    fits(page)
    page.get_by_role("link", name="Ver mi lugar").press("Enter")
    fits(page, page.get_by_role("button", name="Lo acepto"))
    page.get_by_role("button", name="Lo acepto").press("Enter")
    page.get_by_role("link", name="Descansar un tiempo o dejarlo").press("Enter")
    fits(page, page.get_by_role("link", name="Cambiar mi curso"))
    page.get_by_role("link", name="Cambiar mi curso").press("Enter")
    fits(page, page.get_by_role("button", name="Cambiar mi curso"))
    assert [each["id"] for each in Axe().run(page).response["violations"]] == []
    page.get_by_label("Soporte. Aprende.").press("Space")
    page.get_by_role("button", name="Cambiar mi curso").press("Enter")
    expect(page.get_by_text("Ahora estás en «Soporte».")).to_be_visible()
    fits(page)
    assert Application.objects.get().award.track.code == "soporte"
    context.close()
