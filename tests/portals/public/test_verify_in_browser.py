"""The page on which anybody checks a certificate, on a real phone: with a signal, without one, without JavaScript."""

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from PIL import Image, ImageFilter
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.apps.credentials.actions.test_revoking import MISTAKE, somebody_with
from tests.apps.credentials.examples import a_credential, an_issuing_programme, organisation
from tests.phone.server import eventually
from trenza.apps.credentials.actions import create_key, revoke_credential
from trenza.apps.credentials.models import Credential, SignedCredential
from trenza.apps.credentials.openbadges.compact import text_of
from trenza.apps.credentials.pdfs import pdf_of

SIZE: ViewportSize = {"width": 360, "height": 640}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DPI = 150

_ALL_THERE = """async () => {
  const [page, known] = await Promise.all([caches.match('/verificar/'), caches.match('/verificar/conocido.json')]);
  return Boolean(page && known && navigator.serviceWorker.controller);
}"""


@pytest.fixture
def credential(transactional_db: None, settings: Any, tmp_path: Path) -> Credential:
    settings.KEYS_ROOT, settings.PRIVATE_ROOT = tmp_path / "keys", tmp_path / "private"
    programme = an_issuing_programme()
    create_key(organisation=organisation("casa"))
    return a_credential(programme)


@pytest.fixture
def context(browser: Any, live_server: Any) -> Any:
    made = browser.new_context(viewport=SIZE, base_url=live_server.url, locale="es-BO")
    made.set_default_timeout(15_000)
    yield made
    made.close()


def text(credential: Credential) -> str:
    return text_of(bytes(SignedCredential.objects.get(credential=credential).compact), django_settings.PUBLIC_URL)


def photo(credential: Credential, *, cut: bool = False) -> bytes:
    """The certificate on paper, as a phone sees it: 150 dots per inch, askew and out of focus."""
    page = pypdfium2.PdfDocument(pdf_of(credential))[0].render(scale=DPI / 72).to_pil().convert("RGB")
    askew = page.rotate(7, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    shown = askew.filter(ImageFilter.GaussianBlur(1))
    if cut:
        shown = shown.crop((0, 0, shown.width, int(shown.height * 0.66)))
    made = io.BytesIO()
    shown.save(made, "JPEG", quality=90)
    return made.getvalue()


def altered(found: str) -> str:
    """One letter of what is signed is another; it stands in the name or near it, so that it can still be read."""
    at = len(found) - 200
    return found[:at] + ("A" if found[at] != "A" else "B") + found[at + 1 :]


def kept(context: BrowserContext) -> Page:
    """The page, once it is kept on this phone."""
    page = context.new_page()
    page.goto("/verificar/")
    eventually(lambda: page.evaluate(_ALL_THERE))
    return page


def show(page: Page, content: bytes, name: str = "foto.jpg", kind: str = "image/jpeg") -> None:
    page.get_by_label("Foto del cuadrado de puntos").set_input_files(
        {"name": name, "mimeType": kind, "buffer": content}
    )
    page.get_by_role("button", name="Comprobar").click()


def verdict(page: Page) -> Any:
    return page.locator("#result h2")


def expect_verdict(page: Page, words: str) -> None:
    """Reading a photo may take a while."""
    expect(verdict(page)).to_have_text(words, timeout=30_000)


def test_photo_of_a_paper_is_checked_without_a_signal(context: Any, credential: Credential):
    page = kept(context)
    context.set_offline(True)
    page.reload()

    show(page, photo(credential))

    expect_verdict(page, "Este certificado es auténtico")
    result = page.locator("#result")
    for words in ("Rosa Quispe", "Primeros pasos", "La Casa", "La lista de anulados que se consultó"):
        expect(result).to_contain_text(words)
    expect(verdict(page)).to_be_focused()

    show(page, photo(credential, cut=True))
    expect_verdict(page, "No podemos leer esto")


def test_what_was_taken_back_before_the_signal_went_is_known(context: Any, credential: Credential):
    revoke_credential(credential=credential, reason=MISTAKE, by=somebody_with("administrator"))
    page = kept(context)
    context.set_offline(True)

    show(page, photo(credential))

    expect_verdict(page, "Este certificado fue anulado")
    expect(page.locator("#result")).not_to_contain_text("Rosa")


def test_address_of_the_code_opens_without_a_signal_and_one_letter_more_is_found_out(
    context: Any, credential: Credential
):
    kept(context).close()
    context.set_offline(True)
    fragment = "#" + text(credential).partition("#")[2]
    page = context.new_page()

    page.goto(f"/V/{fragment}")
    expect_verdict(page, "Este certificado es auténtico")

    page.goto(f"/V/{altered(fragment)}")
    expect_verdict(page, "Este certificado fue alterado")

    page.goto(f"/V/{fragment[:200]}")
    expect_verdict(page, "No podemos leer esto")


def test_old_list_is_told_and_one_that_is_not_at_hand(context: Any, credential: Credential):
    page = kept(context)
    context.set_offline(True)
    page.evaluate(
        """async () => {
          const cache = await caches.open('known');
          const held = await (await cache.match('/verificar/conocido.json')).json();
          const at = Date.now() - 8 * 86400000;
          held.at = at;
          for (const list of Object.values(held.lists)) list.at = at;
          await cache.put('/verificar/conocido.json', new Response(JSON.stringify(held)));
        }"""
    )
    page.reload()
    expect(page.locator("#kept")).to_contain_text("su lista es vieja: es de hace 8 días")

    page.get_by_label("O el código").fill(text(credential))
    page.get_by_role("button", name="Comprobar").click()
    expect_verdict(page, "Este certificado es auténtico")
    expect(page.locator("#result")).to_contain_text("más de 7 días")

    page.evaluate(
        """async () => {
          const cache = await caches.open('known');
          const held = await (await cache.match('/verificar/conocido.json')).json();
          await cache.put('/verificar/conocido.json', new Response(JSON.stringify({ ...held, lists: {} })));
        }"""
    )
    page.goto(f"/V/#{text(credential).partition('#')[2]}")
    expect_verdict(page, "Es auténtico, pero no sabemos si todavía vale")


def test_file_and_code_need_a_signal_and_the_page_says_so(context: Any, credential: Credential):
    page = kept(context)
    context.set_offline(True)

    page.get_by_label("O el código").fill(credential.code)
    page.get_by_role("button", name="Comprobar").click()
    expect_verdict(page, "Para esto hace falta señal")

    context.set_offline(False)
    page.get_by_role("button", name="Comprobar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Este certificado es auténtico")


@pytest.mark.parametrize("script", [True, False])
def test_pdf_is_checked_with_a_signal_with_and_without_javascript(
    browser: Any, live_server: Any, credential: Credential, script: bool
):
    page = browser.new_page(viewport=SIZE, base_url=live_server.url, java_script_enabled=script)
    page.goto("/verificar/")
    page.get_by_label("O el archivo").set_input_files(
        {"name": "c.pdf", "mimeType": "application/pdf", "buffer": pdf_of(credential)}
    )
    page.get_by_role("button", name="Comprobar").click()

    expect(page.locator("main h2").first).to_have_text("Este certificado es auténtico")
    expect(page.locator("main")).to_contain_text("Rosa Quispe")
    page.close()


def test_page_is_worked_by_keyboard_and_has_no_barrier(context: Any, credential: Credential):
    said: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"/V/#{text(credential).partition('#')[2]}")
    expect_verdict(page, "Este certificado es auténtico")
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360

    page.goto("/verificar/")
    page.get_by_label("O el código").focus()
    page.keyboard.type("nada")
    page.keyboard.press("Enter")
    expect(page.locator("main h2").first).to_have_text("No podemos leer esto")
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    assert said == []
