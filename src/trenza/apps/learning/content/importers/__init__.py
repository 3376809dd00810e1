"""Courses that others wrote, converted into our own format and then compiled like any other.

docs/importing.md says what becomes of what. `contract.Importer` is what an importer promises; a new one is a module
or a package here that keeps it, and its name in `IMPORTERS`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from typing import cast

from trenza.apps.learning.content.errors import CourseError, CourseErrors
from trenza.apps.learning.content.importers.contract import Imported, Importer
from trenza.apps.learning.content.importers.options import FILE, KEYS, Options, find_options, read_options, set_options
from trenza.apps.learning.content.manifest import NAME as COURSE
from trenza.apps.learning.content.sources import Files


class _AtFirstUse(Mapping[str, Importer]):
    """Importers by the names of their modules, each loaded once somebody asks for it: few do, and a hub has none of
    the memory to spare that they and their parsers take."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def __getitem__(self, name: str) -> Importer:
        if name not in self._names:
            raise KeyError(name)
        return cast(Importer, import_module(f"{__name__}.{name}"))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


IMPORTERS: Mapping[str, Importer] = _AtFirstUse("raspberrypi", "carpentries", "topics", "markdown")
"""By name. The first that knows a folder reads it, so those that look for more come first."""

_ON_REQUEST = frozenset({"markdown"})
"""Formats with no sign of their own: any folder could be one, so they are tried only where an import is asked for."""


def recognise(names: Collection[str], *, on_request: bool = False) -> str:
    """The name of the first importer that knows files with these names; empty when none does, or when it is ours."""
    if COURSE in names:
        return ""
    known = (name for name, each in IMPORTERS.items() if on_request or FILE in names or name not in _ON_REQUEST)
    return next((name for name in known if IMPORTERS[name].is_project(names)), "")


def convert(
    files: Files, folder_name: str, options: Options | None = None, *, importer: str = "", settings: Iterable[str] = ()
) -> Imported:
    """A foreign course in our format, by the importer named, or by the first that knows its files.

    Over `options` come those of an `import.toml` among the files, and over them `settings` (`key=value`).

    Raises:
        CourseErrors: no importer knows the files, an option is not known, or there is something wrong with the course.
    """
    name = importer or recognise(files, on_request=True)
    if name not in IMPORTERS:
        known = ", ".join(IMPORTERS)
        problem = f'There is no importer "{name}".' if name else "No importer knows what kind of course this is."
        raise CourseErrors(
            [CourseError(folder_name, 0, problem, f"There are: {known}. docs/importing.md describes them.")]
        )
    imported = IMPORTERS[name].convert(files, folder_name, find_options(files, options, settings))
    return replace(imported, files={each: _as_it_is(each, data) for each, data in imported.files.items()})


def _as_it_is(name: str, data: bytes) -> bytes:
    """Who wrote it knows no words of a programme: `{{name}}` is what she wrote."""
    if not name.endswith(".md") or b"{{" not in data:
        return data
    from trenza.apps.learning.content.markdown import make_parser  # the parser of Markdown, 2 MB
    from trenza.apps.learning.content.words import keep_braces

    return keep_braces(data.decode(), make_parser("en")).encode()


__all__ = [
    "IMPORTERS",
    "KEYS",
    "Imported",
    "Importer",
    "Options",
    "convert",
    "find_options",
    "read_options",
    "recognise",
    "set_options",
]
