"""Where an item stands in a definition, as an address says it: `region/3`, `track/0/module/nuevo`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from trenza.core.definition import Place, Section, all_sections, keys_of, lists_of
from trenza.portals.office.definitions import words

NEW = "nuevo"
DEEPEST = 8

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Spot:
    """An item, or the list that it is in. `table` is empty for an item to come."""

    section: Section
    place: Place
    model: type[BaseModel]
    key: str
    table: Data
    is_new: bool = False

    @property
    def list_place(self) -> Place:
        """The list that the item is in; the section itself where it stands once."""
        return self.place[:-1] if self.section.many else self.place

    @property
    def title(self) -> str:
        """What the item is called, in words."""
        if self.is_new:
            return words.one(self.key)
        return f"{words.one(self.key)} {title_of(self.table)}".strip()


def path_of(place: Place) -> str:
    """A place as part of an address."""
    return "/".join(map(str, place))


def find(data: Data, path: str) -> Spot | None:
    """The item that a path leads to; None where it leads nowhere."""
    parts = path.strip("/").split("/")
    section = next((each for each in all_sections() if each.key == parts[0]), None)
    if section is None or len(parts) > DEEPEST:
        return None
    if not section.many:
        table = data.get(section.key, {})
        fine = len(parts) == 1 and isinstance(table, Mapping)
        return Spot(section, (section.key,), section.model, section.key, table) if fine else None
    place: Place = ()
    model: type[BaseModel] = section.model
    around: Any = data
    for number in range(0, len(parts), 2):
        key = parts[number]
        if number:
            inner = lists_of(model).get(key)
            if inner is None:
                return None
            model = inner
        items = around.get(key, ())
        place = (*place, key)
        index = parts[number + 1] if number + 1 < len(parts) else ""
        if index == NEW and number + 2 == len(parts):
            return Spot(section, (*place, len(items)), model, key, {}, is_new=True)
        if not (index.isascii() and index.isdecimal() and len(index) < 5 and int(index) < len(items)):
            return None
        place, around = (*place, int(index)), items[int(index)]
        if not isinstance(around, Mapping):
            return None
    return Spot(section, place, model, str(place[-2]), around)


def find_list(data: Data, path: str) -> tuple[Place, Sequence[Any]] | None:
    """The list that a path leads to: a section, or one within an item."""
    outer, _, key = path.strip("/").rpartition("/")
    if not outer:
        section = next((each for each in all_sections() if each.key == key and each.many), None)
        return ((key,), data.get(key, ())) if section else None
    spot = find(data, outer)
    if spot is None or spot.is_new or key not in lists_of(spot.model):
        return None
    return (*spot.place, key), spot.table.get(key, ())


def title_of(table: Data) -> str:
    """What people would call an item: its name, title, question, or what it is of."""
    for key in ("name", "title", "label", "sentence", "code"):
        if isinstance(table.get(key), str) and table[key].strip():
            return str(table[key])
    return " · ".join(str(table[key]) for key in ("indicator", "edition", "region", "from", "to") if table.get(key))


def put(data: Data, place: Place, value: Any) -> dict[str, Any]:
    """The data with this value at a place; behind the last of a list where it is one further."""
    changed: dict[str, Any] = _put(data, place, value)
    return changed


def remove(data: Data, place: Place) -> dict[str, Any]:
    """The data without the item at a place."""
    items = get(data, place[:-1])
    return put(data, place[:-1], (*items[: place[-1]], *items[int(place[-1]) + 1 :]))


def move(data: Data, place: Place, step: int) -> dict[str, Any]:
    """The data with the item so many places further, or back; within its list."""
    items = list(get(data, place[:-1]))
    here = int(place[-1])
    there = min(max(here + step, 0), len(items) - 1)
    items.insert(there, items.pop(here))
    return put(data, place[:-1], tuple(items))


def get(data: Any, place: Place) -> Any:
    """What stands at a place that exists; nothing of a list that is left out."""
    for part in place:
        data = data.get(part, ()) if isinstance(data, Mapping) else data[part]
    return data


def tables(value: Any) -> Sequence[Data]:
    """The tables of a list, whatever a draft has there; places of others count, as empty ones."""
    return [each if isinstance(each, Mapping) else {} for each in value] if isinstance(value, tuple) else []


def ordered(table: Data, model: type[BaseModel]) -> dict[str, Any]:
    """The keys of a table in the order of its model."""
    return {key: table[key] for key in keys_of(model) if key in table}


def _put(data: Any, place: Place, value: Any) -> Any:
    if not place:
        return value
    first, rest = place[0], place[1:]
    if isinstance(data, Mapping):
        return {**data, first: _put(data.get(str(first), () if rest else None), rest, value)}
    items = list(data)
    if first == len(items):
        items.append({})
    items[int(first)] = _put(items[int(first)], rest, value)
    return tuple(items)
