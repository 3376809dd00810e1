"""What every importer promises, and what it hands over."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from trenza.apps.learning.content.importers.options import DEFAULTS, Options
from trenza.apps.learning.content.report import Remark
from trenza.apps.learning.content.sources import Files


@dataclass(frozen=True)
class Imported:
    """A foreign course in our format. `origin` says from which of its files each of ours was made.

    `files` is a complete course folder: `write_course` writes it, `compile_files` compiles it.
    """

    files: Files
    origin: Mapping[str, str]
    kept: Mapping[str, int]
    missing: tuple[Remark, ...]
    changed: tuple[Remark, ...]
    unused: tuple[str, ...]


class Importer(Protocol):
    """A module that knows one foreign format. It reads bytes and gives bytes: no disk, no network, no database."""

    NAME: str
    """What the command line and the report call the format."""

    def is_project(self, names: Collection[str]) -> bool:
        """Whether files with these names are a course in this format; nothing in them is read."""

    def convert(self, files: Files, folder_name: str, options: Options = DEFAULTS) -> Imported:
        """The course in our format. `folder_name` gives it its code where nothing else does.

        Raises:
            CourseErrors: everything for which there is no course, each with its file, its line and what to do.
        """
