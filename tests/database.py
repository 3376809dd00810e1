"""Give a test that commits its database back as migrations left it.

Django empties the tables after such a test. The journal's triggers refuse that, rightly, and what migrations wrote
would be lost. So the database is copied once, before the first test that commits, and put back after each.
"""

import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

TEMPLATE = "_template"
MIGRATED = "test_trenza_migrated"


def begin_with_a_copy() -> None:
    """On PostgreSQL: whichever process of a run comes first migrates a database, and all begin with copies of it.

    On SQLite our own `migrate` does that, for installations in other processes too.
    """
    marker = _marker()
    with Path(f"{marker}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not marker.exists():
            name, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
            own, test["NAME"] = test["NAME"], MIGRATED
            connection.creation.create_test_db(verbosity=0, autoclobber=True)
            connections.close_all()
            settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
            test["NAME"] = own
            marker.touch()
    connection.settings_dict["TEST"]["TEMPLATE"] = MIGRATED


def forget_the_copy() -> None:
    """When all processes have ended: the server may be somebody's own."""
    if _marker().exists():
        with psycopg.connect(**maintenance(), autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(MIGRATED)))


def _marker() -> Path:
    return Path(os.environ["TEST_RUN"]) / "migrated"


def keep_template() -> None:
    """Copy the test database as it is now: nothing may have been committed to it but migrations."""
    connections.close_all()
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        copy_on_postgresql(source=name, target=name + TEMPLATE)
    else:
        copy_on_sqlite(source=name, target=name + TEMPLATE)


def restore_template(_test: object = None) -> None:
    """Put the copy back, whoever is still connected."""
    connections.close_all()
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        copy_on_postgresql(source=name + TEMPLATE, target=name)
    else:
        copy_on_sqlite(source=name + TEMPLATE, target=name)


def copy_on_sqlite(*, source: str, target: str) -> None:
    """Copy page by page into a file that may be open elsewhere; its readers see the new contents at once."""
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)


def copy_on_postgresql(*, source: str, target: str) -> None:
    with psycopg.connect(**maintenance(), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(target)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(target), sql.Identifier(source)))


def maintenance() -> dict[str, Any]:
    """How to reach the server's own database: no other may be open while it is copied."""
    settings = connection.settings_dict
    return {
        "dbname": "postgres",
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
    }
