"""A draw in a real browser: the steps by keyboard, what everybody sees, and her own page; without a fault for axe."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.apps.admissions.actions.test_draws import READ_AT, SEED, applied
from tests.apps.admissions.examples import a_draw_call
from tests.portals.office.people import sign_in, staff
from trenza.apps.admissions.api import Award, Call, Draw, DrawEntry, freeze_list, give_seed, hold_draw
from trenza.apps.people.api import Person
from trenza.core import clock

SIZES = [{"width": 1280, "height": 800}, {"width": 360, "height": 640}]


@pytest.fixture
def call(transactional_db: None) -> Call:
    """It closed some days ago, and seven women have applied."""
    made = a_draw_call(3, el_alto=2)
    for n in range(1, 8):
        applied(made, n, "el-alto" if n < 5 else "oruro")
    now = clock.now()
    Call.objects.update(opens_at=now - timedelta(days=30), closes_at=now - timedelta(days=3))
    made.refresh_from_db()
    return made


def come_in(page: Page, live_server: LiveServer, person: Person) -> None:
    client = Client()
    sign_in(client, person)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def no_faults(page: Page) -> None:
    faults = Axe().run(page).response["violations"]
    assert [(page.url, fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []


@pytest.mark.parametrize("size", SIZES[:1])
def test_draw_is_held_by_keyboard(page: Page, live_server: LiveServer, call: Call, size):
    come_in(page, live_server, staff("administrator"))
    page.set_viewport_size(size)
    draw = f"{live_server.url}/oficina/convocatorias/{call.pk}/sorteo/"

    for link, button in (
        ("Cerrar la lista…", "Cerrar la lista"),
        ("Escribir la semilla…", ""),
        ("Sortear los lugares…", "Sortear los lugares"),
    ):
        page.goto(draw)  # anew: a message that fades in has no contrast yet
        no_faults(page)
        page.get_by_role("link", name=link).press("Enter")
        page.locator("#wagtail.ready").wait_for()
        no_faults(page)
        if button:
            page.get_by_role("button", name=button).press("Enter")
        else:
            page.get_by_label("La semilla").fill(SEED)
            page.keyboard.press("Tab")
            page.keyboard.type(READ_AT)
            page.keyboard.press("Enter")
        page.wait_for_url(draw)

    page.goto(draw)
    expect(page.get_by_role("link", name="El archivo que repite el sorteo")).to_be_visible()
    no_faults(page)
    assert (Draw.objects.get().seed, Award.objects.count()) == (SEED, 3)
    with page.expect_download() as download:
        page.get_by_role("link", name="El archivo que repite el sorteo").press("Enter")
    assert download.value.suggested_filename == "sorteo-mujeres-online-beca-2026.txt"


@pytest.mark.parametrize("size", SIZES[1:])
def test_what_everybody_and_what_she_sees_fits_her_phone(page: Page, live_server: LiveServer, call: Call, size):
    page.set_viewport_size(size)
    public = f"{live_server.url}/programas/mujeres-online/convocatorias/{call.code}"
    page.goto(f"{public}/sorteo/")
    no_faults(page)
    freeze_list(call=call, by=None)
    give_seed(call=call, seed=SEED, source=READ_AT, by=None)
    hold_draw(call=call, by=None)
    last = Person.objects.get(applications__draw_entry=DrawEntry.objects.get(rank=7))
    page.goto(f"{public}/sorteo/")
    page.get_by_text("Para quien quiere comprobarlo").press("Enter")
    no_faults(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    come_in(page, live_server, last)
    page.goto(f"{public}/solicitud/")
    expect(page.get_by_text("Saliste en el lugar 7 de 7.")).to_be_visible()
    no_faults(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
