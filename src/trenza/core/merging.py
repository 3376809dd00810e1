"""What is changed when two persons become one, so that exactly that can be put back.

A change says what columns of some rows were and what they became; it is kept as JSON with the merge.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.apps import apps
from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


class Change(msgspec.Struct, frozen=True, array_like=True):
    """`model` is a label (`places.Member`); `before` and `after` are columns of it with values in the form of JSON."""

    model: str
    before: dict[str, Any]
    after: dict[str, Any]
    rows: list[str]


def moved(rows: QuerySet[M], field: str, absorbed: UUID, kept: UUID) -> Change:
    """Make these rows, whose `field` names the absorbed person, the kept one's."""
    return changed(rows, before={field: absorbed}, after={field: kept})


def changed(rows: QuerySet[M], *, before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    """Give those of these rows that have the values `before` the values `after`."""
    keys = list(rows.filter(**_as_condition(before)).order_by("pk").values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=keys).update(**after)
    return Change(rows.model._meta.label, _plain(before), _plain(after), [str(key) for key in keys])


def held(rows: QuerySet[M]) -> QuerySet[M]:
    """These rows, locked within an action; a page that only asks what would stand against a merge locks nothing."""
    return rows.select_for_update(of=("self",)) if connection.in_atomic_block else rows


def without(rows: QuerySet[M], others: QuerySet[M], *fields: str) -> QuerySet[M]:
    """Those of these rows beside which none of the others has the same values in `fields`: they can be moved."""
    taken = set(others.order_by().values_list(*fields))
    clashing = [key for key, *values in rows.order_by().values_list("pk", *fields) if tuple(values) in taken]
    return rows.exclude(pk__in=clashing)


def put_back(changes: Sequence[Change]) -> None:
    """Undo these changes, the last first. Rows that have gone, or have changed since, are left as they are."""
    for change in reversed(changes):
        model = apps.get_model(change.model)
        standing = model._default_manager.filter(pk__in=change.rows, **_as_condition(change.after))
        standing.update(**change.before)


def as_json(changes: Iterable[Change]) -> Any:
    """For a JSON column; changes of no row are left out."""
    return msgspec.to_builtins([change for change in changes if change.rows])


def from_json(kept: Any) -> list[Change]:
    """What `as_json` gave."""
    return msgspec.convert(kept, list[Change])


def count_of(changes: Collection[Change]) -> int:
    """How many rows they are."""
    return sum(len(change.rows) for change in changes)


def _as_condition(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name if value is not None else f"{name}__isnull": True if value is None else value
        for name, value in values.items()
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, bool | int) else str(value) for name, value in values.items()
    }
