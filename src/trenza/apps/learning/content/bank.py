"""The bank of a level check: situations by level, in a folder of text files, compiled to items.

    level-check/
        bank.toml           whose it is, and its language
        basic.md            what is asked of who could begin with the basic level, …
        intermediate.md
        advanced.md

Each file has the front matter of a lesson and, as its last part, the table `[items]`: the code of each question, its
DigComp 2.2 competence and its proficiency level, `"1.1/2"`. docs/levels.md describes it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from trenza.apps.learning.content import limits, sources
from trenza.apps.learning.content.countries import Countries
from trenza.apps.learning.content.course import Lesson, Question
from trenza.apps.learning.content.digcomp import COMPETENCES
from trenza.apps.learning.content.errors import CourseError, CourseErrors, Problems
from trenza.apps.learning.content.lessons import LessonReader, Pictures, Supplies
from trenza.apps.learning.content.manifest import (
    LANGUAGE,
    LICENCE,
    check_keys,
    check_words,
    key_line,
    read_text,
    read_toml,
    shown,
)
from trenza.apps.learning.content.markdown import make_parser
from trenza.apps.learning.content.pairs import cut_table
from trenza.apps.learning.content.recordings import Recordings
from trenza.apps.learning.content.sources import Files
from trenza.apps.learning.content.words import Words

NAME: Final = "bank.toml"
KEYS: Final = ("format", "language", "licence", "authors")
LEVELS: Final = ("basic", "intermediate", "advanced")
PROFICIENCY: Final = {"basic": (1, 2), "intermediate": (3, 4), "advanced": (5, 6)}
"""The proficiency levels of DigComp 2.2 that each level asks."""
LEAST_ITEMS: Final = 12
"""Of a level: twice as many as one form may ask, or two women beside one another get the same."""

_WRITTEN: Final = {
    "language": (LANGUAGE, "Write a BCP 47 code, for example `es`."),
    "licence": (LICENCE, "Write an SPDX identifier, for example `CC-BY-SA-4.0`."),
}
_PLACED: Final = re.compile(r"([1-5]\.[1-6])/([1-6])")


@dataclass(frozen=True)
class BankItem:
    """A question of the bank. `choices` are HTML in the order of the author; `right` is the index of the right one."""

    code: str
    level: str
    competence: str
    proficiency: int
    kind: str
    prompt: str
    choices: tuple[str, ...]
    right: int

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


@dataclass(frozen=True)
class Bank:
    """The items of all levels, in the order of the files, and the files as their author wrote them."""

    language: str
    licence: str
    authors: tuple[str, ...]
    items: tuple[BankItem, ...]
    source: Mapping[str, str]


def read_bank(folder: Path) -> Bank:
    """The bank in a folder.

    Raises:
        CourseErrors: with everything that is wrong, each with its file, its line and what to do.
    """
    if not folder.is_dir():
        raise CourseErrors([CourseError(folder.name, 0, "There is no such folder.", "Check its name.")])
    return compile_bank(sources.read_files(folder))


def compile_bank(files: Files) -> Bank:
    """The bank in files that are already read.

    Raises:
        CourseErrors: with everything that is wrong.
    """
    problems = Problems()
    about = _read_about(files, problems)
    items: list[BankItem] = []
    for level in LEVELS:
        items += _read_level(level, files, str(about.get("language", "en")), problems)
    codes = [item.code for item in items]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        problems.add(NAME, 0, f'The code "{shown(code)}" is used twice in the bank.', "Give each question its own.")
    problems.raise_if_any()
    used = {NAME, *(f"{level}.md" for level in LEVELS)} & files.keys()
    source = {name: files[name].decode("utf-8-sig") for name in sorted(used)}
    return Bank(about["language"], about["licence"], tuple(about["authors"]), tuple(items), source)


def _read_about(files: Files, problems: Problems) -> dict[str, Any]:
    if NAME not in files:
        problems.add(NAME, 0, "The file is missing.", f"Write {', '.join(KEYS)}.")
        return {}
    text = read_text(NAME, files[NAME], problems)
    table = read_toml(NAME, text, problems) if text is not None else None
    if text is None or table is None:
        return {}

    def wrong(key: str, problem: str, remedy: str) -> None:
        problems.add(NAME, key_line(text or "", key), problem, remedy)

    check_keys(NAME, table, KEYS, lambda key: key_line(text or "", key), problems)
    for key in KEYS:
        if key not in table:
            problems.add(NAME, 0, f'"{key}" is missing.', f"Add a line `{key} = …`.")
    if table.get("format", 1) != 1:
        wrong("format", f"Format {shown(table['format'])} is not known.", "Write `format = 1`.")
    for key, (pattern, remedy) in _WRITTEN.items():
        if key in table and not (isinstance(table[key], str) and pattern.fullmatch(table[key])):
            wrong(key, f"{shown(table[key])} is not a {key} as we write it.", remedy)
            table[key] = "en"
    return {**table, "authors": _read_authors(table["authors"], wrong) if "authors" in table else []}


def _read_authors(authors: object, wrong: Callable[[str, str, str], None]) -> list[str]:
    if not isinstance(authors, list) or not authors:
        wrong("authors", '"authors" must be a list of texts with at least one in it.', "Name who wrote it.")
        return []
    return [
        check_words(each, "authors", limits.TITLE_LENGTH, lambda problem, remedy: wrong("authors", problem, remedy))
        for each in authors
    ]


def _read_level(level: str, files: Files, language: str, problems: Problems) -> list[BankItem]:
    name = f"{level}.md"
    if name not in files:
        problems.add(name, 0, "The file is missing.", f"Write at least {LEAST_ITEMS} questions for this level.")
        return []
    text = read_text(name, files[name], problems)
    if text is None:
        return []
    text, placed, lines = cut_table(name, text, "items", problems)
    others = {each: data for each, data in files.items() if not each.endswith((".md", ".toml"))}
    none = Words({}, {})
    supplies = Supplies(
        Pictures(others, problems), Recordings(others, problems), Countries(others, none, problems), none
    )
    reader = LessonReader(name, make_parser(language), {name: level}, supplies, language, problems)
    lesson = reader.read(text.encode())
    if lesson is None:
        return []
    _check_level(level, name, lesson, placed, lines, problems)
    return [
        _item(question, level, _PLACED.fullmatch(str(placed[question.code])))
        for question in lesson.questions
        if question.code in placed
    ]


def _check_level(
    level: str, name: str, lesson: Lesson, placed: Mapping[str, Any], lines: Mapping[str, int], problems: Problems
) -> None:
    asked = {question.code for question in lesson.questions}
    low, high = PROFICIENCY[level]
    for code, place in placed.items():
        found = _PLACED.fullmatch(place) if isinstance(place, str) else None
        if found is None or found[1] not in COMPETENCES or not low <= int(found[2]) <= high:
            problems.add(
                name,
                lines[code],
                f"{shown(place)} is no competence and proficiency of this level.",
                f'Write a competence of DigComp 2.2 and {low} or {high}, for example `"1.1/{low}"`.',
            )
        if code not in asked:
            problems.add(
                name, lines[code], f'The question "{shown(code)}" is missing.', "Write it, or take its line out."
            )
    for code in sorted(asked - placed.keys()):
        problems.add(
            name, 0, f'The question "{shown(code)}" is not in `[items]`.', f'Add `{shown(code)} = "1.1/{low}"`.'
        )
    for question in lesson.questions:
        if question.kind not in ("one", "true_false"):
            problems.add(
                name, 0, f'The question "{shown(question.code)}" is of another kind.', "Write `one` or `true-false`."
            )
    if len(asked) < LEAST_ITEMS:
        problems.add(
            name,
            0,
            f"The level has {len(asked)} questions.",
            f"Write at least {LEAST_ITEMS}, or women get the same ones.",
        )


def _item(question: Question, level: str, place: re.Match[str] | None) -> BankItem:
    return BankItem(
        code=question.code,
        level=level,
        competence=place[1] if place else "",
        proficiency=int(place[2]) if place else 0,
        kind=question.kind,
        prompt=question.prompt_html,
        choices=tuple(choice.html for choice in question.choices),
        right=next(iter(question.right), 0),
    )
