"""The pages of centres under the office's policy, on a phone: no fault that axe finds, nothing asked of others."""

from datetime import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.apps.places.examples import a_centre, a_loan, a_person, a_thing, today, vouchers
from tests.portals.office.test_browser import office
from trenza.apps.places.api import Hours, note_visits, set_opening_hours

__all__ = ["office"]  # the fixture


def test_pages_of_centres_have_no_fault_that_axe_finds(page: Page, office: str):
    centre = a_centre()
    thing = a_thing(centre)
    a_loan(a_thing(centre, "T-2"), a_person("Ana"))
    vouchers(centre, "A1", "A2")
    note_visits(centre=centre, count=2, day=today(), purpose="wifi", by=None)
    set_opening_hours(centre=centre, hours=[Hours(0, time(9), time(12))], by=None)
    page.set_viewport_size({"width": 360, "height": 740})
    for address in ("", "horario/", f"equipos/{thing.pk}/prestar/?q=ana", "vales/traer/", "visitas/?q=ana"):
        page.goto(f"{office}/centros/{centre.pk}/{address}")
        page.locator("#wagtail.ready").wait_for()
        faults = Axe().run(page).response["violations"]
        assert [(address, fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (address, wide) == (address, 0)
