"""From a file to a Definition, or to all its problems."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from trenza.core.definition import sections, wording
from trenza.core.definition.definition import Definition
from trenza.core.definition.items import keys_of
from trenza.core.definition.problems import DefinitionErrors, Problem, did_you_mean, listed
from trenza.core.definition.report import MOST, Report
from trenza.core.definition.sections import Section
from trenza.core.definition.toml import MAX_BYTES, Place, read_toml
from trenza.core.definition.words import Key
from trenza.core.definition.words import say as _

FORMAT = 1
NAME = "programme.toml"


def read_definition(path: Path) -> Definition:
    """Read the definition of a programme's folder (or the programme.toml itself).

    Raises:
        DefinitionErrors: with every problem, in the order of the lines.
    """
    file = path / NAME if path.name != NAME else path
    try:
        with file.open("rb") as stream:
            source = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise DefinitionErrors(
            [Problem(str(file), 1, _("cannot be read: %(reason)s", reason=error.strerror), _("give its folder"))]
        ) from error
    return parse_definition(source, file=str(file), folder=file.parent)


def check_directory(path: Path) -> list[Problem]:
    """Every problem of a programme's folder; none is well."""
    try:
        read_definition(path)
    except DefinitionErrors as errors:
        return errors.problems
    return []


def parse_definition(source: bytes, *, file: str = NAME, folder: Path | None = None) -> Definition:
    """Read a definition from bytes; without a folder nothing is checked beside it.

    Raises:
        DefinitionErrors: with every problem, in the order of the lines. Nothing else, whatever the bytes.
    """
    definition, problems = examine_definition(source, file=file, folder=folder)
    if problems:
        raise DefinitionErrors(problems)
    return definition


def examine_definition(
    source: bytes, *, file: str = NAME, folder: Path | None = None
) -> tuple[Definition, list[Problem]]:
    """Read a definition that may have errors, as a draft has: what it says, and what is wrong with it.

    Raises:
        DefinitionErrors: it is no TOML, so that nothing can be said of it.
    """
    read = read_toml(source, file=file)
    definition = Definition(file, folder, read.data, read.lines)
    report = Report(definition)
    _check_top(definition, report)
    for section in sections.all_sections():
        if section.key in definition.data:
            _read_section(definition, section, report)
    _check_repeated(definition, report)
    for check in sections.all_checks():
        check(definition, report)
    return definition, sorted(set(report.problems))[:MOST]


def _check_top(definition: Definition, report: Report) -> None:
    known = {section.key: section for section in sections.all_sections()}
    if "format" not in definition.data:
        report.problem((), _('"format" is missing'), hint=_("begin the file with format = %(format)s", format=FORMAT))
    elif definition.data["format"] != FORMAT or isinstance(definition.data["format"], bool):
        hint = _("this version reads format = %(format)s", format=FORMAT)
        report.problem(("format",), _("this format is not known"), hint=hint)
    for key in definition.data:
        if key != "format" and key not in known and key not in sections.elsewhere():
            close = did_you_mean(key, known) or _("use %(codes)s", codes=listed(list(known)))
            report.problem((key,), _('the section "%(key)s" is not known', key=key), hint=close)
    for section in known.values():
        if section.required and not definition.data.get(section.key):
            report.problem((), _("%(section)s is missing", section=section.title), hint=_("write it"))


def _read_section(definition: Definition, section: Section, report: Report) -> None:
    value = definition.data[section.key]
    if section.many and not isinstance(value, tuple):
        hint = _("write %(section)s", section=section.title)
        report.problem((section.key,), _('"%(key)s" must be a list', key=Key(section.key)), hint=hint)
        return
    values: list[tuple[Place, Any]] = (
        [((section.key, number), each) for number, each in enumerate(value)]
        if section.many
        else [((section.key,), value)]
    )
    for place, each in values:
        try:
            item = section.model.model_validate(each, strict=True)
        except ValidationError as error:
            for inner, message, remedy in wording.faults(error, section.model, each):
                report.problem(place, message, field=inner, hint=remedy)
        else:
            definition.items.setdefault(section.key, []).append(item)
            definition.places.update(_placed(item, place))


def _placed(item: BaseModel, place: Place) -> Iterator[tuple[int, Place]]:
    """Where the item and each model within it stand."""
    yield id(item), place
    for field, name in zip(type(item).model_fields, keys_of(type(item)), strict=True):
        value = getattr(item, field)
        if isinstance(value, BaseModel):
            yield from _placed(value, (*place, name))
        elif isinstance(value, tuple):
            for number, each in enumerate(value):
                if isinstance(each, BaseModel):
                    yield from _placed(each, (*place, name, number))


def _check_repeated(definition: Definition, report: Report) -> None:
    """Codes that stand twice in one list, at any depth."""
    waiting: list[tuple[Place, Any]] = [((), definition.data)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, Mapping):
            waiting.extend(((*place, key), each) for key, each in value.items())
        elif isinstance(value, tuple):
            seen: dict[str, Place] = {}
            for number, each in enumerate(value):
                inner = (*place, number)
                waiting.append((inner, each))
                code = each.get("code") if isinstance(each, Mapping) else None
                if not isinstance(code, str):
                    continue
                if code in seen:
                    line = definition.line((*seen[code], "code"))
                    hint = _("the first is on line %(line)s", line=line)
                    report.problem(inner, _("this code stands twice"), field="code", hint=hint)
                else:
                    seen[code] = inner
