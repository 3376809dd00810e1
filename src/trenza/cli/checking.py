"""What `trenza course check` finds in one course, and the table of all that it has looked at."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from trenza.apps.learning import api as learning
from trenza.core import clock

COURSE: Final = "course.toml"
PROGRAMME: Final = "programme.toml"
PROGRAMME_SIZE: Final = 2 * 1024 * 1024
"""What the lessons of a programme and their pictures may weigh together on their way to a phone, in bytes."""
_DEPTH: Final = 4

Build = Callable[[Path], tuple[learning.CompiledCourse, learning.Report]]


@dataclass(frozen=True)
class Checked:
    """What was found in one course. Its figures are zero where it could not be read; `size` is in bytes."""

    path: Path
    lines: tuple[str, ...]
    errors: int
    warnings: int
    name: str = ""
    lessons: int = 0
    questions: int = 0
    minutes: int = 0
    size: int = 0


def course_folders(path: Path) -> list[Path]:
    """The courses in a folder that is none itself; else the path alone, which is a course, an archive or a mistake."""
    if not path.is_dir() or (path / COURSE).exists():
        return [path]
    found = {
        file.parent
        for depth in range(1, _DEPTH + 1)
        for file in path.glob("/".join(["*"] * depth) + f"/{COURSE}")
        if not any(part.startswith(".") for part in file.relative_to(path).parts)
    }
    return sorted(found) or [path]


def check_course(path: Path, build: Build) -> Checked:
    """Build a course and list all that is wrong with it, or could be better.

    What makes a lesson worse is an error in a course that states its level. One that others wrote states none, and may
    be used as it is.
    """
    try:
        course, report = build(path)
    except learning.CourseErrors as found:
        said = (f"{_place(path, each.file, each.line)}: {each.problem} {each.remedy}" for each in found.errors)
        return Checked(path, tuple(said), len(found.errors), 0, path.name)
    findings = learning.check_quality(course, today=clock.now().date()) if report.format == "trenza" else []
    errors = [each for each in findings if course.level and each.sure]
    warnings = [each for each in findings if each not in errors]
    remarks = sorted({*report.removed, *report.missing, *report.warnings})
    lines = [
        *(f"{_place(path, each.file, each.line)}: {each.text}" for each in errors),
        *(f"{_place(path, each.file, each.line)}: warning: {each.text}" for each in remarks),
        *(f"{_place(path, each.file, each.line)}: warning: {each.text}" for each in warnings),
        *(f"{_place(path, name)}: warning: No lesson uses it." for name in report.unused),
    ]
    return Checked(
        path,
        tuple(lines),
        len(errors),
        len(lines) - len(errors),
        course.code,
        len(course.lessons),
        sum(each.questions for each in report.lessons),
        sum(each.minutes for each in course.lessons),
        sum(each.body_size + each.image_size for each in report.lessons),
    )


def summary(checked: Sequence[Checked]) -> tuple[str, int]:
    """A table of courses by programme with what they hold and weigh, and how many programmes weigh too much."""
    by_programme = sorted(checked, key=lambda each: (str(_programme(each.path)), str(each.path)))
    rows: list[tuple[str, ...]] = [("", "lessons", "questions", "minutes", "KB")]
    notes = []
    for programme, group in groupby(by_programme, key=lambda each: _programme(each.path)):
        courses = list(group)
        rows.append(_total(programme.name, courses))
        rows += [_total(f"  {each.name}", [each]) for each in courses]
        size = sum(each.size for each in courses)
        if size > PROGRAMME_SIZE:
            notes.append(
                f"{programme}: Its courses weigh {size / 1024:,.0f} KB without recordings, more than "
                f"{PROGRAMME_SIZE // 1024:,}. Take out or redraw the heaviest pictures."
            )
    rows.append(_total(f"{len(checked)} courses", checked))
    width = max(len(row[0]) for row in rows)
    table = [f"{row[0]:<{width}}" + "".join(f"{cell:>11}" for cell in row[1:]) for row in rows]
    return "\n".join(["", *table, "", *notes]), len(notes)


def _total(name: str, courses: Iterable[Checked]) -> tuple[str, ...]:
    listed = list(courses)
    return (
        name,
        f"{sum(each.lessons for each in listed):,}",
        f"{sum(each.questions for each in listed):,}",
        f"{sum(each.minutes for each in listed):,}",
        f"{sum(each.size for each in listed) / 1024:,.1f}",
    )


def _programme(path: Path) -> Path:
    """The folder of the programme that a course belongs to; where there is none, the folder that the course is in."""
    whole = path.resolve()
    return next((each for each in whole.parents if (each / PROGRAMME).exists()), whole.parent)


def _place(path: Path, file: str, line: int = 0) -> str:
    """Where something is, as an editor can open it."""
    place = str(path) if file == path.name else f"{path}/{file}"
    return f"{place}:{line}" if line else place
