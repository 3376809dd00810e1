"""Whether the files may be used, and which entries somebody should look at again."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from trenza.core.definition.problems import Problem
from trenza.core.reference.reading import Placed, ReferenceErrors, read_facts

MONTHS = 12
"""How long an entry holds without somebody looking again, unless told otherwise."""


@dataclass(frozen=True)
class Checked:
    """What is wrong, what is old but well written, and how many entries were read."""

    problems: list[Problem]
    old: list[Problem]
    entries: int


def check(folder: Path, *, today: date, months: int = MONTHS) -> Checked:
    """All that is wrong with the files in `folder`; with nothing wrong, which of them are older than `months`."""
    try:
        facts = read_facts(folder)
    except ReferenceErrors as errors:
        return Checked(errors.problems, [], 0)
    ahead = [
        Problem(each.file, each.line, f"{_named(each)} was checked on {each.entry.checked}, which is still to come")
        for each in facts.placed
        if each.entry.checked > today
    ]
    old = [
        Problem(
            each.file, each.line, f"{_named(each)} was last checked on {each.entry.checked}",
            f"look at {each.entry.url} and set today's date",
        )
        for each in facts.placed
        if _months(each.entry.checked, today) >= months
    ]  # fmt: skip
    return Checked(sorted(ahead), sorted(old), len(facts.placed))


def _named(placed: Placed) -> str:
    return " ".join(placed.entry.key)


def _months(since: date, until: date) -> int:
    """Whole months between two days; negative where `since` comes later."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
