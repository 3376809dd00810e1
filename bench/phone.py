"""A phone's browser as far as bytes go: one connection kept alive, cookies, and what came over the wire counted."""

import gzip
import re
import socket
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

ASKED = "User-Agent: bench\r\nAccept: text/html\r\nAccept-Language: es\r\nAccept-Encoding: gzip, deflate, br\r\n"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """A response; `packed` is its body as it came, `wire` its size with status line and headers."""

    status: int
    headers: dict[str, str]
    packed: bytes
    wire: int

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.packed) if self.headers.get("content-encoding") == "gzip" else self.packed

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def is_page(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")


@dataclass
class Phone:
    """Asks one server, one thing after the other. `more` are heads to send besides."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    more: str = ""
    _socket: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._hang_up()

    def get(self, path: str) -> Answer:
        """Ask for a path; a redirect is an answer like others."""
        return self._ask(self._request("GET", path))

    def fill_in(self, path: str, fields: dict[str, str]) -> Answer:
        """Send the form that stands at `path` back to it, with its token."""
        token = _TOKEN.search(self.get(path).text)
        return self.post(path, {**fields, "csrfmiddlewaretoken": token.group(1) if token else ""})

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send fields to a path, as a form on a page of this server would."""
        return self._ask(self.posting(path, fields))

    def posting(self, path: str, fields: dict[str, str]) -> bytes:
        """What `post` sends."""
        content = urlencode(fields).encode()
        headers = f"Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://{self.host}:{self.port}\r\n"
        return self._request("POST", path, content, headers)

    def _request(self, method: str, path: str, content: bytes = b"", more: str = "") -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n{ASKED}{self.more}{more}"
        head += f"Cookie: {cookies}\r\n" if cookies else ""
        head += f"Content-Length: {len(content)}\r\n" if content else ""
        return f"{head}\r\n".encode() + content

    def _ask(self, request: bytes) -> Answer:
        raw_head, rest = self._until(self._sent(request), b"\r\n\r\n")
        status, headers = self._read_head(raw_head)
        body, wire = self._read_body(status, headers, rest)
        if headers.get("connection") == "close":
            self._hang_up()
        return Answer(status, headers, body, len(raw_head) + wire)

    def _sent(self, request: bytes) -> bytes:
        """Send it; the first bytes of what comes back. A server ends a connection that was idle for long, and may do so
        while we ask: as browsers do, we ask again over a new one."""
        if self._socket is not None:
            try:
                self._socket.sendall(request)
                first = self._socket.recv(65_536)
            except ConnectionError:
                first = b""
            if first:
                return first
            self._hang_up()
        self._socket = socket.create_connection((self.host, self.port), timeout=60)
        self._socket.sendall(request)
        return b""

    def _read_head(self, raw: bytes) -> tuple[int, dict[str, str]]:
        first, *lines = raw.decode("latin-1").split("\r\n")
        headers = {}
        for line in filter(None, lines):
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value.strip()).items()}
            headers[name.lower()] = value.strip()
        return int(first.split(" ")[1]), headers

    def _read_body(self, status: int, headers: dict[str, str], rest: bytes) -> tuple[bytes, int]:
        """The body, and how many bytes it took on the wire."""
        if status in (204, 304):
            return b"", 0
        if headers.get("transfer-encoding") != "chunked":
            body = self._at_least(rest, int(headers["content-length"]))
            return body, len(body)
        body, wire = b"", 0
        while True:
            line, rest = self._until(rest, b"\r\n")
            size = int(line.split(b";")[0], 16)
            rest = self._at_least(rest, size + 2)
            body, rest, wire = body + rest[:size], rest[size + 2 :], wire + len(line) + size + 2
            if size == 0:
                return body, wire

    def _until(self, begun: bytes, end: bytes) -> tuple[bytes, bytes]:
        """What comes up to `end`, with it, and what came after."""
        while end not in begun:
            begun = self._at_least(begun, len(begun) + 1)
        found, _, rest = begun.partition(end)
        return found + end, rest

    def _at_least(self, begun: bytes, size: int) -> bytes:
        parts = [begun]
        length = len(begun)
        while length < size:
            assert self._socket is not None
            part = self._socket.recv(65_536)
            if not part:
                raise ConnectionError("the server hung up in the middle of an answer")
            parts.append(part)
            length += len(part)
        return b"".join(parts)

    def _hang_up(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
