"""Restore a backup: everything is made aside and proven there, then takes its place in a few renames.

Whatever goes wrong before the renames leaves what there was as it was. What was there before is kept beside it.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.db import connection

from trenza.core import clock, triggers
from trenza.core.backup import engines, envelope, folders, frames, identity, places, schema
from trenza.core.backup.errors import (
    BackupError,
    Damaged,
    Foreign,
    Newer,
    NoRoom,
    NotEmpty,
    Unlike,
)
from trenza.core.backup.reading import Opened, opened
from trenza.core.journal import reading as journal
from trenza.core.journal import writing
from trenza.core.models import Task

_ASIDE = ".restoring"
_LOCK = ".restoring.lock"
# Rows with their indexes take about what they took; and something must be left to begin work with.
_SPARE = 200 * 2**20


@dataclass(frozen=True)
class Restored:
    """What stands now, and where what stood before is kept."""

    manifest: frames.Manifest
    kept: tuple[str, ...]
    other_secret_key: bool


def restore_backup(
    path: Path, identities: Sequence[envelope.Identity], *, replace: bool = False, other_system: bool = False
) -> Restored:
    """Put the system of a backup here: rows, files and keys, as they were, under a new device of this server.

    Only onto an empty system, unless `replace`; then only onto an older or newer state of the same system, unless
    `other_system`. Nobody may be working here meanwhile.

    Raises:
        BackupError: it cannot be; its text says why. Everything is as it was.
    """
    home = Path(settings.HOME)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(home), opened(path, identities) as backup:
        manifest = backup.manifest
        _can_hold(manifest)
        _may_take_the_place(manifest, replace=replace, other_system=other_system)
        place = places.place_of(connection)
        place.check_unused()
        _has_room(manifest, home, place)
        files = home / _ASIDE
        with ExitStack() as stack:
            stack.callback(shutil.rmtree, files, ignore_errors=True)
            shutil.rmtree(files, ignore_errors=True)
            files.mkdir(mode=0o700)
            with place.aside():
                _fill(backup, files)
                _prove(manifest)
                _begin_anew()
            stamp = f"before-{clock.now().astimezone(UTC):%Y%m%dT%H%M%SZ}"
            kept = [*_exchange_files(files, home, stamp), *place.exchange(stamp)]
    return Restored(manifest, tuple(kept), _has_other_secret_key(manifest))


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One restore at a time."""
    with (home / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError("Another restore runs here. Wait until it has ended.") from None
        yield


def _can_hold(manifest: frames.Manifest) -> None:
    if unknown := schema.unknown(manifest.migrations):
        named = ".".join(unknown[0])
        raise Newer(
            f"Trenza {manifest.trenza} made it, with something that this program has not ({named}). Update Trenza "
            "first, and see that DJANGO_SETTINGS_MODULE is the one of the system that it is a backup of."
        )
    if schema.tables(manifest.migrations) != manifest.tables:
        raise Unlike("Its tables are not those of this program's history: it was made by a changed Trenza. Use that.")


def _may_take_the_place(manifest: frames.Manifest, *, replace: bool, other_system: bool) -> None:
    in_use = identity.has_entries()
    if (in_use or any(_own_files())) and not replace:
        raise NotEmpty(
            "There is a system here already, and it stays as it is. Restore into an empty one (another TRENZA_HOME and "
            "TRENZA_DATABASE_URL), or with --replace, which keeps what is here aside."
        )
    if in_use and not other_system and identity.whose().system != manifest.system:
        raise Foreign(
            "This is a backup of another system than the one that is here. If that one shall take its place: "
            "--replace --other-system."
        )


def _own_files() -> Iterator[str]:
    return (name for name, _ in folders.files() if name != folders.SECRET_KEY)


def _has_room(manifest: frames.Manifest, home: Path, place: places.Place) -> None:
    files = sum(size for _, size in manifest.files)
    needed = {home: files + _SPARE}
    if place.folder is not None:
        same = place.folder.stat().st_dev == home.stat().st_dev
        needed = {home: files + manifest.database_bytes + _SPARE} if same else {
            home: files + _SPARE, place.folder: manifest.database_bytes + _SPARE
        }  # fmt: skip
    for folder, size in needed.items():
        free = shutil.disk_usage(folder).free
        if free < size:
            raise NoRoom(f"The disk of {folder} has {free // 2**20} MB free; this backup needs {size // 2**20} MB.")


def _fill(backup: Opened, files: Path) -> None:
    """The schema of then, the rows and files of then, then whatever migrations came since."""
    manifest = backup.manifest
    schema.migrate_to(manifest.migrations)
    if identity.has_entries():
        raise Unlike("A migration of this program writes entries, so a backup cannot be restored with it.")
    connection.close()
    with engines.loading(manifest.tables) as loader:
        backup.pour(_Sink(loader, files))
    schema.migrate_on()


class _Sink:
    """Rows go to the loader, files below a folder."""

    def __init__(self, loader: engines.Loader, folder: Path) -> None:
        self._loader = loader
        self._folder = folder
        self._file: folders.Writer | None = None

    def rows(self, table: frames.Table, rows: list[list[frames.Value]]) -> None:
        self._loader.add(table, rows)

    def part(self, name: str, content: bytes, digest: str | None) -> None:
        if digest == "":  # gone before it was read
            return
        if self._file is None:
            self._file = folders.Writer(self._folder, name)
        self._file.write(content)
        if digest is not None:
            self._file.close(digest)
            self._file = None


def _prove(manifest: frames.Manifest) -> None:
    """What can be seen at once: the journal is gapless, ends where it ended, and cannot be changed."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT count(*), coalesce(min("position"), 1) FROM core_entry')
        count, first = cursor.fetchone()
    if (count, first) != (journal.last_position(), 1) or count != manifest.position:
        raise Damaged("Its journal has gaps.")
    if missing := triggers.missing(connection):
        raise BackupError(f"The journal's triggers could not be made: {', '.join(missing)}.")


def _begin_anew() -> None:
    """What must not go on as it was.

    The server takes a new device: after the backup the old one may have written numbers that others have seen. Leases
    are of workers that are not here. Erasures that came later than the backup must be replayed here once they exist.
    """
    writing.renew_authority()
    Task.objects.exclude(leased_until=None).update(leased_until=None)


def _exchange_files(aside: Path, home: Path, stamp: str) -> Iterator[str]:
    """Put each folder, and the secret key, in its place; what was there keeps its name with `stamp`."""
    places_of_files = {**folders.roots(), folders.SECRET_KEY: folders.secret_key_file()}
    for name, place in places_of_files.items():
        new = aside / name
        if not new.exists() and name == folders.SECRET_KEY:
            continue
        if place.exists() and not (place.is_dir() and not any(place.iterdir())):
            kept = place.with_name(f"{place.name}.{stamp}")
            place.rename(kept)
            yield kept.name
        if new.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            new.rename(place)
    places.fsync(home)


def _has_other_secret_key(manifest: frames.Manifest) -> bool:
    """Whether this process signs with another key than the system of the backup did, and will go on to."""
    came = folders.SECRET_KEY in {name for name, _ in manifest.files}
    from_environment = "TRENZA_SECRET_KEY" in os.environ or not folders.secret_key_file().exists()
    return (from_environment or not came) and identity.secret_key_fingerprint() != manifest.secret_key
