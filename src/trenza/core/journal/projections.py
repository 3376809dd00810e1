"""Projections: tables that follow from observations, whatever their order, repetition or grouping.

An entry is a *head* unless another corrects it (same kind, same person); only heads count. The common batch, without
corrections, is applied as it comes; a batch that corrects, or is corrected by what came before, rebuilds the persons
concerned, so that a correction may arrive before what it corrects. What is about another name of somebody (aliases.py)
is projected to her who is kept.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import ClassVar, TypeVar
from uuid import UUID

from django.db import connection, models

from trenza.core.journal import aliases, engines, reading
from trenza.core.journal.kinds import Observation, name_of
from trenza.core.journal.lines import Line
from trenza.core.models import Entry


class Projection(ABC):
    """A table (or several) derived from observations about persons; each row has a `person`.

    `apply` takes a batch of entries that are new and uncorrected, while nobody else projects about the same persons.
    It must be set-based and commute with itself. It may read published content and tables of projections whose names
    come before its own, nothing else.

    Where `keeps_corrected` is set it is given corrected entries too, and must say itself which of them count: for kinds
    whose corrections ask more than the same person (who may correct whom).
    """

    name: ClassVar[str]
    kinds: ClassVar[tuple[type[Observation], ...]]
    tables: ClassVar[tuple[type[models.Model], ...]]
    keeps_corrected: ClassVar[bool] = False

    @abstractmethod
    def apply(self, batch: Sequence[Line]) -> None:
        """Add what these entries say."""

    def forget(self, persons: Collection[UUID]) -> None:
        """Empty the tables for these persons."""
        for table in self.tables:
            table._default_manager.filter(person__in=persons).delete()


P = TypeVar("P", bound=type[Projection])

_projections: dict[str, Projection] = {}


def projection(cls: P) -> P:
    """Register a projection class."""
    if cls.name in _projections:
        raise ValueError(f"the projection {cls.name} is declared twice")
    _projections[cls.name] = cls()
    return cls


def all_projections() -> list[Projection]:
    """Every projection, in the order in which a batch passes them (by name, the same in each process)."""
    return [_projections[name] for name in sorted(_projections)]


def apply(lines: Sequence[Line]) -> None:
    """Bring every projection up to date with `lines`, which are about to be written."""
    observed = [line for line in lines if isinstance(line.event, Observation)]
    if not observed:
        return
    mine = _in_turn(observed)
    touched = _touched_by_corrections([line for line in mine if not isinstance(line.event, _kept_whole())])
    fresh = [line for line in mine if line.person not in touched] if touched else mine
    for each in all_projections():
        batch = _of_kinds(each, fresh)
        if batch:
            each.apply(batch)
    if touched:
        rebuild(touched, pending=[line for line in mine if line.person in touched])


def rebuild(persons: Collection[UUID], *, pending: Sequence[Line] = ()) -> None:
    """Make the tables anew for `persons`, under all their names, from the journal and from entries about to be
    written."""
    names = aliases.names_of(persons)
    lines = aliases.resolved([*reading.about(names, kinds=projected_kinds()), *pending])
    heads = _heads(lines)
    for each in all_projections():
        each.forget(names)
        batch = _of_kinds(each, lines if each.keeps_corrected else heads)
        if batch:
            each.apply(batch)


def projected_kinds() -> set[str]:
    """The names of the kinds that some projection reads."""
    return {name_of(kind) for each in all_projections() for kind in each.kinds}


def set_aliases(kept: Mapping[UUID, UUID | None]) -> None:
    """Within an action: from now on each of these persons is another name of whom she is kept as (None: of nobody),
    and the projections of all of them are made anew."""
    rebuild(aliases.write_aliases(kept))


def _in_turn(observed: Sequence[Line]) -> Sequence[Line]:
    """These entries under the names that count, with nobody else projecting about the same persons from now on."""
    mine = aliases.resolved(observed)
    engines.lock_persons({line.person.int for lines in (observed, mine) for line in lines if line.person})
    if connection.vendor != "postgresql":
        return mine
    # Two persons may have become one while we waited for the turn.
    return aliases.resolved(observed)


def _kept_whole() -> tuple[type[Observation], ...]:
    """The kinds that are read only by projections that keep what was corrected: a correction rebuilds nobody."""
    whole = {kind for each in all_projections() if each.keeps_corrected for kind in each.kinds}
    return tuple(whole - {kind for each in all_projections() if not each.keeps_corrected for kind in each.kinds})


def _of_kinds(each: Projection, lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if isinstance(line.event, each.kinds)]


def _touched_by_corrections(lines: Sequence[Line]) -> set[UUID]:
    touched = {line.person for line in lines if line.corrects and line.person}
    devices = {line.device.int: line.device for line in lines if line.device}
    corrections = Entry.objects.filter(corrects_device__in=devices.values()) if devices else Entry.objects.none()
    corrected = set(corrections.values_list("corrects_device", "corrects_sequence"))
    if corrected:
        touched |= {line.person for line in lines if (line.device, line.sequence) in corrected and line.person}
    return touched


def _heads(lines: Sequence[Line]) -> list[Line]:
    by_identity = {(line.device, line.sequence): line for line in lines if line.device}
    corrected = set()
    for line in lines:
        target = by_identity.get(line.corrects) if line.corrects else None
        if target and target.kind == line.kind and target.person == line.person:
            corrected.add(line.corrects)
    return [line for line in lines if (line.device, line.sequence) not in corrected]


def conflicts() -> list[tuple[UUID, int]]:
    """Entries with several uncorrected corrections, for a person to resolve: (device, sequence) of each."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.corrects_device, c.corrects_sequence FROM core_entry c
            JOIN core_device d ON d.id = c.device_id
            WHERE c.corrects_device IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM core_entry later WHERE later.corrects_device = d.uuid
                AND later.corrects_sequence = c.sequence AND later.kind = c.kind AND later.person = c.person)
            GROUP BY c.corrects_device, c.corrects_sequence HAVING count(*) > 1
            ORDER BY c.corrects_device, c.corrects_sequence
            """
        )
        rows = cursor.fetchall()
    return [(device if isinstance(device, UUID) else UUID(bytes=bytes(device)), number) for device, number in rows]
