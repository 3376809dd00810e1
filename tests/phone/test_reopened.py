"""The sister with the phone in her hand: the browser was closed, and somebody opens it again."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.phone.phone import Pocket
from tests.phone.server import Home, Women, eventually

HERS = ("/mi/", "/mi/datos/", "/mi/certificados/", "/mi/historia/")


def shut(pocket: Pocket) -> None:
    """Close the browser as its own menu does, and open it again on what it kept."""
    session = pocket._browser.new_browser_cdp_session()
    with suppress(Error):
        session.send("Browser.close")
    eventually(lambda: pocket._process.poll() is not None, within=20)
    pocket.start()


def served(pocket: Pocket, path: str) -> tuple[str, str]:
    """Where this address leads now, and all that the server sent on the way to a page, before any script could act."""
    pages: list[str] = []

    def note(response):
        if response.request.is_navigation_request() and response.status == 200:
            with suppress(Error):
                pages.append(response.text())

    pocket.page.on("response", note)
    pocket.open(path)
    pocket.page.wait_for_timeout(300)
    pocket.page.remove_listener("response", note)
    return pocket.page.url.removeprefix(pocket.line.url), "".join(pages)


def without_script(pocket: Pocket) -> None:
    pocket.cdp().send("Emulation.setScriptExecutionDisabled", {"value": True})


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("end", [shut, lambda pocket: (pocket.kill(), pocket.start())], ids=["closed", "killed"])
def test_browser_that_was_closed_shows_nothing_of_hers(
    new_pocket: Callable[[], Pocket], woman: Women, end: Callable[[Pocket], None], script: bool
):
    rosa, pocket = woman(), new_pocket()
    pocket.begin(rosa)
    pocket.open("/mi/")
    expect(pocket.page.get_by_role("heading", name=f"Hola, {rosa['name']}")).to_be_visible()
    pocket.page.wait_for_timeout(1500)
    end(pocket)
    print([(c["name"], c["expires"]) for c in pocket.context.cookies()])
    if not script:
        without_script(pocket)
    for path in HERS:
        where, sent = served(pocket, path)
        print(path, where, len(sent))
        assert rosa["name"] not in sent, path
