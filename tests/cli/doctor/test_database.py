"""Each check of the database, when all is well and when it is not."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError

from tests.cli.doctor.test_program import GOOD, WRONG, state
from trenza.apps.people.api import RoleGrant, grant_role, register_person
from trenza.cli.doctor import database
from trenza.core import clock, triggers

pytestmark = pytest.mark.django_db


def test_reachable(monkeypatch):
    assert state(database.reachable) == GOOD

    def refuse(_: str) -> None:
        raise OperationalError("password is hunter2")

    monkeypatch.setattr(database, "_ask", refuse)
    assert state(database.reachable) == WRONG
    assert "hunter2" not in str(database.reachable())


def test_version(monkeypatch):
    assert state(database.version) == GOOD
    monkeypatch.setattr(database, "OLDEST_POSTGRESQL", 990_000)
    monkeypatch.setattr(database, "OLDEST_SQLITE", (9, 0))
    assert state(database.version) == WRONG


def test_durable(monkeypatch):
    answers = {"PRAGMA journal_mode": "wal", "PRAGMA synchronous": 2}
    monkeypatch.setattr(database, "_ask", lambda statement: answers.get(statement, "on"))
    assert state(database.durable) == GOOD
    for weak in ({"PRAGMA synchronous": 1}, {"PRAGMA journal_mode": "delete"}):
        before = dict(answers)
        answers |= {**weak, **{f"SHOW {name}": "off" for name in ("fsync", "synchronous_commit")}}
        assert state(database.durable) == WRONG
        answers = before


@pytest.mark.django_db(transaction=True)
def test_durable_here():
    if connection.vendor == "sqlite":  # PostgreSQL's of the tests waits for no disk
        assert state(database.durable) == GOOD


def test_migrations():
    assert state(database.migrations) == GOOD
    [last] = MigrationLoader(connection).graph.leaf_nodes("core")
    MigrationRecorder(connection).record_unapplied(*last)
    assert "1 migrations wait" in database.migrations().says
    MigrationRecorder(connection).record_applied("core", "9999_later")
    assert "newer than this program" in database.migrations().says
    assert state(database.migrations) == WRONG


@pytest.mark.django_db(transaction=True)
def test_guarded():
    assert state(database.guarded) == GOOD
    with connection.cursor() as cursor:
        on = " ON core_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER core_entry_no_delete{on}")
    assert state(database.guarded) == WRONG
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []


def test_administrator():
    assert state(database.administrator) == WRONG
    person = register_person(given_name="Ana", family_name="", email="ana@example.org")
    grant_role(person=person, role="administrator", by=None)
    assert state(database.administrator) == GOOD
    RoleGrant.objects.update(withdrawn_at=clock.now())
    assert state(database.administrator) == WRONG


def test_administrator_without_an_account_is_none():
    person = register_person(given_name="Ana", family_name="")
    grant_role(person=person, role="administrator", by=None)
    assert state(database.administrator) == WRONG
