"""`trenza journal check`: projections equal what the journal says, and each decision's row has its entry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction

from trenza.core import triggers
from trenza.core.journal import engines, projections
from trenza.core.journal.kinds import Decision, name_of
from trenza.core.journal.projections import Projection

_PERSONS_AT_ONCE = 500


@dataclass(frozen=True)
class Witness:
    """Rows of `model` are made by one of `events`; the entry names the row in its field `field`."""

    model: type[models.Model]
    events: tuple[type[Decision], ...]
    field: str


_witnesses: list[Witness] = []


def witness(model: type[models.Model], event: type[Decision], field: str, *others: type[Decision]) -> None:
    """Register that every row of `model` must have an entry of `event`, or of one of the others, that names it."""
    _witnesses.append(Witness(model, (event, *others), field))


def all_witnesses() -> list[Witness]:
    """Every registered witness."""
    return list(_witnesses)


def check() -> list[str]:
    """What is wrong, a line each, naming the row; empty when all is well. Changes nothing.

    A hub has rows of decisions whose entries stay at its cell: nobody looks for them here.
    """
    faults = [f"the trigger {name} is missing: run `trenza migrate`" for name in triggers.missing(connection)]
    for each in projections.all_projections():
        faults += _compare(each)
    for each_witness in [] if settings.IS_HUB else _witnesses:
        faults += _unwitnessed(each_witness)
    return faults


def _compare(each: Projection) -> Iterator[str]:
    for persons in _persons(each):
        with engines.write_turn(), transaction.atomic():
            before = _state(each, persons)
            projections.rebuild(persons)
            after = _state(each, persons)
            transaction.set_rollback(True)
        for key in sorted(before.keys() | after.keys(), key=repr):
            if before.get(key) != after.get(key):
                table, *values = key
                shown = ", ".join(str(value) for value in values)
                yield (
                    f"{each.name}: {table} ({shown}) holds {before.get(key, 'nothing')}, "
                    f"the journal says {after.get(key, 'nothing')}"
                )


def _persons(each: Projection) -> Iterator[Sequence[UUID]]:
    found: set[UUID] = set()
    for table in each.tables:
        found.update(table._default_manager.values_list("person", flat=True).distinct())
    names = sorted(name_of(kind) for kind in each.kinds)
    with connection.cursor() as cursor:
        marks = ", ".join(["%s"] * len(names))
        cursor.execute(
            f"SELECT DISTINCT person FROM core_entry WHERE person IS NOT NULL AND kind IN ({marks})",
            names,
        )
        found.update(row[0] if isinstance(row[0], UUID) else UUID(bytes=bytes(row[0])) for row in cursor.fetchall())
    ordered = sorted(found)
    for start in range(0, len(ordered), _PERSONS_AT_ONCE):
        yield ordered[start : start + _PERSONS_AT_ONCE]


def _state(each: Projection, persons: Sequence[UUID]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The rows of these persons by (table, primary key)."""
    state = {}
    for table in each.tables:
        key = _key(table)
        columns = [field.attname for field in table._meta.concrete_fields if not field.primary_key]
        for row in table._default_manager.filter(person__in=persons).values(*columns):
            state[(table._meta.label, *(row[column] for column in key))] = {
                column: value for column, value in row.items() if column not in key
            }
    return state


def _key(table: type[models.Model]) -> list[str]:
    return [field.attname for field in table._meta.pk_fields]


def _unwitnessed(each: Witness) -> Iterator[str]:
    names = [name_of(event) for event in each.events]
    places = ", ".join("%s" for _ in names)
    extract = "data ->> %s" if connection.vendor == "postgresql" else "json_extract(data, '$.' || %s)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {extract} FROM core_entry WHERE kind IN ({places})", [each.field, *names])
        named = {UUID(row[0]) for row in cursor.fetchall() if row[0]}
    for row_id in each.model._default_manager.order_by("pk").values_list("pk", flat=True).iterator():
        if row_id not in named:
            yield f"{each.model._meta.label} {row_id} has no entry {' or '.join(names)}"
