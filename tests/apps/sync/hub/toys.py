"""A table that goes down, kept in memory for each place: what the cell has on its shelf, and what hubs made of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any


class Shelf:
    """`shelf.rows` are those of the place where we are."""

    def __init__(self) -> None:
        self._places: dict[str, dict[bytes, Any]] = defaultdict(dict)
        self._here = ""
        self.applied: list[tuple[int, int]] = []
        self.broken = False

    def at(self, place: str) -> str:
        """Go there; where we were."""
        before, self._here = self._here, place
        return before

    def of(self, place: str) -> dict[bytes, Any]:
        return self._places[place]

    def rows(self, _: Any) -> Iterator[tuple[bytes, Any]]:
        yield from sorted(self._places[self._here].items())

    def apply(self, upserts: Sequence[tuple[bytes, Any]], tombstones: Sequence[bytes]) -> None:
        if self.broken:
            raise ValueError("no room")
        self.applied.append((len(upserts), len(tombstones)))
        self._places[self._here].update(upserts)
        for key in tombstones:
            self._places[self._here].pop(key, None)

    def forget(self) -> None:
        self._places.clear()
        self.applied.clear()
        self.broken = False


shelf = Shelf()
