"""What apps tell the engine: which entries a hub may hand on, about whom, and which rows go down to it.

The engine knows no app and no centre: a centre is an id, a row is a key and a value.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from trenza.core.journal import Observation, name_of

# The persons whom the hub of this centre may speak of.
Roster = Callable[[UUID], Iterable[UUID]]
# All rows of one table for this centre: a key that stays the row's own, and a value that MessagePack can hold.
Rows = Callable[[UUID], Iterable[tuple[bytes, Any]]]
# On the hub: put these rows in place, and take those away. In a transaction; twice is as once.
Apply = Callable[[Sequence[tuple[bytes, Any]], Sequence[bytes]], None]


class HubTable(NamedTuple):
    """Rows that go down to hubs, whole: `rows` is asked on the cell, `apply` on the hub."""

    rows: Rows
    apply: Apply


_kinds: set[str] = set()
_about_strangers: set[str] = set()
_rosters: list[Roster] = []
_tables: dict[str, HubTable] = {}


def register_hub_kinds(*kinds: type[Observation], strangers: bool = False) -> None:
    """Register observations that a hub may hand on. `strangers`: also about who is not on its roster (a walk-in)."""
    names = {name_of(kind) for kind in kinds}
    _kinds.update(names)
    if strangers:
        _about_strangers.update(names)


def register_hub_roster(roster: Roster) -> None:
    """Register who knows the persons of a centre, in a fixed number of queries."""
    _rosters.append(roster)


def register_hub_table(name: str, rows: Rows, apply: Apply) -> None:
    """Register rows that go down to hubs. Only what has changed travels, so `rows` is asked at each visit: a fixed
    number of queries. Tables are applied in the order of their names."""
    if name in _tables:
        raise ValueError(f"the table {name} is registered twice")
    _tables[name] = HubTable(rows, apply)


def hub_kinds() -> frozenset[str]:
    """The names of the kinds that a hub may hand on."""
    return frozenset(_kinds)


def may_be_about_strangers(kind: str) -> bool:
    """Whether this kind may speak of somebody who is not on the hub's roster."""
    return kind in _about_strangers


def persons_of(centre: UUID) -> set[UUID]:
    """Whom the hub of this centre may speak of, as of now."""
    return {person for roster in _rosters for person in roster(centre)}


def hub_tables() -> Mapping[str, HubTable]:
    """Every table that goes down, in the order in which they are applied."""
    return dict(sorted(_tables.items()))
