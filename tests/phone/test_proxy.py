"""The bad line itself does what it says: else the faults prove nothing."""

import gzip
import http.client
import http.server
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.phone import faults as bad
from tests.phone.line import Line, Seen

TEXT = b"a lesson " * 400


class Upstream(http.server.BaseHTTPRequestHandler):
    """Says TEXT, packed, and counts the bytes of what it was sent."""

    got: list[int]

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.got.append(len(self.rfile.read(length)))
        body = gzip.compress(TEXT)
        self.send_response(200)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 (the name is the base class's)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def got() -> list[int]:
    return []


@pytest.fixture
def line(got: list[int]) -> Iterator[Line]:
    upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Counting", (Upstream,), {"got": got}))
    thread = threading.Thread(target=upstream.serve_forever, args=(0.05,))
    thread.start()
    with Line(f"http://127.0.0.1:{upstream.server_address[1]}") as line:
        yield line
    upstream.shutdown()
    upstream.server_close()
    thread.join()


def ask(line: Line, path: str = "/", body: bytes | None = None) -> tuple[int, bytes]:
    """What reaches the phone; status 0 where the line was cut."""
    where = urlsplit(line.url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=10)
    try:
        connection.request("POST" if body else "GET", path, body)
        response = connection.getresponse()
        return response.status, response.read()
    except http.client.IncompleteRead as error:
        return 0, error.partial
    except (http.client.HTTPException, ConnectionError):
        return 0, b""
    finally:
        connection.close()


def test_line_without_a_fault_passes_everything_on(line, got):
    status, body = ask(line, "/a?b=c", b"work")

    assert (status, gzip.decompress(body), got) == (200, TEXT, [4])
    assert line.asked("/a") == [Seen("POST", "/a?b=c", 200, 200, 4)]


def test_line_loses_the_answer_after_the_server_has_done_it(line, got):
    line.fault("/sync", bad.lose_answer, times=1)

    assert ask(line, "/sync", b"work") == (0, b"")
    assert ask(line, "/sync", b"work")[0] == 200
    assert got == [4, 4]
    assert [each.server for each in line.seen] == [200, 200]


def test_line_loses_the_request_before_the_server_has_heard_it(line, got):
    line.fault("/", bad.lose_request, times=1)

    assert ask(line, "/", b"work") == (0, b"")
    assert got == []


def test_line_cuts_what_goes_up(line, got):
    line.fault("/", bad.cut_upload(0.5), times=1)

    assert ask(line, "/", b"ten bytes!") == (0, b"")
    assert got == [5]


def test_line_cuts_what_comes_down(line):
    line.fault("/", bad.cut_answer(0.5))
    status, body = ask(line)

    assert status == 0
    assert len(body) == len(gzip.compress(TEXT)) // 2


def test_line_lets_some_through_first(line):
    line.fault("/", bad.lose_answer, times=1, spare=2)

    assert [ask(line)[0] for _ in range(4)] == [200, 200, 0, 200]


def test_line_stalls_and_goes_on(line):
    line.fault("/", line.stall(0.2), times=1)
    began = time.monotonic()

    assert ask(line)[0] == 200
    assert time.monotonic() - began >= 0.2


def test_line_answers_as_a_captive_portal(line, got):
    line.fault("/", bad.portal)

    assert ask(line, "/sync", b"work") == (200, bad.PORTAL.encode())
    assert got == []


def test_line_alters_and_truncates_what_was_packed(line):
    line.fault("/", bad.alter, times=1)
    altered = gzip.decompress(ask(line)[1])
    line.fault("/", bad.truncate, times=1)
    half = ask(line)[1]

    assert altered != TEXT
    assert len(altered) == len(TEXT)
    with pytest.raises(EOFError):
        gzip.decompress(half)


def test_line_says_what_a_server_in_need_says(line, got):
    line.fault("/", bad.say(503, '{"error": "busy"}', Retry_After="1"))

    assert ask(line, "/sync", b"work") == (503, b'{"error": "busy"}')
    assert got == []


def test_line_that_is_down_says_nothing_until_it_is_healed(line, got):
    line.up = False
    assert ask(line) == (0, b"")
    line.heal()

    assert ask(line)[0] == 200
    assert got == [0]
