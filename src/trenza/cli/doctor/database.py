"""The database: reachable, as safe as it should be, up to date, and its journal guarded."""

import sqlite3
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from trenza.apps.people import api as people
from trenza.cli.doctor.finding import Finding, good, wrong
from trenza.core import triggers

OLDEST_POSTGRESQL = 140_000
OLDEST_SQLITE = (3, 37)
_FULL = 2


def reachable() -> Finding:
    """Whether it answers. What it answers with may hold a password, so only its kind is shown."""
    try:
        _ask("SELECT 1")
    except DatabaseError as error:
        return wrong(
            "database",
            f"The database does not answer ({type(error).__name__}).",
            "See that PostgreSQL runs (systemctl status postgresql) and that TRENZA_DATABASE_URL names its user, "
            "password, host and database; for SQLite, that its folder is there and may be written.",
        )
    return good("database", f"{connection.display_name} answers.")


def version() -> Finding:
    """Whether it is new enough."""
    if connection.vendor == "postgresql":
        found = int(_ask("SHOW server_version_num"))
        shown, old = f"PostgreSQL {found // 10_000}", found < OLDEST_POSTGRESQL
    else:
        shown, old = f"SQLite {sqlite3.sqlite_version}", sqlite3.sqlite_version_info < OLDEST_SQLITE
    if old:
        return wrong("database version", f"{shown} is too old.", "Install PostgreSQL 14 or SQLite 3.37, or newer.")
    return good("database version", f"{shown}.")


def durable() -> Finding:
    """Whether what was acknowledged survives a power cut."""
    if connection.vendor == "postgresql":
        weak = [name for name in ("fsync", "synchronous_commit", "full_page_writes") if _ask(f"SHOW {name}") == "off"]
        remedy = "Set them on in postgresql.conf, then: systemctl reload postgresql"
    else:
        weak = [] if _ask("PRAGMA journal_mode") == "wal" else ["journal_mode"]
        weak += [] if _ask("PRAGMA synchronous") == _FULL else ["synchronous"]
        remedy = "Take init_command from trenza.settings.base; a network folder cannot hold SQLite."
    if weak:
        return wrong("durability", f"A power cut may lose what was acknowledged: {', '.join(weak)}.", remedy)
    return good("durability", "What was acknowledged survives a power cut.")


def migrations() -> Finding:
    """Whether its tables are those of this program."""
    executor = MigrationExecutor(connection)
    applied = set(executor.loader.applied_migrations)
    newer = applied - executor.loader.disk_migrations.keys()
    if newer:
        return wrong(
            "migrations",
            f"{len(newer)} migrations in the database are newer than this program, or of other settings.",
            "Run the program that made them, with its DJANGO_SETTINGS_MODULE.",
        )
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return wrong("migrations", f"{waiting} migrations wait.", "trenza backup, then trenza migrate")
    return good("migrations", "The tables are those of this program.")


def guarded() -> Finding:
    """Whether the journal refuses to be changed."""
    if missing := triggers.missing(connection):
        return wrong(
            "journal",
            f"The journal can be changed: {', '.join(missing)} missing.",
            "trenza migrate puts the triggers back. Find out who removed them; trenza journal check compares.",
        )
    return good("journal", "It refuses to be changed.")


def administrator() -> Finding:
    """Whether somebody can give roles to the others."""
    if not people.has_administrator():
        return wrong(
            "administrator",
            "Nobody administrates this installation.",
            "trenza administrator ADDRESS --name GIVEN FAMILY",
        )
    return good("administrator", "There is one.")


def _ask(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


# In this order: if one of the first three is wrong, those after it cannot be asked.
FIRST: tuple[Callable[[], Finding], ...] = (reachable, version, migrations)
CHECKS: tuple[Callable[[], Finding], ...] = (durable, guarded, administrator)
