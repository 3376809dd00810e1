"""Finding her level on a small phone without JavaScript, by keyboard alone."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tools.catalogue import ROOT
from trenza.apps.admissions.api import Call
from trenza.apps.learning.api import QUESTIONS
from trenza.apps.programmes.api import Edition, load_definition
from trenza.core import clock
from trenza.core.definition import read_definition

PHONE: ViewportSize = {"width": 360, "height": 640}


@pytest.fixture
def phone(browser: Browser, live_server: Any, transactional_db: None) -> Iterator[Page]:
    load_definition(definition=read_definition(ROOT / "programmes" / "tigo-conectadas"), today=clock.today("UTC"))
    Call.objects.update(published_at=clock.now() - timedelta(days=1))
    Edition.objects.update(demonstration=False)  # axe finds fault with the banner of every demonstration
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=False, locale="es")
    yield context.new_page()
    context.close()


def is_well(phone: Page, reader: Page) -> None:
    """Nothing is wider than the phone, and axe finds no fault: it needs scripts, so `reader` has the same page."""
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    reader.set_content(phone.content())
    faults = Axe().run(reader).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []


def test_she_finds_her_level_with_the_keyboard_and_signs_up(phone: Page, page: Page):
    phone.goto("/programas/tigo-conectadas/")
    phone.get_by_role("link", name="Encontrar mi nivel").press("Enter")
    done, asked = phone.locator("progress"), 0
    while asked < QUESTIONS:
        expect(done).to_have_attribute("value", str(asked))  # the page after the key, not the one before it
        is_well(phone, page)
        questions = phone.get_by_role("group")
        of_page = questions.count()
        for number in range(of_page):
            questions.nth(number).get_by_role("radio", name="No lo sé").press("Space")
        phone.get_by_role("button", name="Seguir").press("Enter")
        asked += of_page

    assert asked == QUESTIONS
    expect(phone.get_by_role("heading", level=1)).to_have_text("Empieza aquí: Nivel básico")
    is_well(phone, page)
    phone.get_by_role("link", name="Inscribirme").first.press("Enter")
    expect(phone).to_have_url(re.compile("/programas/tigo-conectadas/convocatorias/basico/inscribirme/$"))


def test_going_back_to_the_first_questions_marks_none_of_others(phone: Page):
    phone.goto("/programas/tigo-conectadas/nivel/")
    for number in range(phone.get_by_role("group").count()):
        phone.get_by_role("group").nth(number).get_by_role("radio").first.check()
    phone.get_by_role("button", name="Seguir").click()
    expect(phone.locator("progress")).not_to_have_attribute("value", "0")

    phone.go_back()

    expect(phone.locator("progress")).to_have_attribute("value", "0")
    expect(phone.locator("input[type=radio]:checked")).to_have_count(0)
