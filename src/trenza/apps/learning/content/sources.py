"""The files of a course, read from a folder or a zip archive that nobody vouches for.

Both come out as the same thing: names (relative, with `/`) and bytes. Nothing is ever unpacked to a disk, and no
name leads out of the folder.
"""

import os
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.images import SUFFIXES

Files = Mapping[str, bytes]

TEXT_SUFFIXES = (".md", ".toml", ".yml", ".yaml", ".txt")
_IGNORED = re.compile(r"(^|/)(\.(?!\.?(?:/|$))[^/]*|__MACOSX|Thumbs\.db)(/|$)")
_BROKEN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


def read_files(path: Path) -> dict[str, bytes]:
    """Everything in a course folder, or in a zip archive of one. Names that begin with a dot are left out.

    Raises:
        CourseErrors: not there, a link, a name that leaves the folder, too many or too large files.
    """
    problems = Problems()
    if path.is_dir():
        files = _read_folder(path, problems)
    elif path.is_file():
        files = _read_zip(path, problems)
    else:
        files = {}
        problems.add(path.name or str(path), 0, "There is no such folder or archive.", "Check the path.")
    problems.raise_if_any()
    return files


def write_files(files: Files, path: Path) -> None:
    """Write a course's files to a new or empty folder: all of them, or nothing.

    Raises:
        CourseErrors: the folder holds something already, a name would leave it, or it cannot be written.
    """
    ensure_empty(path)
    problems = Problems()
    for name in files:
        _check_name(name, problems)
    problems.raise_if_any()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as aside:
            whole = Path(aside) / "whole"
            whole.mkdir()
            for name, data in files.items():
                target = whole / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            if path.exists():
                path.rmdir()
            whole.rename(path)
    except OSError as error:
        problems.add(str(path), 0, f"The folder cannot be written ({error.strerror}).", "Nothing was written there.")
    problems.raise_if_any()


def ensure_empty(path: Path) -> None:
    """Raises: CourseErrors: something is there already, and nothing may be written over it."""
    problems = Problems()
    if path.is_symlink() or (path.exists() and (not path.is_dir() or any(path.iterdir()))):
        problems.add(str(path), 0, "Something is there already.", "Name a new or an empty folder.")
    problems.raise_if_any()


def _check_name(name: str, problems: Problems) -> bool:
    parts = name.split("/")
    if not name.isprintable() or "\\" in name or len(name) > limits.NAME_LENGTH:
        shown = name[: limits.NAME_LENGTH].encode("ascii", "backslashreplace").decode()
        problems.add(
            shown, 0, "The name is too long, or has letters that not every system can write.", "Rename the file."
        )
        return False
    if PurePosixPath(name).is_absolute() or re.match(r"[A-Za-z]:", name) or {"", ".", ".."} & set(parts):
        problems.add(name, 0, "The name leads out of the course's folder.", "Use a plain relative name.")
        return False
    return True


def _size_limit(name: str) -> int:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in TEXT_SUFFIXES:
        return limits.TEXT_SIZE
    return limits.IMAGE_SIZE if suffix in SUFFIXES else limits.OTHER_SIZE


class _Budget:
    """Counts files and bytes, and says once that there are too many."""

    def __init__(self, root: str, problems: Problems) -> None:
        self.root, self.problems = root, problems
        self.files = self.size = 0
        self.spent = False

    def take(self, name: str, size: int) -> bool:
        """Whether the file may be read."""
        if self.spent:
            return False
        self.files += 1
        self.size += size
        if self.files > limits.FILES or self.size > limits.TOTAL_SIZE:
            self.spent = True
            self.problems.add(
                self.root,
                0,
                f"More than {limits.FILES:,} files or {limits.TOTAL_SIZE // 1024 // 1024} MB.",
                "Take out what the course does not use.",
            )
            return False
        limit = _size_limit(name)
        if size > limit:
            self.problems.add(
                name, 0, f"The file is larger than {limit // 1024:,} KB.", "Make it smaller or divide it."
            )
            return False
        return True


def _read_folder(path: Path, problems: Problems) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    budget = _Budget(path.name, problems)

    def unreadable(error: OSError) -> None:
        problems.add(path.name, 0, "A folder in it cannot be opened.", f"Check its permissions ({error.strerror}).")

    for folder, subfolders, names in os.walk(path, onerror=unreadable):
        subfolders[:] = sorted(name for name in subfolders if not _IGNORED.search(name))
        for link in [name for name in subfolders if (Path(folder) / name).is_symlink()]:
            _refuse_link((Path(folder) / link).relative_to(path).as_posix(), problems)
        for name in sorted(name for name in names if not _IGNORED.search(name)):
            found = Path(folder) / name
            relative = found.relative_to(path).as_posix()
            if not _check_name(relative, problems):
                continue
            try:
                status = found.lstat()
                if not stat.S_ISREG(status.st_mode):
                    _refuse_link(relative, problems)
                elif budget.take(relative, status.st_size):
                    files[relative] = found.read_bytes()
            except OSError as error:
                problems.add(relative, 0, "The file cannot be read.", f"Check its permissions ({error.strerror}).")
    return files


def _refuse_link(name: str, problems: Problems) -> None:
    problems.add(name, 0, "Links are refused: they can lead anywhere.", "Put the file itself in the folder.")


def _read_zip(path: Path, problems: Problems) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    size = path.stat().st_size
    if size > limits.TOTAL_SIZE:
        problems.add(
            path.name, 0, f"The archive is larger than {limits.TOTAL_SIZE // 1024 // 1024} MB.", "Make it smaller."
        )
        return files
    budget = _Budget(path.name, problems)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            unpacked = sum(entry.file_size for entry in entries)
            if unpacked > limits.RATIO_FREE_SIZE and unpacked > limits.ARCHIVE_RATIO * size:
                problems.add(
                    path.name,
                    0,
                    f"The archive would grow to more than {limits.ARCHIVE_RATIO} times its size.",
                    "Pack the plain folder of the course.",
                )
                return files
            for entry in entries:
                if _IGNORED.search(entry.filename) or not _check_entry(entry, files, problems):
                    continue
                if budget.take(entry.filename, entry.file_size):
                    with archive.open(entry) as member:
                        data = member.read(entry.file_size + 1)
                    if len(data) != entry.file_size:  # the directory of the archive lies about it
                        raise zipfile.BadZipFile(entry.filename)
                    files[entry.filename] = data
    except _BROKEN_ARCHIVE:
        problems.add(
            path.name, 0, "This is not a folder, nor a zip archive that can be read.", "Pack the course again."
        )
    return _without_top_folder(files)


def _check_entry(entry: zipfile.ZipInfo, files: Files, problems: Problems) -> bool:
    if not _check_name(entry.filename, problems):
        return False
    mode = entry.external_attr >> 16
    if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
        _refuse_link(entry.filename, problems)
    elif entry.filename in files:
        problems.add(entry.filename, 0, "The name occurs twice in the archive.", "Pack the course again.")
    elif entry.flag_bits & 0x1:
        problems.add(entry.filename, 0, "The file is locked with a password.", "Pack the course without one.")
    elif entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        problems.add(entry.filename, 0, "The file is packed in an unusual way.", "Pack it as an ordinary zip.")
    elif entry.file_size > limits.RATIO_FREE_SIZE and entry.file_size > limits.ARCHIVE_RATIO * entry.compress_size:
        problems.add(
            entry.filename,
            0,
            f"The file would grow to more than {limits.ARCHIVE_RATIO} times its packed size.",
            "Pack the plain folder of the course.",
        )
    else:
        return True
    return False


def _without_top_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    tops = {name.split("/", 1)[0] for name in files}
    if len(tops) == 1 and all("/" in name for name in files):
        return {name.split("/", 1)[1]: data for name, data in files.items()}
    return files
