"""Keep a server busy over connections that stay open: wrk where it is or can be installed, else a few lines of Python.

Python asks more slowly than wrk, from two processes on the same cores; the result says which it was.
"""

import re
import select
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context

from bench.home import HOST
from bench.phone import ASKED, Answer
from tools import debian

PROCESSES = 2
# What wrk counted, exactly; its own words are rounded.
_SUMMARY = """done = function(summary)
  local e = summary.errors
  io.write(string.format("SUMMARY %d %d %d %d\\n", summary.requests, summary.duration, summary.bytes,
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""
# The same for visitors with cookies of their own, in turn. wrk takes a redirect for a success, so each status is read.
_VISITS = """local cookies = {%s}
local turn, threads = 0, {}
strange = 0
request = function()
  turn = turn + 1
  wrk.headers["Cookie"] = cookies[turn %% #cookies + 1]
  return wrk.format()
end
response = function(status) if status ~= 200 then strange = strange + 1 end end
setup = function(thread) table.insert(threads, thread) end
done = function(summary)
  local e, others = summary.errors, 0
  for _, thread in ipairs(threads) do others = others + thread:get("strange") end
  io.write(string.format("SUMMARY %%d %%d %%d %%d\\n", summary.requests, summary.duration, summary.bytes,
    e.connect + e.read + e.write + e.status + e.timeout + others))
end
"""


@dataclass(frozen=True)
class Load:
    """What came back in full, and from what it was asked."""

    per_second: float
    generator: str


def generate(port: int, path: str, connections: int, seconds: float, expected: Answer) -> Load:
    """Ask for `path` as fast as answers come; each must be `expected`, as many bytes with status 200.

    Raises:
        RuntimeError: one was something else.
    """
    if shutil.which("wrk") or (debian.can_install() and debian.install("wrk")):
        return _wrk(port, path, connections, seconds, expected)
    return _python(port, path, connections, seconds, expected)


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in: what her browser sends as `Cookie`, and how many bytes come back."""

    cookie: str
    wire: int


def visit(port: int, path: str, connections: int, seconds: float, visitors: Sequence[Visitor]) -> Load:
    """Ask for `path` as each of these in turn, as fast as answers come; each must be 200.

    Raises:
        RuntimeError: one was something else.
    """
    if shutil.which("wrk") or (debian.can_install() and debian.install("wrk")):
        script = _VISITS % ", ".join(f'"{each.cookie}"' for each in visitors)
        requests, microseconds, received, errors = _run_wrk(port, path, connections, seconds, script)
        least, most = min(each.wire for each in visitors), max(each.wire for each in visitors)
        # Django adds up to a hundred random bytes to what it compresses anew, against guessing by size.
        if errors or not requests * (least - 128) <= received <= (requests + connections) * (most + 128):
            raise RuntimeError(f"{errors} errors, {received} bytes for {requests} answers of {least} to {most}")
        return Load(requests / microseconds * 1e6, "wrk")
    questions = [
        (f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{ASKED}Cookie: {each.cookie}\r\n\r\n".encode(), each.wire)
        for each in visitors
    ]
    return _python_asks(port, questions, connections, seconds)


@dataclass(frozen=True)
class Sent:
    """What became of requests: in how many seconds all were answered, how long each waited for its answer, and the
    heads of the answers, in no order."""

    seconds: float
    waited: Sequence[float]
    heads: Sequence[bytes]


def send_all(port: int, requests: Sequence[bytes], connections: int) -> Sent:
    """Send each of these once, over connections that stay open, the next one on each when its answer is there. The
    requests are ready before, and of an answer only the head is looked at, so that this costs next to nothing.

    Raises:
        RuntimeError: the server hung up, or said nothing for a minute.
    """
    with ExitStack() as stack:
        links = [stack.enter_context(socket.create_connection((HOST, port))) for _ in range(connections)]
        return _send_all(links, iter(requests))


def _send_all(links: Sequence[socket.socket], waiting: Iterator[bytes]) -> Sent:
    asked: dict[int, tuple[socket.socket, float, bytes]] = {}
    waited: list[float] = []
    heads: list[bytes] = []
    poll = select.poll()
    start = time.perf_counter()
    for link, request in zip(links, waiting, strict=False):
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        link.sendall(request)
        asked[link.fileno()] = (link, time.perf_counter(), b"")
        poll.register(link, select.POLLIN)
    while asked:
        ready = poll.poll(60_000)
        if not ready:
            raise RuntimeError("no answer came for a minute")
        for number, _ in ready:
            link, at, so_far = asked[number]
            part = link.recv(65_536)
            if not part:
                raise RuntimeError("the server hung up")
            head, ended, body = (so_far + part).partition(b"\r\n\r\n")
            if not ended or len(body) < _length(head):
                asked[number] = (link, at, so_far + part)
                continue
            waited.append(time.perf_counter() - at)
            heads.append(head)
            request = next(waiting, b"")
            if request:
                link.sendall(request)
                asked[number] = (link, time.perf_counter(), b"")
            else:
                poll.unregister(link)
                del asked[number]
    return Sent(time.perf_counter() - start, waited, heads)


def _length(head: bytes) -> int:
    """How long the body is, as the head says; an answer without a body may say nothing."""
    found = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    return int(found.group(1)) if found else 0


def _wrk(port: int, path: str, connections: int, seconds: float, expected: Answer) -> Load:
    requests, microseconds, received, errors = _run_wrk(port, path, connections, seconds, _SUMMARY)
    # Answers that had begun when time was up are among the bytes: one a connection at most.
    whole = received - requests * expected.wire
    if errors or not 0 <= whole <= connections * expected.wire:
        raise RuntimeError(f"{errors} errors, {received} bytes for {requests} answers of {expected.wire}")
    return Load(requests / microseconds * 1e6, "wrk")


def _run_wrk(port: int, path: str, connections: int, seconds: float, lua: str) -> tuple[int, ...]:
    """Requests, microseconds, bytes and errors, as `lua` says them at the end."""
    headers = [part for line in ASKED.splitlines() for part in ("-H", line)]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(lua)
        script.flush()
        # wrk takes whole seconds; the duration that it counted is what divides.
        command = ["wrk", "-t", "2", "-c", str(connections), "-d", f"{max(1, round(seconds))}s", "-s", script.name]
        done = subprocess.run(
            [*command, *headers, f"http://{HOST}:{port}{path}"], capture_output=True, text=True, check=True
        )
    found = re.search(r"^SUMMARY (\d+) (\d+) (\d+) (\d+)$", done.stdout, re.MULTILINE)
    if found is None:
        raise RuntimeError(done.stdout)
    return tuple(map(int, found.groups()))


def _python(port: int, path: str, connections: int, seconds: float, expected: Answer) -> Load:
    question = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{ASKED}\r\n".encode()
    return _python_asks(port, [(question, expected.wire)], connections, seconds)


def _python_asks(port: int, questions: Sequence[tuple[bytes, int]], connections: int, seconds: float) -> Load:
    share = connections // PROCESSES
    with get_context("spawn").Pool(PROCESSES) as pool:
        counts = pool.starmap(_ask, [(port, questions, share, seconds)] * PROCESSES)
    return Load(sum(counts), f"{PROCESSES} Python processes on the same cores (no wrk here)")


def _ask(port: int, questions: Sequence[tuple[bytes, int]], connections: int, seconds: float) -> float:
    """Whole answers a second over some connections, one question at a time on each; each connection keeps its own,
    with the bytes that answer it."""
    left: dict[int, tuple[socket.socket, int]] = {}
    asked: dict[int, tuple[bytes, int]] = {}
    poll = select.poll()
    for n in range(connections):
        link = socket.create_connection((HOST, port))
        question, wire = asked[link.fileno()] = questions[n % len(questions)]
        link.sendall(question)
        left[link.fileno()] = (link, wire)
        poll.register(link, select.POLLIN)
    count = 0
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        for number, _ in poll.poll(1_000):
            link, missing = left[number]
            question, wire = asked[number]
            part = link.recv(65_536)
            if not part or (missing == wire and not part.startswith(b"HTTP/1.1 200 ")) or len(part) > missing:
                raise RuntimeError("an answer was not what was expected")
            missing -= len(part)
            if not missing:
                count += 1
                missing = wire
                link.sendall(question)
            left[number] = (link, missing)
    elapsed = time.perf_counter() - start
    for link, _ in left.values():
        link.close()
    return count / elapsed
