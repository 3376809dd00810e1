"""Where a database stands, how another is made beside it, and how the two change places."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from trenza.core.backup.errors import BackupError, InUse

_SCHEMA = "trenza_restoring"
_STOP = "Stop Trenza first (the web and worker processes), so that nothing is lost that is written meanwhile."


class Place(Protocol):
    """A database that another may take the place of."""

    folder: Path | None

    def check_unused(self) -> None:
        """Raises InUse where somebody is connected."""

    def aside(self) -> Any:
        """Within it, Django works on an empty database beside this one; without `exchange` it is gone afterwards."""

    def exchange(self, stamp: str) -> list[str]:
        """What was made aside takes the place; the names under which what was there is kept."""


def place_of(wrapper: BaseDatabaseWrapper) -> Place:
    """The place of Django's database."""
    if wrapper.vendor == "postgresql":
        return _Schema()
    return _File(Path(wrapper.settings_dict["NAME"]))


def fsync(folder: Path) -> None:
    """Names in this folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _File:
    """SQLite: a file, and another beside it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._aside = file.with_name(f".{file.name}.restoring")
        self.folder: Path | None = file.parent

    def check_unused(self) -> None:
        """Leaving the write-ahead log takes the file for oneself alone, and puts the log's pages into it."""
        connection.close()
        if not self._file.exists():
            return
        with closing(sqlite3.connect(self._file, isolation_level=None, timeout=1)) as lite:
            try:
                [(mode,)] = lite.execute("PRAGMA journal_mode=DELETE")
            except sqlite3.OperationalError:
                mode = "wal"
        if mode == "wal":
            raise InUse(f"Somebody works with {self._file.name}. {_STOP}")

    @contextmanager
    def aside(self) -> Iterator[None]:
        self._remove()
        descriptor = os.open(self._aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.close(descriptor)
        try:
            with _elsewhere(NAME=str(self._aside)):
                yield
            with closing(sqlite3.connect(self._aside, isolation_level=None)) as lite:
                lite.execute("PRAGMA journal_mode=DELETE").fetchall()
            self._aside.with_name(f"{self._aside.name}.writing").unlink(missing_ok=True)
            with self._aside.open("rb+") as file:
                os.fsync(file.fileno())
        except BaseException:
            self._remove()
            raise

    def exchange(self, stamp: str) -> list[str]:
        kept = []
        if self._file.exists() and not self._is_blank():
            old = self._file.with_name(f"{self._file.name}.{stamp}")
            self._file.rename(old)
            kept.append(old.name)
        self._aside.rename(self._file)
        fsync(self._file.parent)
        return kept

    def _is_blank(self) -> bool:
        """No table was ever made in it: looking at it made the file."""
        with closing(sqlite3.connect(self._file)) as lite:
            [(tables,)] = lite.execute("SELECT count(*) FROM sqlite_master")
            return int(tables) == 0

    def _remove(self) -> None:
        for ending in ("", "-wal", "-shm", "-journal", ".writing"):
            self._aside.with_name(self._aside.name + ending).unlink(missing_ok=True)


class _Schema:
    """PostgreSQL: a schema, and another beside it in the same database; their names change in one transaction."""

    folder: Path | None = None

    def check_unused(self) -> None:
        connection.close()
        with self._connection() as own:
            others = own.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND usename = current_user AND pid <> pg_backend_pid()"
            ).fetchone()
            may = own.execute(
                "SELECT has_database_privilege(current_database(), 'CREATE')"
                " AND pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = current_schema()"
            ).fetchone()
        if not may or not may[0]:
            raise BackupError(
                "The database's user may not make schemas in it. As the server's administrator: "
                "ALTER DATABASE … OWNER TO …, and ALTER SCHEMA public OWNER TO …, then try again."
            )
        if others and others[0]:
            raise InUse(f"{others[0]} connections work with the database. {_STOP}")

    @contextmanager
    def aside(self) -> Iterator[None]:
        self._remove()
        with self._connection() as own:
            own.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(_SCHEMA)))
        options = connection.settings_dict.get("OPTIONS", {})
        path = f"{options.get('options', '')} -c search_path={_SCHEMA}".strip()
        try:
            with _elsewhere(OPTIONS={**options, "options": path}):
                yield
        except BaseException:
            self._remove()
            raise

    def exchange(self, stamp: str) -> list[str]:
        kept = stamp.lower().replace("-", "_")
        with self._connection() as own:
            row = own.execute("SELECT current_schema()").fetchone()
            place = row[0] if row else "public"
            for old, new in ((place, kept), (_SCHEMA, place)):
                own.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(sql.Identifier(old), sql.Identifier(new)))
            tables = own.execute(
                "SELECT count(*) FROM pg_class WHERE relnamespace = %s::regnamespace", [kept]
            ).fetchone()
            if tables == (0,):
                own.execute(sql.SQL("DROP SCHEMA {}").format(sql.Identifier(kept)))
                return []
        return [f"the schema {kept}"]

    def _remove(self) -> None:
        with self._connection() as own:
            own.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(_SCHEMA)))

    def _connection(self) -> "psycopg.Connection[Any]":
        parameters = connection.get_connection_params()
        return psycopg.connect(
            **{name: value for name, value in parameters.items() if name not in {"context", "cursor_factory"}}
        )


@contextmanager
def _elsewhere(**settings: Any) -> Iterator[None]:
    """Let Django's connection lead to another database for a while."""
    connection.close()
    kept = dict(connection.settings_dict)
    connection.settings_dict.update(settings)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(kept)
