"""Who is attached to what a definition names: asked before something is taken out of it."""

from collections.abc import Callable, Collection, Mapping

from django.db.models import Count

from trenza.apps.programmes.models import Enrolment, Programme, RequirementMet
from trenza.core.definition import Definition, changes_between, parse_definition

# How many, by code; a code without any may be left out.
Counted = Callable[[Programme, Collection[str]], Mapping[str, int]]

_registered: dict[str, dict[str, Counted]] = {}


def register_attached(section: str, what: str, count: Counted) -> None:
    """Register who is attached to the items of a section: `what` is a word such as "enrolments".

    `count(programme, codes)` says how many for each code. Modules are the section "module", and their codes
    "track/module". The office has a sentence for each `what`.
    """
    if what in _registered.setdefault(section, {}):
        raise ValueError(f"{what} of {section} are registered twice")
    _registered[section][what] = count


def attached_kinds() -> set[str]:
    """Every registered word."""
    return {what for counts in _registered.values() for what in counts}


def taken_out(before: Mapping[str, object], after: Mapping[str, object]) -> list[tuple[str, str]]:
    """What a definition names no more, as (section, code): items of sections, and modules of tracks that stay."""
    found = []
    for change in changes_between(before, after):
        if change.kind == "removed":
            found.append((change.key, change.name))
            found += [("module", f"{change.name}/{each['code']}") for each in _modules(change.key, change.item)]
        found += [
            (inner.key, f"{change.name}/{inner.name}")
            for inner in change.inner
            if inner.kind == "removed" and inner.key == "module"
        ]
    return found


def attached(programme: Programme, things: Collection[tuple[str, str]]) -> dict[tuple[str, str], dict[str, int]]:
    """How many of what are attached to these things; those without anybody are left out. One query for each kind."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for section, counts in _registered.items():
        codes = [code for key, code in things if key == section]
        for what, count in counts.items() if codes else ():
            for code, number in count(programme, codes).items():
                if number:
                    found.setdefault((section, code), {})[what] = number
    return found


def with_people(programme: Programme, definition: Definition) -> dict[tuple[str, str], dict[str, int]]:
    """What this definition would retire although people are in it, and how many."""
    before = parse_definition(programme.versions.latest("number").source.encode())
    return attached(programme, taken_out(before.data, definition.data))


def register() -> None:
    """What programmes itself knows: enrolments, and modules that somebody has met."""
    for section in ("region", "edition", "track"):
        register_attached(section, "enrolments", _enrolments(section))
    register_attached("module", "met", _met)


def _enrolments(field: str) -> Counted:
    def count(programme: Programme, codes: Collection[str]) -> Mapping[str, int]:
        rows = Enrolment.objects.filter(edition__programme=programme, **{f"{field}__code__in": codes}).order_by()
        return dict(rows.values_list(f"{field}__code").annotate(n=Count("pk")))

    return count


def _met(programme: Programme, codes: Collection[str]) -> Mapping[str, int]:
    rows = RequirementMet.objects.filter(enrolment__edition__programme=programme).order_by()
    found = rows.values_list("module__track__code", "module__code").annotate(n=Count("pk"))
    return {f"{track}/{module}": n for track, module, n in found if f"{track}/{module}" in codes}


def _modules(section: str, item: Mapping[str, object]) -> Collection[Mapping[str, object]]:
    modules = item.get("module", ())
    return modules if section == "track" and isinstance(modules, tuple) else ()
