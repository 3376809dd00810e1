"""`[[workshop]]` of programme.toml: what is taught on one day, and the module that whoever attends it has met."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from trenza.apps.programmes.api import CourseRequirement, EditionSection, Module, TrackSection
from trenza.apps.sessions.models import Workshop
from trenza.core import clock
from trenza.core.definition import Code, Definition, Item, Line, Refers, Report, Section, Text, register_section
from trenza.core.definition import say as _
from trenza.core.ids import named_id

POSITION = 150


class PartSection(Item):
    """`[[workshop.part]]`: a stretch of a workshop, for who gives it."""

    name: Line = Field(title=_("Name"), description=_("What is done in this part."))
    minutes: int = Field(ge=1, le=1_440, title=_("Minutes"), description=_("How long this part takes."))
    text: Text = Field(
        title=_("Guide"), description=_("What who gives it does and says. An empty line begins a paragraph.")
    )
    without: Text | None = Field(
        default=None,
        title=_("Without signal or electricity"),
        description=_("How this part is given then. It may be left out."),
    )


class WorkshopSection(Item):
    """`[[workshop]]`. Its sessions get their dates in the timetable. `materials` are what must be there; `part` is a
    guide for who gives it."""

    code: Code = Field(
        title=_("Code"),
        description=_(
            "Its name for machines: lower-case letters, digits and hyphens. Another code makes another thing."
        ),
    )
    name: Line = Field(title=_("Name"), description=_("What people see it called."))
    edition: Annotated[Code, Refers("edition")] = Field(
        title=_("Edition"), description=_("The edition in which it is held.")
    )
    track: Annotated[Code, Refers("track")] = Field(title=_("Track"), description=_("The track that it belongs to."))
    module: Code | None = Field(
        default=None,
        title=_("Module"),
        description=_("The module of the track that whoever attends it has met. It may be left out."),
    )
    minutes: int = Field(ge=1, le=1_440, title=_("Minutes"), description=_("How long one session of it takes."))
    materials: tuple[Line, ...] = Field(
        default=(), title=_("Materials"), description=_("What must be there, one on each line.")
    )
    part: tuple[PartSection, ...] = Field(
        default=(), max_length=40, title=_("Parts"), description=_("A guide for who gives it, part by part.")
    )


def check_workshops(definition: Definition, report: Report) -> None:
    """Edition and track stand, the one runs the other, and a module is the track's and met by no course."""
    for workshop in definition.of(WorkshopSection):
        report.refer(workshop, "edition", to="edition")
        report.refer(workshop, "track", to="track")
        edition = definition.find("edition", workshop.edition)
        if isinstance(edition, EditionSection) and workshop.track not in edition.tracks:
            report.problem(
                workshop,
                _(
                    'the edition "%(edition)s" does not run the track "%(track)s"',
                    edition=workshop.edition,
                    track=workshop.track,
                ),
                field="track",
                hint=_('add "%(track)s" to its tracks, or name another track', track=workshop.track),
            )
        _check_parts(workshop, report)
        track = definition.find("track", workshop.track)
        if isinstance(track, TrackSection) and workshop.module is not None:
            _check_module(workshop, track, report)


def _check_parts(workshop: WorkshopSection, report: Report) -> None:
    """A guide fills the time that the workshop takes, no more and no less."""
    taken = sum(part.minutes for part in workshop.part)
    if workshop.part and taken != workshop.minutes:
        report.problem(
            workshop,
            _(
                "its parts take %(taken)s minutes together, and it takes %(minutes)s",
                taken=taken,
                minutes=workshop.minutes,
            ),
            field="minutes",
            hint=_("make them agree"),
        )


def _check_module(workshop: WorkshopSection, track: TrackSection, report: Report) -> None:
    codes = [module.code for module in track.module]
    where = _('the track "%(code)s"', code=track.code)
    report.one_of(workshop, "module", codes, what="module", where=where)
    for module in track.module:
        if module.code == workshop.module and isinstance(module.requirement, CourseRequirement):
            report.problem(
                workshop,
                _('the course "%(course)s" meets this module', course=module.requirement.course),
                field="module",
                hint=_("name a module that somebody confirms, or leave it out"),
            )


def load_workshops(definition: Definition, programme: Any, today: date) -> list[str]:
    """Make, change and retire workshops; sentences about those that were retired."""
    existing = {row.code: row for row in Workshop.objects.filter(programme=programme)}
    editions = {edition.code: edition for edition in programme.editions.all()}
    tracks = {track.code: track for track in programme.tracks.all()}
    modules = {(module.track_id, module.code): module for module in Module.objects.filter(track__programme=programme)}
    for position, section in enumerate(definition.of(WorkshopSection)):
        track = tracks[section.track]
        wanted = {
            "name": section.name,
            "edition": editions[section.edition],
            "track": track,
            "module": modules[track.pk, section.module] if section.module else None,
            "minutes": section.minutes,
            "materials": list(section.materials),
            "parts": [part.model_dump() for part in section.part],
            "position": position,
            "retired_at": None,
        }
        row = existing.pop(section.code, None)
        if row is None:
            pk = named_id(programme.code, "workshop", section.code)
            Workshop.objects.create(pk=pk, programme=programme, code=section.code, **wanted)
        elif any(getattr(row, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            row.save(update_fields=list(wanted))
    gone = [row for row in existing.values() if row.retired_at is None]
    Workshop.objects.filter(pk__in=[row.pk for row in gone]).update(retired_at=clock.now())
    return [
        f'The workshop "{row.code}" is no longer in the definition: it was retired, its sessions stay.' for row in gone
    ]


def register() -> None:
    """Called once, when Django is ready."""
    register_section(Section("workshop", WorkshopSection, POSITION, check=check_workshops, load=load_workshops))
