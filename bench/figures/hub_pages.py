"""A hub's pages while sixty women learn: `trenza hub serve` on one core and 512 MB, as it runs in a centre."""

import math
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import connection

from bench import home
from bench.figure import Measured, figure
from bench.figures.laptop import resident_mb
from bench.phone import Answer, Phone
from tools.postgresql import free_port
from trenza.apps.people.api import Person, RoleGrant, make_cards, set_pin
from trenza.apps.places.api import Centre, add_members
from trenza.apps.programmes.api import Enrolment
from trenza.apps.sync import api as sync
from trenza.cli import serving

WOMEN: Final = 60
PIN: Final = "4827"
SECONDS: Final = 60
PAUSE: Final = 4.0
"""Seconds between two pages of one woman, on average: she reads."""
MEMORY: Final = 512 * 1024 * 1024
PATIENCE: Final = 60


@dataclass
class Day:
    """What was measured. `taken` are the milliseconds of each page but those of signing in, which make a slow hash."""

    started: float = 0.0
    resident: float = 0.0
    taken: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@figure("hub_resident_mb")
def memory() -> Measured:
    """Resident memory of a hub in all, after sixty women have learned for a minute."""
    day = _day()
    return Measured(day.resident, "MB", None, f"it answered {day.started:.1f} s after its command (at most 5)")


@figure("hub_60_learners_p99_ms")
def pages() -> Measured:
    """Milliseconds that 99 of 100 pages took at most: her own page, a lesson, her answers."""
    day = _day()
    if day.wrong:
        raise RuntimeError(f"{len(day.wrong)} answers were wrong: {day.wrong[:3]}")
    taken = sorted(day.taken)
    p99 = taken[math.ceil(0.99 * len(taken)) - 1]
    words = f"{len(taken)} pages, {len(taken) / SECONDS:.0f} a second; median {taken[len(taken) // 2]:.0f} ms"
    return Measured(p99, "ms", None, words)


@cache
def _day() -> Day:
    home.prepare()
    centre, cards = _women()
    lessons = home.lesson_paths()
    code = sync.open_pairing(centre=centre, name="Bench", by=None).code
    connection.close()
    port = free_port()
    day = Day()
    with tempfile.TemporaryDirectory(prefix="trenza-hub-") as folder:
        own = {**home.environment(), "TRENZA_HOME": folder, "DJANGO_SETTINGS_MODULE": "trenza.settings.hub"}
        with _cell(port):
            for words in (["migrate"], ["hub", "pair", f"http://{home.HOST}:{port}", code], ["hub", "sync"]):
                subprocess.run([home.COMMAND, *words], env=own, stdout=subprocess.DEVNULL, check=True)
        with closing(sqlite3.connect(Path(folder, "trenza.sqlite3"))) as database:
            there = [code for (code,) in database.execute("SELECT code FROM learning_course")]
        lessons = [path for path in lessons if path.split("/")[2] in there]
        with _hub(own, day) as (process, at):
            _learn(at, cards, lessons, day)
            day.resident = resident_mb(process.pid)
    return day


def _women() -> tuple[UUID, list[str]]:
    """Of the demonstration: sixty who are enrolled come to a centre, each with a card and a PIN."""
    centre = Centre.objects.filter(closed_at=None).order_by("code")[0]
    office = RoleGrant.objects.filter(role="administrator", scope_kind="all", withdrawn_at=None)[0].person
    enrolled = Enrolment.objects.filter(state="active", person__synthetic=True).order_by("pk").values("person")
    women = list(Person.objects.filter(pk__in=enrolled).order_by("pk")[:WOMEN])
    add_members(centre=centre, persons=women, by=None)
    for woman in women:
        set_pin(person=woman, pin=PIN, by=woman)
    made = make_cards(persons=women, by=office)
    return centre.pk, [card.secret for card in made.values() if not isinstance(card, Exception)]


@contextmanager
def _cell(port: int) -> Iterator[None]:
    process = subprocess.Popen(serving.web_command(home.HOST, port, 1), env={**os.environ, **home.environment()})
    try:
        if not serving.wait_until_ready(f"http://{home.HOST}:{port}/", [process]):
            raise RuntimeError("the cell did not start")
        yield
    finally:
        serving.stop([process])


@contextmanager
def _hub(environment: dict[str, str], day: Day) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """On the first core, where there are several; we ask from the others."""
    port = free_port()
    cores = sorted(os.sched_getaffinity(0))
    command = [sys.executable, "-m", "trenza.cli", "hub", "serve", "--host", home.HOST, "--http-port", str(port)]

    def limit() -> None:
        os.sched_setaffinity(0, cores[:1])
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))

    os.sched_setaffinity(0, cores[1:] or cores)
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, preexec_fn=limit, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                with Phone(home.HOST, port) as phone:
                    phone.get("/")
                break
            except OSError:
                if process.poll() is not None or time.perf_counter() - start > PATIENCE:
                    raise RuntimeError("the hub did not start") from None
                time.sleep(0.05)
        day.started = time.perf_counter() - start
        yield process, port
    finally:
        serving.stop([process])
        os.sched_setaffinity(0, cores)


def _learn(port: int, cards: list[str], lessons: list[str], day: Day) -> None:
    """Everybody signs in; then all learn at once."""
    ready = threading.Barrier(len(cards))
    questions = home.questions()
    threads = [
        threading.Thread(target=_one, args=(number, port, card, lessons, questions, ready, day), daemon=True)
        for number, card in enumerate(cards)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE + SECONDS * 2)


def _one(
    number: int,
    port: int,
    card: str,
    lessons: list[str],
    questions: dict[str, list[str]],
    ready: threading.Barrier,
    day: Day,
) -> None:
    chance = random.Random(number)
    with Phone(home.HOST, port) as phone:
        phone.fill_in("/entrar/tarjeta/", {"card": card})
        phone.fill_in("/entrar/tarjeta/pin/", {"pin": PIN})
        ready.wait(PATIENCE)
        end = time.perf_counter() + SECONDS
        time.sleep(chance.uniform(0, PAUSE))
        while time.perf_counter() < end:
            lesson = chance.choice(lessons)
            _page(day, phone.get, "/mi/")
            time.sleep(chance.expovariate(1 / PAUSE))
            _page(day, phone.get, lesson)
            time.sleep(chance.expovariate(1 / PAUSE))
            _page(day, phone.post, f"{lesson}responder/", {f"q.{code}": "0" for code in questions[lesson]})
            time.sleep(chance.expovariate(1 / PAUSE))


def _page(day: Day, ask: Callable[..., Answer], path: str, *fields: dict[str, str]) -> None:
    start = time.perf_counter()
    answer = ask(path, *fields)
    day.taken.append((time.perf_counter() - start) * 1_000)
    if answer.status != 200:
        day.wrong.append(f"{path}: {answer.status}")
