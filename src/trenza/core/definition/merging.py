"""Two people edited one definition: the changes of one on top of those of the other, item by item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from trenza.core.definition import sections
from trenza.core.definition.comparing import Table, named, tables_of
from trenza.core.definition.writing import canonical

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Conflict:
    """An item that both changed, each in another way; None where one took it out."""

    key: str
    name: str
    mine: Table | None
    theirs: Table | None

    @property
    def id(self) -> str:
        """What a choice is given for."""
        return f"{self.key}/{self.name}"


def merge(
    base: Table, mine: Table, theirs: Table, choices: Mapping[str, str] | None = None
) -> tuple[dict[str, Any], list[Conflict]]:
    """What `mine` changed of `base`, done to `theirs`; and the items that both changed.

    `choices` say for each conflict, by its id, whose item is taken; mine where nothing is said. Whose order of a
    list was changed, that order holds; mine where both changed it.
    """
    merged: dict[str, Any] = {"format": theirs.get("format", mine.get("format"))}
    conflicts: list[Conflict] = []
    for section in sections.all_sections():
        values = [each.get(section.key, () if section.many else {}) for each in (base, mine, theirs)]
        if section.many:
            one, two, three = (named(section.model, tables_of(value)) for value in values)
        else:
            one, two, three = ({"": value} for value in values)
        items = {}
        for name in _order(list(one), list(two), list(three)):
            taken = _taken(section.key, name, section.model, one, two, three, choices or {}, conflicts)
            if taken is not None:
                items[name] = taken
        if section.many and items:
            merged[section.key] = tuple(items.values())
        elif items.get(""):
            merged[section.key] = items[""]
    for key in sections.elsewhere():
        if key in theirs:
            merged[key] = theirs[key]
    return merged, conflicts


def _taken(
    key: str,
    name: str,
    model: type[BaseModel],
    base: Mapping[str, Table],
    mine: Mapping[str, Table],
    theirs: Mapping[str, Table],
    choices: Mapping[str, str],
    conflicts: list[Conflict],
) -> Table | None:
    before, ours, other = (_text(each.get(name), model) for each in (base, mine, theirs))
    if ours in (before, other):
        return theirs.get(name)
    if other == before:
        return mine.get(name)
    conflict = Conflict(key, name, mine.get(name), theirs.get(name))
    conflicts.append(conflict)
    return conflict.theirs if choices.get(conflict.id) == THEIRS else conflict.mine


def _text(table: Table | None, model: type[BaseModel]) -> str | None:
    return None if table is None else canonical(table, model)


def _order(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """All names: in the order of who changed it, what the other has besides behind its neighbour there."""
    moved = [name for name in mine if name in base] != [name for name in base if name in mine]
    first, second = (mine, theirs) if moved else (theirs, mine)
    names = list(first)
    for number, name in enumerate(second):
        if name not in names:
            before = next((each for each in reversed(second[:number]) if each in names), None)
            place = names.index(before) + 1 if before is not None else 0
            while place < len(names) and names[place] not in base and names[place] not in second:
                place += 1  # behind what the other put there
            names.insert(place, name)
    return names
