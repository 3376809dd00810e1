"""A hub and its cell: each a home and processes of its own on this machine, between them a relay that counts bytes."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from django.core.management import call_command
from django.db import connection

from bench import home
from bench.figure import Measured, figure
from bench.figures.journal import _publish
from bench.hub_side import work
from tools.postgresql import free_port
from trenza.apps.learning.models import Course
from trenza.apps.sync import api as sync
from trenza.cli import serving
from trenza.core.ids import new_id

HUB: Final = "import sys, django; django.setup(); from bench import hub_side; hub_side.main(*sys.argv[1:])"
YEAR: Final = 10_400
"""Entries of a centre: 200 a week for a year."""
MANY: Final = 52_000
STORED: Final = 60_000
_SOME: Final = 65_536


@dataclass
class Relay:
    """Between hub and cell: `counted` are the bytes of each connection, both ways, heads too."""

    port: int
    counted: list[int] = field(default_factory=list)


@figure("hub_sync_entries_per_s")
def entries_per_second() -> Measured:
    """Entries a second from a hub's journal into its cell's, each acknowledged, of 52,000 that wait."""
    visit = _run(YEAR, MANY)["visits"][2]
    per_second = visit["entries"] / visit["seconds"]
    return Measured(per_second, "entries/s", None, f"{visit['rounds']} messages; hub and cell on the same cores")


@figure("hub_first_sync_10400_s")
def first_sync() -> Measured:
    """Seconds to hand on the first year of a centre."""
    run = _run(YEAR, MANY)
    sent = run["counted"][2] / YEAR
    return Measured(run["visits"][1]["seconds"], "s", None, f"{sent:.1f} bytes an entry on the wire, heads too")


@figure("hub_empty_sync_bytes")
def empty_sync() -> Measured:
    """Bytes of a visit with nothing new on either side, both ways, with the heads of HTTP and without TLS."""
    run = _run(YEAR, MANY)
    return Measured(run["counted"][-1], "bytes", None, f"{run['visits'][-1]['rounds']} round trip")


@figure("bytes_per_entry_sqlite")
def bytes_per_entry() -> Measured:
    """What 60,000 entries of lessons take in the store, with all indexes of the journal; projections apart."""
    call_command("migrate", verbosity=0)
    work(STORED, 0, _publish())
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name")
        sizes = dict(cursor.fetchall())
        cursor.execute("SELECT name FROM sqlite_master WHERE tbl_name = 'core_entry' AND type IN ('table', 'index')")
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM core_entry")
        [entries] = cursor.fetchone()
    whole = sum(sizes.get(name, 0) for name in names) / entries
    return Measured(whole, "bytes", None, f"{sizes['core_entry'] / entries:.0f} bytes without indexes")


@figure("bytes_per_entry_postgresql")
def bytes_per_entry_postgresql() -> Measured:
    """The same on PostgreSQL."""
    call_command("migrate", verbosity=0)
    work(STORED, 0, _publish())
    with connection.cursor() as cursor:
        sizes = "pg_total_relation_size('core_entry'), pg_relation_size('core_entry')"
        cursor.execute(f"SELECT {sizes}, count(*) FROM core_entry")
        whole, table, entries = cursor.fetchone()
    return Measured(whole / entries, "bytes", None, f"{table / entries:.0f} bytes without indexes")


@cache
def _run(*counts: int) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    _publish()
    Course.objects.update(optional=True)  # so that it goes down to every hub
    code = sync.open_pairing(centre=new_id(), name="Bench", by=None).code
    connection.close()
    port = free_port()
    with _cell(port), _relay(port) as relay, tempfile.TemporaryDirectory(prefix="trenza-hub-") as folder:
        own = {**home.environment(), "TRENZA_HOME": folder, "DJANGO_SETTINGS_MODULE": "trenza.settings.hub"}
        command = [sys.executable, "-c", HUB, f"http://{home.HOST}:{relay.port}", code]
        done = subprocess.run([*command, *map(str, counts)], env=own, stdout=subprocess.PIPE, check=True)
    return {**json.loads(done.stdout), "counted": relay.counted}


@contextmanager
def _cell(port: int) -> Iterator[None]:
    """A web process on this home, ended by its process id."""
    command = serving.web_command(home.HOST, port, 1, "bench.hub_cell:application")
    process = subprocess.Popen(command, env={**os.environ, **home.environment()})
    try:
        if not serving.wait_until_ready(f"http://{home.HOST}:{port}/", [process]):
            raise RuntimeError("the cell did not start")
        yield
    finally:
        serving.stop([process])


@contextmanager
def _relay(port: int) -> Iterator[Relay]:
    """The first connection pairs; each visit has one."""
    with socket.create_server((home.HOST, 0)) as listener:
        relay = Relay(listener.getsockname()[1])
        thread = threading.Thread(target=_accept, args=(listener, port, relay), daemon=True)
        thread.start()
        yield relay
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=10)


def _accept(listener: socket.socket, port: int, relay: Relay) -> None:
    while True:
        try:
            near, _ = listener.accept()
        except OSError:
            return
        number = len(relay.counted)
        relay.counted.append(0)
        far = socket.create_connection((home.HOST, port))
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=_copy, args=(source, target, relay, number), daemon=True).start()


def _copy(source: socket.socket, target: socket.socket, relay: Relay, number: int) -> None:
    while part := source.recv(_SOME):
        relay.counted[number] += len(part)
        target.sendall(part)
    target.shutdown(socket.SHUT_WR)
