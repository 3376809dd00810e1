"""What is wrong with a course, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class CourseError:
    """One thing that is wrong: where, what, and what to do. `line` counts from 1; 0 is the file as a whole."""

    file: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.problem} {self.remedy}"


class CourseErrors(Exception):
    """A course that cannot be read. `errors` lists everything that is wrong, in the order of files and lines."""

    def __init__(self, errors: Iterable[CourseError]) -> None:
        self.errors = tuple(sorted(set(errors)))
        super().__init__("\n".join(str(error) for error in self.errors))


class Problems:
    """Collects what is wrong while a course is read, so that its author sees all of it at once."""

    def __init__(self) -> None:
        self.errors: list[CourseError] = []

    def add(self, file: str, line: int, problem: str, remedy: str) -> None:
        self.errors.append(CourseError(file, line, problem, remedy))

    def raise_if_any(self) -> None:
        """Raises: CourseErrors."""
        if self.errors:
            raise CourseErrors(self.errors)
