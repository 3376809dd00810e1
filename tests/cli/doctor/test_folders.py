"""Each check of the home, when all is well and when it is not."""

import hashlib
import shutil
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from tests.cli.doctor.test_program import GOOD, WARNING, WRONG, state
from trenza.cli.doctor import folders
from trenza.core import clock, files
from trenza.core.backup import record

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    settings.HOME, settings.FILES_ROOT, settings.PRIVATE_ROOT = folder, folder / "files", folder / "private"
    return folder


def test_home(settings, home):
    assert state(folders.home) == GOOD
    home.chmod(0o750)
    assert state(folders.home) == WARNING
    settings.HOME = home / "missing"
    assert state(folders.home) == WRONG


def test_writable(settings, home):
    assert state(folders.writable) == GOOD
    settings.HOME = home / "missing"
    assert state(folders.writable) == WRONG
    settings.HOME = home
    (home / "files").touch()
    assert state(folders.writable) == WRONG


def test_whole_files(home):
    assert state(folders.whole_files) == GOOD
    name = f"{hashlib.sha256(b'picture').hexdigest()[:20]}.webp"
    files.put(name, b"picture")
    assert state(folders.whole_files) == GOOD
    (home / "files" / name[:2] / name).write_bytes(b"pictura")
    assert state(folders.whole_files) == WRONG


@pytest.mark.parametrize(("free", "expected"), [(10 * 2**30, GOOD), (2**30, WARNING), (100 * 2**20, WRONG)])
def test_room(monkeypatch, free, expected):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=free))
    assert state(folders.room) == expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [(timedelta(hours=30), GOOD), (timedelta(hours=40), WARNING), (timedelta(days=9), WRONG)],
)
def test_last_backup_by_its_age(age, expected):
    assert state(folders.last_backup) == WARNING
    record.keep(record.Last(NOON.isoformat(), "b.trenza", 1, 1, verified=True, secret_key=True))
    with clock.travel(NOON + age):
        assert state(folders.last_backup) == expected


def test_last_backup_that_was_not_read_back_or_lacks_the_key(home):
    with clock.travel(NOON):
        record.keep(record.Last(NOON.isoformat(), "b.trenza", 1, 1, verified=False, secret_key=True))
        assert state(folders.last_backup) == WARNING
        record.keep(record.Last(NOON.isoformat(), "b.trenza", 1, 1, verified=True, secret_key=False))
        assert state(folders.last_backup) == GOOD
        (home / "secret.key").touch()
        assert state(folders.last_backup) == WARNING
    (home / "backup.json").write_text("{")
    assert record.last() is None
