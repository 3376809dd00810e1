"""Making a backup: one whole file or none, while people work."""

import errno
import os
import shutil
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.core.backup.examples import PICTURE, an_installation, contents
from trenza.apps.people.api import register_person
from trenza.core import backup, clock
from trenza.core.backup import engines, folders, making, record
from trenza.core.backup.errors import BackupError, Damaged, NoRoom
from trenza.core.journal import last_position

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def to(key):
    return [key.to_public()]


def test_a_backup_holds_every_row_and_file_for_its_owner_alone(home, key, to, tmp_path):
    an_installation()
    with clock.travel(NOON):
        made = backup.make_backup(tmp_path / "out", recipients=to, verify=True)

    assert list(made.path.parent.iterdir()) == [made.path]
    assert (made.path.stat().st_mode & 0o777, made.path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert made.path.name.endswith("-20261122T120000Z.trenza")
    assert (made.entries, made.files, made.removed) == (last_position(), 3, ())
    manifest = backup.examine(made.path, [key])
    assert (manifest.position, manifest.engine, manifest.made_at) == (
        last_position(),
        connection.vendor,
        "2026-11-22T12:00:00+00:00",
    )
    assert [name.split("/")[0] for name, _ in manifest.files] == ["secret.key", "files", "private"]
    rows = contents(made.path, key)
    assert len(rows["core_entry"]) == last_position()
    assert "django_session" not in rows
    assert b"Ana" not in made.path.read_bytes()
    assert PICTURE not in made.path.read_bytes()
    assert record.last() == record.Last(
        "2026-11-22T12:00:00+00:00", made.path.name, made.bytes, made.entries, verified=True, secret_key=True
    )


def test_a_backup_is_of_one_moment_whatever_is_written_meanwhile(home, key, to, tmp_path, monkeypatch):
    """Between any two tables somebody registers: rows and journal still agree, and nobody waits for us."""
    an_installation()
    before = last_position()
    usual = {name: getattr(engines, name).rows for name in ("_SQLiteSnapshot", "_PostgreSQLSnapshot")}

    def rows(name):
        def read(self, table):
            if table.name in {"core_device", "core_entry", "people_account", "people_person"}:
                thread = threading.Thread(target=somebody_registers)
                thread.start()
                thread.join(20)
                assert not thread.is_alive()
            yield from usual[name](self, table)

        return read

    def somebody_registers() -> None:
        register_person(given_name="Later", family_name="", email=f"{last_position()}@example.org")
        connection.close()

    for name in usual:
        monkeypatch.setattr(getattr(engines, name), "rows", rows(name))

    made = backup.make_backup(tmp_path / "out", recipients=to, verify=True)

    found = contents(made.path, key)
    assert last_position() == before + 4
    tables = {table.name: table for table in backup.examine(made.path, [key]).tables}
    place = [column.name for column in tables["core_entry"].columns].index("position")
    assert [row[place] for row in found["core_entry"]] == list(range(1, before + 1))
    assert len(found["people_person"]) == len(found["people_account"]) == 1


def test_keep_removes_only_the_oldest_of_this_server(home, key, to, tmp_path):
    folder = tmp_path / "out"
    made = []
    for day in range(4):
        with clock.travel(NOON + timedelta(days=day)):
            made.append(backup.make_backup(folder, recipients=to).path)
    foreign = folder / "trenza-00000000-00000000-20200101T000000Z.trenza"
    shutil.copy(made[0], foreign)
    content = foreign.read_bytes()
    foreign.write_bytes(content.replace(backup.peek(made[0]).device.encode(), b"0" * 36, 1))
    misnamed = folder / f"{made[0].stem}-copy.trenza"
    shutil.copy(made[0], misnamed)
    not_ours = folder / made[0].name.replace("20261122", "20200101")
    not_ours.write_text("something else")

    with clock.travel(NOON + timedelta(days=9)):
        last = backup.make_backup(folder, recipients=to, keep=3)

    assert last.removed == tuple(made[:2])
    assert set(folder.iterdir()) == {made[2], made[3], last.path, foreign, misnamed, not_ours}


def test_nothing_is_written_over(home, to, tmp_path):
    path = tmp_path / "mine.trenza"
    path.write_text("precious")

    with pytest.raises(BackupError, match="no backup is written over"):
        backup.make_backup(path, recipients=to)
    assert path.read_text() == "precious"


def test_it_must_be_locked_for_somebody(home, to, tmp_path):
    for locks in ({}, {"recipients": to, "passphrase": "x"}):
        with pytest.raises(BackupError, match="for whom"):
            backup.make_backup(tmp_path / "out", **locks)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, NoRoom), (errno.EIO, BackupError)], ids=["full disk", "broken disk"]
)
def test_what_fails_leaves_nothing_behind(home, to, tmp_path, monkeypatch, number, error):
    def fsync(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("trenza.core.backup.making.os.fsync", fsync)

    with pytest.raises(error):
        backup.make_backup(tmp_path / "out", recipients=to)
    assert list((tmp_path / "out").iterdir()) == []
    assert record.last() is None


def test_a_disk_that_forgets_is_noticed(home, to, tmp_path, monkeypatch):
    monkeypatch.setattr(making._Hashing, "hexdigest", lambda self: "0" * 64)

    with pytest.raises(Damaged, match="did not keep"):
        backup.make_backup(tmp_path / "out", recipients=to)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_file_that_vanishes_while_it_is_read_is_left_out(home, key, to, tmp_path, monkeypatch):
    an_installation()
    listed = list(folders.files())
    gone = home / "private" / "gone.pdf"
    gone.write_text("x")
    everything = [*listed, ("private/gone.pdf", gone)]
    monkeypatch.setattr(folders, "files", lambda: iter(everything))
    usual = making._parts

    def parts(number, path, size):
        if path == gone:
            path.unlink()
        return usual(number, path, size)

    monkeypatch.setattr(making, "_parts", parts)

    made = backup.make_backup(tmp_path / "out", recipients=to, verify=True)

    assert len(backup.examine(made.path, [key]).files) == 4
