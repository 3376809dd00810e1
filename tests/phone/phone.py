"""A phone: Chromium at 360 × 640 on a line of its own, and what one does with it.

`Phone` wraps a context of a browser that tests share. `Pocket` is a browser of its own on a folder of its own: it can
be killed like a phone whose battery was torn out, and started again on the same storage.
"""

import contextlib
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, CDPSession, Error, Page, ViewportSize, expect

from tests.phone.line import Line
from tests.phone.server import Home, eventually

SCREEN: ViewportSize = {"width": 360, "height": 640}
PIN = "2580"
STORAGE = "indexeddb,cache_storage,service_workers,local_storage"

# Reads a store without making the database where there is none.
READ = """async ([name, store]) => {
  if (!(await indexedDB.databases()).some((each) => each.name === name)) return [];
  const settled = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
  const database = await settled(indexedDB.open(name));
  try {
    if (!database.objectStoreNames.contains(store)) return [];
    const found = await settled(database.transaction(store).objectStore(store).getAll());
    const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return found.map((row) => Object.fromEntries(Object.entries(row).map(
      ([name, value]) => [name, value instanceof Uint8Array ? hex(value) : value])));
  } finally {
    database.close();
  }
}"""
# Calls a function of one of the modules that the page has loaded.
CALL = """async ([name, verb, words]) => {
  const folder = document.documentElement.dataset.phone.replace(/[^/]+$/, "");
  const module = await import(`${folder}${name}`);
  const said = await module[verb](...words);
  return said === undefined ? null : said;
}"""


# Keeps an act as a lesson's page does, often: every question answered with its second choice.
ACT = """async ([lesson, questions, times]) => {
  const folder = document.documentElement.dataset.phone.replace(/[^/]+$/, "");
  const { put } = await import(`${folder}outbox.js`);
  const id = Uint8Array.from(lesson.match(/../g), (pair) => parseInt(pair, 16));
  const answers = Array(questions).fill([1]);
  for (let n = 0; n < times; n++) await put(["l", [id, answers, true]], questions + 1);
}"""


class Phone:
    """Hers. `page` is the tab in front."""

    def __init__(self, context: BrowserContext, line: Line) -> None:
        self.context, self.line = context, line
        self.complaints: list[str] = []
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.page = self.tab()

    def tab(self) -> Page:
        """Another tab."""
        page = self.context.new_page()
        page.set_viewport_size(SCREEN)
        return page

    # --- Who she is ---

    def sign_in(self, woman: dict[str, str]) -> None:
        """She is signed in by the cookie of a session."""
        self.context.add_cookies([{"name": "sessionid", "value": woman["session"], "url": self.line.url}])

    def sign_in_by_mail(self, woman: dict[str, str], home: Home) -> None:
        """On the page where she is asked to: her address, and the code that comes by mail."""
        self.page.locator("input[name=email]").fill(woman["email"])
        self.page.locator("main form button").first.click()
        self.page.wait_for_url("**/entrar/codigo/**")
        self.page.locator("input[name=code]").fill(home.code(woman["email"]))
        self.page.locator("main form button").first.click()

    def begin(self, woman: dict[str, str], pin: str = PIN) -> dict[str, Any]:
        """She is signed in and has a profile here, unlocked."""
        # An answer that is on its way to the page before could still end the session.
        self.page.goto("about:blank")
        self.sign_in(woman)
        self.open("/mi/")
        made: dict[str, Any] = self.call("people.js", "register", pin)
        return made

    # --- What she does ---

    def open(self, path: str) -> None:
        """Go there."""
        self.page.goto(self.line.url + path)

    def choose(self, choice: int = 1, page: Page | None = None) -> None:
        """Tap this choice in each question of the lesson that is open."""
        (page or self.page).evaluate(
            "(n) => document.querySelectorAll('[data-q]').forEach((q) => q.querySelectorAll('input')[n].click())",
            choice,
        )

    def finish(self, page: Page | None = None) -> None:
        """Tap the button at the end of the lesson."""
        (page or self.page).locator("form[data-lesson] button:not([type=button])").click()

    def answer(self, lesson: dict[str, str], choice: int = 1) -> None:
        """Do a lesson, and wait until the phone says that it is kept."""
        self.open(lesson["url"])
        self.ready()
        self.choose(choice)
        self.finish()
        self.kept()

    def answer_by_form(self, lesson: dict[str, str], choice: int = 1) -> None:
        """Do a lesson where no script runs."""
        self.open(lesson["url"])
        for question in self.page.locator("[data-q]").all():
            question.locator("input").nth(choice).check()
        self.finish()

    def kept(self, page: Page | None = None) -> None:
        """Wait until the phone says that it is kept, which soon becomes that it was sent."""
        said = (page or self.page).locator("form > div[tabindex]")
        expect(said).to_contain_text(re.compile("Guardado en tu teléfono|Enviado"))

    def worker_ready(self) -> None:
        """Wait until a worker answers for this site."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => null)")

    def ready(self, page: Page | None = None) -> None:
        """Wait until what comes after the page has come, and listens."""
        (page or self.page).evaluate("import(document.documentElement.dataset.phone).then((module) => module.ready)")

    def act(self, lesson: dict[str, str], *, questions: int = 3, times: int = 1) -> None:
        """Finish a lesson so often, as its page does when she taps."""
        self.page.evaluate(ACT, [lesson["id"], questions, times])

    def send(self, page: Page | None = None, *, wait: bool = True) -> None:
        """Send what waits, as the button does; wait until the phone has nothing more to try now."""
        words = [CALL, ["outbox.js", "flush", [{"force": True, "fresh": "again"}]]]
        (page or self.page).evaluate(f"(words) => void ({CALL})(words)" if not wait else CALL, words[1])

    def tap_send(self) -> None:
        """Tap the button that stands beside what waits."""
        self.page.get_by_role("button", name="Enviar ahora").click()

    def sent(self) -> bool:
        """Send what waits; whether nothing waits any more."""
        self.send()
        return self.waiting() == 0

    def lock(self) -> None:
        """She locks her space: nobody is in front of the phone any more."""
        self.call("people.js", "lock")

    def unlock(self, profile: dict[str, Any], pin: str = PIN) -> None:
        """She opens her space with her PIN."""
        self.call("people.js", "unlock", profile["profile"], pin)

    def download(self, course: dict[str, Any]) -> dict[str, str]:
        """Take a course along; how it ended."""
        ended: dict[str, str] = self.call("packs.js", "download", {"code": course["course"], "pack": course["pack"]})
        return ended

    # --- What it keeps ---

    def call(self, module: str, verb: str, *words: object) -> Any:
        """Call a function of a module that the page in front has."""
        return self.page.evaluate(CALL, [module, verb, list(words)])

    def kept_in(self, store: str) -> list[dict[str, Any]]:
        """What stands in a store of IndexedDB."""
        found: list[dict[str, Any]] = self.page.evaluate(READ, ["trenza", store])
        return found

    def waiting(self) -> int:
        """How many records wait here."""
        return sum(record["state"] == "waiting" for record in self.kept_in("outbox"))

    def counts(self) -> list[bool]:
        """Which lessons of her first course count, by what the server told this phone."""
        state = self.call("people.js", "state")
        return [bool(lesson["counts"]) for lesson in state["courses"][0]["lessons"]]

    def until(self, true: Callable[[], Any], within: float = 10.0) -> Any:
        """Ask until it is true, while the browser goes on."""
        return eventually(true, within=within, pause=lambda seconds: self.page.wait_for_timeout(seconds * 1_000))

    def until_sent(self, within: float = 15.0) -> None:
        """Wait until nothing waits any more."""
        self.until(lambda: self.waiting() == 0, within)

    # --- What befalls it ---

    def offline(self, off: bool = True) -> None:
        """No signal, and the phone knows it."""
        self.context.set_offline(off)

    def cdp(self, page: Page | None = None) -> CDPSession:
        return self.context.new_cdp_session(page or self.page)

    def clear(self, kinds: str = "all") -> None:
        """The system takes what this site keeps: `indexeddb`, `cache_storage`, `service_workers`, `cookies`, or all."""
        self.cdp().send("Storage.clearDataForOrigin", {"origin": self.line.url, "storageTypes": kinds})

    def forget_scripts_cookies(self) -> None:
        """The cookies that scripts wrote are gone; those of the server stay."""
        for cookie in self.context.cookies():
            if cookie["name"] not in ("sessionid", "csrftoken"):
                self.context.clear_cookies(name=cookie["name"])

    def room(self, spare: int | None) -> None:
        """So many bytes are free for this site; None: as many as there are."""
        session = self.cdp()
        limits: dict[str, Any] = {"origin": self.line.url}
        if spare is not None:
            used = session.send("Storage.getUsageAndQuota", {"origin": self.line.url})["usage"]
            limits["quotaSize"] = used + spare
        session.send("Storage.overrideQuotaForOrigin", limits)

    def close(self) -> None:
        self.context.close()


class Pocket(Phone):
    """A phone whose battery can be torn out: `kill()`, and `start()` on the same storage."""

    def __init__(self, browser_type: BrowserType, launch: dict[str, Any], folder: Path, line: Line) -> None:
        self.line, self._type, self._launch, self._folder = line, browser_type, launch, folder
        self.start()

    def start(self) -> None:
        """Switch it on; what it kept is there."""
        told = self._folder / "DevToolsActivePort"
        told.unlink(missing_ok=True)
        command = [self._launch["executable_path"], *self._launch["args"], "--headless=new", "about:blank"]
        command += ["--remote-debugging-port=0", f"--user-data-dir={self._folder}"]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        eventually(lambda: told.exists() and told.read_text().count("\n") >= 1, within=30)
        port = told.read_text().splitlines()[0]
        self._browser = self._type.connect_over_cdp(f"http://127.0.0.1:{port}")
        super().__init__(self._browser.contexts[0], self.line)

    def kill(self) -> None:
        """SIGKILL to all its processes at once: nobody can write anything any more."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with contextlib.suppress(Error):
            self._browser.close()

    def shut(self) -> None:
        """Close the browser as its own menu does; `start()` opens it again on what it kept."""
        with contextlib.suppress(Error):
            self._browser.new_browser_cdp_session().send("Browser.close")
        self._process.wait(timeout=20)

    def close(self) -> None:
        if self._process.poll() is None:
            self.kill()


def wait_a_moment(page: Page, seconds: float) -> None:
    """For what must NOT happen: give it time to happen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        page.wait_for_timeout(20)
