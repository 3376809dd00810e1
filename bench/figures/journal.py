"""The journal: taking in observations with five projections, and small actions."""

import random
import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import django
from django.core.management import call_command
from django.db import connection, connections

from bench.figure import Measured, figure

BATCH = 1_000
ENTRIES = 60_000
LESSONS = 24
ROUNDS = 3


@figure("ingest_ratio_sqlite")
def ingest_sqlite() -> Measured:
    return _ingest()


@figure("ingest_ratio_postgresql", database="postgresql")
def ingest_postgresql() -> Measured:
    return _ingest()


def _ingest() -> Measured:
    """Entries a second through `ingest`, against those of a raw insert of the same rows into the same table.

    Both in batches of 1,000, each a transaction. The median of three rounds, in turns on the same growing table.
    """
    django.setup()
    call_command("migrate", verbosity=0)
    from trenza.core.journal import ingest
    from trenza.core.models import Device

    lessons = _publish()
    ratios = []
    ours, raws = [], []
    for number in range(ROUNDS):
        entries = _entries(lessons, f"ours {number}")
        start = time.perf_counter()
        for first in range(0, ENTRIES, BATCH):
            answers = ingest(entries[first : first + BATCH], device_kind=Device.Kind.SIMULATED)
            assert answers[0].status == "accepted"
        ours.append(ENTRIES / (time.perf_counter() - start))
        raws.append(ENTRIES / _raw(_entries(lessons, f"raw {number}")))
        ratios.append(ours[-1] / raws[-1])
    middle = sorted(range(ROUNDS), key=ratios.__getitem__)[ROUNDS // 2]
    peer = f"raw insert of the same rows, {connection.vendor}; entries a second"
    return Measured(ours[middle], "ratio", raws[middle], peer)


def _publish() -> list[UUID]:
    from trenza.apps.learning.api import publish_course
    from trenza.apps.learning.content.course import Choice, Course, Lesson, Question

    choices = tuple(Choice(str(n), n == 1, "") for n in range(3))
    lessons = tuple(
        Lesson(f"l{n}", f"L{n}", 5, "", tuple(Question(f"q{k}", "one", "?", choices, "") for k in range(3)))
        for n in range(LESSONS)
    )
    course = Course("bench", "Bench", "", "es", "CC0-1.0", ("Trenza",), "", 0.5, lessons, {})
    return list(publish_course(course=course, by=None).lessons.values_list("id", flat=True))


def _entries(lessons: list[UUID], name: str) -> list:
    """What women with a phone each send: three answers and a lesson done, lesson after lesson."""
    from trenza.apps.learning.events import LessonCompleted, QuestionAnswered
    from trenza.core.ids import named_id
    from trenza.core.journal import incoming

    chance = random.Random(name)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    entries = []
    women = ENTRIES // (LESSONS * 4) + 1
    for woman in range(women):
        person, device, sequence = named_id(name, str(woman)), named_id(name, "device", str(woman)), 0
        when = moment + timedelta(minutes=chance.randrange(100_000))
        for lesson in lessons:
            events = [
                QuestionAnswered(lesson=lesson, question=f"q{k}", choices=[chance.choice((0, 1, 1))]) for k in range(3)
            ]
            for event in (*events, LessonCompleted(lesson=lesson)):
                sequence += 1
                when += timedelta(seconds=chance.randrange(20, 90))
                entries.append(
                    incoming(event, device=device, sequence=sequence, happened_at=when, person=person, by=person)
                )
            when += timedelta(hours=chance.randrange(4, 60))
    return entries[:ENTRIES]


def _raw(entries: list) -> float:
    """Seconds to insert the same rows with nothing but the driver."""
    from trenza.core.journal import engines
    from trenza.core.models import Device

    devices = sorted({entry.device for entry in entries})
    Device.objects.bulk_create([Device(uuid=device, kind="simulated") for device in devices])
    ids = dict(Device.objects.filter(uuid__in=devices).values_list("uuid", "id"))
    with connection.cursor() as cursor:
        cursor.execute('SELECT coalesce(max("position"), 0) FROM core_entry')
        last = cursor.fetchone()[0]
    driver = engines.driver()
    recorded = driver.moment(datetime.now(UTC))
    rows = [
        (last + n, ids[e.device], e.sequence, e.kind, driver.optional(e.person), driver.optional(e.by), None,
         e.data.decode(), driver.moment(e.happened_at), recorded, None, None)
        for n, e in enumerate(entries, 1)
    ]  # fmt: skip
    names = ", ".join(f'"{column}"' for column in ("position", *engines.COLUMNS))
    connection.ensure_connection()
    raw = connection.connection
    start = time.perf_counter()
    for first in range(0, len(rows), BATCH):
        part = rows[first : first + BATCH]
        if connection.vendor == "postgresql":
            with raw.transaction(), raw.cursor() as cursor:
                cursor.execute("CREATE TEMPORARY TABLE raw_incoming (LIKE core_entry) ON COMMIT DROP")
                with cursor.copy(f"COPY raw_incoming ({names}) FROM STDIN") as copy:
                    for row in part:
                        copy.write_row(row)
                cursor.execute(
                    f"INSERT INTO core_entry ({names}) SELECT {names} FROM raw_incoming ON CONFLICT DO NOTHING"
                )
        else:
            raw.execute("BEGIN IMMEDIATE")
            raw.executemany(f"INSERT INTO core_entry ({names}) VALUES ({', '.join('?' * 12)})", part)
            raw.execute("COMMIT")
    return time.perf_counter() - start


@figure("actions_per_s_postgresql", database="postgresql")
def actions() -> Measured:
    """Small actions a second (a row and its entry), four connections at once, each commit durable."""
    django.setup()
    call_command("migrate", verbosity=0)
    from trenza.apps.people.api import register_person

    each, threads = 600, 4

    def act() -> None:
        for n in range(each):
            register_person(given_name="Ana", family_name=str(n), synthetic=True)
        connections.close_all()

    act()
    workers = [threading.Thread(target=act) for _ in range(threads)]
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return Measured(each * threads / (time.perf_counter() - start), "actions/s")
