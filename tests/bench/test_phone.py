"""The phone of the benchmarks counts every byte that comes, and keeps its cookies; others only keep a server busy."""

import gzip
import socket
import subprocess
import sys
import threading
import time

import pytest

from bench.home import processor_seconds
from bench.load import send_all
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


def serve_each(answer: bytes) -> tuple[int, list[bytes]]:
    """Answer every request of two connections in pieces, for as long as they stay; what was asked is kept."""
    listening = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def answer_on(link: socket.socket) -> None:
        with link:
            while request := link.recv(65_536):
                asked.append(request)
                for part in (answer[:7], answer[7:]):
                    link.sendall(part)

    def accept() -> None:
        with listening:
            for _ in range(2):
                threading.Thread(target=answer_on, args=[listening.accept()[0]], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listening.getsockname()[1], asked


def test_load_sends_each_request_once_over_connections_that_stay_open():
    port, asked = serve_each(b"HTTP/1.1 302 Found\r\nLocation: /there/\r\nContent-Length: 4\r\n\r\nhola")

    sent = send_all(port, [b"%d" % number for number in range(7)], connections=2)

    assert sorted(asked) == [b"%d" % number for number in range(7)]
    assert set(sent.heads) == {b"HTTP/1.1 302 Found\r\nLocation: /there/\r\nContent-Length: 4"}
    assert (len(sent.heads), len(sent.waited)) == (7, 7)


def test_load_says_that_the_server_hung_up():
    port, _ = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhola")

    with pytest.raises(RuntimeError, match="hung up"):
        send_all(port, [b"GET / HTTP/1.1\r\n\r\n"], connections=1)


def test_what_processes_used_counts_those_that_they_started():
    work = "sum(range(10**7))"
    both = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{work}; input()'])"
    with subprocess.Popen([sys.executable, "-c", both], stdin=subprocess.PIPE) as process:
        try:
            deadline = time.monotonic() + 60
            while processor_seconds([process]) < 0.1 and time.monotonic() < deadline:
                time.sleep(0.05)
            assert processor_seconds([process]) >= 0.1
        finally:
            process.communicate(b"\n")
