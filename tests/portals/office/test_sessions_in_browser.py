"""The pages of sessions under the office's policy, on a phone: no fault that axe finds."""

from datetime import timedelta

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.apps.programmes.examples import a_programme
from tests.apps.sessions.examples import a_session, a_trainer, women
from tests.portals.office.test_browser import office
from trenza.apps.sessions.api import Said, mark_attendance
from trenza.core import clock

__all__ = ["office"]  # the fixture


def test_pages_of_sessions_have_no_fault_that_axe_finds(page: Page, office: str):
    programme = a_programme()
    marta, olga = a_trainer(programme), a_trainer(programme, name="Olga")
    session = a_session(programme, by=marta, starts_at=clock.now() - timedelta(hours=1))
    ana, eva = (each.person_id for each in women(programme, "Ana", "Eva"))
    mark_attendance(session=session, marks={ana: Said("present"), eva: Said("excused", "work")}, by=marta)
    mark_attendance(session=session, marks={ana: Said("absent")}, by=olga)
    page.set_viewport_size({"width": 360, "height": 740})
    for address in ("", f"{session.pk}/", "horas/"):
        page.goto(f"{office}/sesiones/{address}")
        page.locator("#wagtail.ready").wait_for()
        faults = Axe().run(page).response["violations"]
        assert [(address, fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (address, wide) == (address, 0)
