"""A hub in a process and a home of its own: `main(URL, CODE, ENTRIES…)` prints JSON. Django must be ready.

It is paired, visits with nothing, works, and visits again after each number of entries.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.core.management import call_command

from trenza.apps.learning.api import Lesson
from trenza.apps.learning.events import LessonCompleted, QuestionAnswered
from trenza.apps.sync import api as sync
from trenza.core import clock, journal
from trenza.core.ids import named_id
from trenza.core.journal import action, record

WOMEN: Final = 40
WEEK: Final = 7 * 86_400 * 1_000_000
_PORTION: Final = 1_000


def women() -> list[UUID]:
    """Those of the centre."""
    return [named_id("bench", "woman", str(number)) for number in range(WOMEN)]


def register() -> None:
    """What apps tell the engine: kinds of lessons, and a roster with a row for each woman."""
    sync.register_hub_kinds(LessonCompleted, QuestionAnswered)
    sync.register_hub_roster(lambda _: women())
    sync.register_hub_table("bench.women", lambda _: _rows(), lambda upserts, gone: None)


def _rows() -> Iterator[tuple[bytes, Any]]:
    for number, woman in enumerate(women()):
        yield woman.bytes, {"name": f"Nombre {number}", "track": "alfabetizacion", "lessons": list(range(24))}


def work(count: int, start: int, lessons: list[UUID]) -> None:
    """So many answers and lessons done within a week, as a hub records what its women do on its pages."""
    chance = random.Random(start)
    moment, edition, people = clock.now() - timedelta(days=7), named_id("bench", "edition"), women()
    for first in range(start, start + count, _PORTION):
        events = []
        for number in range(first, min(first + _PORTION, start + count)):
            lesson = chance.choice(lessons)
            answered = QuestionAnswered(lesson=lesson, question=f"q{number % 3}", choices=[chance.randrange(3)])
            moment += timedelta(microseconds=chance.randrange(2 * WEEK // count))
            events.append((chance.choice(people), moment, answered if number % 4 else LessonCompleted(lesson=lesson)))
        _record(events=events, edition=edition)


@action
def _record(*, events: list[tuple[UUID, Any, Any]], edition: UUID) -> None:
    for woman, moment, event in events:
        record(event, by=woman, about=woman, edition=edition, happened_at=min(moment, clock.now()))


def main(url: str, code: str, *counts: str) -> None:
    """Seconds and rounds of each visit; the first has nothing to hand on, the last neither."""
    call_command("migrate", verbosity=0)
    register()
    recipient = str(sync.own_identity().to_public())
    with closing(sync.HttpLine(url, b"")) as line:
        told = sync.pair_over(line, code=code, device=journal.own_devices()[0], recipient=recipient, program="bench")
    row = sync.take_pairing(url=url, told=told)
    visits, done = [], 0
    for count in [0, *map(int, counts), 0]:
        work(count, done, list(Lesson.objects.values_list("pk", flat=True)))
        done += count
        with closing(sync.HttpLine(url, sync.token_of(row))) as line:
            start = time.perf_counter()
            visit = sync.visit(line)
            seconds = time.perf_counter() - start
        standing = sync.standing()
        if visit.ended != "done" or standing.waiting or standing.not_taken:
            raise RuntimeError(f"{visit}, {standing}")
        visits.append({"entries": count, "seconds": seconds, "rounds": visit.rounds})
    json.dump({"visits": visits}, sys.stdout)
