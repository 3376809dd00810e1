"""Lesson pages a second, from the server that a user has, under a load generator of its own process."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench import home, visitors
from bench.figure import Measured, figure
from bench.load import Visitor, generate, visit
from bench.phone import Answer, Phone
from tools.postgresql import free_port
from trenza.cli import serving

WORKERS = 2
CONNECTIONS = 8
LEARNERS = 8
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


@figure("home_requests_per_s")
def homes() -> Measured:
    """Requests a second for the page of a learner of the demo who is signed in: several of them in turn, two web
    processes, eight connections that stay open. Sessions, roles and the journal are asked at each.

    The limit is the same page rendered anew each time, as it is after something of hers has changed.
    """
    home.prepare()
    port = free_port()
    with home.served(port, workers=WORKERS):
        learners = _signed_in(port, "/mi/")
        ours = visit(port, "/mi/", CONNECTIONS, 2 * SECONDS, learners)
        anew = visit(port, "/mi/?anew", CONNECTIONS, 2 * SECONDS, _again(port, "/mi/?anew", learners))
    peer = f"the same pages rendered at each request; {len(learners)} learners; load from {ours.generator}"
    return Measured(ours.per_second, "requests/s", anew.per_second, peer)


def _signed_in(port: int, path: str) -> list[Visitor]:
    """Learners of the demo, at different points of their way, with sessions of their own."""
    found = []
    for email in list(visitors.learners())[:LEARNERS]:
        with Phone(home.HOST, port) as phone:
            visitors.sign_in(phone, email)
            found.append(Visitor("; ".join(f"{name}={value}" for name, value in phone.cookies.items()), 0))
    return _again(port, path, found)


def _again(port: int, path: str, learners: Sequence[Visitor]) -> list[Visitor]:
    """The same, with what comes back to each for `path` once every process has seen her."""
    found = []
    for each in learners:
        for _ in range(20):
            with Phone(home.HOST, port, dict(part.split("=", 1) for part in each.cookie.split("; "))) as phone:
                answer = phone.get(path)
        found.append(Visitor(each.cookie, answer.wire))
    return found


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
