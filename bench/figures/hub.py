"""A hub and its cell: each a home and processes of its own on this machine, between them a relay that counts bytes."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from django.core.management import call_command
from django.db import connection

from bench import home
from bench.figure import Measured, figure
from bench.figures.journal import _publish
from bench.hub_side import work
from bench.peers import kolibri
from bench.relay import relay
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


@figure("hub_sync_entries_per_s")
def entries_per_second() -> Measured:
    """Entries a second from a hub's journal into its cell's, each acknowledged, of 52,000 that wait."""
    visit = _run(YEAR, MANY)["visits"][2]
    per_second = visit["entries"] / visit["seconds"]
    words = f"{visit['rounds']} messages; hub and cell on the same cores"
    return _beside(per_second, "entries/s", words, lambda peer: (YEAR / peer.first, f"{peer.first:.0f} s for {YEAR}"))


@figure("hub_first_sync_10400_s")
def first_sync() -> Measured:
    """Seconds to hand on the first year of a centre."""
    run = _run(YEAR, MANY)
    sent = run["counted"][2] / YEAR
    words = f"{sent:.1f} bytes an entry on the wire, heads too"
    return _beside(run["visits"][1]["seconds"], "s", words, lambda peer: (peer.first, "its `sync`, without its start"))


@figure("hub_empty_sync_bytes")
def empty_sync() -> Measured:
    """Bytes of a visit with nothing new on either side, both ways, with the heads of HTTP and without TLS."""
    run = _run(YEAR, MANY)
    words = f"{run['visits'][-1]['rounds']} round trip"
    return _beside(run["counted"][-1], "bytes", words, lambda peer: (peer.empty_bytes, f"in {peer.empty:.1f} s"))


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
    words = f"{sizes['core_entry'] / entries:.0f} bytes without indexes"
    told = "all that a record adds to its database, once synced"
    return _beside(whole, "bytes", words, lambda peer: (peer.bytes_per_record, told))


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


def _beside(value: float, unit: str, words: str, of: Callable[[kolibri.Peer], tuple[float, str]]) -> Measured:
    """Ours, and the same of Kolibri on this machine where it can be installed."""
    peer = kolibri.measure()
    if isinstance(peer, str):
        return Measured(value, unit, None, f"{words}. {peer}")
    limit, how = of(peer)
    return Measured(value, unit, limit, f"{words}. Limit: Kolibri {kolibri.VERSION}, {how}")


@cache
def _run(*counts: int) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    _publish()
    Course.objects.update(optional=True)  # so that it goes down to every hub
    code = sync.open_pairing(centre=new_id(), name="Bench", by=None).code
    connection.close()
    port = free_port()
    with _cell(port), relay(port) as line, tempfile.TemporaryDirectory(prefix="trenza-hub-") as folder:
        own = {**home.environment(), "TRENZA_HOME": folder, "DJANGO_SETTINGS_MODULE": "trenza.settings.hub"}
        command = [sys.executable, "-c", HUB, f"http://{home.HOST}:{line.port}", code]
        done = subprocess.run([*command, *map(str, counts)], env=own, stdout=subprocess.PIPE, check=True)
    return {**json.loads(done.stdout), "counted": line.counted}


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
