"""What learning checks in a programme.toml: each course that a module asks for lies beside it."""

from pathlib import Path

from trenza.apps.programmes.api import CourseRequirement, TrackSection
from trenza.core.definition import Definition, Report, register_checker
from trenza.core.definition import say as _

COURSES = "courses"
MANIFEST = "course.toml"


def register() -> None:
    """Register the check with core."""
    register_checker("learning.courses", check_courses)


def check_courses(definition: Definition, report: Report) -> None:
    """A text without a folder has nothing beside it to check: reading asks no database."""
    if definition.folder is None:
        return
    for track in definition.of(TrackSection):
        for module in track.module:
            if isinstance(module.requirement, CourseRequirement):
                _check(definition.folder / COURSES, report, module.requirement)


def courses_asked(definition: Definition) -> list[str]:
    """The codes of the courses that must lie beside a definition, each once, by name."""
    return sorted(
        {
            module.requirement.course
            for track in definition.of(TrackSection)
            for module in track.module
            if isinstance(module.requirement, CourseRequirement)
        }
    )


def _check(folder: Path, report: Report, requirement: CourseRequirement) -> None:
    code = requirement.course
    if not (folder / code / MANIFEST).is_file():
        there = sorted(path.parent.name for path in folder.glob(f"*/{MANIFEST}"))
        hint = _('write courses/%(code)s/course.toml, or make the module kind = "confirmed"', code=code)
        if there:
            hint = _("there are %(courses)s; %(rest)s", courses=", ".join(there), rest=hint)
        report.problem(requirement, _('the course "%(code)s" is not there', code=code), field="course", hint=hint)
