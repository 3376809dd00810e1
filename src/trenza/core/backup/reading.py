"""Read a backup to its end, and refuse whatever its manifest did not declare."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from trenza.core.backup import envelope, folders, frames
from trenza.core.backup.errors import BackupError, Damaged, Newer

_MOST_TABLES = 5_000
_MOST_FILES = 1_000_000
# What rows may take as they are written down, against what the database took; then the file is not what it says.
_GROWTH = 4
_ALWAYS = 64 * 2**20


class Sink(Protocol):
    """Where the contents go."""

    def rows(self, table: frames.Table, rows: list[list[frames.Value]]) -> None: ...

    def part(self, name: str, content: bytes, digest: str | None) -> None: ...


class Nowhere:
    """Contents that are counted only; the digests are looked at all the same."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def rows(self, table: frames.Table, rows: list[list[frames.Value]]) -> None:
        pass

    def part(self, name: str, content: bytes, digest: str | None) -> None:
        self._digest.update(content)
        if digest is not None:
            found, self._digest = self._digest.hexdigest(), hashlib.sha256()
            if digest and (found != digest or not folders.is_named(name, found)):
                raise Damaged("A file in it is not what its digest says.")


class Opened:
    """A backup whose manifest was read; `pour` reads the rest, once."""

    def __init__(self, manifest: frames.Manifest, rest: Iterator[tuple[frames.Frame, int]]) -> None:
        self.manifest = manifest
        self._rest = rest

    def pour(self, sink: Sink) -> None:
        """Give everything to `sink`, in order.

        Raises:
            Damaged: something is missing, or was not declared.
        """
        rows = [0] * len(self.manifest.tables)
        files = _Files(self.manifest.files)
        most = _GROWTH * self.manifest.database_bytes + _ALWAYS
        for frame, size in self._rest:
            if isinstance(frame, frames.Rows):
                most -= size
                if most < 0:
                    raise Damaged("It holds far more than it declares.")
                self._rows(frame, rows, sink)
            elif isinstance(frame, frames.Part):
                sink.part(files.name(frame), frame.content, frame.digest)
            elif isinstance(frame, frames.End):
                if rows != self.manifest.rows or frame.rows != rows or files.left or frame.files != files.done:
                    raise Damaged("Rows or files are missing.")
                if next(self._rest, None) is not None:
                    raise Damaged("Something follows its end.")
                return
            else:
                raise Damaged("It begins twice.")
        raise Damaged("Its end is missing.")

    def _rows(self, frame: frames.Rows, came: list[int], sink: Sink) -> None:
        if not 0 <= frame.table < len(came):
            raise Damaged("It holds rows of a table that it does not declare.")
        table = self.manifest.tables[frame.table]
        if any(len(row) != len(table.columns) for row in frame.rows):
            raise Damaged("A row has other columns than its table.")
        came[frame.table] += len(frame.rows)
        if came[frame.table] > self.manifest.rows[frame.table]:
            raise Damaged("It holds more rows than it declares.")
        sink.rows(table, frame.rows)


class _Files:
    """The declared files, one after the other, none longer than declared."""

    def __init__(self, declared: Sequence[tuple[str, int]]) -> None:
        self._declared = declared
        self._bytes = 0
        self.done = 0

    @property
    def left(self) -> int:
        return len(self._declared) - self.done

    def name(self, part: frames.Part) -> str:
        """The file that this part belongs to."""
        if part.file != self.done or not self.left:
            raise Damaged("Files come in another order than declared.")
        name, size = self._declared[part.file]
        self._bytes += len(part.content)
        if self._bytes > size or (part.digest and self._bytes != size):
            raise Damaged("A file has another size than declared.")
        if part.digest is not None:
            self.done, self._bytes = self.done + 1, 0
        return name


@contextmanager
def opened(path: Path, identities: Sequence[envelope.Identity]) -> Iterator[Opened]:
    """Open a backup and read its manifest.

    Raises:
        BackupError: it cannot be opened, read or believed; its text says why.
    """
    with _file(path) as file:
        line = envelope.read_line(file)
        with envelope.unseal(file, identities) as stream:
            inside = frames.unpack(stream)
            manifest, _ = next(inside, (None, 0))
            if not isinstance(manifest, frames.Manifest):
                raise Damaged("Its beginning is missing.")
            _believe(manifest, line)
            yield Opened(manifest, inside)


def examine(path: Path, identities: Sequence[envelope.Identity]) -> frames.Manifest:
    """Read all of it, change nothing, and say what is in it.

    Raises:
        BackupError: it is not whole, or not ours.
    """
    with opened(path, identities) as backup:
        backup.pour(Nowhere())
        return backup.manifest


def peek(path: Path) -> envelope.Line:
    """What its first line says, which anybody may read and nobody has proven."""
    with _file(path) as file:
        return envelope.read_line(file)


def _file(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from None


def _believe(manifest: frames.Manifest, line: envelope.Line) -> None:
    if manifest.format > frames.FORMAT:
        raise Newer(
            f"Trenza {manifest.trenza} made it, in a newer format than this program reads. Update Trenza first."
        )
    said = (line.format, line.trenza, line.system, line.device, line.made_at)
    if said != (manifest.format, manifest.trenza, manifest.system, manifest.device, manifest.made_at):
        raise Damaged("Its first line was changed.")
    names = [table.name for table in manifest.tables]
    files = [name for name, _ in manifest.files]
    whole = (
        len(names) == len(set(names)) == len(manifest.rows) <= _MOST_TABLES
        and len(files) == len(set(files)) <= _MOST_FILES
        and min([0, manifest.database_bytes, *manifest.rows, *(size for _, size in manifest.files)]) == 0
    )
    if not whole:
        raise Damaged("Its manifest contradicts itself.")
    if not all(folders.is_safe(name) for name in files):
        raise Damaged("It names a file that would lie outside of Trenza's folders.")
