"""Packs: what a phone downloads to have a version of a course without a signal.

The chunks are kept as files by their hash, made when a version is published, or when a pack of an older one is first
asked for. A version never changes, so a process works out each pack once.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Self
from uuid import UUID

from trenza.apps.learning.content.packs import PackedPicture, cut, packed, pictures_in
from trenza.apps.learning.models import CourseVersion, Lesson
from trenza.core import files


@dataclass(frozen=True)
class PackFile:
    """A file of a pack. `size` is what it weighs on the wire, `sha256` that of its bytes unpacked, in hex.

    `old_phones` is what a phone downloads instead that cannot show the format.
    """

    name: str
    size: int
    sha256: str
    old_phones: Self | None = None


@dataclass(frozen=True)
class PackedLesson:
    """A lesson (without its body) and the files that it needs."""

    lesson: Lesson
    file: str
    images: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """Everything of a version in the order of its lessons, each file once.

    `stands_for`: a picture's other files by name -> the file of the pack that is shown instead.
    """

    files: tuple[PackFile, ...]
    lessons: tuple[PackedLesson, ...]
    stands_for: Mapping[str, str]

    @property
    def size(self) -> int:
        """What downloading it costs, in bytes."""
        return sum(file.size for file in self.files)


def pack_of(version: CourseVersion) -> Pack:
    """The pack of a published version. A picture whose file was lost is left out: the lesson is worth having."""
    pack = _make(version.pk)
    if all(files.find(each.file) for each in pack.lessons):
        return pack
    _make.cache_clear()
    return _make(version.pk)


@lru_cache(maxsize=200)
def _make(version: UUID) -> Pack:
    rows = list(Lesson.objects.filter(version=version).select_related("version__course").defer("questions", "guide"))
    contents: dict[str, PackFile] = {}
    chunk_of: dict[str, str] = {}
    for chunk in cut((row.code, row.body, row.body_bytes) for row in rows):
        files.put(chunk.name, chunk.data)
        contents[chunk.name] = PackFile(chunk.name, len(packed(chunk.data)), hashlib.sha256(chunk.data).hexdigest())
        chunk_of |= dict.fromkeys(chunk.lessons, chunk.name)
    lessons = []
    stands_for: dict[str, str] = {}
    for row in rows:
        images = []
        for picture in pictures_in(row.body):
            file = contents.get(picture.kept) or _picture(picture)
            if file:
                contents[file.name] = file
                images.append(file.name)
                stands_for |= dict.fromkeys(picture.others, file.name)
        lessons.append(PackedLesson(_without_body(row), chunk_of[row.code], tuple(images)))
    return Pack(tuple(contents.values()), tuple(lessons), stands_for)


def _picture(picture: PackedPicture) -> PackFile | None:
    kept = _file(picture.kept)
    if kept is None or not picture.old_phones:
        return kept
    return PackFile(kept.name, kept.size, kept.sha256, _file(picture.old_phones))


def _file(name: str) -> PackFile | None:
    path = files.find(name)
    if path is None:
        return None
    data = path.read_bytes()
    size = len(packed(data)) if name.endswith(".svg") else len(data)
    return PackFile(name, size, hashlib.sha256(data).hexdigest())


def _without_body(row: Lesson) -> Lesson:
    """A pack stays in memory; bodies need not."""
    row.body = ""
    return row
