"""What a lesson's front matter says of where its facts come from: `[[source]]` with title, url and date."""

import datetime
import re
from typing import Any, Final
from urllib.parse import urlsplit

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.course import Source
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.manifest import check_keys, check_words, presentable, shown

KEYS: Final = ("title", "url", "date")
DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_TABLE: Final = re.compile(r"^[ \t]*\[\[[ \t]*source[ \t]*\]\]", re.MULTILINE)


def read_citations(
    name: str, table: dict[str, Any], text: str, first_line: int, problems: Problems
) -> tuple[Source, ...]:
    """The sources that a front matter names; whatever is wrong is told, and such a source is left out.

    `text` is the front matter, which begins on `first_line` of its file.
    """
    given = table.get("source", [])
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        line = first_line + text.count("\n", 0, max(text.find("source"), 0))
        problems.add(name, line, "A source is not written right.", "Begin it with a line `[[source]]`.")
        return ()
    lines = [first_line + text.count("\n", 0, found.start()) for found in _TABLE.finditer(text)]
    if len(given) > limits.SOURCES:
        problems.add(name, lines[0] if lines else 0, f"It has {len(given)} sources.", f"At most {limits.SOURCES}.")
        return ()
    lines += [first_line] * (len(given) - len(lines))
    read = (_read(name, each, line, problems) for each, line in zip(given, lines, strict=True))
    return tuple(source for source in read if source)


def date_problem(text: str) -> str:
    """What is wrong with a date of a source (YYYY, YYYY-MM or YYYY-MM-DD); empty when it is one."""
    if DATE.fullmatch(text):
        try:
            datetime.date.fromisoformat(text + "-01" * (2 - text.count("-")))
        except ValueError:
            return f'"{text}" is on no calendar.'
        return ""
    return f'"{shown(text)}" is no date.'


def _read(name: str, table: dict[str, Any], line: int, problems: Problems) -> Source | None:
    before = len(problems.errors)

    def wrong(problem: str, remedy: str) -> None:
        problems.add(name, line, problem, remedy)

    check_keys(name, table, KEYS, lambda key: line, problems)
    for key in KEYS:
        if key not in table:
            wrong(f'The source has no "{key}".', "Write its `title`, its `url` and its `date`.")
    title = check_words(table.get("title", "-"), "title", limits.SOURCE_LENGTH, wrong)
    url = check_words(table.get("url", "-"), "url", limits.SOURCE_LENGTH, wrong)
    if "url" in table and url and not _is_address(url):
        wrong(f'"{shown(url)}" is not an address.', "Write the whole of it: `https://…`.")
    date = table.get("date", "2000")
    if isinstance(date, datetime.date):
        date = date.isoformat()[:10]
    date = check_words(str(date) if isinstance(date, int) else date, "date", limits.SOURCE_LENGTH, wrong)
    problem = date_problem(date) if date else ""
    if problem:
        wrong(problem, 'Write when it was published or looked at: `date = "2024-05"`.')
    return Source(title, url, date) if len(problems.errors) == before else None


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and presentable(text) and " " not in text
