"""Certificates of other places and gradebooks in a real browser: under its policy, small and wide, by keyboard."""

from itertools import cycle

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

from tests.apps.credentials import elsewhere
from tests.portals.office.test_browser import SIZES, office
from tests.portals.office.test_elsewhere import handed_in
from tests.portals.office.test_gradebooks import FILE
from trenza.apps.credentials.api import Gradebook, GradebookRow, trust_issuer
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import RequirementMet
from trenza.core.journal import work_until_done

__all__ = ["office"]


@pytest.mark.sweep
def test_pages_have_no_fault_that_axe_finds(page: Page, office: str):
    """Each at one size of the screen, in turns."""
    world, row = handed_in(elsewhere.a_badge())
    administrator = Person.objects.get(role_grants__role="administrator")
    trust_issuer(programme=world.call.programme, name="Academia", document=elsewhere.did_document(), by=administrator)
    page.goto(f"{office}/netacad/")
    file: FilePayload = {"name": "notas.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.get_by_label("El archivo de notas").set_input_files(files=[file])
    page.get_by_role("button", name="Mirar las notas").click()
    book = Gradebook.objects.get()
    page.get_by_role("button", name="Aplicar las notas").click()
    work_until_done()
    waits = GradebookRow.objects.filter(state="unmatched").first()
    assert waits is not None
    key = f"{world.call.edition_id.hex}-{row.course_id.hex}"
    addresses = [
        "otros-certificados/", f"otros-certificados/{row.pk}/", f"inscripciones/{row.enrolment_id}/otro-certificado/",
        f"programas/{world.call.programme_id}/emisores/", "netacad/", f"netacad/inscribir/{key}/",
        f"netacad/notas/{book.pk}/", f"netacad/filas/{waits.pk}/?q=juana",
    ]  # fmt: skip
    for address, size in zip(addresses, cycle(SIZES), strict=False):
        page.set_viewport_size(size)
        page.goto(f"{office}/{address}")
        page.locator("#wagtail.ready").wait_for()
        faults = Axe().run(page).response["violations"]
        assert [(address, fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []


def test_certificate_is_decided_with_the_keyboard(page: Page, office: str):
    _world, row = handed_in()
    page.goto(f"{office}/otros-certificados/{row.pk}/")
    page.get_by_label("Cuenta: su módulo está cumplido").focus()
    for key in ("Space", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("Lo vi con ella.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Cuenta: alguien lo confirmó").first).to_be_visible()
    assert RequirementMet.objects.get().evidence == row.pk
