"""What changed between two definitions, item by item: regions by code, quotas by region, targets by their subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_origin

from pydantic import BaseModel

from trenza.core.definition import sections
from trenza.core.definition.items import keys_of, models_in
from trenza.core.definition.writing import canonical

Table = Mapping[str, Any]


@dataclass(frozen=True)
class FieldChange:
    """A key of an item: what it said and what it says; None where it is left out."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """An item that came, went or says something else; `moved` is about the order of a whole list and names no item.

    `key` is the section or the list within an item, `name` what tells the item from the others of it.
    """

    key: str
    name: str
    kind: Literal["added", "removed", "changed", "moved"]
    item: Table
    fields: tuple[FieldChange, ...] = ()
    inner: tuple[Change, ...] = ()


def changes_between(before: Table, after: Table) -> list[Change]:
    """Every change from one definition's data to another's, in the order of the sections; none is no change."""
    found: list[Change] = []
    for section in sections.all_sections():
        one, two = (each.get(section.key, () if section.many else {}) for each in (before, after))
        if section.many:
            found += _list_changes(section.key, section.model, tables_of(one), tables_of(two))
        elif canonical(one, section.model) != canonical(two, section.model):
            found.append(_changed(section.key, "", section.model, one, two))
    return found


def lists_of(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """The keys of a model that hold lists of items, with the models of these."""
    return {
        key: models_in(field.annotation)[0]
        for key, field in keys_of(model).items()
        if get_origin(field.annotation) is tuple and models_in(field.annotation)
    }


def name_of_item(model: type[BaseModel], table: Table) -> str:
    """What tells an item from the others of its list: mostly its code."""
    identity: Sequence[str] = getattr(model, "identity", ("code",))
    return " ".join(str(table[key]) for key in identity if table.get(key) not in (None, ""))


def named(model: type[BaseModel], tables: Sequence[Table]) -> dict[str, Table]:
    """Items by their names, in order; a name that stands twice is numbered."""
    found: dict[str, Table] = {}
    for table in tables:
        name = name_of_item(model, table)
        count = 1
        while name in found:
            count += 1
            name = f"{name_of_item(model, table)} ({count})"
        found[name] = table
    return found


def tables_of(value: Any) -> tuple[Table, ...]:
    """The tables of a list, whatever a draft has there."""
    return tuple(each for each in value if isinstance(each, Mapping)) if isinstance(value, tuple) else ()


def _list_changes(
    key: str, model: type[BaseModel], before: Sequence[Table], after: Sequence[Table]
) -> Iterator[Change]:
    old, new = named(model, before), named(model, after)
    for name, table in old.items():
        if name not in new:
            yield Change(key, name, "removed", table)
    for name, table in new.items():
        if name not in old:
            yield Change(key, name, "added", table)
        elif canonical(old[name], model) != canonical(table, model):
            yield _changed(key, name, model, old[name], table)
    kept = [name for name in old if name in new]
    if kept != [name for name in new if name in old]:
        yield Change(key, "", "moved", {})


def _changed(key: str, name: str, model: type[BaseModel], before: Table, after: Table) -> Change:
    lists = lists_of(model)
    fields = tuple(
        FieldChange(each, before.get(each), after.get(each))
        for each in keys_of(model)
        if each not in lists and _shown(before.get(each)) != _shown(after.get(each))
    )
    inner = tuple(
        change
        for each, inner_model in lists.items()
        for change in _list_changes(each, inner_model, tables_of(before.get(each)), tables_of(after.get(each)))
    )
    return Change(key, name, "changed", after, fields, inner)


def _shown(value: Any) -> str:
    return repr(sorted(value.items())) if isinstance(value, Mapping) else repr(value)
