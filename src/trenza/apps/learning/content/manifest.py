"""`course.toml`: what a course is called, whose it is, and which lessons it has in which order."""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.errors import Problems

NAME = "course.toml"
FORMAT = 1
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE_LENGTH = 64
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
LICENCE = re.compile(r"[A-Za-z0-9.+-]{1,60}")

REQUIRED = ("format", "code", "title", "summary", "language", "licence", "authors", "lessons")
KEYS = (*REQUIRED, "source", "pass_score", "level", "words", "tests")
LESSON_KEYS = ("title", "minutes", "summary", "exam", "digcomp", "offline", "source")
"""Of the front matter of a lesson."""
LEVELS = ("basic", "intermediate", "advanced")


@dataclass(frozen=True)
class Manifest:
    """What course.toml says. `lessons` are names of files, in order; `tests` is one, or empty, as `level` may be;
    `words` are as they were written (words.py reads them)."""

    code: str
    title: str
    summary: str
    language: str
    licence: str
    authors: tuple[str, ...]
    source: str
    pass_score: float
    lessons: tuple[str, ...]
    level: str = ""
    words: Mapping[str, Any] | None = None
    tests: str = ""


def read_text(name: str, data: bytes, problems: Problems) -> str | None:
    """The text of a file with plain line ends, or None when it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.add(name, line, "The file is not UTF-8.", "Save it again with the encoding UTF-8.")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_toml(name: str, text: str, problems: Problems, first_line: int = 1) -> dict[str, Any] | None:
    """A TOML table, or None when it is malformed. `first_line` is where `text` begins in its file."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        reason = re.sub(r" \(at .*\)$", "", str(error))
        problems.add(
            name, first_line + line - 1, f"This is not TOML: {reason}.", 'Write `key = "value"`, one on each line.'
        )
    except RecursionError:
        problems.add(name, first_line, "The values are nested too deeply.", "Write plain values.")
    return None


def key_line(text: str, key: str, first_line: int = 1) -> int:
    """The line of a top-level key, or the first one when it cannot be found."""
    found = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", text, re.MULTILINE)
    return first_line + (text.count("\n", 0, found.start()) if found else 0)


def check_keys(
    name: str, table: Iterable[str], known: Iterable[str], line: Callable[[str], int], problems: Problems
) -> None:
    """Complain about keys that nobody reads, with the one that was probably meant."""
    known = tuple(known)
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            remedy = f'Did you mean "{near[0]}"?' if near else f"Known are: {', '.join(known)}."
            problems.add(name, line(key), f'Nobody reads "{shown(key)}".', remedy)


def presentable(text: str) -> bool:
    """Whether each letter can be shown. Joiners can: emoji are made with them; control characters cannot."""
    return text.replace("\u200d", "").replace("\u200c", "").isprintable()


def shown(value: object) -> str:
    """A value as a short piece of one line, safe to print."""
    text = str(value) if isinstance(value, str) else repr(value)
    text = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return text if len(text) <= 60 else f"{text[:57]}…"


def read_manifest(data: bytes, problems: Problems) -> Manifest | None:
    """What course.toml says, or None when it cannot be read at all.

    Whatever is wrong is added to `problems`; a value that is wrong is replaced by a harmless one, so that the
    lessons can be checked all the same.
    """
    text = read_text(NAME, data, problems)
    table = read_toml(NAME, text, problems) if text is not None else None
    if text is None or table is None:
        return None
    return _Reader(text, table, problems).read()


class _Reader:
    def __init__(self, text: str, table: dict[str, Any], problems: Problems) -> None:
        self.text, self.table, self.problems = text, table, problems

    def read(self) -> Manifest:
        check_keys(NAME, self.table, KEYS, self.line, self.problems)
        for key in REQUIRED:
            if key not in self.table:
                self.problems.add(NAME, 0, f'"{key}" is missing.', f"Add a line `{key} = …`.")
        version = self.table.get("format", FORMAT)
        if version != FORMAT or isinstance(version, bool):
            self.wrong("format", f"Format {shown(version)} is not known.", f"Write `format = {FORMAT}`.")
        return Manifest(
            code=self.matching("code", CODE, "Use small letters, digits and hyphens, for example `first-steps`."),
            title=self.words("title", limits.TITLE_LENGTH),
            summary=self.words("summary", limits.SUMMARY_LENGTH),
            language=self.matching("language", LANGUAGE, "Write a BCP 47 code, for example `es` or `es-419`."),
            licence=self.matching("licence", LICENCE, "Write an SPDX identifier, for example `CC-BY-SA-4.0`."),
            authors=self.names("authors", "Name who wrote it, even if it is an organisation."),
            source=self.words("source", limits.SOURCE_LENGTH, required=False),
            pass_score=self.pass_score(),
            lessons=self.lessons(),
            level=self.level(),
            words=self.table.get("words"),
            tests=self.words("tests", CODE_LENGTH, required=False),
        )

    def line(self, key: str) -> int:
        return key_line(self.text, key)

    def wrong(self, key: str, problem: str, remedy: str) -> None:
        self.problems.add(NAME, self.line(key), problem, remedy)

    def words(self, key: str, longest: int, *, required: bool = True) -> str:
        if key not in self.table:
            return ""
        return check_words(
            self.table[key], key, longest, lambda problem, remedy: self.wrong(key, problem, remedy), required=required
        )

    def matching(self, key: str, pattern: re.Pattern[str], remedy: str) -> str:
        value = self.words(key, CODE_LENGTH)
        if value and not pattern.fullmatch(value):
            self.wrong(key, f'"{shown(value)}" is not a {key} as we write it.', remedy)
        return value

    def names(self, key: str, remedy: str) -> tuple[str, ...]:
        if key not in self.table:
            return ()
        value = self.table[key]
        if (
            not isinstance(value, list)
            or not value
            or not all(isinstance(item, str) and item.strip() for item in value)
        ):
            self.wrong(key, f'"{key}" must be a list of texts with at least one in it.', remedy)
            return ()
        names = tuple(" ".join(item.split()) for item in value)
        if not all(presentable(item) and len(item) <= limits.TITLE_LENGTH for item in names):
            self.wrong(key, "A text in the list is too long or has letters that cannot be shown.", remedy)
            return ()
        return names

    def pass_score(self) -> float:
        value = self.table.get("pass_score", 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            self.wrong("pass_score", f"{shown(value)} is not a share of right answers.", "Write a number from 0 to 1.")
            return 0.0
        return float(value)

    def level(self) -> str:
        value = self.words("level", CODE_LENGTH)
        if value and value not in LEVELS:
            self.wrong("level", f'"{shown(value)}" is not a level.', f"Known are: {', '.join(LEVELS)}.")
            return ""
        return value

    def lessons(self) -> tuple[str, ...]:
        names = self.names("lessons", "List the files of the lessons in their order.")
        if len(names) > limits.LESSONS:
            self.wrong("lessons", f"The course has {len(names)} lessons.", f"At most {limits.LESSONS}: divide it.")
        for name in {name for name in names if names.count(name) > 1}:
            self.wrong("lessons", f'"{shown(name)}" is listed twice.', "List each lesson once.")
        return tuple(dict.fromkeys(names))[: limits.LESSONS]


def check_words(
    value: object, key: str, longest: int, wrong: Callable[[str, str], None], *, required: bool = True
) -> str:
    """A text of one line; spaces and line ends within it become one space each."""
    if not isinstance(value, str):
        wrong(f'"{key}" must be a text.', "Put it between quotation marks.")
        return ""
    words = " ".join(value.split())
    if required and not words:
        wrong(f'"{key}" is empty.', "Write it.")
    elif len(words) > longest:
        wrong(f'"{key}" has {len(words)} letters.', f"Shorten it to {longest}.")
    elif not presentable(words):
        wrong(f'"{key}" has letters that cannot be shown.', "Write it again by hand.")
    else:
        return words
    return ""
