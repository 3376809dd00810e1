"""What an importer is told to do with what our format lacks, and what the source does not say.

The same keys stand in an `import.toml` at the top of the folder and after `--set` on the command line, which wins.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from trenza.apps.learning.content.errors import CourseError, CourseErrors, Problems
from trenza.apps.learning.content.manifest import check_keys, key_line, presentable, read_text, read_toml, shown
from trenza.apps.learning.content.sources import Files

FILE = "import.toml"
COMMAND_LINE = "--set"

CHOICES: Mapping[str, tuple[str, ...]] = {
    "external_images": ("link", "drop"),
    "videos": ("link", "drop"),
    "drawings": ("draw", "describe", "drop"),
    "instructor_notes": ("drop", "hidden"),
    "scripts": ("drop", "hidden"),
    "solutions": ("hidden", "drop"),
    "questions": ("graded", "prose"),
    "ungraded_quiz": ("prose", "drop"),
    "boilerplate": ("drop", "keep"),
}
"""The values of each option that is a choice; the first one holds where nobody chooses."""


@dataclass(frozen=True)
class Options:
    """`docs/importing.md` says what each does. An empty text leaves it to the source to say."""

    code: str = ""
    title: str = ""
    summary: str = ""
    language: str = ""
    licence: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""

    external_images: str = "link"
    videos: str = "link"
    drawings: str = "draw"
    instructor_notes: str = "drop"
    scripts: str = "drop"
    solutions: str = "hidden"
    questions: str = "graded"
    ungraded_quiz: str = "prose"
    boilerplate: str = "drop"
    split: bool = True
    """Long pages become several lessons of 5 to 15 minutes."""


DEFAULTS = Options()
KEYS = tuple(field.name for field in dataclasses.fields(Options))
_TEXTS = ("code", "title", "summary", "language", "licence", "source")
_LONGEST = 1_000
_SWITCH = {"true": True, "false": False}


def read_options(data: bytes, base: Options = DEFAULTS, name: str = FILE) -> Options:
    """The options in a TOML file, over `base`.

    Raises:
        CourseErrors: it is not TOML, or a key or a value is not known; the error names those that are.
    """
    problems = Problems()
    text = read_text(name, data, problems) or ""
    table = read_toml(name, text, problems)
    problems.raise_if_any()
    return _apply(table or {}, base, name, text)


def set_options(settings: Iterable[str], base: Options = DEFAULTS) -> Options:
    """The options of texts like `title=First steps`, over `base`. `authors` takes several names, divided by `;`.

    Raises:
        CourseErrors: as `read_options`, with `--set` in the place of a file.
    """
    table: dict[str, object] = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals:
            raise CourseErrors(
                [CourseError(COMMAND_LINE, 0, f'"{shown(setting)}" sets nothing.', "Write `--set key=value`.")]
            )
        key = key.strip()
        if key == "authors":
            table[key] = [name.strip() for name in value.split(";")]
        else:
            table[key] = _SWITCH.get(value.strip(), value) if key == "split" else value
    return _apply(table, base, COMMAND_LINE, "")


def find_options(files: Files, base: Options | None = None, settings: Iterable[str] = ()) -> Options:
    """What holds for these files: `base`, over it their own import.toml, over that the settings.

    Raises:
        CourseErrors: as `read_options` and `set_options`.
    """
    found = base or DEFAULTS
    if FILE in files:
        found = read_options(files[FILE], found)
    return set_options(settings, found)


def _apply(table: Mapping[str, object], base: Options, name: str, text: str) -> Options:
    problems = Problems()

    def line(key: str) -> int:
        return key_line(text, key) if text else 0

    check_keys(name, table, KEYS, line, problems)
    changes: dict[str, Any] = {}
    for key, value in table.items():
        if key not in KEYS:
            continue
        try:
            changes[key] = _value(key, value)
        except _WrongValue as wrong:
            problems.add(name, line(key), f'"{key}" cannot be {shown(value)}.', wrong.args[0])
    problems.raise_if_any()
    return dataclasses.replace(base, **changes)


class _WrongValue(Exception):
    """A value that an option cannot have; its text says which it can."""


def _value(key: str, value: object) -> object:
    if key == "split":
        if not isinstance(value, bool):
            raise _WrongValue("Write true or false.")
        return value
    if key == "authors":
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
            raise _WrongValue('Write a list of names: ["Rosa Mamani"].')
        return tuple(_words(each) for each in names)
    if not isinstance(value, str):
        raise _WrongValue("Write a text between quotation marks.")
    if key in _TEXTS:
        return _words(value)
    if value.strip() not in CHOICES[key]:
        raise _WrongValue(f"It can be: {', '.join(CHOICES[key])}.")
    return value.strip()


def _words(value: str) -> str:
    words = " ".join(value.split())
    if not words or len(words) > _LONGEST or not presentable(words):
        raise _WrongValue("Write a text that can be shown, and not a long one.")
    return words
