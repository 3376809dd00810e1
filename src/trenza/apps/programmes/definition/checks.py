"""What must agree within the sections of programmes."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from trenza.apps.programmes.definition.sections import (
    BranchSection,
    CourseRequirement,
    EditionSection,
    FollowsSection,
    ModuleSection,
    ProgrammeSection,
    RegionSection,
    TrackSection,
)
from trenza.core.definition import Definition, Key, Report, is_plausible
from trenza.core.definition import say as _


def check_programme(definition: Definition, report: Report) -> None:
    """The code is the folder's name, and somebody organises."""
    for programme in definition.of(ProgrammeSection):
        folder = definition.folder.resolve().name if definition.folder else programme.code
        if folder != programme.code:
            report.problem(
                programme,
                _('the code "%(code)s" is not the name of its folder', code=programme.code),
                field="code",
                hint=_('write "%(folder)s", or rename the folder', folder=folder),
            )
    organisations = definition.section("organisation")
    if organisations and not any("organiser" in each.roles for each in organisations):
        report.problem(organisations[0], _("no organisation organises"), hint=_('give one the role "organiser"'))


def check_tracks(definition: Definition, report: Report) -> None:
    """Completion asks for no more than there is; modules open after others of the track, and not in a circle."""
    for track in definition.of(TrackSection):
        if isinstance(track.completion, int) and not 1 <= track.completion <= len(track.module):
            report.problem(
                track,
                _(
                    "it is complete with %(number)s modules and has %(modules)s",
                    number=track.completion,
                    modules=len(track.module),
                ),
                field="completion",
                hint=_('give a number from 1 to %(modules)s, or "all"', modules=len(track.module)),
            )
        codes = [module.code for module in track.module]
        for module in track.module:
            where = _('the track "%(code)s"', code=track.code)
            report.one_of(module, "after", codes, what="module", where=where)
        for module in track.module:
            asked = module.requirement
            if isinstance(asked, CourseRequirement) and asked.course in asked.recognises:
                report.problem(
                    asked,
                    _('"%(code)s" meets the module anyway', code=asked.course),
                    field="recognises",
                    hint=_("name only courses besides it, or take it out"),
                )
            _check_external(module, report)
        after = {module.code: module.after for module in track.module}
        for circle in circles(after):
            first = next(module for module in track.module if module.code == circle[0])
            way = " ← ".join([*circle, circle[0]])
            report.problem(
                first,
                _("modules that wait for each other never open: %(way)s", way=way),
                field="after",
                hint=_('take one out of "%(key)s"', key=Key("after")),
            )


def _check_external(module: ModuleSection, report: Report) -> None:
    codes = [each.code for each in module.external]
    for number, each in enumerate(module.external):
        if each.code in codes[:number]:
            has = _('the module has a course "%(code)s" elsewhere already', code=each.code)
            report.problem(each, has, field="code", hint=_("give it another code"))


def check_branches(definition: Definition, report: Report) -> None:
    """Its tracks stand, and each is in one branch."""
    taken: dict[str, str] = {}
    for branch in definition.of(BranchSection):
        report.refer(branch, "tracks", to="track")
        for number, track in enumerate(branch.tracks):
            if taken.setdefault(track, branch.code) != branch.code:
                report.problem(
                    branch,
                    _('the track "%(code)s" is in the branch "%(branch)s" already', code=track, branch=taken[track]),
                    field=("tracks", number),
                    hint=_("leave it in one of them"),
                )


def check_editions(definition: Definition, report: Report) -> None:
    """Codes stand, regions lie in its countries; days are in order, and relative in a demonstration only."""
    for edition in definition.of(EditionSection):
        for field in ("tracks", "regions"):
            report.refer(edition, field, to=field.removesuffix("s"))
        _check_days(edition, report)
        for number, code in enumerate(edition.regions):
            region = definition.find("region", code)
            if isinstance(region, RegionSection) and region.iso[:2] not in edition.countries:
                report.problem(
                    edition,
                    _(
                        'the region "%(code)s" lies in %(country)s, which is none of its countries',
                        code=code,
                        country=region.iso[:2],
                    ),
                    field=("regions", number),
                    hint=_('add "%(country)s" to them', country=region.iso[:2]),
                )
        for country in edition.countries:
            known = [definition.find("region", code) for code in edition.regions]
            if all(known) and country not in {region.iso[:2] for region in known if region}:
                report.problem(
                    edition,
                    _('none of its regions lies in "%(country)s"', country=country),
                    field=("countries", edition.countries.index(country)),
                    hint=_("add a region of it, or take the country out"),
                )


def _check_days(edition: EditionSection, report: Report) -> None:
    dated, relative = ("starts_on", "ends_on"), ("starts_day", "ends_day")
    wanted, other = (relative, dated) if edition.demonstration else (dated, relative)
    for field in other:
        if getattr(edition, field) is not None:
            key, instead = Key(field), Key(wanted[other.index(field)])
            if edition.demonstration:
                message = _('"%(key)s" belongs to an edition with dates', key=key)
                hint = _('write "%(instead)s"', instead=instead)
            else:
                message = _('"%(key)s" belongs to a demonstration', key=key)
                hint = _('write "%(instead)s", or demonstration = true', instead=instead)
            report.problem(edition, message, field=field, hint=hint)
    for field in wanted:
        if getattr(edition, field) is None and getattr(edition, other[wanted.index(field)]) is None:
            report.problem(edition, _('"%(key)s" is missing', key=Key(field)), field=field, hint=_("write it"))
    for field in dated:
        day = getattr(edition, field)
        if day is not None and not is_plausible(day):
            implausible = _('"%(key)s" is no plausible day', key=Key(field))
            report.problem(edition, implausible, field=field, hint=_("correct the year"))
    for start, end in (dated, relative):
        first, last = getattr(edition, start), getattr(edition, end)
        if first is not None and last is not None and last < first:
            hint = _("correct %(start)s or %(end)s", start=Key(start), end=Key(end))
            report.problem(edition, _("it ends before it starts"), field=end, hint=hint)


def check_contains(item: Any, report: Report) -> None:
    """What a scholarship contains is told apart by its codes."""
    codes = [each.code for each in item.contains]
    for number, each in enumerate(item.contains):
        if each.code in codes[:number]:
            has = _('it contains "%(code)s" already', code=each.code)
            report.problem(each, has, field="code", hint=_("give it another code"))


def check_follows(definition: Definition, report: Report) -> None:
    """What follows from a track stands, and no track follows from itself."""
    given: dict[str, tuple[str, ...]] = {}
    for follows in definition.of(FollowsSection):
        report.refer(follows, "after", to="track")
        check_contains(follows, report)
        report.refer(follows, "track", to="track")
        if (follows.gives == "track") != (follows.track is not None):
            if follows.track is None:
                which = _("it gives a track and does not say which")
                report.problem(follows, which, field="gives", hint=_('write "%(instead)s"', instead=Key("track")))
            else:
                report.problem(
                    follows,
                    _('a %(gives)s names no "track"', gives=follows.gives),
                    field="track",
                    hint=_('take it out, or gives = "track"'),
                )
        if follows.track is not None:
            given[follows.after] = (*given.get(follows.after, ()), follows.track)
    for circle in circles(given):
        first = next(each for each in definition.of(FollowsSection) if each.after == circle[0] and each.track)
        report.problem(
            first,
            _("tracks follow from each other in a circle: %(way)s", way=" → ".join([*circle, circle[0]])),
            field="track",
            hint=_("take one of them out"),
        )


def circles(arrows: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """The circles among `arrows` (from a node to others), none with a node of another; each begins at a node that
    `arrows` names first."""
    rest = dict(arrows)
    while True:
        try:
            TopologicalSorter(rest).prepare()
        except CycleError as error:
            circle = list(reversed(error.args[1]))[1:]
            start = min(range(len(circle)), key=lambda number: list(arrows).index(circle[number]))
            circle = circle[start:] + circle[:start]
            yield circle
            rest = {node: targets for node, targets in rest.items() if node not in circle}
        else:
            return
