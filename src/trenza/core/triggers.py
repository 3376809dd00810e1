"""The journal is append-only by trigger, on both engines and after every migration.

Django rebuilds a table on SQLite (AlterField, AddField) without its triggers, so they are reinstalled after each
`migrate`, and a system check fails where they are missing.
"""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_TABLE = "core_entry"
_MESSAGE = "the journal is append-only"

_SQLITE = {
    f"{_TABLE}_no_{verb}": (
        f"CREATE TRIGGER {_TABLE}_no_{verb} BEFORE {verb.upper()} ON {_TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
    )
    for verb in ("update", "delete")
}
_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {_TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$
"""
_POSTGRESQL = {
    f"{_TABLE}_no_{verb}": (
        f"CREATE TRIGGER {_TABLE}_no_{verb} BEFORE {verb.upper()} ON {_TABLE} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {_TABLE}_refuse()"
    )
    for verb in ("update", "delete", "truncate")
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers, replacing those that are there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
            for name, statement in _POSTGRESQL.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {_TABLE}")
                cursor.execute(statement)
                # ALWAYS: they fire in replication sessions too, so that no replica can be edited behind our back.
                cursor.execute(f"ALTER TABLE {_TABLE} ENABLE ALWAYS TRIGGER {name}")
        else:
            for name, statement in _SQLITE.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that should be there, and firing, and are not."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled = 'A'",
                [_TABLE],
            )
            wanted = _POSTGRESQL
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [_TABLE],
            )
            wanted = _SQLITE
        found = {row[0] for row in cursor.fetchall()}
    return sorted(set(wanted) - found)


def reinstall(*, using: str, **_: Any) -> None:
    """After every migrate: put them back where the table exists."""
    connection = connections[using]
    if _TABLE in connection.introspection.table_names():
        install(connection)


def check(*, databases: Sequence[str] | None, **_: Any) -> list[checks.CheckMessage]:
    """Fail where the journal's table has lost a trigger."""
    found: list[checks.CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if _TABLE in connection.introspection.table_names():
            found += [
                checks.Error(
                    f"The journal's trigger {name} is missing on the database {alias!r}.",
                    hint="Run `trenza migrate`: it puts the triggers back. Find out who removed it.",
                    id="trenza.E001",
                )
                for name in missing(connection)
            ]
    return found
