"""What phones send: sealed records over HTTP, taken in with full authorisation; and how few bytes they are."""

import base64
import gzip
import json
import multiprocessing
import random
import select
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from statistics import quantiles
from typing import Final
from uuid import UUID

import django
import msgspec
from django.db import connections

from bench import home
from bench.figure import Measured, figure
from tools.postgresql import free_port
from trenza.apps.learning import api as learning
from trenza.apps.people.api import NewDevice, Person, register_device, register_person
from trenza.apps.programmes import api as programmes
from trenza.core import sealing
from trenza.core.sealing import Record

WORKERS: Final = 2
CONNECTIONS: Final = 8
WOMEN: Final = 400
BATCH: Final = 100
"""Entries in a request: 25 lessons of three answers each, and that they are done."""
REQUESTS: Final = 2_400
ANSWERS: Final = 200
MONDAY: Final = 1_767_614_400_000
_HEADERS: Final = (
    "Host: {host}:{port}\r\nContent-Type: application/msgpack\r\nContent-Encoding: gzip\r\nAccept: application/json\r\n"
)


@dataclass(frozen=True)
class Taken:
    """What a run came to: entries that were answered, in how many seconds, and how long each request took."""

    entries: int
    seconds: float
    each: tuple[float, ...]


@figure("sync_entries_per_s_sqlite")
def entries_per_second() -> Measured:
    """Entries a second: two web processes, eight connections that stay open, every answer looked at.

    The load comes from a process on the same cores.
    """
    taken = _run()
    peer = f"{taken.entries} entries of {WOMEN} women, each checked; the load from a process on the same cores"
    return Measured(taken.entries / taken.seconds, "entries/s", None, peer)


@figure("sync_p99_ms")
def slowest() -> Measured:
    """The longest of a hundred requests, in the same run."""
    return Measured(quantiles(_run().each, n=100)[98] * 1_000, "ms", None, f"of {REQUESTS} requests")


@figure("answers_200_bytes_sealed")
def bytes_sealed() -> Measured:
    """What 200 answers are on the wire, in lessons of three questions with the codes of shipped courses."""
    home.load_content()
    woman = _register("Bytes")
    phone = register_device(person=woman, by=woman)
    rows = [row for row in _lessons() if row[1]]
    chance, sealer, acts, records, sequence, left = random.Random(1), _sealer(phone), [], [], 1, ANSWERS
    for number in range(10_000):
        lesson, questions = rows[number % len(rows)]
        # Answers to three of its questions; the last lesson has what is left.
        answers = [question.any_answer(chance) for question in (questions * 3)[: min(3, left)]]
        act = msgspec.msgpack.encode([MONDAY + 90_000 * number, "l", [lesson.bytes, answers, True]])
        records.append(sealer.seal(act, sequence=sequence, count=len(answers) + 1))
        acts.append(act)
        sequence += len(answers) + 1
        left -= len(answers)
        if not left:
            break
    sealed = len(gzip.compress(_body(records), 9, mtime=0))
    bare = len(gzip.compress(msgspec.msgpack.encode([phone.device.bytes, 1, acts]), 9, mtime=0))
    return Measured(sealed, "bytes", None, f"{bare} bytes before sealing, gzip; {len(records)} records")


@cache
def _run() -> Taken:
    home.load_content()
    lessons = [row for row in _lessons() if len(row[1]) == 3] or _lessons()
    requests = list(_requests(lessons))
    connections.close_all()
    port = free_port()
    head = _HEADERS.format(host=home.HOST, port=port)
    first, rest = requests[: 4 * CONNECTIONS], requests[4 * CONNECTIONS :]
    with (
        home.served(port, workers=WORKERS),
        multiprocessing.get_context("spawn").Pool(1, initializer=django.setup) as pool,
    ):
        pool.apply(_drive, (port, head, first))
        taken: Taken = pool.apply(_drive, (port, head, rest))
    return taken


def _lessons() -> list[tuple[UUID, list[learning.Asked]]]:
    """The lessons of shipped courses: id and questions."""
    return [
        (lesson.pk, [learning.Asked(question) for question in lesson.questions])
        for version in learning.published_courses()
        for lesson in version.lessons.defer("body")
    ]


def _requests(lessons: list[tuple[UUID, list[learning.Asked]]]) -> Iterator[tuple[str, bytes]]:
    """The token and the body of each request, in an order that goes round all women."""
    chance = random.Random(1)
    women = [_register(f"W{number}") for number in range(WOMEN)]
    _enrol(women)
    phones = [register_device(person=woman, by=woman) for woman in women]
    sealers = [_sealer(phone) for phone in phones]
    sequences = [1] * WOMEN
    for number in range(REQUESTS):
        woman = number % WOMEN
        records, entries = [], 0
        while entries < BATCH:
            lesson, questions = lessons[chance.randrange(len(lessons))]
            answers = [question.any_answer(chance) for question in questions]
            act = msgspec.msgpack.encode([MONDAY + 1_000 * sequences[woman], "l", [lesson.bytes, answers, True]])
            count = len(answers) + 1
            records.append(sealers[woman].seal(act, sequence=sequences[woman], count=count))
            sequences[woman] += count
            entries += count
        token = base64.urlsafe_b64encode(phones[woman].deliver).rstrip(b"=").decode()
        yield token, gzip.compress(_body(records), 6, mtime=0)


def _register(name: str) -> Person:
    return register_person(given_name=name, family_name="Bench", email=f"{name.lower()}@bench.example", synthetic=True)


def _enrol(women: list[Person]) -> None:
    """In a track whose modules are among the courses that they learn: the edition of each entry is looked up."""
    edition = programmes.Edition.objects.get(programme__code="mujeres-online", code="2019")
    track = programmes.Track.objects.get(programme__code="mujeres-online", code="alfabetizacion")
    for woman in women:
        programmes.enrol(person=woman, edition=edition, track=track, by=None)


def _sealer(phone: NewDevice) -> sealing.Sealer:
    return sealing.Sealer(device=phone.device, secret=phone.secret, cell_public=sealing.cell_key().public)


def _body(records: list[Record]) -> bytes:
    """As a phone packs the records of one session."""
    acts = [(record.sequence, record.count, record.sealed) for record in records]
    sealed = [[records[0].device.bytes, [[records[0].session, acts]]]]
    whole = {"v": 1, "batch": b"\1" * 8, "can": ["gzip"], "pending": 0, "now": MONDAY, "sealed": sealed}
    return msgspec.msgpack.encode(whole)


def _drive(port: int, head: str, requests: list[tuple[str, bytes]]) -> Taken:
    """Send them over connections that stay open, one at a time on each; raises where an answer is not *accepted*."""
    waiting = iter([_request(head, token, body) for token, body in requests])
    links: dict[int, socket.socket] = {}
    begun: dict[int, float] = {}
    parts: dict[int, bytes] = {}
    poll = select.poll()
    answers: list[bytes] = []
    each: list[float] = []
    start = time.perf_counter()
    for _ in range(CONNECTIONS):
        link = socket.create_connection((home.HOST, port))
        number = link.fileno()
        links[number], parts[number], begun[number] = link, b"", time.perf_counter()
        poll.register(link, select.POLLIN)
        link.sendall(next(waiting))
    while len(answers) < len(requests):
        for number, _ in poll.poll(5_000):
            part = links[number].recv(65_536)
            if not part:
                raise RuntimeError("the server hung up")
            parts[number] += part
            body = _whole(parts[number])
            if body is None:
                continue
            each.append(time.perf_counter() - begun[number])
            answers.append(body)
            parts[number] = b""
            following = next(waiting, None)
            if following:
                begun[number] = time.perf_counter()
                links[number].sendall(following)
    seconds = time.perf_counter() - start
    for link in links.values():
        link.close()
    return Taken(sum(_accepted(answer) for answer in answers), seconds, tuple(each))


def _request(head: str, token: str, body: bytes) -> bytes:
    lines = f"POST /sync HTTP/1.1\r\n{head}Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
    return lines.encode() + body


def _whole(received: bytes) -> bytes | None:
    """The body of an answer, once all of it is there."""
    head, found, body = received.partition(b"\r\n\r\n")
    if not found:
        return None
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(received[:300].decode(errors="replace"))
    length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return body if len(body) >= length else None


def _accepted(answer: bytes) -> int:
    """How many entries an answer says were accepted."""
    said = json.loads(answer)["answers"]
    refused = [each for each in said if each[2] != "accepted"]
    if refused:
        raise RuntimeError(f"not accepted: {refused[:3]}")
    return BATCH
