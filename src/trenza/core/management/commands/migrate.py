"""`migrate`, which need not tell the whole history again for each of many empty databases.

Tests make some twenty installations, and the history takes each the better part of a minute. Where EMPTY_DATABASE
names a path, the first empty SQLite database that is migrated is kept beside it, and others begin as copies of that:
those of later runs too, until a migration is added or changed.
"""

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

import trenza


class Command(migrate.Command):
    """Django's own; where EMPTY_DATABASE is not set, nothing about it is other."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; an empty database in tests from a copy, under a device of its own."""
        database = connections[options["database"]]
        path = os.environ.get("EMPTY_DATABASE", "")
        if not path or options.get("app_label") or not _is_empty(database):
            super().handle(*args, **options)
            return
        kept = Path(f"{path}-{_history()}")
        with _one_after_the_other(kept):
            if not kept.exists():
                super().handle(*args, **options)
                _keep(database, kept)
                return
        with closing(sqlite3.connect(kept)) as source:
            source.backup(database.connection)
        super().handle(*args, **options)


def _is_empty(database: BaseDatabaseWrapper) -> bool:
    return database.vendor == "sqlite" and not database.introspection.table_names()


def _history() -> str:
    """A name for what a whole migration makes, of these apps, with our own migrations as they are written now."""
    told = [list(settings.INSTALLED_APPS), sorted(MigrationLoader(None).disk_migrations)]
    history = hashlib.sha256(repr(told).encode())
    for path in sorted(Path(trenza.__file__).parent.rglob("migrations/*.py")):
        history.update(path.read_bytes())
    return history.hexdigest()[:16]


@contextmanager
def _one_after_the_other(kept: Path) -> Iterator[None]:
    with Path(f"{kept}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep(database: BaseDatabaseWrapper, kept: Path) -> None:
    """Without the device of this installation: each has one of its own."""
    new = Path(f"{kept}.new")
    with closing(sqlite3.connect(new)) as copy:
        database.connection.backup(copy)
        copy.execute("DELETE FROM core_device")
        copy.commit()
    new.rename(kept)
