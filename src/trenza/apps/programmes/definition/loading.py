"""From sections to rows. Repeatable; a row that is named no more is retired, never deleted."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from trenza.apps.programmes.definition.sections import (
    ActivitySection,
    BranchSection,
    ConfirmedRequirement,
    ContextSection,
    EditionSection,
    FollowsSection,
    ModuleSection,
    OrganisationSection,
    ProgrammeSection,
    RegionSection,
    TrackSection,
)
from trenza.apps.programmes.models import (
    Activity,
    Branch,
    ContextFigure,
    Edition,
    ExternalCourse,
    FollowOn,
    Module,
    Organisation,
    Programme,
    RecognisedCourse,
    Region,
    Track,
)
from trenza.apps.programmes.models.base import DefinedModel
from trenza.core import clock
from trenza.core.definition import Definition
from trenza.core.ids import named_id

M = TypeVar("M", bound=DefinedModel)
S = TypeVar(
    "S",
    OrganisationSection,
    RegionSection,
    TrackSection,
    ModuleSection,
    BranchSection,
    EditionSection,
    FollowsSection,
    ActivitySection,
    ContextSection,
)


def load_programme(definition: Definition) -> Programme:
    """The programme's own row, locked until the action ends."""
    [section] = definition.of(ProgrammeSection)
    values = {
        "name": section.name,
        "summary": section.summary,
        "languages": list(section.languages),
        "adult_from": section.adult_from,
        "account_from": section.account_from,
        "participants": section.participants,
        "place": section.place or "",
    }
    pk = named_id(section.code, "programme")
    Programme.objects.bulk_create([Programme(pk=pk, code=section.code, **values)], ignore_conflicts=True)
    programme = Programme.objects.select_for_update().get(pk=pk)
    _set(programme, values)
    return programme


def load_organisations(definition: Definition, programme: Programme, today: date) -> list[str]:
    """`[[organisation]]`."""
    return _load(Organisation, definition.of(OrganisationSection), programme, lambda item: {"roles": list(item.roles)})


def load_regions(definition: Definition, programme: Programme, today: date) -> list[str]:
    """`[[region]]`."""
    return _load(Region, definition.of(RegionSection), programme, lambda item: {"iso": item.iso})


def load_tracks(definition: Definition, programme: Programme, today: date) -> list[str]:
    """`[[track]]` with its modules."""
    sections = definition.of(TrackSection)
    notes = _load(
        Track,
        sections,
        programme,
        lambda item: {
            "summary": item.summary,
            "level": item.level or "",
            "unlock": item.unlock,
            "hours": item.hours,
            "completion": None if item.completion == "all" else item.completion,
        },
    )
    for section in sections:
        track = programme.tracks.get(code=section.code)
        notes += _load(Module, section.module, programme, _module_values, within=track)
        modules = {module.code: module for module in track.modules.all()}
        for each in section.module:
            modules[each.code].opens_after.set(modules[code] for code in each.after)
            _recognise(modules[each.code], each)
            notes += _load_external(modules[each.code], each)
    return notes


def load_branches(definition: Definition, programme: Programme, today: date) -> list[str]:
    """`[[branch]]`."""
    sections = definition.of(BranchSection)
    notes = _load(
        Branch, sections, programme, lambda item: {"summary": item.summary, "participants": item.participants}
    )
    for section in sections:
        branch = programme.branches.get(code=section.code)
        branch.tracks.set(programme.tracks.filter(code__in=section.tracks))
    return notes


def load_editions(definition: Definition, programme: Programme, today: date) -> list[str]:
    """`[[edition]]`; relative days count from `today`."""
    sections = definition.of(EditionSection)

    def values(item: EditionSection) -> dict[str, Any]:
        return {
            "starts_on": _day(item.starts_on, item.starts_day, today),
            "ends_on": _day(item.ends_on, item.ends_day, today),
            "demonstration": item.demonstration,
            "countries": list(item.countries),
        }

    notes = _load(Edition, sections, programme, values)
    for section in sections:
        edition = programme.editions.get(code=section.code)
        edition.tracks.set(programme.tracks.filter(code__in=section.tracks))
        edition.regions.set(programme.regions.filter(code__in=section.regions))
    return notes


def load_follow_ons(definition: Definition, programme: Programme, today: date) -> list[str]:
    """`[[follows]]`."""
    tracks = {track.code: track for track in programme.tracks.all()}
    return _load(
        FollowOn,
        definition.of(FollowsSection),
        programme,
        lambda item: {
            "after": tracks[item.after],
            "gives": item.gives,
            "track": tracks[item.track] if item.track else None,
            "summary": item.summary or "",
        },
    )


def load_activities(definition: Definition, programme: Programme, today: date) -> list[str]:
    """`[[activity]]`."""
    return _load(
        Activity,
        definition.of(ActivitySection),
        programme,
        lambda item: {"kind": item.kind, "summary": item.summary},
    )


def load_context(definition: Definition, programme: Programme, today: date) -> list[str]:
    """`[[context]]`."""
    return _load(
        ContextFigure,
        definition.of(ContextSection),
        programme,
        lambda item: item.model_dump(include={"value", "unit", "country", "year", "source"}),
    )


def _module_values(item: ModuleSection) -> dict[str, Any]:
    asked = item.requirement
    return {
        "summary": item.summary or "",
        "requirement_kind": asked.kind,
        "course": "" if isinstance(asked, ConfirmedRequirement) else asked.course,
        "confirmed_by": asked.by if isinstance(asked, ConfirmedRequirement) else "",
    }


def _recognise(module: Module, section: ModuleSection) -> None:
    asked = section.requirement
    wanted = set() if isinstance(asked, ConfirmedRequirement) else set(asked.recognises)
    known = set(module.recognised.values_list("course", flat=True))
    module.recognised.filter(course__in=known - wanted).delete()
    RecognisedCourse.objects.bulk_create(
        RecognisedCourse(pk=named_id(str(module.pk), "recognises", course), module=module, course=course)
        for course in sorted(wanted - known)
    )


def _load_external(module: Module, section: ModuleSection) -> list[str]:
    existing = {row.code: row for row in module.external.all()}
    for position, each in enumerate(section.external):
        wanted = {
            "name": each.name, "provider": each.provider, "url": each.url or "", "pass_score": each.pass_score,
            "achievement": each.achievement or "", "position": position, "retired_at": None,
        }  # fmt: skip
        row = existing.pop(each.code, None)
        if row is None:
            pk = named_id(str(module.pk), "external", each.code)
            ExternalCourse.objects.create(pk=pk, module=module, code=each.code, **wanted)
        else:
            _set(row, wanted)
    gone = [row for row in existing.values() if row.retired_at is None]
    for row in gone:
        _set(row, {"retired_at": clock.now()})
    return [
        f'The course elsewhere "{row.code}" is no longer in the definition: it was retired, nothing was deleted.'
        for row in gone
    ]


def _day(absolute: date | None, relative: int | None, today: date) -> date:
    return absolute if absolute is not None else today + timedelta(days=relative or 0)


def _load(
    model: type[M],
    sections: Sequence[S],
    programme: Programme,
    values: Callable[[S], Mapping[str, Any]],
    *,
    within: Track | None = None,
) -> list[str]:
    """Make, change and retire the rows of one section; sentences about those that were retired."""
    parent = {"track": within} if within else {"programme": programme}
    kind = model._meta.model_name or ""
    existing = {row.code: row for row in model._default_manager.filter(**parent)}
    for position, section in enumerate(sections):
        wanted = {"name": section.name, "position": position, "retired_at": None, **values(section)}
        row = existing.pop(section.code, None)
        if row is None:
            parts = (within.code, section.code) if within else (section.code,)
            model._default_manager.create(
                pk=named_id(programme.code, kind, *parts), code=section.code, **parent, **wanted
            )
        else:
            _set(row, wanted)
    notes = []
    for row in existing.values():
        if row.retired_at is None:
            _set(row, {"retired_at": clock.now()})
            notes.append(
                f'The {kind} "{row.code}" is no longer in the definition: it was retired, nothing was deleted.'
            )
    return notes


def _set(row: Programme | DefinedModel, values: Mapping[str, Any]) -> None:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
