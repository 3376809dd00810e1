"""What is wrong with a definition: where, what, and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from trenza.core.errors import DomainError


@dataclass(frozen=True, order=True)
class Problem:
    """One error. `message` is a clause in plain English, `hint` says what to do and may be empty."""

    file: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" + (f"; {self.hint}" if self.hint else "")


class DefinitionErrors(DomainError):
    """A definition cannot be read; `problems` are all its errors, in the order of their lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(render_problems(self.problems))


def render_problems(problems: Sequence[Problem]) -> str:
    """A line each, as editors and terminals understand them: file:line: what; what to do."""
    return "\n".join(str(problem) for problem in problems)


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A question that names the closest of `known`; empty where none is close."""
    close = get_close_matches(wrong[:100], list(known), n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else ""


def listed(names: Sequence[str], *, most: int = 12) -> str:
    """`a, b or c`; cut off with an ellipsis where they are many."""
    shown = list(names[:most])
    if len(names) > most:
        return ", ".join(shown) + ", …"
    return " or ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))
