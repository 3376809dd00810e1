"""Restoring: the system of then is here, or everything is as it was."""

import hashlib
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from tests.core.backup.examples import PICTURE, WHOLE, a_manifest, an_installation, contents, forge, tree
from trenza.apps.people.api import register_person
from trenza.apps.people.models import Person
from trenza.core import backup, clock, files, triggers
from trenza.core.backup import errors, places, restoring, schema
from trenza.core.journal import authority_device, check, everything, work_until_done
from trenza.core.models import Device, Entry, Task

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_database")]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def made(home, key, tmp_path):
    """A backup of a small installation, which goes on afterwards."""
    an_installation()
    Task.objects.create(handler="none", position=1, run_after=NOON, leased_until=NOON, attempts=1)
    return backup.make_backup(tmp_path / "out", recipients=[key.to_public()]).path


def standing(home: Path) -> tuple[object, ...]:
    """All that a failed restore may not touch."""
    rows = (list(Person.objects.order_by("id").values_list()), list(Task.objects.values_list()), list(everything()))
    return (*rows, list(Device.objects.values_list()), tree(home), triggers.missing(connection))


@pytest.mark.slow
def test_restore_brings_back_what_was_there_under_a_new_device(home, key, made, tmp_path):
    before, device = tree(home), authority_device().uuid
    persons = list(Person.objects.values_list())
    entries = list(Entry.objects.order_by("position").values_list())
    register_person(given_name="Later", family_name="")
    (home / "media").mkdir()
    (home / "media" / "later.txt").write_text("later")

    with clock.travel(NOON):
        restored = backup.restore_backup(made, [key], replace=True)

    assert list(Person.objects.values_list()) == persons
    assert list(Entry.objects.order_by("position").values_list()) == entries
    stamp = "before-20261122T120000Z"
    database = Path(connection.settings_dict["NAME"]).name
    of_database = f"{database}.{stamp}" if connection.vendor == "sqlite" else "the schema before_20261122t120000z"
    assert restored.kept == (f"files.{stamp}", f"private.{stamp}", f"media.{stamp}", f"secret.key.{stamp}", of_database)
    here = {name: content for name, content in tree(home).items() if "before-" not in name}
    assert {name: here[name] for name in before if name != "backup.json"} == {
        name: content for name, content in before.items() if name != "backup.json"
    }
    assert (home / f"media.{stamp}" / "later.txt").read_text() == "later"
    assert not (home / "media").exists()
    # The server goes on under a new device; the old one keeps what it wrote.
    assert Device.objects.get(uuid=device).kind == "former"
    assert authority_device().uuid != device
    assert list(Task.objects.values_list("leased_until", "attempts")) == [(None, 1)]
    assert (check(), triggers.missing(connection)) == ([], [])
    register_person(given_name="New", family_name="", email="new@example.org")
    Task.objects.all().delete()
    work_until_done()
    newest = Entry.objects.order_by("-position")[0]
    assert (newest.position, newest.sequence, newest.device.uuid) == (len(entries) + 1, 1, authority_device().uuid)
    assert check() == []
    # It is still the same system: its next backup may take the place again, and only this server's are rotated.
    whose = backup.peek(backup.make_backup(tmp_path / "out", recipients=[key.to_public()], keep=1).path)
    assert (whose.system, whose.device) == (str(device), str(authority_device().uuid))
    assert made.exists()


@pytest.mark.slow
@pytest.mark.drill
def test_restore_of_a_backup_from_before_the_last_migration_migrates_it(home, key, tmp_path):
    an_installation()
    call_command("migrate", "people", "0001", verbosity=0)
    call_command("migrate", "core", "0001", verbosity=0)
    made = backup.make_backup(tmp_path / "out", recipients=[key.to_public()]).path
    assert "people_attempts" not in contents(made, key)
    call_command("migrate", verbosity=0)

    restored = backup.restore_backup(made, [key], replace=True)

    assert ("core", "0002_former_authorities") not in restored.manifest.migrations
    assert ("core", "0002_former_authorities") in schema.applied()
    assert "people_attempts" in connection.introspection.table_names()
    assert Person.objects.get().given_name == "Ana"
    assert (check(), triggers.missing(connection)) == ([], [])


@pytest.mark.slow
def test_restore_that_fails_late_changes_nothing(home, key, made, monkeypatch):
    content = made.read_bytes()
    made.write_bytes(content[: len(content) // 2])
    before = standing(home)

    with pytest.raises(errors.Damaged, match="cut off"):
        backup.restore_backup(made, [key], replace=True)
    assert standing(home) == before

    made.write_bytes(content)
    monkeypatch.setattr("trenza.core.backup.restoring.journal.last_position", lambda: 99)
    with pytest.raises(errors.Damaged, match="gaps"):
        backup.restore_backup(made, [key], replace=True)
    monkeypatch.undo()
    assert standing(home) == before
    assert [path.name for path in Path(connection.settings_dict["NAME"]).parent.glob(".*restoring*")] == []


def test_restore_never_takes_the_place_of_a_system_unasked(home, key, made):
    before = standing(home)

    with pytest.raises(errors.NotEmpty, match="--replace"):
        backup.restore_backup(made, [key])
    assert standing(home) == before


def test_restore_into_files_that_are_there_already_is_refused(home, key, tmp_path):
    made = backup.make_backup(tmp_path / "out", recipients=[key.to_public()]).path
    files.put(f"{hashlib.sha256(PICTURE).hexdigest()[:20]}.webp", PICTURE)

    with pytest.raises(errors.NotEmpty):
        backup.restore_backup(made, [key])


def test_restore_of_another_system_is_refused(home, key, tmp_path):
    made = backup.make_backup(tmp_path / "out", recipients=[key.to_public()]).path
    Device.objects.all().delete()
    authority_device()  # another database has another first authority
    an_installation()
    before = standing(home)

    with pytest.raises(errors.Foreign, match="--other-system"):
        backup.restore_backup(made, [key], replace=True)
    assert standing(home) == before


def test_restore_with_another_key_is_refused(home, made):
    with pytest.raises(errors.WrongKey):
        backup.restore_backup(made, [backup.Identity.generate()], replace=True)


def test_restore_of_what_a_newer_program_made_says_update_first(home, key, tmp_path):
    newer = a_manifest(migrations=[*schema.applied(), ("core", "9999_later")])

    with pytest.raises(errors.Newer, match=r"core\.9999_later.*Update Trenza first"):
        backup.restore_backup(forge(tmp_path / "b", key, [newer, *WHOLE]), [key])


def test_restore_of_a_changed_schema_is_refused(home, key, tmp_path):
    other = a_manifest(migrations=schema.applied())

    with pytest.raises(errors.Unlike, match="not those of this program's history"):
        backup.restore_backup(forge(tmp_path / "b", key, [other, *WHOLE]), [key])


def test_restore_onto_a_small_disk_is_refused(home, key, tmp_path):
    applied = schema.applied()
    tables = schema.tables(applied)
    huge = a_manifest(migrations=applied, tables=tables, rows=[0] * len(tables), files=[("media/a", 2**60)])

    with pytest.raises(errors.NoRoom, match="MB free"):
        backup.restore_backup(forge(tmp_path / "b", key, [huge, *WHOLE]), [key])


def somebody_else() -> Any:
    """A connection to the database that is not Django's."""
    if connection.vendor == "sqlite":
        other = sqlite3.connect(connection.settings_dict["NAME"])
        other.execute("SELECT count(*) FROM core_entry").fetchall()
        return closing(other)
    parameters = connection.get_connection_params()
    return psycopg.connect(**{name: parameters[name] for name in ("dbname", "user", "password", "host", "port")})


def test_restore_while_somebody_works_is_refused(home, key, made):
    before = standing(home)

    with somebody_else(), pytest.raises(errors.InUse, match="Stop Trenza first"):
        backup.restore_backup(made, [key], replace=True)
    assert standing(home) == before


def test_two_restores_at_once_are_refused(home, key, made):
    with restoring._alone(home), pytest.raises(errors.BackupError, match="Another restore runs here"):
        backup.restore_backup(made, [key], replace=True)


def tables_aside(place: places.Place, *, fail: bool = False) -> list[str]:
    with place.aside():
        found = connection.introspection.table_names()
        call_command("migrate", "core", verbosity=0)
        if fail:
            raise ZeroDivisionError
    return found


def test_what_an_interrupted_restore_left_is_gone_with_the_next(home):
    place = places.place_of(connection)

    assert (tables_aside(place), tables_aside(place)) == ([], [])
    with pytest.raises(ZeroDivisionError):
        tables_aside(place, fail=True)
    assert "core_entry" in connection.introspection.table_names()
