"""The pages of wishes, seats of tracks and changes of track in a real browser, small and wide."""

from itertools import cycle

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.apps.admissions.tracks import a_tracks_call, placed, places, wishing
from tests.portals.office.test_browser import SIZES, office

__all__ = ["office"]


@pytest.mark.sweep
def test_pages_of_tracks_have_no_fault_that_axe_finds(page: Page, office: str):
    """Each at one size of the screen, in turns."""
    call = a_tracks_call(9, python=2, redes=1)
    application, award = wishing(call, 1, "python", "redes"), placed(call, 2, "python")
    addresses = [
        "solicitudes/", f"solicitudes/{application.pk}/", f"convocatorias/{call.pk}/",
        f"convocatorias/{call.pk}/lugares/", f"adjudicaciones/{award.pk}/", f"adjudicaciones/{award.pk}/ruta/",
    ]  # fmt: skip
    for address, size in zip(addresses, cycle(SIZES), strict=False):
        page.set_viewport_size(size)
        page.goto(f"{office}/{address}")
        page.locator("#wagtail.ready").wait_for()
        faults = Axe().run(page).response["violations"]
        assert [(address, fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []


def test_her_track_is_changed_by_keyboard(page: Page, office: str):
    call = a_tracks_call(9, python=2, redes=1)
    award = placed(call, 1, "python")
    page.goto(f"{office}/adjudicaciones/{award.pk}/")
    page.get_by_role("link", name="Cambiar su ruta…").press("Enter")
    page.get_by_label("A qué ruta").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_label("¿Por qué?").fill("El horario no le sirve")
    page.get_by_role("button", name="Cambiar su ruta").press("Enter")
    page.get_by_text("sigue en «Redes»").wait_for()
    assert places(call) == {"Juana 1": "redes"}
