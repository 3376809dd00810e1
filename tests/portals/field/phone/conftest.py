"""A phone with a profile, in a real browser, and a server that answers `POST /sync` as the test wants."""

import base64
import gzip
import json
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, ViewportSize

from tests.phone.server import eventually
from trenza.core import sealing
from trenza.portals.field import modules

SIZE: ViewportSize = {"width": 360, "height": 640}
LESSON_ACT = "['l', [new Uint8Array(16).fill(7), [[1]], true]]"


def profile(number: int = 1) -> dict[str, Any]:
    """A profile as `people.js` has it unlocked."""

    def text(kind: int) -> str:
        return base64.urlsafe_b64encode(bytes([number, kind]) * 16).decode().rstrip("=")

    cell = sealing.cell_key()
    public = base64.urlsafe_b64encode(cell.public).decode().rstrip("=")
    return {
        "profile": f"{number:032x}",
        "who": f"{number + 100:032x}",
        "device": f"{number + 200:032x}",
        "name": "Ana",
        "deliver": text(1),
        "token": text(2),
        "secret": text(3),
        "key": text(4),
        "cell": {"id": cell.id, "public": public},
    }


def secret_of(number: int = 1) -> bytes:
    return bytes([number, 3]) * 16


class Sync:
    """The server's end of `POST /sync`. `arrived` is what it has, by device and sequence.

    `faults` are used up in order, then `always` answers, and where there is none, the server as it is.
    """

    def __init__(self) -> None:
        self.arrived: dict[tuple[str, int], bytes] = {}
        self.bodies: list[dict[str, Any]] = []
        self.tokens: list[str] = []
        self.faults: list[Callable[[Sync, Route, dict[str, Any]], None]] = []
        self.always: Callable[[Sync, Route, dict[str, Any]], None] | None = None
        self.unknown: set[str] = set()
        self.revoked: set[str] = set()
        self.status: dict[int, str] = {}
        self.state: dict[str, Any] | None = None
        self.cell: dict[str, str] | None = None

    def __call__(self, route: Route) -> None:
        body = self.read(route.request)
        self.bodies.append(body)
        self.tokens.append(route.request.headers["authorization"].removeprefix("Bearer "))
        fault = self.faults.pop(0) if self.faults else self.always or Sync.answer
        fault(self, route, body)

    @staticmethod
    def read(request: Request) -> dict[str, Any]:
        raw = request.post_data_buffer or b""
        packed = request.headers.get("content-encoding") == "gzip"
        found: dict[str, Any] = msgspec.msgpack.decode(gzip.decompress(raw) if packed else raw)
        return found

    @staticmethod
    def sequences(body: dict[str, Any]) -> list[int]:
        return [record[0] for _, sessions in body["sealed"] for _, records in sessions for record in records]

    def take(self, body: dict[str, Any]) -> list[list[Any]]:
        """Take records in as the server does, each for itself."""
        answers = []
        for device, sessions in body["sealed"]:
            for _, records in sessions:
                for sequence, _, sealed in records:
                    status = self.status.get(sequence, "accepted")
                    if status == "accepted" and (device.hex(), sequence) in self.arrived:
                        status = "duplicate"
                    if status != "refused":
                        self.arrived[device.hex(), sequence] = sealed
                    answers.append([device.hex(), sequence, status, "malformed" if status == "refused" else ""])
        return answers

    def answer(self, route: Route, body: dict[str, Any]) -> None:
        token = self.tokens[-1]
        if token in self.unknown:
            error(401, "unknown_token")(self, route, body)
            return
        revoked = token in self.revoked
        said = {"v": 1, "batch": body["batch"].hex(), "can": [], "answers": self.take(body), "revoked": revoked}
        state = self.state if "have" in body and not revoked else None
        route.fulfill(json={**said, "state": state, "cell": self.cell or profile()["cell"]})


def error(status: int, code: str, **headers: str) -> Callable[[Sync, Route, dict[str, Any]], None]:
    """An answer of the server that is none."""

    def fault(_: Sync, route: Route, body: dict[str, Any]) -> None:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        content = {"Content-Type": "application/json", **names}
        route.fulfill(status=status, headers=content, body=json.dumps({"error": code}))

    return fault


def lost(sync: Sync, route: Route, body: dict[str, Any]) -> None:
    """The server takes it in, and its answer never arrives."""
    sync.take(body)
    route.abort()


def cut(sync: Sync, route: Route, body: dict[str, Any]) -> None:
    """The line breaks before anything arrives."""
    route.abort()


def portal(sync: Sync, route: Route, body: dict[str, Any]) -> None:
    """The Wi-Fi answers instead: 200 and a page."""
    route.fulfill(status=200, content_type="text/html", body="<h1>Bienvenida al Wi-Fi</h1>")


@pytest.fixture
def sync() -> Sync:
    return Sync()


@pytest.fixture
def phone_context(browser: Browser, site: str, sync: Sync) -> Iterator[BrowserContext]:
    """A phone of its own; a script that fails or breaks the policy fails the test."""
    context = browser.new_context(viewport=SIZE, base_url=site)
    context.route("**/sync", sync)
    complaints: list[str] = []
    context.on("weberror", lambda found: complaints.append(str(found.error)))
    context.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    yield context
    context.close()
    assert complaints == []


def load(name: str) -> str:
    """JavaScript that is the module."""
    return f"(await import('{modules.address(name)}'))"


def unlock(page: Page, number: int = 1) -> None:
    """Somebody with a profile is here, as after her PIN."""
    page.evaluate(
        f"""async (made) => {{
            const {{ token, secret, key, ...open }} = made;
            await {load("store.js")}.put("people", open);
            {load("unlocked.js")}.open({{ ...made, entered: true }});
        }}""",
        profile(number),
    )


@pytest.fixture
def page(phone_context: BrowserContext) -> Page:
    """A page of ours, with Ana unlocked. Nothing of the phone is running but what the test calls."""
    page = phone_context.new_page()
    page.goto("/")
    unlock(page)
    return page


def becomes(page: Page, true: str) -> None:
    """Wait until this, which may wait for modules, is true: Playwright's `wait_for_function` takes a promise for it."""
    eventually(
        lambda: page.evaluate(f"async () => Boolean({true})"),
        pause=lambda seconds: page.wait_for_timeout(seconds * 1_000),
    )


def put(page: Page, times: int = 1) -> list[int]:
    """She does something, so often; the ids of the records."""
    ids: list[int] = page.evaluate(
        f"""async (times) => {{
            const {{ put }} = {load("outbox.js")};
            const ids = [];
            for (let n = 0; n < times; n++) ids.push(await put({LESSON_ACT}, 2));
            return ids;
        }}""",
        times,
    )
    return ids


def flush(page: Page, wish: str = "{force: true}") -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(f"async () => {load('outbox.js')}.flush({wish})")
    return found


def holds_back(page: Page) -> None:
    """Let what the page sends by itself come to its end; from here on it sends only what she or the network asks for.

    Else it might send at the moment in which a test ends a cut, and there would be no button any more to click.
    """
    flush(page)
    pause = "{ key: 'pause', tries: 1, until: Date.now() + 300_000, kind: 'silent' }"
    page.evaluate(f"async () => {{ await {load('store.js')}.put('meta', {pause}); }}")


def counts(page: Page) -> dict[str, int]:
    found: dict[str, int] = page.evaluate(f"async () => {load('outbox.js')}.waiting()")
    return found


def records(page: Page) -> list[dict[str, Any]]:
    """What stands in the outbox, in the order in which it was written; bytes as lists."""
    found: list[dict[str, Any]] = page.evaluate(
        f"""async () => (await {load("store.js")}.all("outbox")).map((record) => ({{
            ...record, device: [...record.device], session: [...record.session], sealed: [...record.sealed] }}))"""
    )
    return found
