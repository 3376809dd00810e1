"""What must agree within the sections of programmes."""

from collections.abc import Iterator, Mapping
from datetime import date
from graphlib import CycleError, TopologicalSorter

from trenza.apps.programmes.definition.sections import (
    BranchSection,
    CourseRequirement,
    EditionSection,
    FollowsSection,
    ProgrammeSection,
    RegionSection,
    TrackSection,
)
from trenza.core.definition import Definition, Report

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)


def check_programme(definition: Definition, report: Report) -> None:
    """The code is the folder's name, and somebody organises."""
    for programme in definition.of(ProgrammeSection):
        folder = definition.folder.resolve().name if definition.folder else programme.code
        if folder != programme.code:
            report.problem(
                programme,
                f'the code "{programme.code}" is not the name of its folder',
                field="code",
                hint=f'write "{folder}", or rename the folder',
            )
    organisations = definition.section("organisation")
    if organisations and not any("organiser" in each.roles for each in organisations):
        report.problem(organisations[0], "no organisation organises", hint='give one the role "organiser"')


def check_tracks(definition: Definition, report: Report) -> None:
    """Completion asks for no more than there is; modules open after others of the track, and not in a circle."""
    for track in definition.of(TrackSection):
        if isinstance(track.completion, int) and not 1 <= track.completion <= len(track.module):
            report.problem(
                track,
                f"it is complete with {track.completion} modules and has {len(track.module)}",
                field="completion",
                hint=f'give a number from 1 to {len(track.module)}, or "all"',
            )
        codes = [module.code for module in track.module]
        for module in track.module:
            report.one_of(module, "after", codes, what="module", where=f'the track "{track.code}"')
        for module in track.module:
            asked = module.requirement
            if isinstance(asked, CourseRequirement) and asked.course in asked.recognises:
                report.problem(
                    asked,
                    f'"{asked.course}" meets the module anyway',
                    field="recognises",
                    hint="name only courses besides it, or take it out",
                )
        after = {module.code: module.after for module in track.module}
        for circle in circles(after):
            first = next(module for module in track.module if module.code == circle[0])
            report.problem(
                first,
                f"modules that wait for each other never open: {' after '.join([*circle, circle[0]])}",
                field="after",
                hint='take one out of "after"',
            )


def check_branches(definition: Definition, report: Report) -> None:
    """Its tracks stand, and each is in one branch."""
    taken: dict[str, str] = {}
    for branch in definition.of(BranchSection):
        report.refer(branch, "tracks", to="track")
        for number, track in enumerate(branch.tracks):
            if taken.setdefault(track, branch.code) != branch.code:
                report.problem(
                    branch,
                    f'the track "{track}" is in the branch "{taken[track]}" already',
                    field=("tracks", number),
                    hint="leave it in one of them",
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
                    f'the region "{code}" lies in {region.iso[:2]}, which is none of its countries',
                    field=("regions", number),
                    hint=f'add "{region.iso[:2]}" to them',
                )
        for country in edition.countries:
            known = [definition.find("region", code) for code in edition.regions]
            if all(known) and country not in {region.iso[:2] for region in known if region}:
                report.problem(
                    edition,
                    f'none of its regions lies in "{country}"',
                    field=("countries", edition.countries.index(country)),
                    hint="add a region of it, or take the country out",
                )


def _check_days(edition: EditionSection, report: Report) -> None:
    dated, relative = ("starts_on", "ends_on"), ("starts_day", "ends_day")
    wanted, other = (relative, dated) if edition.demonstration else (dated, relative)
    for field in other:
        if getattr(edition, field) is not None:
            report.problem(
                edition,
                f'"{field}" belongs to {"an edition with dates" if edition.demonstration else "a demonstration"}',
                field=field,
                hint=f'write "{wanted[other.index(field)]}"'
                + ("" if edition.demonstration else ", or demonstration = true"),
            )
    for field in wanted:
        if getattr(edition, field) is None and getattr(edition, other[wanted.index(field)]) is None:
            report.problem(edition, f'"{field}" is missing', hint="write it")
    for field in dated:
        day = getattr(edition, field)
        if day is not None and not EARLIEST <= day <= LATEST:
            report.problem(edition, f'"{field}" is no plausible day', field=field, hint="correct the year")
    for start, end in (dated, relative):
        first, last = getattr(edition, start), getattr(edition, end)
        if first is not None and last is not None and last < first:
            report.problem(edition, "it ends before it starts", field=end, hint=f"correct {start} or {end}")


def check_follows(definition: Definition, report: Report) -> None:
    """What follows from a track stands, and no track follows from itself."""
    given: dict[str, tuple[str, ...]] = {}
    for follows in definition.of(FollowsSection):
        report.refer(follows, "after", to="track")
        report.refer(follows, "track", to="track")
        if (follows.gives == "track") != (follows.track is not None):
            if follows.track is None:
                report.problem(follows, "it gives a track and does not say which", field="gives", hint='write "track"')
            else:
                report.problem(
                    follows,
                    f'a {follows.gives} names no "track"',
                    field="track",
                    hint='take it out, or gives = "track"',
                )
        if follows.track is not None:
            given[follows.after] = (*given.get(follows.after, ()), follows.track)
    for circle in circles(given):
        first = next(each for each in definition.of(FollowsSection) if each.after == circle[0] and each.track)
        report.problem(
            first,
            f"tracks follow from each other in a circle: {' to '.join([*circle, circle[0]])}",
            field="track",
            hint="take one of them out",
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
