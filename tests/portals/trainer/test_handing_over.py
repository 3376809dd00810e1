"""A phone that gets no signal hands over what it keeps; a trainer takes it in, and later it arrives by itself too."""

from collections.abc import Iterator
from typing import Any

import pytest
import zxingcpp
from playwright.sync_api import Browser, BrowserContext, ViewportSize, expect

from tests.portals.field.phone.test_page import barriers
from tests.portals.learner.test_browser import PHONE
from tests.portals.learner.test_people_on_phone import come_in, do_the_lesson, keep_here, waiting, women
from trenza.apps.people.api import Person
from trenza.core.journal import everything

__all__ = ["women"]

NARROW: ViewportSize = {"width": 320, "height": 640}


@pytest.fixture
def phones(browser: Browser, live_server: Any) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """Ana's, and that of whoever takes in."""
    contexts = [browser.new_context(base_url=live_server.url, viewport=PHONE, accept_downloads=True) for _ in "12"]
    yield contexts[0], contexts[1]
    for context in contexts:
        context.close()


def entries_of(person: Person) -> int:
    return sum(line.person == person.pk and line.kind.startswith("learning.") for line in everything())


def test_what_gets_no_signal_is_handed_over_and_counts_once(
    phones: tuple[BrowserContext, BrowserContext],
    women: dict[str, Person],
    client: Any,
    live_server: Any,
    tmp_path: Any,
):
    hers, trainers = phones
    ana = come_in(hers, women["Ana"], client, live_server)
    keep_here(ana, "2580")
    hers.route("**/sync", lambda route: route.abort())
    do_the_lesson(ana, women["Ana"])

    ana.goto("/telefono/entregar/")
    expect(ana.get_by_text("Respuestas por enviar: 1")).to_be_visible()
    with ana.expect_download() as waits:
        ana.get_by_role("button", name="Enviar o guardar como archivo").click()
    file = tmp_path / waits.value.suggested_filename
    waits.value.save_as(file)
    ana.get_by_role("button", name="Mostrar como códigos").click()
    expect(ana.get_by_role("heading", name="Código 1 de 1")).to_be_focused()
    photo = tmp_path / "foto.png"
    photo.write_bytes(ana.screenshot())
    assert file.name.startswith("notas-")
    assert b"Ana" not in file.read_bytes()
    assert zxingcpp.read_barcodes(_picture(photo))[0].text.startswith("TRZ1:1/1:")

    # With a photo and no scripts the form takes it in; the file is then known already.
    rosa = come_in(trainers, women["Rosa"], client, live_server)
    rosa.goto("/recibir/")
    rosa.get_by_label("Archivos, o fotos de los códigos").set_input_files(photo)
    rosa.get_by_role("button", name="Recibir").click()
    expect(rosa.get_by_text("Recibimos 1 respuesta.")).to_be_visible()
    assert entries_of(women["Ana"]) == 3

    # With a profile her own phone carries it, though it has no signal now.
    rosa.goto("/mi/")
    keep_here(rosa, "1470")
    rosa.goto("/recibir/")
    trainers.route("**/sync", lambda route: route.abort())
    expect(rosa.locator("[data-part=form][data-kept]")).to_be_attached()
    rosa.get_by_label("Archivos, o fotos de los códigos").set_input_files(file)
    rosa.get_by_role("button", name="Recibir").click()
    expect(rosa.get_by_text("Ya está todo aquí. Respuestas nuevas: 1.")).to_be_visible()
    assert waiting(rosa) == 1

    for context, page in ((trainers, rosa), (hers, ana)):
        context.unroute("**/sync")
        page.goto("/telefono/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Hola")
        expect(page.get_by_role("button", name="Enviar ahora")).to_have_count(0)
        assert waiting(page) == 0
    assert entries_of(women["Ana"]) == 3


def _picture(path: Any) -> Any:
    from PIL import Image

    return Image.open(path)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_handing_over_have_no_barrier_and_fit(
    browser: Browser, live_server: Any, women: dict[str, Person], client: Any, scheme: Any
):
    context = browser.new_context(base_url=live_server.url, viewport=NARROW, color_scheme=scheme)
    page = come_in(context, women["Ana"], client, live_server)
    keep_here(page, "2580")
    page.goto("/telefono/entregar/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert barriers(page) == []
    context.route("**/sync", lambda route: route.abort())
    do_the_lesson(page, women["Ana"])
    page.goto("/telefono/entregar/")
    page.get_by_role("button", name="Mostrar como códigos").click()
    expect(page.get_by_role("heading", name="Código 1 de 1")).to_be_focused()
    assert barriers(page) == []
    page.goto("/recibir/")
    assert barriers(page) == []
    page.get_by_role("button", name="Recibir").click()
    expect(page.get_by_label("Archivos, o fotos de los códigos")).to_be_focused()  # the browser asks for a file
    assert barriers(page) == []
    context.close()
