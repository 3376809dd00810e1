"""Backing up a home with a million entries, and restoring it: the program's own time, without its start."""

import gc
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from bench.figure import Measured, figure
from bench.figures.journal import BATCH, ENTRIES, _entries, _publish
from trenza.core import backup
from trenza.core.journal import ingest, last_position
from trenza.core.models import Device

MILLION = 1_000_000


@figure("backup_1m_entries_s")
def backup_sqlite() -> Measured:
    return _backup()


@figure("backup_1m_entries_postgresql_s")
def backup_postgresql() -> Measured:
    return _backup()


@figure("restore_1m_entries_s")
def restore_sqlite() -> Measured:
    return _restore()


@figure("restore_1m_entries_postgresql_s")
def restore_postgresql() -> Measured:
    return _restore()


def _backup() -> Measured:
    """Seconds until the backup is on the disk and was read back, decrypted and counted (`--verify`)."""
    _fill()
    with tempfile.TemporaryDirectory(dir=settings.HOME) as folder:
        start = time.perf_counter()
        made = backup.make_backup(Path(folder), recipients=[backup.Identity.generate().to_public()], verify=True)
        seconds = time.perf_counter() - start
    return Measured(seconds, "s", peer=f"{connection.vendor}, {made.entries} entries, {made.bytes} bytes")


def _restore() -> Measured:
    """Seconds until the restored system stands: schema, rows with their indexes, migrations, proof."""
    _fill()
    identity = backup.Identity.generate()
    with tempfile.TemporaryDirectory(dir=settings.HOME) as folder:
        made = backup.make_backup(Path(folder), recipients=[identity.to_public()])
        start = time.perf_counter()
        backup.restore_backup(made.path, [identity], replace=True)
        seconds = time.perf_counter() - start
    assert last_position() == made.entries
    return Measured(seconds, "s", peer=f"{connection.vendor}, {made.entries} entries, {made.bytes} bytes")


def _fill() -> None:
    """A million answers and lessons done, with what is projected from them."""
    call_command("migrate", verbosity=0)
    lessons = _publish()
    round_ = 0
    while last_position() < MILLION:
        entries = _entries(lessons, f"backup {round_}")
        for first in range(0, ENTRIES, BATCH):
            ingest(entries[first : first + BATCH], device_kind=Device.Kind.SIMULATED)
        round_ += 1
        del entries
        gc.collect()
    connections.close_all()
