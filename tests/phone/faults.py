"""What networks do to a request: each fault takes what the phone sent and the way to the server, and says what reaches
the phone. None: the line is cut."""

import gzip
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

PORTAL = "<!doctype html><title>Wi-Fi</title><h1>Bienvenida: acepta los términos para navegar</h1>"


class Sent(NamedTuple):
    """What the phone sent, whole."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    """What reaches the phone: of the body only `delivered` bytes, where that is not None, and then the line is cut."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    delivered: int | None = None

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


Server = Callable[[Sent], Answer]
Fault = Callable[[Sent, Server], Answer | None]


def lose_request(_: Sent, __: Server) -> None:
    """It never arrives."""


def lose_answer(sent: Sent, server: Server) -> None:
    """The server does what was asked, and its answer is lost."""
    server(sent)


def thrice(sent: Sent, server: Server) -> Answer:
    """It arrives three times at the same moment; the phone hears the answer to one of them."""
    with ThreadPoolExecutor(3) as together:
        return next(reversed(list(together.map(server, [sent] * 3))))


def cut_upload(share: float) -> Fault:
    """The line is cut when that share of the body has arrived: the server sees a body that ends too early."""

    def cut(sent: Sent, server: Server) -> None:
        server(sent._replace(body=sent.body[: int(len(sent.body) * share)], headers={**sent.headers, "X-Cut": "1"}))

    return cut


def cut_answer(share: float) -> Fault:
    """The line is cut when that share of the answer has arrived."""

    def cut(sent: Sent, server: Server) -> Answer:
        answer = server(sent)
        return answer._replace(delivered=int(len(answer.body) * share))

    return cut


def portal(_: Sent, __: Server) -> Answer:
    """A captive portal says 200 to everything, with a page of its own."""
    return Answer(
        200, [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "max-age=600")], PORTAL.encode()
    )


def alter(sent: Sent, server: Server) -> Answer:
    """A proxy changes bytes of what the page is to read: what was packed is packed again, so that it opens."""
    answer = server(sent)
    packed = answer.header("content-encoding") == "gzip"
    body = bytearray(gzip.decompress(answer.body) if packed else answer.body)
    for place in range(len(body) // 2, len(body), 997):
        body[place] ^= 1
    return answer._replace(body=gzip.compress(bytes(body)) if packed else bytes(body))


def truncate(sent: Sent, server: Server) -> Answer:
    """A proxy passes on half of a packed body as if it were the whole."""
    answer = server(sent)
    body = answer.body if answer.header("content-encoding") == "gzip" else gzip.compress(answer.body)
    headers = [each for each in answer.headers if each[0].lower() != "content-encoding"]
    return answer._replace(headers=[*headers, ("Content-Encoding", "gzip")], body=body[: len(body) // 2])


def alter_upload(sent: Sent, server: Server) -> Answer:
    """A proxy changes a byte of what she sends."""
    body = bytearray(sent.body)
    body[len(body) * 2 // 3] ^= 1
    return server(sent._replace(body=bytes(body)))


def budget(spare: int) -> Fault:
    """So many bytes of bodies come through, the line is cut in the middle of one, and nothing comes any more."""
    left = [spare]

    def spend(sent: Sent, server: Server) -> Answer | None:
        if left[0] <= 0:
            return None
        answer = server(sent)
        left[0] -= len(answer.body)
        return answer if left[0] >= 0 else answer._replace(delivered=len(answer.body) + left[0])

    return spend


def rewrite(pattern: str, added: str) -> Fault:
    """What the server sends says something more wherever it says what matches."""

    def rewritten(sent: Sent, server: Server) -> Answer:
        answer = server(sent)
        packed = answer.header("content-encoding") == "gzip"
        text = (gzip.decompress(answer.body) if packed else answer.body).decode()
        text = re.sub(pattern, lambda found: found[0] + added, text)
        return answer._replace(body=gzip.compress(text.encode()) if packed else text.encode())

    return rewritten


class Gate:
    """A fault that holds what was asked until it is opened."""

    def __init__(self) -> None:
        self._opened = threading.Event()

    def __call__(self, sent: Sent, server: Server) -> Answer:
        self._opened.wait(30)
        return server(sent)

    def open(self) -> None:
        self._opened.set()


def say(status: int, body: str = "", **headers: str) -> Fault:
    """Somebody on the way, or the server in need, answers in its place: `say(503, Retry_After="1")`."""
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return lambda sent, server: Answer(status, [("Content-Type", "application/json"), *named], body.encode())
