"""The home: who can read it, whether there is room, whether its files are what their names say."""

import hashlib
import random
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from trenza.cli.doctor.finding import Finding, good, warning, wrong
from trenza.core import backup, clock

_LITTLE, _TOO_LITTLE = 2 * 2**30, 300 * 2**20
SAMPLE = 50
OLD_BACKUP, TOO_OLD_BACKUP = timedelta(hours=36), timedelta(days=8)


def home() -> Finding:
    """Only its owner may read the home: names and codes are in it."""
    folder = Path(settings.HOME)
    if not folder.is_dir():
        return wrong(
            "home", f"{folder} is not there.", "Make it, for the user who runs Trenza alone: install -d -m 700."
        )
    if folder.stat().st_mode & 0o077:
        return warning("home", f"Others on this machine can look into {folder}.", f"chmod 700 {folder}")
    return good("home", f"{folder} is its owner's alone.")


def writable() -> Finding:
    """Files of courses and certificates can be written."""
    for name in ("HOME", "FILES_ROOT", "PRIVATE_ROOT"):
        folder = Path(getattr(settings, name))
        if folder.exists() or name == "HOME":
            try:
                with tempfile.NamedTemporaryFile(dir=folder):
                    pass
            except OSError as error:
                return wrong(
                    "files", f"{folder} cannot be written ({error.strerror}).", "Give it to the user who runs Trenza."
                )
    return good("files", "Can be written.")


def whole_files() -> Finding:
    """A sample of the files that are named by their hash still has it."""
    root = Path(settings.FILES_ROOT)
    paths = sorted(path for path in root.glob("??/*") if path.is_file() and not path.name.startswith("tmp"))
    sample = random.Random(clock.now().date().isoformat()).sample(paths, min(SAMPLE, len(paths)))
    damaged = [path for path in sample if not _digest(path).startswith(path.stem)]
    if damaged:
        return wrong(
            "file contents",
            f"{len(damaged)} of {len(sample)} files of courses are damaged, such as {damaged[0].name}.",
            "Look at the disk. Take them from a backup: restore it into another TRENZA_HOME, and copy them.",
        )
    return good("file contents", f"{len(sample)} of {len(paths)} files looked at: as they should be.")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def room() -> Finding:
    """Free disk, for the home and for SQLite's file."""
    folders = {Path(settings.HOME)}
    if connection.vendor == "sqlite":
        folders.add(Path(connection.settings_dict["NAME"]).parent)
    free = min(shutil.disk_usage(folder).free for folder in folders if folder.exists())
    shown = f"{free // 2**20} MB of disk are free."
    remedy = "Make room: old backups and logs first, and what a restore kept aside. A full disk stops every change."
    if free < _TOO_LITTLE:
        return wrong("disk", shown, remedy)
    return warning("disk", shown, remedy) if free < _LITTLE else good("disk", shown)


def last_backup() -> Finding:
    """How old the last backup is, and whether it was read back."""
    last = backup.last()
    remedy = "trenza backup FOLDER --verify, and a timer for each night: docs/install.md."
    if last is None:
        return warning("backup", "None was made here yet.", remedy)
    age = clock.now() - datetime.fromisoformat(last.made_at)
    shown = f"The last was made {_days(age)}, with {last.entries} entries"
    if age > TOO_OLD_BACKUP:
        return wrong("backup", f"{shown}.", remedy)
    if age > OLD_BACKUP:
        return warning("backup", f"{shown}.", remedy)
    if not last.verified:
        return warning("backup", f"{shown}; it was not read back whole.", "trenza backup FOLDER --verify")
    if not last.secret_key and _has_key_file():
        return warning("backup", f"{shown}; the secret key is not in it.", remedy)
    return good("backup", f"{shown}; it was read back whole.")


def _has_key_file() -> bool:
    return (Path(settings.HOME) / "secret.key").exists()


def _days(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3_600)
    return f"{hours} hours ago" if hours < 48 else f"{hours // 24} days ago"


CHECKS = (home, writable, whole_files, room)
WITH_DATABASE = (last_backup,)
