"""What learning checks in a programme.toml: each course that a module asks for lies beside it, or is published."""

from trenza.apps.learning.models import Course
from trenza.apps.programmes.api import CourseRequirement, TrackSection
from trenza.core.definition import Definition, Report, register_checker

COURSES = "courses"
MANIFEST = "course.toml"


def register() -> None:
    """Register the check with core."""
    register_checker("learning.courses", check_courses)


def check_courses(definition: Definition, report: Report) -> None:
    """Beside a text without a folder (an edit in the office) a course must have been published."""
    for track in definition.of(TrackSection):
        for module in track.module:
            if isinstance(module.requirement, CourseRequirement):
                _check(definition, report, module.requirement)


def _check(definition: Definition, report: Report, requirement: CourseRequirement) -> None:
    code = requirement.course
    if definition.folder is not None:
        folder = definition.folder / COURSES
        if not (folder / code / MANIFEST).is_file():
            there = sorted(path.parent.name for path in folder.glob(f"*/{MANIFEST}"))
            hint = f"there are {', '.join(there)}; " if there else ""
            hint += f'write {COURSES}/{code}/{MANIFEST}, or make the module kind = "confirmed"'
            report.problem(requirement, f'the course "{code}" is not there', field="course", hint=hint)
    elif not Course.objects.filter(code=code).exists():
        report.problem(
            requirement, f'no course "{code}" is published', field="course", hint="publish it: trenza course publish"
        )
