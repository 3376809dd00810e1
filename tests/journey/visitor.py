"""Somebody with a browser of her own, who complains of whatever is wrong with the pages that she sees."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Download,
    Locator,
    Page,
    Request,
    Response,
    ViewportSize,
)
from playwright.sync_api import TimeoutError as TooSlow

PHONE: Final[ViewportSize] = {"width": 360, "height": 640}
DESK: Final[ViewportSize] = {"width": 1280, "height": 800}
BANNERS: Final = {"es": "DATOS DE DEMOSTRACIÓN", "en": "DEMONSTRATION DATA"}
WORKER_SECONDS: Final = 45  # what follows from an entry is the worker's, and the machine may be busy

OVERFLOW: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Visitor:
    """A browser with its own cookies. Every page that it lands on is inspected; `complaints` is empty at the end.

    A field page fits its screen, has the quick exit and the banner; a page of the office has the banner. No page asks
    another machine for anything, writes an error to the console (a breach of the policy is one) or is an error page.
    """

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url = context, url
        self.complaints: list[str] = []
        context.on("request", self._hear_request)
        context.on("response", self._hear_response)
        context.on("console", self._hear_console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)

    def open(self, path: str) -> None:
        self.page.goto(path)
        self.look()

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Click the first link of this name."""
        (within or self.page).get_by_role("link", name=name).first.click()
        self.look()

    def press(self, name: str, *, exact: bool = True) -> None:
        self.page.get_by_role("button", name=name, exact=exact).click()
        self.look()

    def download(self, name: str) -> Download:
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=name).click()
        return waiting.value

    @property
    def title(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.url)

    def wait_for(self, text: str, *, times: int = 1) -> None:
        """Look again until the worker has done what makes the page say `text`, so many times."""
        for _ in range(WORKER_SECONDS):
            try:
                self.page.get_by_text(text).nth(times - 1).wait_for(timeout=1_000)
                return
            except TooSlow:
                self.page.reload()
        raise AssertionError(f"{self.path} never said {text!r}:\n{self.text}")

    def look(self) -> None:
        """Inspect the page that is there now."""
        self.page.wait_for_load_state()
        language = self.page.locator("html").get_attribute("lang") or ""
        if BANNERS.get(language[:2], "?") not in self.page.locator("body").inner_text():
            self.complaints.append(f"{self.path} ({language}) does not say that its data are simulated")
        if self.path.startswith("/oficina/"):
            return
        if (over := self.page.evaluate(OVERFLOW)) > 0:
            self.complaints.append(f"{self.path} is {over} pixels too wide")
        if not self.page.locator("a.exit").is_visible():
            self.complaints.append(f"{self.path} has no quick exit")

    def _hear_request(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.complaints.append(f"asked elsewhere: {request.url}")

    def _hear_response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.request.method} {response.url}")

    def _hear_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type} at {message.location['url']}: {message.text}")


@contextmanager
def visitor(
    browser: Browser,
    url: str,
    *,
    screen: ViewportSize = PHONE,
    scripts: bool = True,
    locale: str = "es-BO",
    signed_in_as: Visitor | None = None,
) -> Iterator[Visitor]:
    """A visitor with a new browser, on a phone unless told otherwise; her complaints fail the test."""
    kept = signed_in_as.context.storage_state() if signed_in_as else None
    context = browser.new_context(
        base_url=url, viewport=screen, java_script_enabled=scripts, locale=locale, storage_state=kept
    )
    someone = Visitor(context, url)
    yield someone
    context.close()
    assert not someone.complaints, "\n".join(someone.complaints)
