"""From the files to facts, or to everything that is wrong with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from trenza.core.definition.problems import DefinitionErrors, Problem, did_you_mean, render_problems
from trenza.core.definition.toml import MAX_BYTES, Place, Read, read_toml
from trenza.core.definition.wording import faults
from trenza.core.errors import DomainError
from trenza.core.reference.entries import Age, Currency, Entry, Hotline, Price

# Each file, the one list in it, and what the list holds.
FILES: Mapping[str, tuple[str, type[Entry]]] = {
    "prices.toml": ("price", Price),
    "currencies.toml": ("currency", Currency),
    "ages.toml": ("age", Age),
    "hotlines.toml": ("hotline", Hotline),
}


@dataclass(frozen=True)
class Placed:
    """An entry and where it stands."""

    entry: Entry
    file: str
    line: int


@dataclass(frozen=True)
class Facts:
    """Everything that the files say."""

    placed: tuple[Placed, ...]

    def of(self, model: type[Entry]) -> list[Any]:
        """The entries of one kind, in the order of their file."""
        return [each.entry for each in self.placed if type(each.entry) is model]


class ReferenceErrors(DomainError):
    """The files cannot be used; `problems` are all their errors, in the order of their lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(render_problems(self.problems))


def read_facts(folder: Path) -> Facts:
    """Read the files of a folder.

    Raises:
        ReferenceErrors: with every problem of all of them.
    """
    problems: list[Problem] = []
    placed: list[Placed] = []
    for name in FILES:
        try:
            found = list(_read_file(folder / name, problems))
        except DefinitionErrors as errors:
            problems += errors.problems
        else:
            problems += _repeated(found)
            placed += found
    if problems:
        raise ReferenceErrors(problems)
    return Facts(tuple(placed))


def _read_file(path: Path, problems: list[Problem]) -> Iterator[Placed]:
    key, model = FILES[path.name]
    try:
        with path.open("rb") as stream:
            source = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise DefinitionErrors(
            [Problem(str(path), 1, f"cannot be read: {error.strerror}", "put the file back")]
        ) from error
    read = read_toml(source, file=str(path))
    for other in read.data:
        if other != key:
            hint = did_you_mean(other, [key]) or f"this file holds [[{key}]] only"
            problems.append(Problem(str(path), _line(read, (other,)), f'"{other}" is not known here', hint))
    values = read.data.get(key, ())
    if not isinstance(values, tuple):
        problems.append(Problem(str(path), _line(read, (key,)), f'"{key}" must be a list', f"write [[{key}]]"))
        return
    for number, value in enumerate(values):
        place: Place = (key, number)
        try:
            entry = model.model_validate(value, strict=True)
        except ValidationError as error:
            for inner, message, hint in faults(error, model, value):
                problems.append(Problem(str(path), _line(read, (*place, *inner)), message, hint))
        else:
            yield Placed(entry, str(path), _line(read, place))


def _repeated(placed: list[Placed]) -> Iterator[Problem]:
    first: dict[tuple[str, ...], int] = {}
    for each in placed:
        if each.entry.key in first:
            hint = f"the first is on line {first[each.entry.key]}"
            yield Problem(each.file, each.line, f"{' '.join(each.entry.key)} stands twice", hint)
        first.setdefault(each.entry.key, each.line)


def _line(read: Read, place: Place) -> int:
    while place and place not in read.lines:
        place = place[:-1]
    return read.lines.get(place, 1)
