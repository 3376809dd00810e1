"""Lesson pages a second, from the server that a user has, under a load generator of its own process."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import home
from bench.figure import Measured, figure
from bench.load import generate
from bench.phone import Answer, Phone
from tools.postgresql import free_port
from trenza.cli import serving

WORKERS = 2
CONNECTIONS = 8
ROUNDS = 2
SECONDS = 2.5  # of each round, for ours and the peer: ten in all


@figure("lesson_requests_per_s")
def lessons() -> Measured:
    """Requests a second for the heaviest lesson: two web processes, eight connections that stay open.

    The limit is the same bytes from the same server without Django, measured in turns with ours.
    """
    paths = home.load_content()
    port, bare_port = free_port(), free_port()
    with home.served(port, workers=WORKERS):
        with Phone(home.HOST, port) as phone:
            path = max(paths, key=lambda each: phone.get(each).wire)
        answer = _warm(port, path)
        with _bare(bare_port, answer):
            ours, bare = 0.0, 0.0
            for _ in range(ROUNDS):
                ours += generate(port, path, CONNECTIONS, SECONDS, answer).per_second / ROUNDS
                found = generate(bare_port, "/", CONNECTIONS, SECONDS, answer)
                bare += found.per_second / ROUNDS
    peer = f"the same {answer.wire} bytes from granian without Django; load from {found.generator}"
    return Measured(ours, "requests/s", bare, peer)


def _warm(port: int, path: str) -> Answer:
    """Ask often enough for both processes to have the lesson in memory."""
    for _ in range(20):
        with Phone(home.HOST, port) as phone:
            answer = phone.get(path)
    return answer


@contextmanager
def _bare(port: int, answer: Answer) -> Iterator[None]:
    """Serve `answer` from the same server, with the same options, and nothing else."""
    folder = Path(os.environ["TRENZA_HOME"])
    (folder / "bare").write_bytes(answer.packed)
    os.environ["BENCH_BARE"] = str(folder / "bare")
    os.environ["BENCH_BARE_HEADERS"] = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    command = serving.web_command(home.HOST, port, WORKERS, "bench.bare:application")
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    try:
        if not serving.wait_until_ready(f"http://{home.HOST}:{port}/", [process]):
            raise RuntimeError("the peer did not start")
        time.sleep(0.5)
        yield
    finally:
        serving.stop([process])
