"""Make a backup while people work: one file, encrypted as it is written, renamed when it is whole on the disk."""

import errno
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from django.db import connection

from trenza.core import clock
from trenza.core.backup import engines, envelope, folders, frames, identity, record, schema
from trenza.core.backup.errors import BackupError, Damaged, NoRoom
from trenza.core.backup.reading import examine

SUFFIX = ".trenza"
_PART = 2**20
_NAME = re.compile(r"^trenza-[0-9a-f]{8}-[0-9a-f]{8}-(\d{8}T\d{6}Z)\.trenza$")


@dataclass(frozen=True)
class Made:
    """A backup that was written: where, how large, of how many entries; and which old ones were removed."""

    path: Path
    bytes: int
    entries: int
    files: int
    removed: tuple[Path, ...] = ()


def make_backup(
    destination: Path,
    *,
    recipients: Sequence[envelope.Recipient] = (),
    passphrase: str = "",
    keep: int | None = None,
    verify: bool = False,
) -> Made:
    """Back up database, files and keys into `destination`: a folder, or a file that is not there yet.

    Locked for `recipients`, or with `passphrase`. `keep` removes all but so many of this server's own backups in the
    folder, when the new one is there. With `verify` all of it is read back and counted; its bytes always are.

    Raises:
        BackupError: it cannot be made; nothing is left behind.
    """
    if bool(recipients) == bool(passphrase):
        raise BackupError("Say for whom it is locked: recipients (age1…), or a passphrase.")
    if newer := schema.unknown(schema.applied()):
        raise BackupError(
            f"The database is newer than this program ({newer[0][0]}.{newer[0][1]}). Update Trenza first."
        )
    own = envelope.Identity.generate()
    moment = clock.now().astimezone(UTC)
    whose = identity.whose()
    line = envelope.Line(
        format=frames.FORMAT,
        trenza=version("trenza"),
        system=whose.system,
        device=whose.device,
        made_at=moment.isoformat(timespec="seconds"),
        wrapped=envelope.wrap(own, passphrase) if passphrase else "",
    )
    path = _path(destination, whose, moment)
    aside = path.with_name(f".{path.name}.writing")
    contents = _Contents(line)
    try:
        with _create(aside) as file:
            written = _Hashing(file)
            written.write(envelope.write_line(line))
            envelope.seal(contents.written(), written, [own.to_public(), *recipients])  # type: ignore[arg-type] # age only writes
            file.flush()
            os.fsync(file.fileno())
        _read_back(aside, written.hexdigest())
        if verify:
            examine(aside, [own])
        _rename(aside, path)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise NoRoom(f"The disk of {path.parent} is full: no backup was made. Make room, then try again.") from None
        raise BackupError(f"{path.parent} cannot be written: {error.strerror}.") from None
    finally:
        aside.unlink(missing_ok=True)
    removed = _rotate(path, keep) if keep else ()
    made = Made(path, path.stat().st_size, contents.entries, contents.files, removed)
    record.keep(record.Last(line.made_at, path.name, made.bytes, made.entries, verify, contents.secret_key))
    return made


class _Contents:
    """What stands in the backup, frame by frame, out of one snapshot of the database."""

    def __init__(self, line: envelope.Line) -> None:
        self._line = line
        self.entries = 0
        self.files = 0
        self.secret_key = False

    def written(self) -> Iterator[bytes]:
        with engines.snapshot() as database:
            migrations = schema.applied()
            tables = schema.tables(migrations)
            # Files after the snapshot: whatever the rows name is there, and is never changed.
            files = [(name, path, path.stat().st_size) for name, path in folders.files()]
            rows = [database.count(table) for table in tables]
            yield frames.pack(self._manifest(database, migrations, tables, rows, [(n, s) for n, _, s in files]))
            for number, table in enumerate(tables):
                came = 0
                for some in database.rows(table):
                    came += len(some)
                    yield from frames.pack_rows(number, some)
                if came != rows[number]:
                    raise BackupError(f"{table.name} was counted and read differently; try again.")
        for number, (_, path, size) in enumerate(files):
            yield from _parts(number, path, size)
        self.files = len(files)
        self.secret_key = folders.SECRET_KEY in {name for name, _, _ in files}
        yield frames.pack(frames.End(rows, len(files)))

    def _manifest(
        self,
        database: engines.Snapshot,
        migrations: list[schema.Migration],
        tables: list[frames.Table],
        rows: list[int],
        files: list[tuple[str, int]],
    ) -> frames.Manifest:
        self.entries = rows[[table.name for table in tables].index(schema.JOURNAL)]
        return frames.Manifest(
            format=frames.FORMAT,
            trenza=self._line.trenza,
            made_at=self._line.made_at,
            engine=connection.vendor,
            system=self._line.system,
            device=self._line.device,
            position=database.position(),
            tables=tables,
            rows=rows,
            files=files,
            migrations=migrations,
            database_bytes=database.size(),
            secret_key=identity.secret_key_fingerprint(),
        )


def _parts(number: int, path: Path, size: int) -> Iterator[bytes]:
    """A file as it was declared; one that is gone since is declared gone, not invented."""
    digest = hashlib.sha256()
    left = size
    try:
        with path.open("rb") as file:
            while left > _PART:
                part = file.read(_PART)
                digest.update(part)
                left -= len(part)
                if not part:
                    raise BackupError(f"{path.name} changed while it was read; try again.")
                yield frames.pack(frames.Part(number, part))
            part = file.read(left)
    except FileNotFoundError:
        if left != size:
            raise
        yield frames.pack(frames.Part(number, b"", ""))
        return
    if len(part) != left:
        raise BackupError(f"{path.name} changed while it was read; try again.")
    digest.update(part)
    yield frames.pack(frames.Part(number, part, digest.hexdigest()))


class _Hashing:
    """A file that knows the digest of what was written into it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def write(self, content: bytes) -> int:
        self._digest.update(content)
        return self._file.write(content)

    def flush(self) -> None:
        self._file.flush()

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


def _path(destination: Path, whose: identity.Whose, moment: datetime) -> Path:
    if destination.suffix != SUFFIX:
        try:
            destination.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BackupError(f"{destination} cannot be written: {error.strerror}.") from None
        name = f"trenza-{_short(whose.system)}-{_short(whose.device)}-{moment:%Y%m%dT%H%M%SZ}{SUFFIX}"
        destination = destination / name
    if destination.exists():
        raise BackupError(f"{destination} is there already, and no backup is written over.")
    return destination


def _short(uuid: str) -> str:
    """The end of a UUIDv7: its beginning is the time."""
    return uuid[-8:]


def _create(path: Path) -> BinaryIO:
    path.unlink(missing_ok=True)  # what an interrupted backup of the same second left
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _read_back(path: Path, digest: str) -> None:
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != digest:
            raise Damaged(f"The disk of {path.parent} did not keep what was written. Choose another one.")


def _rename(aside: Path, path: Path) -> None:
    aside.rename(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _rotate(newest: Path, keep: int) -> tuple[Path, ...]:
    """Remove the oldest of this server's own, named and marked as such, beyond `keep`."""
    with newest.open("rb") as file:
        ours = envelope.read_line(file)
    found = sorted(
        (match[1], path)
        for path in newest.parent.iterdir()
        if (match := _NAME.match(path.name)) and _is_of(path, ours) and path != newest
    )
    old = tuple(path for _, path in found[: max(0, len(found) - keep + 1)])
    for path in old:
        path.unlink()
    return old


def _is_of(path: Path, ours: envelope.Line) -> bool:
    with suppress(OSError, BackupError), path.open("rb") as file:
        line = envelope.read_line(file)
        return (line.system, line.device) == (ours.system, ours.device)
    return False
