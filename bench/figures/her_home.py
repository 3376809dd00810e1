"""How soon a learner's page can be used on a slow phone and a slow line, and what it takes of her data."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.test import Client

from bench import entered, home, slow_phone, visitors
from bench.figure import Measured, figure
from tools.postgresql import free_port
from trenza.apps.people.api import Account
from trenza.cli import serving

READY = ".first a.btn"
"""The one button that her page is about."""


@figure("home_cold_ready_ms")
def cold() -> Measured:
    """Her page for the first time on this phone, signed in."""
    loads = _loads()
    return Measured(loads.cold.ready_ms, "ms", peer=f"{loads.cold.words}, median of three")


@figure("home_cold_bytes")
def weight() -> Measured:
    """What comes over the line until she can use it, with headers."""
    loads = _loads()
    return Measured(loads.cold.bytes, "bytes", peer=loads.cold.words)


@cache
def _loads() -> slow_phone.Loads:
    home.prepare()
    learner = next(filter(_has_a_next_step, visitors.active_learners()))
    with _served(learner) as site:
        steps = [{"goto": f"{site}{entered.ADDRESS}"}]
        return slow_phone.load(f"{site}/mi/", READY, runs=3, steps=steps)


def _has_a_next_step(learner: str) -> bool:
    """Who waits for her trainer has no button to wait for."""
    page = _signed_in(learner).get("/mi/", SERVER_NAME=home.HOST)
    return bool(re.search(r'class="card first".*?<a class="btn" href="/lecciones/.*?</section>', page.text, re.DOTALL))


def _signed_in(learner: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(email=learner), "trenza.apps.people.backends.RoleBackend")
    return client


@contextmanager
def _served(learner: str) -> Iterator[str]:
    """Where Trenza is served, with the address that signs this learner in."""
    port = free_port()
    command = serving.web_command(home.HOST, port, 1, "bench.entered:application")
    session = _signed_in(learner).cookies["sessionid"].value
    environment = {**os.environ, "BENCH_SESSION": session, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(command, env=environment)
    try:
        if not serving.wait_until_ready(f"http://{home.HOST}:{port}/", [process]):
            raise RuntimeError("the server did not start")
        yield f"http://{home.HOST}:{port}"
    finally:
        serving.stop([process])
