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


def _wrk(port: int, path: str, connections: int, seconds: float, expected: Answer) -> Load:
    headers = [part for line in ASKED.splitlines() for part in ("-H", line)]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SUMMARY)
        script.flush()
        # wrk takes whole seconds; the duration that it counted is what divides.
        command = ["wrk", "-t", "2", "-c", str(connections), "-d", f"{max(1, round(seconds))}s", "-s", script.name]
        done = subprocess.run(
            [*command, *headers, f"http://{HOST}:{port}{path}"], capture_output=True, text=True, check=True
        )
    found = re.search(r"^SUMMARY (\d+) (\d+) (\d+) (\d+)$", done.stdout, re.MULTILINE)
    if found is None:
        raise RuntimeError(done.stdout)
    requests, microseconds, received, errors = map(int, found.groups())
    # Answers that had begun when time was up are among the bytes: one a connection at most.
    whole = received - requests * expected.wire
    if errors or not 0 <= whole <= connections * expected.wire:
        raise RuntimeError(f"{errors} errors, {received} bytes for {requests} answers of {expected.wire}")
    return Load(requests / microseconds * 1e6, "wrk")


def _python(port: int, path: str, connections: int, seconds: float, expected: Answer) -> Load:
    share = connections // PROCESSES
    with get_context("spawn").Pool(PROCESSES) as pool:
        counts = pool.starmap(_ask, [(port, path, share, seconds, expected.wire)] * PROCESSES)
    return Load(sum(counts), f"{PROCESSES} Python processes on the same cores (no wrk here)")


def _ask(port: int, path: str, connections: int, seconds: float, wire: int) -> float:
    """Whole answers a second over some connections, one question at a time on each."""
    question = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\n{ASKED}\r\n".encode()
    left: dict[int, tuple[socket.socket, int]] = {}
    poll = select.poll()
    for _ in range(connections):
        link = socket.create_connection((HOST, port))
        link.sendall(question)
        left[link.fileno()] = (link, wire)
        poll.register(link, select.POLLIN)
    count = 0
    start = time.perf_counter()
    while time.perf_counter() - start < seconds:
        for number, _ in poll.poll(1_000):
            link, missing = left[number]
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
