"""A definition that was read: its items by section, and where each stands in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from trenza.core.definition.toml import Place
from trenza.core.definition.words import Key
from trenza.core.definition.words import say as _

I = TypeVar("I", bound=BaseModel)  # noqa: E741


@dataclass(frozen=True)
class Definition:
    """What a programme.toml says. `folder` is where it lies, None for a text without one (an edit in the office).

    `data` is the file as it was read, arrays as tuples; `lines` has the line of each place in it.
    """

    file: str
    folder: Path | None
    data: Mapping[str, Any]
    lines: Mapping[Place, int]
    items: dict[str, list[BaseModel]] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The programme's code."""
        return str(self.data["programme"]["code"])

    def section(self, key: str) -> list[Any]:
        """The valid items of a section, in the order of the file; one at most where it is single."""
        return list(self.items.get(key, []))

    def of(self, model: type[I]) -> list[I]:
        """The valid items of the section whose model this is."""
        return [item for items in self.items.values() for item in items if type(item) is model]

    def find(self, key: str, code: str) -> Any:
        """The valid item of a list section that has this code, or None."""
        return next((item for item in self.items.get(key, []) if getattr(item, "code", None) == code), None)

    def codes(self, key: str) -> list[str]:
        """The codes that a section gives, also those of items with errors. `track.module` leads further in."""
        found: list[Any] = [self.data]
        for part in key.split("."):
            found = [inner for outer in found if isinstance(outer, Mapping) for inner in _tables(outer.get(part))]
        return [table["code"] for table in found if isinstance(table.get("code"), str)]

    def place(self, item: BaseModel) -> Place:
        """Where an item of this definition stands: the keys and numbers that lead to it."""
        return self.places[id(item)]

    def line(self, place: Place) -> int:
        """The line of a place, or of the closest table around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def subject(data: Mapping[str, Any], place: Place) -> str:
    """What a place is about, in words: `track "basico", module "conectate"`; empty for the file itself."""
    words: list[str] = []
    current: Any = data
    for number, part in enumerate(place):
        current = _step(current, part)
        if isinstance(part, int):
            code = current.get("code") if isinstance(current, Mapping) else None
            if isinstance(current, Mapping):
                key = Key(str(place[number - 1]))
                words.append(
                    _('%(key)s "%(code)s"', key=key, code=code)
                    if isinstance(code, str)
                    else _("%(key)s %(number)s", key=key, number=part + 1)
                )
        elif number == 0 and isinstance(current, Mapping):
            words.append(Key(str(part)))
    said: str = words[0] if words else ""
    for word in words[1:]:
        said = _("%(outer)s, %(inner)s", outer=said, inner=word)
    return said


def _step(current: Any, part: str | int) -> Any:
    if isinstance(current, Mapping):
        return current.get(str(part))
    if isinstance(current, Sequence) and not isinstance(current, str) and isinstance(part, int) and part < len(current):
        return current[part]
    return None


def _tables(value: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        return [value]
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, tuple) else []
