"""What learning has in a programme.toml: the words that lessons say in the programme's own way (`[words]`); and what
it checks there: each course that a module asks for lies beside it."""

from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.words import TABLE, VALUE
from trenza.apps.programmes.api import CourseRequirement, TrackSection
from trenza.core.definition import Definition, Item, Report, Section, refuse, register_checker, register_section
from trenza.core.definition import say as _

COURSES = "courses"
MANIFEST = "course.toml"
POSITION: Final = 15


def _can_be_said(text: str) -> str:
    if not VALUE.fullmatch(text):
        raise refuse(
            _('"%(text)s" cannot be put into a sentence', text=text),
            hint=_("begin with a letter, and use letters, digits and spaces"),
        )
    return text


# What stands in running text.
Said = Annotated[str, Field(max_length=limits.WORD_LENGTH), AfterValidator(_can_be_said)]


class WordsSection(Item):
    """`[words]`: what `{{moneda}}` and the like become in the lessons of the courses that lie beside the definition,
    when they are published. A course says what holds where the programme says nothing."""

    currency: Said | None = Field(
        default=None,
        alias="moneda",
        title=_("Currency, of several"),
        description=_("What people call their money, as in “20 bolivianos”."),
    )
    country: Said | None = Field(
        default=None, alias="pais", title=_("Country"), description=_("What people call where they live.")
    )
    phone: Said | None = Field(
        default=None, alias="celular", title=_("Mobile phone"), description=_("What people call it: celular, teléfono.")
    )
    bus: Said | None = Field(
        default=None, alias="micro", title=_("City bus"), description=_("What people call it: micro, camión, bus.")
    )


def register() -> None:
    """Register the section and the check with core."""
    register_section(Section(TABLE, WordsSection, POSITION, many=False))
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
