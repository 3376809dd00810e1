"""The check of basics: what is right in her answers to the tasks of a path, and what she reads about each.

Nothing here reads the database. An answer to a task is a list of codes, or of the one text that she wrote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

MOST_WRITTEN = 200


class Choice(Protocol):
    """One of the answers to choose from."""

    @property
    def code(self) -> str: ...
    @property
    def right(self) -> bool: ...
    @property
    def feedback(self) -> str: ...


class Task(Protocol):
    """What of a task is needed to grade it."""

    @property
    def code(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def choices(self) -> Sequence[Choice]: ...
    @property
    def accept(self) -> Sequence[str]: ...
    @property
    def right(self) -> str | None: ...
    @property
    def wrong(self) -> str | None: ...


@dataclass(frozen=True)
class Graded:
    """A task with what she answered: `right` is None where she has not answered; `said` is what she reads about it."""

    code: str
    given: tuple[str, ...]
    right: bool | None
    said: tuple[str, ...]


@dataclass(frozen=True)
class PathStep:
    """One part of the way to readiness: its path, and whether it was done."""

    code: str
    title: str
    minutes: int
    kind: str
    done: bool
    rule: str


def grade(tasks: Sequence[Task], given: Mapping[str, Sequence[str]]) -> list[Graded]:
    """Each task with what came of her answer, in order; answers to other tasks are left alone."""
    return [_graded(task, tuple(given.get(task.code, ()))) for task in tasks]


def right_of(graded: Sequence[Graded]) -> int:
    """How many are right."""
    return sum(each.right is True for each in graded)


def _graded(task: Task, given: tuple[str, ...]) -> Graded:
    if task.type == "text":
        text = "".join(given).strip()[:MOST_WRITTEN]
        if not text:
            return Graded(task.code, (), None, ())
        is_right = _plain(text) in {_plain(each) for each in task.accept}
        return Graded(task.code, (text,), is_right, ((task.right if is_right else task.wrong) or "",))
    chosen = [each for each in task.choices if each.code in given]
    if not chosen:
        return Graded(task.code, (), None, ())
    is_right = {each.code for each in chosen} == {each.code for each in task.choices if each.right}
    said = [each.feedback for each in chosen]
    return Graded(task.code, tuple(each.code for each in chosen), is_right, tuple(said))


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
