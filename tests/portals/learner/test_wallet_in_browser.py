"""Her certificates in a real browser: on a small phone, by keyboard, without a signal, beside another woman."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.portals.learner.certified import certified
from tests.portals.learner.scene import rosa
from tests.portals.learner.test_browser import PHONE
from tests.portals.learner.test_people_on_phone import PINS, come_in, keep_here, lock, write_pin
from trenza.apps.credentials.api import (
    Credential,
    Disclosure,
    disclose,
    offline_text_of,
    open_public_page,
    verification_url,
)
from trenza.apps.people.api import Person, give_consent

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOKS = 10
DRAWN = """() => [...document.querySelectorAll("details[open] :is(img, canvas)")]
    .every((each) => each.naturalWidth || each.width < 300)"""
ASKED_FOR = """() => performance.getEntriesByType("resource").map((each) => new URL(each.name).pathname)
    .filter((path) => path.startsWith("/mis/"))"""
KEPT = "/telefono/certificados/"


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.KEYS_ROOT = tmp_path / "keys"


@pytest.fixture
def hers(live_server: Any) -> list[Credential]:
    """Ana's three certificates; Rosa has none."""
    ana, _rosa = agreed("Ana"), agreed("Rosa")
    return certified(ana)


def agreed(name: str) -> Person:
    person = rosa(name)
    give_consent(person=person, text="data-use", version=1, by=person)
    return person


@pytest.fixture
def phone(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=live_server.url, viewport=PHONE, permissions=["clipboard-read", "clipboard-write"]
    )
    complaints: list[str] = []
    context.on("weberror", lambda found: complaints.append(str(found.error)))
    context.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    yield context
    context.close()
    assert complaints == []


def read(page: Page, selector: str, tmp_path: Path) -> str:
    """What a camera reads from the screen; it looks again while a page is still being painted."""
    shot = tmp_path / "screen.png"
    place = page.locator(selector).first
    place.evaluate("(element) => element.scrollIntoView({block: 'center'})")
    page.wait_for_function(DRAWN)
    for _ in range(LOOKS):
        place.screenshot(path=shot)
        if codes := zxingcpp.read_barcodes(Image.open(shot)):
            break
        page.wait_for_timeout(200)
    [found] = codes
    return str(found.text)


def showcase_of(credentials: list[Credential]) -> str:
    """Her public page, which shows them."""
    person = credentials[0].person
    for each in credentials:
        full, plain = Disclosure.Name.FULL, Disclosure.Identity.PLAIN
        disclose(
            credential=each, name=full, identity=plain, evidence=[], evidence_shown=False, listed=True, by=person
        )  # fmt: skip
    return f"/certificados-de/{open_public_page(person=person, by=person).code}/"


def kept_by_worker(page: Page) -> None:
    page.wait_for_function("() => navigator.serviceWorker?.controller")
    page.wait_for_function(f"async () => Boolean(await caches.match('{KEPT}', {{ignoreVary: true}}))")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_barrier_that_axe_knows_and_fit_a_phone(phone, hers, client, live_server, scheme):
    page = come_in(phone, hers[0].person, client, live_server)
    page.emulate_media(color_scheme=scheme)
    faults = {}
    for path in (
        "/mi/certificados/",
        f"/mi/certificados/{hers[0].pk}/",
        "/mi/certificados/nombre/",
        KEPT,
        showcase_of(hers),
    ):
        page.goto(path)
        for each in page.locator("summary").all():
            each.click()
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        faults[path] = [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], path

    assert [each for each in faults.items() if each[1]] == []


def test_codes_on_her_screen_are_read_by_a_camera(phone, hers, client, live_server, tmp_path):
    page = come_in(phone, hers[0].person, client, live_server)
    page.goto("/mi/certificados/")
    card = f"#c{hers[0].pk.hex}"
    assert page.evaluate(ASKED_FOR) == []
    page.locator(f"{card} summary").click()

    assert read(page, f"{card} img[src*=link]", tmp_path) == verification_url(hers[0].code)
    found = Credential.objects.select_related("signed").get(pk=hers[0].pk)
    assert read(page, f"{card} img[src*=offline]", tmp_path) == offline_text_of(found)


def test_certificates_open_without_a_signal_for_her_alone(phone, hers, client, live_server, tmp_path):
    """Ana shows hers on the bus; with her space locked the phone shows nothing of it, nor to Rosa."""
    ana = come_in(phone, hers[0].person, client, live_server)
    keep_here(ana, PINS["Ana"])
    ana.goto(KEPT, wait_until="networkidle")
    kept_by_worker(ana)
    phone.set_offline(True)

    ana.goto("/mi/certificados/")
    expect(ana.get_by_role("heading", level=2)).to_have_count(3)
    ana.locator("summary").first.focus()
    ana.keyboard.press("Enter")
    shown = Credential.objects.select_related("signed").get(wording__title=ana.locator("h2").first.inner_text())
    assert read(ana, "[data-code=offline] canvas", tmp_path) == offline_text_of(shown)
    assert read(ana, "[data-code=url] canvas", tmp_path) == verification_url(shown.code)
    phone.set_offline(False)
    lock(ana)
    kept = everything_kept(phone)
    assert ("Ana" in kept, hers[0].wording.title in kept, hers[0].code in kept) == (True, False, False)

    other = come_in(phone, Person.objects.get(given_name="Rosa"), client, live_server)
    keep_here(other, PINS["Rosa"])
    other.goto(KEPT, wait_until="networkidle")
    phone.set_offline(True)
    other.goto("/mi/certificados/")
    expect(other.locator("main")).to_contain_text("Todavía no hay ninguno en este teléfono")
    assert hers[0].wording.title not in other.content()

    other.goto("/telefono/")
    write_pin(other, "Ana")
    other.get_by_role("link", name="Mis certificados").click()
    expect(other.get_by_role("heading", level=2)).to_have_count(3)


def everything_kept(context: BrowserContext) -> str:
    """All that lies open on the phone: caches and the database."""
    page = context.new_page()
    page.goto("/telefono/")
    found: str = page.evaluate(OPEN_TO_ALL)
    page.close()
    return found


OPEN_TO_ALL = """async () => {
  const texts = [];
  const settled = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) texts.push(await (await cache.match(key)).text());
  }
  const database = await settled(indexedDB.open("trenza"));
  const bytes = (value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
  const plain = (_, value) => (bytes(value) ? new TextDecoder("latin1").decode(value) : value);
  for (const store of database.objectStoreNames) {
    texts.push(JSON.stringify(await settled(database.transaction(store).objectStore(store).getAll()), plain));
  }
  database.close();
  return texts.join(" ");
}"""


def test_locking_empties_the_page_that_is_open(phone, hers, client, live_server):
    ana = come_in(phone, hers[0].person, client, live_server)
    keep_here(ana, PINS["Ana"])
    ana.goto(KEPT)
    expect(ana.get_by_role("heading", level=2)).to_have_count(3)
    other = phone.new_page()
    other.goto("/telefono/", wait_until="networkidle")
    other.get_by_role("button", name="Cerrar mi espacio").click()

    expect(ana.get_by_role("heading", level=1)).to_have_text("Tu espacio está cerrado")
    assert hers[0].wording.title not in ana.content()


def test_she_chooses_and_corrects_with_the_keyboard_alone(phone, hers, client, live_server):
    page = come_in(phone, hers[0].person, client, live_server)
    page.goto(f"/mi/certificados/{hers[0].pk}/")
    page.get_by_label("Mi nombre completo").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Guardar").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Está guardado.")
    expect(page.get_by_text("Quien recibe el enlace ve: A. Q.,")).to_be_visible()

    page.goto("/mi/certificados/nombre/")
    page.get_by_label("Tu nombre en los certificados").fill("Ana Lucía Quispe")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Así está bien?")
    page.get_by_role("button", name="Sí, entregarlos de nuevo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("ya llevan tu nombre corregido")


def test_link_is_copied_and_shared_where_the_phone_can(phone, hers, client, live_server):
    page = come_in(phone, hers[0].person, client, live_server)
    page.add_init_script("navigator.share = (what) => { window.shared = what; return Promise.resolve(); };")
    page.goto(f"/mi/certificados/{hers[0].pk}/")
    page.get_by_role("button", name="Copiar el enlace").click()
    expect(page.locator("[data-copied]")).to_have_text("Copiado.")
    assert page.evaluate("navigator.clipboard.readText()") == verification_url(hers[0].code)

    page.get_by_role("button", name="Compartir", exact=True).click()
    assert page.evaluate("window.shared") == {"title": hers[0].wording.title, "url": verification_url(hers[0].code)}
