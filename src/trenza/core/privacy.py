"""How every model field is classified, and the door through which a person's data are exported and erased."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID


class Privacy(StrEnum):
    """What a field says about a person.

    PLAIN says nothing of a person by itself. PERSONAL identifies or describes her: exported to her, erased on
    request. SENSITIVE could hurt her in wrong hands: the same, and shown only to roles named for it.
    """

    PLAIN = "plain"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


PLAIN, PERSONAL, SENSITIVE = Privacy.PLAIN, Privacy.PERSONAL, Privacy.SENSITIVE


Export = Callable[[UUID], Any]
Erase = Callable[[UUID], None]


@dataclass(frozen=True)
class Keeper:
    """What one app keeps about a person. `export` gives it as plain values for JSON; `erase` removes what describes
    her and leaves what counts are made of (None: the app keeps nothing that does)."""

    export: Export
    erase: Erase | None


_keepers: dict[str, Keeper] = {}


def register_keeper(app: str, *, export: Export, erase: Erase | None) -> None:
    """Register an app's part, at start-up."""
    if app in _keepers:
        raise ValueError(f"{app} is registered twice")
    _keepers[app] = Keeper(export, erase)


def keepers() -> Mapping[str, Keeper]:
    """Every app's part, by its name."""
    return dict(sorted(_keepers.items()))


def export_of(person: UUID) -> dict[str, Any]:
    """Everything that is kept about a person, by app, for her."""
    return {app: keeper.export(person) for app, keeper in keepers().items()}
