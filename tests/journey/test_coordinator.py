"""The coordinator opens Tarija on her own: on the public page at once, in the file, and the same on an empty system.

Tarija is one of the nine regions of the definition that ships, so this story begins before it was: with a definition
from which Tarija was taken out.
"""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journey import steps
from tests.journey.serving import COORDINATOR, export, served
from tests.journey.visitor import DESK, Visitor, visitor
from tests.portals.office.definitions.scenes import FILE, without_tarija

PAGE = "/programas/mujeres-online/"
CALL = "/programas/mujeres-online/convocatorias/regiones/postular/?paso=2"


@pytest.fixture
def before_tarija(tmp_path: Path) -> Path:
    """The programme of this repository with its courses, and with eight regions."""
    folder = tmp_path / "mujeres-online"
    shutil.copytree(FILE.parent, folder)
    (folder / "programme.toml").write_text(without_tarija(), encoding="utf-8")
    return folder


def page_of(someone: Visitor, path: str) -> str:
    """What the server sends for a page, without what is drawn anew for each visitor."""
    html = someone.page.request.get(path).text()
    return re.sub(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"', "", html)


@pytest.mark.slow
@pytest.mark.drill
def test_coordinator_opens_tarija_and_takes_the_definition_to_an_empty_system(
    browser: Browser, before_tarija: Path, tmp_path: Path
):
    with (
        served(tmp_path / "home", before_tarija) as system,
        visitor(browser, system.url, screen=DESK) as coordinator,
        visitor(browser, system.url) as stranger,
    ):
        stranger.open(PAGE)
        assert "Tarija" not in page_of(stranger, PAGE)
        steps.sign_in(coordinator, system, COORDINATOR, "/oficina/")
        coordinator.follow("Programas")
        coordinator.follow("Mujeres Online")
        coordinator.follow("Abrir una región")
        open_tarija(coordinator)

        stranger.open(PAGE)
        stranger.page.get_by_text("¿En qué regiones?").last.click()
        expect(stranger.page.get_by_text("Tarija")).to_be_visible()
        stranger.open(CALL)
        expect(
            stranger.page.get_by_label("Tarija").or_(stranger.page.locator("option", has_text="Tarija"))
        ).to_have_count(1)
        pages = {path: page_of(stranger, path) for path in (PAGE, CALL)}
        file = before_tarija / "programme.toml"
        coordinator.download("Descargar programme.toml").save_as(file)
        assert file.read_text(encoding="utf-8") == export(system, "mujeres-online")

    # Its courses lie beside it, as they did.
    with served(tmp_path / "empty", before_tarija) as empty, visitor(browser, empty.url) as stranger:
        assert {path: page_of(stranger, path) for path in pages} == pages
        assert export(empty, "mujeres-online") == file.read_text(encoding="utf-8")


def open_tarija(coordinator: Visitor) -> None:
    """One form, one look, one button."""
    coordinator.page.get_by_label("Nombre de la región").fill("Tarija")
    coordinator.page.get_by_label("Dónde está").fill("BO-T")
    coordinator.page.get_by_label("Becas en ocho regiones", exact=True).check()
    coordinator.press("Ver cómo quedará")
    expect(coordinator.page.locator("main")).to_contain_text("Región Tarija (tarija): se añade")
    frame = coordinator.page.frame_locator("iframe")
    frame.get_by_role("heading", name="Mujeres Online").wait_for()
    expect(frame.locator("main")).to_contain_text("Tarija")
    coordinator.press("Publicar esta versión")
    coordinator.page.get_by_text("La versión 2 está publicada").wait_for()
