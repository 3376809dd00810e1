"""What learning has in a programme.toml: the words that lessons say in the programme's own way (`[words]`) and the
check of levels (`[level_check]`); and what it checks there: each course that a module asks for lies beside it."""

from datetime import date
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.bank import LEVELS, read_bank
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.words import TABLE, VALUE
from trenza.apps.learning.models import LevelCheck
from trenza.apps.programmes.api import CourseRequirement, Programme, TrackSection
from trenza.core.definition import (
    Code,
    Definition,
    Item,
    Refers,
    Report,
    Section,
    refuse,
    register_checker,
    register_section,
)
from trenza.core.definition import say as _
from trenza.core.ids import named_id

COURSES = "courses"
MANIFEST = "course.toml"
WORDS_POSITION: Final = 15
LEVEL_CHECK_POSITION: Final = 120


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


class LevelCheckSection(Item):
    """`[level_check]`: some questions from a bank, after which a woman knows with which level she might begin."""

    bank: Code = Field(
        title=_("Folder of its questions"), description=_("A folder beside the definition: level-check, for example.")
    )
    basic: Annotated[Code, Refers("track")] = Field(
        title=_("Track of the basic level"), description=_("Where she begins who knows little yet.")
    )
    intermediate: Annotated[Code, Refers("track")] = Field(
        title=_("Track of the intermediate level"), description=_("Where she begins who knows what is basic.")
    )
    advanced: Annotated[Code, Refers("track")] = Field(
        title=_("Track of the advanced level"), description=_("Where she begins who knows most already.")
    )


def register() -> None:
    """Register the sections and the checks with core."""
    register_section(Section(TABLE, WordsSection, WORDS_POSITION, many=False))
    register_section(
        Section(
            "level_check",
            LevelCheckSection,
            LEVEL_CHECK_POSITION,
            many=False,
            check=check_level_check,
            load=load_level_check,
        )
    )
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


def check_level_check(definition: Definition, report: Report) -> None:
    """Each level has a track of that level, and a text with a folder beside it has a bank that is whole."""
    for section in definition.of(LevelCheckSection):
        for level in LEVELS:
            report.refer(section, level, to="track")
            track = definition.find("track", getattr(section, level))
            if isinstance(track, TrackSection) and track.level not in (None, level):
                other = _('the track "%(code)s" is not of this level', code=track.code)
                report.problem(section, other, field=level, hint=_('write level = "%(level)s" there', level=level))
        if definition.folder is None:
            continue
        try:
            read_bank(definition.folder / section.bank)
        except CourseErrors as errors:
            for error in errors.errors:
                place = f"{section.bank}/{error.file}" + (f":{error.line}" if error.line else "")
                wrong = _("%(place)s: %(what)s", place=place, what=error.problem)
                report.problem(section, wrong, field="bank", hint=error.remedy)


def load_level_check(definition: Definition, programme: Programme, today: date) -> list[str]:
    """The tracks as the section says. The questions come with the folder; a text alone keeps those that there are."""
    section = next(iter(definition.of(LevelCheckSection)), None)
    if section is None:
        LevelCheck.objects.filter(programme=programme).delete()
        return []
    values: dict[str, object] = {
        "bank": section.bank,
        "tracks": {level: getattr(section, level) for level in LEVELS},
    }
    if definition.folder is not None:
        bank = read_bank(definition.folder / section.bank)
        values |= {
            "language": bank.language,
            "items": [item.as_json() for item in bank.items],
            "source": dict(bank.source),
        }
    LevelCheck.objects.update_or_create(
        programme=programme, defaults=values, create_defaults={"pk": named_id(programme.code, "level check"), **values}
    )
    return []
