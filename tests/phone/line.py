"""A bad line: a proxy on loopback between a phone and the server, which does to her what networks do.

    with Line(server.url) as line:
        line.fault("/sync", lose_answer, times=1)   # the server commits, the phone never hears of it
        line.up = False                             # nobody answers any more, though the phone believes in its signal

Of the faults for an address (faults.py) the newest counts. Every answer closes its connection: a browser repeats by
itself what it sent over an old one, and a test would count that as the outbox's work.
"""

import http.client
import http.server
import socket
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

from tests.phone.faults import Answer, Fault, Sent, Server, lose_request

HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Seen(NamedTuple):
    """One request as the line saw it. `status` is 0 where nothing came back; `server` is what the server had said."""

    method: str
    path: str
    status: int
    server: int
    sent: int


@dataclass
class Rule:
    """A fault for addresses that begin with `path`, over after `times`; `spare` requests are let through first."""

    path: str
    fault: Fault
    times: int | None = None
    spare: int = 0
    met: int = 0

    def strikes(self, path: str) -> bool:
        if not path.startswith(self.path) or self.times == 0:
            return False
        if self.spare:
            self.spare -= 1
            return False
        self.times = None if self.times is None else self.times - 1
        self.met += 1
        return True


@dataclass
class Line:
    """Serves `url`; see the module. `upstream` may be changed: the same address, another server (a deploy)."""

    upstream: str
    up: bool = True
    seen: list[Seen] = field(default_factory=list)
    _rules: list[Rule] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._proxy = _Proxy(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(target=self._proxy.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._proxy.shutdown()
        self._proxy.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._proxy.server_address[1]}"

    def fault(self, path: str, fault: Fault, *, times: int | None = None, spare: int = 0) -> Rule:
        """From now on `fault` befalls what is asked of addresses that begin with `path`."""
        rule = Rule(path, fault, times, spare)
        with self._lock:
            self._rules.insert(0, rule)
        return rule

    def dead(self, path: str) -> Rule:
        """What is asked of addresses that begin with `path` never arrives, until the line is healed."""
        return self.fault(path, lose_request)

    def heal(self) -> None:
        """No fault any more."""
        with self._lock:
            self._rules.clear()
        self.up = True

    def asked(self, path: str) -> list[Seen]:
        """The requests so far for addresses that begin with `path`."""
        return [each for each in list(self.seen) if each.path.startswith(path)]

    def stall(self, seconds: float) -> Fault:
        """Nothing moves for a while; then it goes on as if nothing had been."""

        def stalled(sent: Sent, server: Server) -> Answer | None:
            self._over.wait(seconds)
            return None if self._over.is_set() else server(sent)

        return stalled

    def carry(self, sent: Sent) -> Answer | None:
        """What becomes of a request on this line."""
        said: list[int] = []

        def server(sent: Sent) -> Answer:
            answer = _forward(self.upstream, sent)
            said.append(answer.status)
            return answer

        with self._lock:
            struck = self.up and next((rule for rule in self._rules if rule.strikes(sent.path)), None)
        answer: Answer | None = None
        if self.up:
            answer = struck.fault(sent, server) if struck else server(sent)
        status = answer.status if answer else 0
        self.seen.append(Seen(sent.method, sent.path, status, said[-1] if said else 0, len(sent.body)))
        return answer


# --- How it is done ---


class _Proxy(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A phone that was killed, or a server that is gone, leaves its connection: nothing to say."""


def _handler_of(line: Line) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def log_message(self, format: str, *args: object) -> None:
            """Tests read `seen`."""

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer = line.carry(Sent(self.command, self.path, dict(self.headers.items()), body))
            self.close_connection = True
            if answer:
                self.wfile.write(_on_the_wire(answer, self.command))
                self.wfile.flush()
            else:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

        do_POST = do_HEAD = do_OPTIONS = do_GET  # noqa: N815 (the names are the base class's)

    return Handler


def _on_the_wire(answer: Answer, method: str) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {http.client.responses.get(answer.status, '')}"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    lines += ["Connection: close"]
    if answer.status not in (204, 304) and not (method == "HEAD" and not answer.body):
        lines += [f"Content-Length: {len(answer.body)}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + answer.body[: answer.delivered]


def _forward(upstream: str, sent: Sent) -> Answer:
    """Ask the server. A body that was cut is announced as it was meant, and the server waits for its rest in vain."""
    where = urlsplit(upstream)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    try:
        connection.putrequest(sent.method, sent.path, skip_host=True, skip_accept_encoding=True)
        for name, value in _kept(sent.headers.items()):
            connection.putheader(name, value)
        announced = sent.headers.get("Content-Length")
        if announced is not None:
            connection.putheader("Content-Length", announced)
        connection.putheader("Connection", "close")
        connection.endheaders(sent.body or None)
        if "X-Cut" in sent.headers and connection.sock:
            connection.sock.shutdown(socket.SHUT_WR)
        response = connection.getresponse()
        return Answer(response.status, list(_kept(response.getheaders())), response.read())
    finally:
        connection.close()


def _kept(headers: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((name, value) for name, value in headers if name.lower() not in {*HOP, "x-cut"})
