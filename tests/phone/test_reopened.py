"""The sister with the phone in her hand: the browser was closed, and somebody opens it again."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Response, expect

from tests.phone.phone import Pocket
from tests.phone.server import Home, Women

HERS = ("/mi/", "/mi/datos/", "/mi/historia/", "/mi/sesiones/")
# Whether the first heading of any page of this tab was ever on the screen, by its words.
WATCH = """addEventListener("DOMContentLoaded", () => {
  const look = () => {
    const heading = document.querySelector("h1");
    if (heading?.getClientRects().length) sessionStorage.seen = (sessionStorage.seen || "") + heading.textContent + ";";
    requestAnimationFrame(look);
  };
  look();
});"""


def served(pocket: Pocket, path: str) -> str:
    """All that the server sends on the way to a page, before any script acts."""
    pages: list[str] = []

    def note(response: Response) -> None:
        if response.request.is_navigation_request() and response.status == 200:
            with suppress(Error):
                pages.append(response.text())

    pocket.page.on("response", note)
    pocket.open(path)
    pocket.page.wait_for_timeout(300)
    pocket.page.remove_listener("response", note)
    assert pages
    return "".join(pages)


def without_script(pocket: Pocket) -> None:
    pocket.cdp().send("Emulation.setScriptExecutionDisabled", {"value": True})


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_closed_browser_is_given_nothing_of_hers(new_pocket: Callable[[], Pocket], woman: Women, script: bool):
    rosa, pocket = woman(), new_pocket()
    pocket.begin(rosa)
    assert rosa["name"] in served(pocket, "/mi/")

    pocket.shut()
    pocket.start()
    assert {"sessionid", "profile"} <= {cookie["name"] for cookie in pocket.context.cookies()}
    if not script:
        without_script(pocket)

    for path in HERS:
        assert rosa["name"] not in served(pocket, path)
    expect(pocket.page.get_by_role("link", name="Abrir con mi PIN")).to_have_attribute("href", "/telefono/")


def test_her_pin_opens_what_the_closed_browser_locked(new_pocket: Callable[[], Pocket], woman: Women):
    rosa, pocket = woman(), new_pocket()
    pocket.begin(rosa)
    pocket.shut()
    pocket.start()
    pocket.open("/mi/")
    pocket.page.get_by_role("link", name="Abrir con mi PIN").click()
    pocket.page.get_by_role("button", name=rosa["name"]).click()
    pocket.page.get_by_role("textbox", name="Tu PIN").fill("2580")
    pocket.page.get_by_role("button", name="Abrir mi espacio").click()
    expect(pocket.page.get_by_role("heading", level=1)).to_have_text(f"Hola, {rosa['name']}")
    pocket.page.wait_for_load_state("networkidle")

    assert rosa["name"] in served(pocket, "/mi/")


def test_without_scripts_a_code_opens_until_the_browser_is_closed(
    new_pocket: Callable[[], Pocket], woman: Women, home: Home
):
    rosa, pocket = woman(), new_pocket()
    pocket.begin(rosa)
    pocket.shut()
    pocket.start()
    without_script(pocket)
    pocket.open("/mi/")
    pocket.sign_in_by_mail(rosa, home)
    expect(pocket.page.get_by_role("heading", name=f"Hola, {rosa['name']}")).to_be_visible()
    assert rosa["name"] in served(pocket, "/mi/datos/")

    pocket.shut()
    pocket.start()
    without_script(pocket)

    assert rosa["name"] not in served(pocket, "/mi/")


def test_browser_that_brings_its_cookies_back_shows_nothing_before_it_is_locked(
    new_pocket: Callable[[], Pocket], woman: Women
):
    """As phones do that end a browser by themselves: its cookies are all there again, and its tabs are not."""
    rosa, pocket = woman(), new_pocket()
    pocket.begin(rosa)
    cookies = pocket.context.cookies()
    pocket.shut()
    pocket.start()
    pocket.context.add_cookies([{**cookie} for cookie in cookies])  # type: ignore[typeddict-item]
    pocket.page.add_init_script(WATCH)

    assert rosa["name"] in served(pocket, "/mi/")

    pocket.page.wait_for_url("**/telefono/")
    expect(pocket.page.get_by_role("heading", level=1)).to_have_text("¿Quién eres?")
    assert rosa["name"] not in pocket.page.evaluate("sessionStorage.seen")


def test_another_tab_of_an_open_space_shows_her_page(new_pocket: Callable[[], Pocket], woman: Women):
    rosa, pocket = woman(), new_pocket()
    pocket.begin(rosa)
    other = pocket.tab()
    other.goto(pocket.line.url + "/mi/")

    expect(other.get_by_role("heading", name=f"Hola, {rosa['name']}")).to_be_visible()
