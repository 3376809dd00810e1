"""Words that a programme has its own of: `{{moneda}}` in a lesson becomes what people there call it.

A course gives its own in course.toml, under `[words]`. Those of the programme that it lies in come before them
(beside.py); they stand in `words.toml` where a published course was written back without its programme.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.manifest import NAME as MANIFEST
from trenza.apps.learning.content.manifest import key_line, read_text, read_toml, shown

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

NAME: Final = "words.toml"
TABLE: Final = "words"
KEY: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")
VALUE: Final = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.’()/-])*")
"""Begins with a letter, and has nothing in it that Markdown would take for a sign."""

_FENCE: Final = "+++"
_WORD: Final = re.compile(r"\{\{[ \t]*([\w-]+)[ \t]*\}\}")
_PIECE: Final = re.compile(rf"\\.|(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)|{_WORD.pattern}", re.DOTALL)
"""What is escaped and what is inline code stay as they are; the second group is a word."""

Wrong = Callable[[int, str, str], None]


def read_table(name: str, table: object, line: Callable[[str], int], problems: Problems) -> dict[str, str]:
    """The words of a table; whatever is wrong is told, and such a word is left out."""
    if not isinstance(table, Mapping) or len(table) > limits.WORDS:
        problems.add(
            name,
            line(TABLE),
            f"The words are not a list of at most {limits.WORDS}.",
            'Write a line `[words]`, and below it `moneda = "bolivianos"`.',
        )
        return {}
    words = {}
    for key, value in table.items():
        problem = _problem(key, value)
        if problem:
            problems.add(name, line(key), *problem)
        else:
            words[key] = " ".join(value.split())
    return words


def _problem(key: str, value: Any) -> tuple[str, str] | None:
    if not KEY.fullmatch(key):
        return f'"{shown(key)}" is not the name of a word.', "Use small letters, digits and hyphens."
    if not isinstance(value, str) or not VALUE.fullmatch(value) or len(value) > limits.WORD_LENGTH:
        remedy = f"Write letters and spaces between quotation marks, at most {limits.WORD_LENGTH}."
        return f'What "{key}" stands for cannot be put into a sentence.', remedy
    return None


def read_words(data: bytes, problems: Problems) -> dict[str, str]:
    """What words.toml says."""
    text = read_text(NAME, data, problems)
    table = read_toml(NAME, text, problems) if text is not None else None
    return read_table(NAME, table, lambda key: key_line(text or "", key), problems) if table is not None else {}


def of_course(own: object, files: Mapping[str, bytes], problems: Problems) -> "Words":
    """The words of a course from what its course.toml gives, and words.toml among its files."""
    manifest = files.get(MANIFEST, b"").decode("utf-8", "replace")
    first = read_table(MANIFEST, own, lambda key: key_line(manifest, key), problems) if own is not None else {}
    return Words(first, read_words(files[NAME], problems) if NAME in files else {})


class Words:
    """The words of a course: its `own`, and over them those that were `given` to it."""

    def __init__(self, own: Mapping[str, str], given: Mapping[str, str]) -> None:
        self.own, self.given = own, given
        self.words = {**own, **given}
        self.used: set[str] = set()

    @property
    def are_given(self) -> bool:
        """Whether what it says until now hangs on words that it does not give itself."""
        return any(self.words[word] != self.own.get(word) for word in self.used & self.words.keys())

    def fill_file(self, name: str, data: bytes, problems: Problems) -> bytes:
        """A file beside the lessons with its words in place."""
        if b"{{" not in data:
            return data
        text = data.decode("utf-8", "surrogateescape")

        def put(match: re.Match[str]) -> str:
            return self._put(match[1], text.count("\n", 0, match.start()) + 1, partial(problems.add, name)) or match[0]

        return _WORD.sub(put, text).encode("utf-8", "surrogateescape")

    def fill(self, lines: Sequence[str], md: "MarkdownIt", wrong: Wrong) -> list[str]:
        """A lesson's lines with its words in place; code is left alone, and a word that nobody gave is told."""
        return _replaced(lines, md, lambda match, line, in_front: self._put(match[2], line, wrong))

    def _put(self, key: str, line: int, wrong: Wrong) -> str | None:
        self.used.add(key)
        if key in self.words:
            return self.words[key]
        known = f"Known are: {', '.join(sorted(self.words))}." if self.words else "None are given."
        wrong(line, f'Nobody says what "{{{{{shown(key)}}}}}" stands for.', f"{known} Add it to course.toml.")
        return None


def keep_braces(text: str, md: "MarkdownIt") -> str:
    """The lesson of somebody who knows no such words, written so that what looks like one stays as it is."""
    if "{{" not in text:
        return text
    written = _replaced(
        text.split("\n"),
        md,
        lambda match, line, in_front: f"\\u007b{match[0][1:]}" if in_front else f"\\{match[0]}",
    )
    return "\n".join(written)


def _replaced(
    lines: Sequence[str], md: "MarkdownIt", put: Callable[[re.Match[str], int, bool], str | None]
) -> list[str]:
    """`put` is given each word (group 2), its line (from 1) and whether that is in the front matter; None leaves it
    as it is."""
    if not any("{{" in line for line in lines):
        return list(lines)
    front = next((at for at, line in enumerate(lines) if at and line.strip() == _FENCE), -1) + 1
    front = front if lines[0].strip() == _FENCE else 0
    written = list(lines)
    for first, end in _runs(lines, front, md):

        def found(match: re.Match[str], first: int = first) -> str:
            if match[2] is None:
                return match[0]
            line = first + match.string.count("\n", 0, match.start())
            value = put(match, line + 1, line < front)
            return match[0] if value is None else value

        written[first:end] = _PIECE.sub(found, "\n".join(lines[first:end])).split("\n")
    return written


def _runs(lines: Sequence[str], front: int, md: "MarkdownIt") -> Iterator[tuple[int, int]]:
    """The lines in which inline code may go on from one to the next, each run as its first line and the one after it:
    paragraphs, and every other line alone. Blocks of code are left out."""
    tokens = md.parse("\n".join([*[""] * front, *lines[front:]]), {})
    blocks = [(token.type, token.map[0], token.map[1]) for token in tokens if token.map]
    code = {line for kind, first, end in blocks if kind in ("fence", "code_block") for line in range(first, end)}
    paragraphs = {first: end for kind, first, end in blocks if kind == "inline"}
    at = 0
    while at < len(lines):
        end = max(paragraphs.get(at, 0), at + 1)
        if at not in code:
            yield at, end
        at = end
