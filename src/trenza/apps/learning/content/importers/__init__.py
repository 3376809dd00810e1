"""Courses that others wrote, converted into our own format and then compiled like any other.

An importer is a module with `NAME`, `is_project(names)` and `convert(files, folder_name)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from trenza.apps.learning.content.report import Remark
from trenza.apps.learning.content.sources import Files


@dataclass(frozen=True)
class Imported:
    """A foreign course in our format. `origin` says from which of its files each of ours was made."""

    files: Files
    origin: Mapping[str, str]
    kept: Mapping[str, int]
    missing: tuple[Remark, ...]
    changed: tuple[Remark, ...]
    unused: tuple[str, ...]


__all__ = ["Imported"]
