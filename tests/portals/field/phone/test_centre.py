"""A phone that cannot reach the cell hands what waits to its centre's hub, and keeps it until the cell has answered."""

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest
from playwright.sync_api import expect

from tests.portals.field.phone.conftest import Sync, becomes, counts, cut, flush, load, profile, put, records
from trenza.portals.field import csp


class Hub:
    """A hub, as a browser sees it: another origin. `asked` has what it was asked, `takes` whether it takes records."""

    def __init__(self) -> None:
        self.asked: list[tuple[dict[str, str], list[int]]] = []
        self.cell = self.address = ""
        self.takes = True


@pytest.fixture
def hub(site: str, monkeypatch) -> Iterator[Hub]:
    found = Hub()
    found.cell = site

    class Handler(BaseHTTPRequestHandler):
        def do_OPTIONS(self) -> None:
            self._say(204, {"Access-Control-Allow-Headers": "content-type, content-encoding"})

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            body = msgspec.msgpack.decode(gzip.decompress(raw))
            sequences = Sync.sequences(body)
            found.asked.append(({name.lower(): value for name, value in self.headers.items()}, sequences))
            status = "held" if found.takes else "refused"
            answers = [[device.hex(), number, status, ""] for device, *_ in body["sealed"] for number in sequences]
            said = {"batch": body["batch"].hex(), "answers": answers, "revoked": True, "state": {"digest": "hub"}}
            self._say(200, {"Content-Type": "application/json"}, json.dumps(said).encode())

        def _say(self, status: int, headers: dict[str, str], content: bytes = b"") -> None:
            self.send_response(status)
            for name, value in {"Access-Control-Allow-Origin": found.cell, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    found.address = f"http://localhost:{server.server_port}"
    monkeypatch.setattr(csp, "FIELD_POLICY", f"{csp.FIELD_POLICY};connect-src 'self' {found.address}")
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(hub: Hub, phone_context, page, sync: Sync, site: str):
    """Her phone has been told of the hub."""
    # First the one, then the other: what reached the site itself in between would be taken for a portal's answer.
    phone_context.route(f"{site}/sync", sync)
    phone_context.unroute("**/sync")
    page.evaluate(
        f"async (state) => {load('people.js')}.keepState('{profile()['profile']}', state)",
        {"digest": "d", "courses": [], "hub": hub.address},
    )
    return page


def test_what_waits_goes_by_the_centre_and_stays_until_the_cell_has_it(page, sync, hub, site):
    sync.always = cut
    put(page, 2)
    becomes(page, f"(await {load('outbox.js')}.waiting()).along === 2")

    page.goto("/hoy-no/")
    expect(page.locator(".sends [role=status]")).to_have_text("2 en camino por el centro")
    assert flush(page)["kind"] == "silent"
    assert sorted(number for _, numbers in hub.asked for number in numbers) == [1, 3]
    for headers, _ in hub.asked:
        assert (headers["origin"], "authorization" in headers, "cookie" in headers) == (site, False, False)
    assert [record["state"] for record in records(page)] == ["waiting", "waiting"]
    assert page.evaluate(f"async () => {load('people.js')}.digest()") == "d"

    sync.always = None
    assert flush(page)["kind"] == "answered"
    assert (len(sync.arrived), counts(page)) == (2, {"waiting": 0, "refused": 0})


def test_a_hub_that_says_no_changes_nothing(page, sync, hub, site):
    sync.always, hub.takes = cut, False
    put(page)
    flush(page)
    assert hub.asked
    assert counts(page) == {"waiting": 1, "refused": 0}
    hub.cell = "https://elsewhere.example"  # the browser keeps its answer from the page
    hub.takes = True
    flush(page)
    assert counts(page) == {"waiting": 1, "refused": 0}
