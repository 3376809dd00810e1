"""Rows out of one consistent snapshot, and rows in, on both engines."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
from django.db import connection
from psycopg import sql

from trenza.core.backup.errors import Damaged
from trenza.core.backup.frames import Table, Value
from trenza.core.backup.schema import JOURNAL

AT_ONCE = 2_000
Row = tuple[Any, ...]


class Snapshot(Protocol):
    """The database as it was at one moment, whatever is written meanwhile."""

    def count(self, table: Table) -> int: ...

    def rows(self, table: Table) -> Iterator[list[Row]]:
        """All rows in the order of the key, some at a time, as `schema.KINDS` says."""

    def size(self) -> int:
        """About how many bytes the database takes."""

    def position(self) -> int:
        """The last of the journal."""


class Loader(Protocol):
    """Rows into empty tables; nothing is there for others before `loading` ends well."""

    def add(self, table: Table, rows: list[list[Value]]) -> None: ...


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """Look at the database over a connection of its own, which changes nothing and keeps nobody waiting."""
    if connection.vendor == "postgresql":
        with psycopg.connect(**_parameters()) as own:
            own.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            own.read_only = True
            own.execute("SET LOCAL TIME ZONE 'UTC'")
            yield _PostgreSQLSnapshot(own)
            own.rollback()
    else:
        # Django's own connection would begin with BEGIN IMMEDIATE, and writers would wait for us.
        with closing(sqlite3.connect(database_file(), isolation_level=None)) as lite:
            lite.execute("PRAGMA query_only=ON")
            lite.execute("BEGIN")
            yield _SQLiteSnapshot(lite)
            lite.rollback()


@contextmanager
def loading(tables: Sequence[Table]) -> Iterator[Loader]:
    """Fill these tables: first what migrations wrote into them goes, then rows come, all in one transaction.

    Raises:
        Damaged: a row does not fit, or names another that is not there.
    """
    try:
        if connection.vendor == "postgresql":
            with psycopg.connect(**_parameters()) as own:
                own.execute("SET LOCAL TIME ZONE 'UTC'")
                for table in tables:
                    if table.name != JOURNAL:  # empty, and its trigger refuses
                        own.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
                loader = _PostgreSQLLoader(own)
                yield loader
                loader.finish(tables)
        else:
            with closing(sqlite3.connect(database_file(), isolation_level=None)) as lite:
                yield from _load_sqlite(lite, tables)
    except (sqlite3.DatabaseError, psycopg.DataError, psycopg.IntegrityError) as error:
        # Its words may quote a row.
        raise Damaged(f"A row does not fit into the database ({type(error).__name__}).") from None


def database_file() -> Path:
    """Where SQLite's database is."""
    return Path(connection.settings_dict["NAME"])


class _SQLiteSnapshot:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def count(self, table: Table) -> int:
        [(count,)] = self._connection.execute(f'SELECT count(*) FROM "{table.name}"')
        return int(count)

    def rows(self, table: Table) -> Iterator[list[Row]]:
        key = ", ".join(f'"{name}"' for name in table.key)
        cursor = self._connection.execute(f'SELECT {_names(table)} FROM "{table.name}" ORDER BY {key}')
        while rows := cursor.fetchmany(AT_ONCE):
            yield rows

    def size(self) -> int:
        [(pages,)], [(bytes_,)] = (
            self._connection.execute("PRAGMA page_count"),
            self._connection.execute("PRAGMA page_size"),
        )
        return int(pages) * int(bytes_)

    def position(self) -> int:
        [(last,)] = self._connection.execute(f'SELECT coalesce(max("position"), 0) FROM {JOURNAL}')
        return int(last)


class _PostgreSQLSnapshot:
    # Django compares moments as text on SQLite, so six digits or none.
    _FORMS = {
        "boolean": "t.{}::int",
        "date": "t.{}::text",
        "decimal": "t.{}::float8",
        "time": "t.{}::text",
        "json": "t.{}::text",
        "uuid": "uuid_send(t.{})",
        "hex": "replace(t.{}::text, '-', '')",
        "moment": (
            "to_char(t.{0}, CASE WHEN date_trunc('second', t.{0}) = t.{0}"
            " THEN 'YYYY-MM-DD HH24:MI:SS' ELSE 'YYYY-MM-DD HH24:MI:SS.US' END)"
        ),
    }

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    def count(self, table: Table) -> int:
        return self._number(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table.name)))

    def rows(self, table: Table) -> Iterator[list[Row]]:
        forms = [
            sql.SQL(self._FORMS.get(column.kind, "t.{}")).format(sql.Identifier(column.name))
            for column in table.columns
        ]
        key = sql.SQL(", ").join(sql.SQL("t.{}").format(sql.Identifier(name)) for name in table.key)
        query = sql.SQL("SELECT {} FROM {} AS t ORDER BY {}").format(
            sql.SQL(", ").join(forms), sql.Identifier(table.name), key
        )
        with self._connection.cursor("backup", binary=True) as cursor:
            cursor.execute(query)
            while rows := cursor.fetchmany(AT_ONCE):
                yield rows

    def size(self) -> int:
        return self._number(sql.SQL("SELECT pg_database_size(current_database())"))

    def position(self) -> int:
        return self._number(sql.SQL('SELECT coalesce(max("position"), 0) FROM {}').format(sql.Identifier(JOURNAL)))

    def _number(self, query: sql.Composed | sql.SQL) -> int:
        row = self._connection.execute(query).fetchone()
        return int(row[0]) if row else 0


def _load_sqlite(lite: sqlite3.Connection, tables: Sequence[Table]) -> Iterator[Loader]:
    """The file is nobody's until it is whole: no log, no waiting for the disk until the end."""
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000"):
        lite.execute(f"PRAGMA {pragma}").fetchall()
    indexes = lite.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND sql NOT LIKE '%UNIQUE%'"
    ).fetchall()
    lite.execute("BEGIN")
    for table in tables:
        if table.name != JOURNAL:
            lite.execute(f'DELETE FROM "{table.name}"')
    for name, _ in indexes:
        lite.execute(f'DROP INDEX "{name}"')
    yield _SQLiteLoader(lite)
    for _, statement in indexes:
        lite.execute(statement)
    if lite.execute("PRAGMA foreign_key_check").fetchone():
        raise Damaged("A row names another that is not there.")
    lite.execute("COMMIT")
    lite.execute("PRAGMA journal_mode=WAL").fetchall()
    lite.execute("PRAGMA synchronous=FULL")


class _SQLiteLoader:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, table: Table, rows: list[list[Value]]) -> None:
        marks = ", ".join("?" * len(table.columns))
        self._connection.executemany(f'INSERT INTO "{table.name}" ({_names(table)}) VALUES ({marks})', rows)


class _PostgreSQLLoader:
    """Foreign keys are looked up at the end (Django makes them so), so tables may come in any order."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    def add(self, table: Table, rows: list[list[Value]]) -> None:
        uuids = [number for number, column in enumerate(table.columns) if column.kind == "uuid"]
        names = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                for number in uuids:
                    value = row[number]
                    if isinstance(value, bytes):
                        row[number] = value.hex()
                copy.write_row(row)

    def finish(self, tables: Sequence[Table]) -> None:
        """Let each sequence go on after what has come."""
        for table in tables:
            for column in table.columns:
                if column.kind == "integer" and column.name in table.key:
                    self._connection.execute(
                        sql.SQL(
                            "SELECT setval(pg_get_serial_sequence({text}, {name}), max({column})) FROM {table}"
                            " HAVING pg_get_serial_sequence({text}, {name}) IS NOT NULL AND max({column}) IS NOT NULL"
                        ).format(
                            text=sql.Literal(f'"{table.name}"'),
                            name=sql.Literal(column.name),
                            column=sql.Identifier(column.name),
                            table=sql.Identifier(table.name),
                        )
                    )
        self._connection.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _parameters() -> dict[str, Any]:
    """How Django connects, without what it adds to a connection of its own."""
    parameters = connection.get_connection_params()
    return {name: value for name, value in parameters.items() if name not in {"context", "cursor_factory"}}
