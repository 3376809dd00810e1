"""The front matter of a lesson: what stands on top of it, between two lines of `+++`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.citations import read_citations
from trenza.apps.learning.content.course import Source
from trenza.apps.learning.content.digcomp import COMPETENCES
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.manifest import LESSON_KEYS, check_keys, check_words, key_line, read_toml, shown

_FENCE = "+++"


@dataclass(frozen=True)
class Front:
    """What stands on top of a lesson; `exam_line` is where it says that it is an exam."""

    title: str = ""
    minutes: int = 1
    summary: str = ""
    exam: bool = False
    exam_line: int = 0
    digcomp: tuple[str, ...] = ()
    offline: str = ""
    sources: tuple[Source, ...] = ()


def read_front_matter(name: str, lines: list[str], problems: Problems) -> Front:
    """What it says; whatever is wrong is told. Its lines become empty, so that the others keep their numbers."""

    def wrong(line: int, problem: str, remedy: str) -> None:
        problems.add(name, line, problem, remedy)

    closing = next((at for at, line in enumerate(lines) if at and line.strip() == _FENCE), 0)
    if lines[0].strip() != _FENCE or not closing:
        wrong(
            1,
            "The lesson does not begin with its title.",
            'Begin it with a line `+++`, then `title = "…"` and `minutes = 5`, then a line `+++`.',
        )
        return Front()
    source = "\n".join(lines[1:closing])
    lines[: closing + 1] = [""] * (closing + 1)
    table = read_toml(name, source, problems, first_line=2)
    if table is None:
        return Front()

    def line(key: str) -> int:
        return key_line(source, key, first_line=2)

    def words(key: str, longest: int, *, required: bool) -> str:
        return check_words(
            table.get(key, ""),
            key,
            longest,
            lambda problem, remedy: wrong(line(key), problem, remedy),
            required=required,
        )

    check_keys(name, table, LESSON_KEYS, line, problems)
    minutes = table.get("minutes")
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 1 <= minutes <= limits.MINUTES:
        wrong(
            line("minutes"),
            "The lesson does not say how many minutes it takes.",
            f"Write `minutes = 5`: a whole number up to {limits.MINUTES}.",
        )
        minutes = 1
    exam = table.get("exam", False)
    if not isinstance(exam, bool):
        wrong(line("exam"), '"exam" is neither true nor false.', "Write `exam = true`, or leave it out.")
    return Front(
        title=words("title", limits.TITLE_LENGTH, required=True),
        minutes=minutes,
        summary=words("summary", limits.SUMMARY_LENGTH, required=False),
        exam=exam is True,
        exam_line=line("exam"),
        digcomp=_read_competences(table, lambda problem, remedy: wrong(line("digcomp"), problem, remedy)),
        offline=words("offline", limits.SUMMARY_LENGTH, required=False),
        sources=read_citations(name, table, source, 2, problems),
    )


def _read_competences(table: dict[str, Any], wrong: Callable[[str, str], None]) -> tuple[str, ...]:
    value = table.get("digcomp", [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        wrong('"digcomp" must be a list of texts.', 'Write it like `digcomp = ["1.2", "4.1"]`.')
        return ()
    for item in value:
        if item not in COMPETENCES:
            wrong(
                f'DigComp 2.2 has no competence "{shown(item)}".', "It has 1.1-1.3, 2.1-2.6, 3.1-3.4, 4.1-4.4, 5.1-5.4."
            )
    if len(set(value)) < len(value):
        wrong("A competence is listed twice.", "Take it out.")
    return tuple(item for item in dict.fromkeys(value) if item in COMPETENCES)
