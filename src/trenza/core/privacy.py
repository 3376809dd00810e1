"""How every model field is classified, and the door through which a person's data are exported, erased and merged."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.apps import apps

from trenza.core.merging import Change


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
# Why the first person cannot become another name of the second: codes, each with whose it is to explain.
Forbid = Callable[[UUID, UUID], Iterable[str]]
# Make the first person's the second's; what was changed is returned (merging.py), so that it can be put back.
Merge = Callable[[UUID, UUID], Iterable[Change]]
# The changes were put back: whatever else follows, for (absorbed, kept).
Undone = Callable[[UUID, UUID], None]


@dataclass(frozen=True)
class Keeper:
    """What one app keeps about a person. `export` gives it as plain values for JSON; `erase` removes what describes
    her and leaves what counts are made of (None: the app keeps nothing that does). `merge` makes the rows of one person
    another's (None: all of hers follows from the journal, or stays as it was written), after `forbid` has found nothing
    against it; `undone` is called when that was taken back."""

    export: Export
    erase: Erase | None
    merge: Merge | None = None
    forbid: Forbid | None = None
    undone: Undone | None = None


_keepers: dict[str, Keeper] = {}


def register_keeper(
    app: str,
    *,
    export: Export,
    erase: Erase | None,
    merge: Merge | None = None,
    forbid: Forbid | None = None,
    undone: Undone | None = None,
) -> None:
    """Register an app's part, at start-up."""
    if app in _keepers:
        raise ValueError(f"{app} is registered twice")
    _keepers[app] = Keeper(export, erase, merge, forbid, undone)


def keepers() -> Mapping[str, Keeper]:
    """Every app's part, by its name."""
    return dict(sorted(_keepers.items()))


def export_of(person: UUID) -> dict[str, Any]:
    """Everything that is kept about a person, by app, for her; `other_names` is what stayed under each of those."""
    found = _exported(person)
    if others := [_exported(name) for name in other_names_of(person)]:
        found["other_names"] = others
    return found


def erase_of(person: UUID) -> None:
    """Erase what describes a person, in every app and under all her names."""
    for name in (person, *other_names_of(person)):
        for keeper in keepers().values():
            if keeper.erase is not None:
                keeper.erase(name)


def other_names_of(person: UUID) -> list[UUID]:
    """What she is called besides (core/journal/aliases.py)."""
    aliases = apps.get_model("core", "Alias")._default_manager.filter(kept=person, ended_at=None)
    return sorted(aliases.values_list("person", flat=True))


def _exported(person: UUID) -> dict[str, Any]:
    return {app: keeper.export(person) for app, keeper in keepers().items()}
