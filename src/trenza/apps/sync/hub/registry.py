"""What apps tell the engine: which entries a hub may hand on, about whom, and which rows go down to it.

The engine knows no app and no centre: a centre is an id, a row is a key and a value.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from trenza.core.journal import Observation, name_of, names_of


@dataclass(frozen=True)
class HubPlace:
    """For whom rows are asked on the cell: a hub, the centre that it is of, and the secret of its pairing."""

    hub: UUID
    centre: UUID
    secret: bytes

    @cached_property
    def persons(self) -> frozenset[UUID]:
        """Whom the hub may speak of, as of now; asked once a visit."""
        return frozenset(persons_of(self.centre))


class Lazy(NamedTuple):
    """A value that is read only where the hub does not have it as of `tag` yet."""

    tag: bytes
    read: Callable[[], Any]


# The persons whom the hub of this centre may speak of.
Roster = Callable[[UUID], Iterable[UUID]]
# All rows of one table for this hub: a key that stays the row's own, and a value that MessagePack can hold, or `Lazy`.
Rows = Callable[[HubPlace], Iterable[tuple[bytes, Any]]]
# On the hub: put these rows in place, and take those away. In a transaction; twice is as once.
Apply = Callable[[Sequence[tuple[bytes, Any]], Sequence[bytes]], None]


class HubTable(NamedTuple):
    """Rows that go down to hubs, whole: `rows` is asked on the cell, `apply` on the hub. `apart`: it is put in place
    behind the others, and in transactions of its own. `form` is another one whenever `apply` understands more of a row
    than before: a hub that was upgraded is told all of its rows again."""

    rows: Rows
    apply: Apply
    apart: bool = False
    form: str = ""


_kinds: set[str] = set()
_about_strangers: set[str] = set()
_certifying: set[str] = set()
_up_only: set[str] = set()
_rosters: list[Roster] = []
_captured: list[Roster] = []
_tables: dict[str, HubTable] = {}


def register_hub_kinds(
    *kinds: type[Observation], strangers: bool = False, certifying: bool = False, up_only: bool = False
) -> None:
    """Register observations that a hub may hand on, and that go down to the hubs of whom they are about. `strangers`:
    also about who is not on its roster, and is somebody by it (a walk-in). `certifying`: somebody confirms each that
    comes from a hub. `up_only`: they do not go down, but what follows from them does, as rows."""
    names = {name_of(kind) for kind in kinds}
    _kinds.update(names)
    if up_only:
        _up_only.update(names)
    if strangers:
        _about_strangers.update(names)
    if certifying:
        _certifying.update(names)


def register_hub_roster(roster: Roster, *, captured: bool = False) -> None:
    """Register who knows the persons of a centre, in a fixed number of queries. `captured`: the hub may speak of them,
    and nothing about them goes down: they are nobody yet but by what it said itself."""
    (_captured if captured else _rosters).append(roster)


def register_hub_table(name: str, rows: Rows, apply: Apply, *, apart: bool = False, form: str = "") -> None:
    """Register rows that go down to hubs; `HubTable` says what each of these is. Only what has changed travels, so
    `rows` is asked at each visit: a fixed number of queries. Tables are put in place as they are registered, from the
    ground up, and what is gone is taken away the other way round."""
    if name in _tables:
        raise ValueError(f"the table {name} is registered twice")
    _tables[name] = HubTable(rows, apply, apart, form)


def hub_kinds() -> frozenset[str]:
    """The names of the kinds that a hub may hand on."""
    return frozenset(_kinds)


def hub_kinds_down() -> frozenset[str]:
    """The names of the kinds whose entries go down."""
    return frozenset(_kinds - _up_only)


def may_be_about_strangers(kind: str) -> bool:
    """Whether this kind may speak of somebody who is not on the hub's roster."""
    return kind in _about_strangers


def certifies(kind: str) -> bool:
    """Whether somebody confirms each entry of this kind that comes from a hub."""
    return kind in _certifying


def persons_of(centre: UUID, *, captured: bool = False) -> set[UUID]:
    """Who is of this centre, as of now, under all her names; with `captured` also those whom its hub alone knows."""
    rosters = [*_rosters, *_captured] if captured else _rosters
    return names_of({person for roster in rosters for person in roster(centre)})


def hub_tables() -> Mapping[str, HubTable]:
    """Every table that goes down, in the order in which they are put in place."""
    return dict(sorted(_tables.items(), key=lambda item: item[1].apart))
