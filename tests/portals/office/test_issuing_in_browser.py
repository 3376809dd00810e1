"""Issuing in a real browser: by keyboard, on a small screen and a wide one, without a fault for axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.apps.credentials.actions.test_running import other_words
from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from tests.portals.office.people import sign_in, staff
from trenza.apps.credentials.api import Credential, IssuingRun, create_key
from trenza.apps.credentials.models import Endorsement
from trenza.apps.people.api import Person
from trenza.core.journal import work_until_done

SIZES = [{"width": 1280, "height": 800}, {"width": 360, "height": 640}]


@pytest.fixture
def credential(transactional_db: None, settings, tmp_path) -> Credential:
    settings.KEYS_ROOT = tmp_path / "keys"
    programme = an_issuing_programme()
    for code in ("casa", "norte"):
        create_key(organisation=organisation(code))
    return a_credential(programme)


def come_in(page: Page, live_server: LiveServer, person: Person) -> None:
    client = Client()
    sign_in(client, person)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def looked_at(page: Page, address: str) -> None:
    """Open it, and find nothing that axe would say."""
    page.goto(address)
    page.locator("#wagtail.ready").wait_for()
    faults = Axe().run(page).response["violations"]
    assert [(page.url, fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []


@pytest.mark.parametrize("size", SIZES[:1])
def test_endorser_signs_by_keyboard(page: Page, live_server: LiveServer, credential: Credential, size):
    come_in(page, live_server, staff("endorser", scope_kind="organisation", scope=organisation("norte").pk))
    page.set_viewport_size(size)
    looked_at(page, f"{live_server.url}/oficina/avales/")
    page.get_by_role("link", name="Primeros pasos").press("Enter")
    page.wait_for_url("**/avales/*/*/*/")
    looked_at(page, page.url)
    page.get_by_role("button", name="Firmar por Academia Norte").press("Enter")
    expect(page.get_by_text("Firmado: Academia Norte avala «Primeros pasos».")).to_be_visible()

    looked_at(page, page.url)
    expect(page.get_by_role("button", name="Firmar por Academia Norte")).to_have_count(0)
    assert Endorsement.objects.count() == 1


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES[1:])
def test_bar_moves_by_itself_until_it_is_done(page: Page, live_server: LiveServer, credential: Credential, size):
    other_words(credential.template.programme)
    come_in(page, live_server, staff("administrator"))
    page.set_viewport_size(size)
    for part in ("", f"plantillas/{credential.template_id}/", "trabajos/", "trabajos/nuevo/", "avales/", "llaves/"):
        looked_at(page, f"{live_server.url}/oficina/emision/{part}")
    page.goto(f"{live_server.url}/oficina/emision/plantillas/{credential.template_id}/")
    page.locator("#wagtail.ready").wait_for()
    page.get_by_role("button", name="Emitirlos de nuevo").press("Enter")
    page.wait_for_url("**/trabajos/*/")
    expect(page.get_by_text("En marcha: 0 de 1.")).to_be_visible()
    looked_at(page, page.url)
    work_until_done()

    expect(page.get_by_text("Terminada: 1 de 1.")).to_be_visible(timeout=20_000)
    assert page.get_by_role("progressbar").evaluate("bar => bar.value / bar.max") == 1
    assert IssuingRun.objects.get().state == "done"


def test_bar_moves_without_javascript(browser: Browser, live_server: LiveServer, credential: Credential):
    other_words(credential.template.programme)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    come_in(page, live_server, staff("coordinator"))
    page.goto(f"{live_server.url}/oficina/emision/plantillas/{credential.template_id}/")
    page.get_by_role("button", name="Emitirlos de nuevo").press("Enter")
    expect(page.get_by_text("En marcha: 0 de 1.")).to_be_visible()
    work_until_done()

    expect(page.get_by_text("Terminada: 1 de 1.")).to_be_visible(timeout=20_000)
    context.close()


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES[1:])
def test_certificate_is_suspended_and_its_name_corrected(
    page: Page, live_server: LiveServer, credential: Credential, size
):
    come_in(page, live_server, staff("administrator"))
    page.set_viewport_size(size)
    address = f"{live_server.url}/oficina/certificados/{credential.pk}/"
    looked_at(page, f"{address}suspender/")
    page.get_by_label("Alguien lo pone en duda").press("Space")
    page.get_by_role("button", name="Suspender el certificado").press("Enter")
    page.wait_for_url(address)
    looked_at(page, address)
    page.get_by_role("button", name="Levantar la suspensión").press("Enter")
    expect(page.get_by_text("El certificado vale otra vez")).to_be_visible()
    looked_at(page, f"{address}nombre/")
    page.get_by_label("El nombre, como debe aparecer").fill("Ana Paz")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Se emitió con el nombre nuevo, igual que todos")).to_be_visible()
    looked_at(page, page.url)
    page.get_by_role("link", name="Primeros pasos, ").press("Enter")
    page.wait_for_url(address)
    looked_at(page, address)
