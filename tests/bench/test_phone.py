"""The phone of the benchmarks counts every byte that comes, and keeps its cookies."""

import gzip
import socket
import threading

import pytest

from bench.phone import Phone

BODY = b"<p>hola</p>"


def serve(*answers: bytes) -> tuple[int, list[bytes]]:
    """Answer once for each, on one connection; what was asked is kept."""
    listening = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def answer() -> None:
        link, _ = listening.accept()
        with listening, link:
            for each in answers:
                asked.append(link.recv(65_536))
                for byte in (each[:7], each[7:30], each[30:]):
                    link.sendall(byte)

    threading.Thread(target=answer, daemon=True).start()
    return listening.getsockname()[1], asked


@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" + BODY, BODY),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n<p>hol\r\n5\r\na</p>\r\n0\r\n\r\n", BODY),
        (b"HTTP/1.1 304 Not Modified\r\nETag: a\r\n\r\n", b""),
    ],
)
def test_phone_counts_what_came_over_the_wire(answer, body):
    port, _ = serve(answer)

    with Phone("127.0.0.1", port) as phone:
        found = phone.get("/")

    assert (found.body, found.wire) == (body, len(answer))


def test_phone_unpacks_and_counts_packed():
    packed = gzip.compress(BODY, mtime=0)
    answer = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed
    port, _ = serve(answer)

    with Phone("127.0.0.1", port) as phone:
        found = phone.get("/")

    assert (found.text, found.packed, found.wire) == ("<p>hola</p>", packed, len(answer))


def test_phone_fills_in_a_form_with_its_token_and_cookie():
    form = b'<input type="hidden" name="csrfmiddlewaretoken" value="abc">'
    port, asked = serve(
        b"HTTP/1.1 200 OK\r\nSet-Cookie: csrftoken=xyz; Path=/\r\nContent-Length: %d\r\n\r\n" % len(form) + form,
        b"HTTP/1.1 302 Found\r\nLocation: /mi/\r\nContent-Length: 0\r\n\r\n",
    )

    with Phone("127.0.0.1", port) as phone:
        found = phone.fill_in("/entrar/", {"email": "a@b.example"})

    assert (found.status, found.headers["location"]) == (302, "/mi/")
    assert b"Cookie: csrftoken=xyz\r\n" in asked[1]
    assert asked[1].endswith(b"\r\n\r\nemail=a%40b.example&csrfmiddlewaretoken=abc")


def test_phone_says_when_an_answer_is_cut():
    port, _ = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + BODY)

    with Phone("127.0.0.1", port) as phone, pytest.raises(ConnectionError):
        phone.get("/")
