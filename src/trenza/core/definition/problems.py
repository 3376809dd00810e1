"""What is wrong with a definition: where, what, and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from trenza.core.definition.words import Names, in_words
from trenza.core.definition.words import say as _
from trenza.core.errors import DomainError


@dataclass(frozen=True, order=True)
class Problem:
    """One error. `message` is a clause, `hint` says what to do and may be empty, `about` names the item.

    All three are English; `in_words` says them in the language that is active. `place` is where it stands: the keys
    and numbers that lead to it, empty for the file itself.
    """

    file: str
    line: int
    message: str
    hint: str = ""
    about: str = ""
    place: tuple[str | int, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {_told(self.about, self.message, self.hint)}"

    def in_words(self, names: Names = str, *, about: bool = True) -> str:
        """What is wrong and what to do, without the line; `names` gives keys their names."""
        message, hint = in_words(self.message, names), in_words(self.hint, names)
        return _told(in_words(self.about, names) if about else "", message, hint)


class DefinitionErrors(DomainError):
    """A definition cannot be read; `problems` are all its errors, in the order of their lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(render_problems(self.problems))


def render_problems(problems: Sequence[Problem]) -> str:
    """A line each, as editors and terminals understand them: file:line: what; what to do. In English."""
    return "\n".join(str(problem) for problem in problems)


def render_in_words(problems: Sequence[Problem]) -> str:
    """The same in the language that is active."""
    return "\n".join(f"{problem.file}:{problem.line}: {problem.in_words()}" for problem in problems)


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A question that names the closest of `known`; empty where none is close."""
    close = closest(wrong, known)
    return _('did you mean "%(close)s"?', close=close) if close else ""


def closest(wrong: str, known: Iterable[str]) -> str:
    """The closest of `known`; empty where none is close."""
    return next(iter(get_close_matches(wrong[:100], list(known), n=1, cutoff=0.6)), "")


def listed(names: Sequence[str], *, most: int = 12) -> str:
    """`a, b or c`; cut off with an ellipsis where they are many."""
    shown = list(names[:most])
    if len(names) > most:
        return ", ".join(shown) + ", …"
    if len(shown) < 2:
        return "".join(shown)
    return _("%(some)s or %(last)s", some=", ".join(shown[:-1]), last=shown[-1])


def _told(about: str, message: str, hint: str) -> str:
    return (f"{about}: " if about else "") + message + (f"; {hint}" if hint else "")
