"""The journal: taking in observations with five projections, and small actions."""

import gc
import random
import time
from datetime import UTC, datetime, timedelta
from multiprocessing import Pool
from uuid import UUID

import django
from django.core.management import call_command
from django.db import connection, connections

from bench.figure import Measured, figure
from trenza.apps.learning.api import publish_course
from trenza.apps.learning.content.course import Choice, Course, Lesson, Question
from trenza.apps.learning.events import LessonCompleted, QuestionAnswered
from trenza.apps.people.api import Consent, Person, register_person
from trenza.apps.people.events import ConsentGiven
from trenza.core import clock
from trenza.core.ids import named_id
from trenza.core.journal import Incoming, action, engines, incoming, ingest, record
from trenza.core.models import Device

BATCH = 1_000
ENTRIES = 60_000
LESSONS = 24
ROUNDS = 3
PROCESSES = 4
ACTIONS = 1_000


@figure("ingest_ratio_sqlite")
def ingest_sqlite() -> Measured:
    return _ingest()


@figure("ingest_ratio_postgresql")
def ingest_postgresql() -> Measured:
    return _ingest()


def _ingest() -> Measured:
    """Entries a second through `ingest`, against those of a raw insert of the same rows into the same table.

    Both in batches of 1,000, each a transaction. The median of three rounds, in turns on the same growing table.
    """
    call_command("migrate", verbosity=0)

    lessons = _publish()
    ratios = []
    ours, raws = [], []
    for number in range(ROUNDS):
        entries = _entries(lessons, f"ours {number}")
        _settle()
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

    choices = tuple(Choice(str(n), n == 1, "") for n in range(3))
    lessons = tuple(
        Lesson(f"l{n}", f"L{n}", 5, "", tuple(Question(f"q{k}", "one", "?", choices, "") for k in range(3)))
        for n in range(LESSONS)
    )
    course = Course("bench", "Bench", "", "es", "CC0-1.0", ("Trenza",), "", 0.5, lessons, {})
    return list(publish_course(course=course, by=None).lessons.values_list("id", flat=True))


def _entries(lessons: list[UUID], name: str) -> list[Incoming]:
    """What women with a phone each send: three answers and a lesson done, lesson after lesson."""

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


def _settle() -> None:
    """Let the collector forget what was made before the clock starts: no server holds so many entries at once."""
    gc.collect()
    gc.freeze()


def _raw(entries: list[Incoming]) -> float:
    """Seconds to insert the same rows with nothing but the driver."""

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
    _settle()
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


@figure("actions_per_s_postgresql")
def actions() -> Measured:
    """Small actions a second (a consent and its entry), four processes at once, each commit durable."""
    call_command("migrate", verbosity=0)
    person = register_person(given_name="Ana", family_name="Quispe", synthetic=True)
    connections.close_all()
    with Pool(PROCESSES, initializer=django.setup) as pool:
        pool.map(_consent, [(person.id, 20)] * PROCESSES)  # connections are open from here on
        start = time.perf_counter()
        pool.map(_consent, [(person.id, ACTIONS)] * PROCESSES, chunksize=1)
        seconds = time.perf_counter() - start
    return Measured(PROCESSES * ACTIONS / seconds, "actions/s")


def _consent(work: tuple[UUID, int]) -> None:
    person, count = Person.objects.get(pk=work[0]), work[1]
    for _ in range(count):
        _record(person=person)


@action
def _record(*, person: Person) -> None:
    """A row of an app and the entry that witnesses it: the least that an action does."""
    row = Consent.objects.create(person=person, text="bench", version=1, given_at=clock.now(), withdrawn_at=clock.now())
    record(ConsentGiven(consent=row.id, document="bench", version=1), by=person.id, about=person.id)
