"""Rows of a model that go down as they are: the fields that are named, and no others.

On a hub the row has the id that it has at the cell. Rows that have ended (a role that was withdrawn) go down too, and
in the order of their ids, which grow with time: so what stands once stands once at every step.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final
from uuid import UUID

from django.db import models, transaction
from django.db.models import ProtectedError, QuerySet, RestrictedError, UniqueConstraint

from trenza.apps.sync.hub.registry import HubPlace, Lazy, register_hub_table
from trenza.core.fields import FoldedField

Chosen = Callable[[HubPlace], QuerySet[Any]]
Altered = Callable[[HubPlace, Mapping[str, Any]], Mapping[str, Any]]
_ID: Final = 16


def register_hub_rows(
    name: str,
    model: type[models.Model],
    *,
    fields: Sequence[str],
    chosen: Chosen,
    immutable: bool = False,
    altered: Altered | None = None,
) -> None:
    """Register that the rows of `model` that are `chosen` for a hub go down to it, with these fields.

    What is not named stays at the cell; on the hub it has its default. A row that is `immutable` is read at the cell
    only where a hub does not have it yet. `altered` makes of a row what this hub shall have of it.
    """
    copies = _Copies(model, tuple(fields), chosen, immutable, altered)
    register_hub_table(name, copies.rows, copies.apply, form=copies.form)


def register_hub_links(name: str, through: type[models.Model], *, ends: tuple[str, str], chosen: Chosen) -> None:
    """Register that rows go down which only link two others (a many-to-many relation); `ends` are their columns."""
    links = _Links(through, ends, chosen)
    register_hub_table(name, links.rows, links.apply)


@dataclass(frozen=True)
class _Copies:
    model: type[models.Model]
    fields: tuple[str, ...]
    chosen: Chosen
    immutable: bool
    altered: Altered | None

    @cached_property
    def form(self) -> str:
        """Eight hexadecimal digits that change with the names of the fields."""
        return hashlib.sha256(" ".join(sorted(self.fields)).encode()).hexdigest()[:8]

    def rows(self, place: HubPlace) -> Iterator[tuple[bytes, Any]]:
        """One query; where rows are immutable, one more for each that travels."""
        chosen = self.chosen(place).order_by("pk")
        if self.immutable:
            for pk in chosen.values_list("pk", flat=True):
                yield pk.bytes, Lazy(self.form.encode(), partial(self._read, pk))
            return
        for row in chosen.values("pk", *self.fields).iterator():
            key = row.pop("pk").bytes
            yield key, self._value(self.altered(place, row) if self.altered else row)

    def apply(self, upserts: Sequence[tuple[bytes, Any]], tombstones: Sequence[bytes]) -> None:
        """What hangs on a row that is gone, and was made here, keeps it here."""
        objects = [self._object(key, value) for key, value in upserts]
        _make_room(self.model, objects)
        self.model._base_manager.bulk_create(
            objects, update_conflicts=True, unique_fields=["id"], update_fields=self._written(), batch_size=200
        )
        _remove(self.model, [UUID(bytes=key) for key in tombstones])

    def _read(self, pk: UUID) -> dict[str, Any]:
        return self._value(self.model._base_manager.filter(pk=pk).values(*self.fields).get())

    def _value(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return {name: _plain(value) for name, value in row.items()}

    def _object(self, key: bytes, value: dict[str, Any]) -> models.Model:
        """A field that this version does not know is passed over."""
        known = {name: value[name] for name in self.fields if name in value}
        return self.model(
            pk=UUID(bytes=key),
            **{self._field(name).attname: self._field(name).to_python(each) for name, each in known.items()},
        )

    def _field(self, name: str) -> Any:
        return self.model._meta.get_field(name)

    def _written(self) -> list[str]:
        """With what is kept of them to be searched."""
        kept = [
            field.name
            for field in self.model._meta.concrete_fields
            if isinstance(field, FoldedField) and set(field.of) & set(self.fields)
        ]
        return [*self.fields, *kept]


@dataclass(frozen=True)
class _Links:
    through: type[models.Model]
    ends: tuple[str, str]
    chosen: Chosen

    def rows(self, place: HubPlace) -> Iterator[tuple[bytes, Any]]:
        """One query."""
        for one, other in self.chosen(place).order_by(*self.ends).values_list(*self.ends):
            yield one.bytes + other.bytes, None

    def apply(self, upserts: Sequence[tuple[bytes, Any]], tombstones: Sequence[bytes]) -> None:
        """Both ends are there already."""
        self.through._base_manager.bulk_create(
            [self.through(**self._ends(key)) for key, _ in upserts], ignore_conflicts=True
        )
        for key in tombstones:
            self.through._base_manager.filter(**self._ends(key)).delete()

    def _ends(self, key: bytes) -> dict[str, UUID]:
        one, other = self.ends
        return {one: UUID(bytes=key[:_ID]), other: UUID(bytes=key[_ID:])}


def _make_room(model: type[models.Model], objects: Collection[models.Model]) -> None:
    """Take away what was made here and is what these rows are: with the same unique fields, under other ids."""
    unique = [[field.name] for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    unique += [
        list(constraint.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None
    ]
    for names in unique:
        for each in objects:
            values = {name: getattr(each, name) for name in names}
            if None not in values.values():
                _remove(model, model._base_manager.filter(**values).exclude(pk=each.pk).values_list("pk", flat=True))


def _remove(model: type[models.Model], keys: Collection[UUID]) -> None:
    for key in keys:
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=key).delete()
        except (ProtectedError, RestrictedError):
            continue


def _plain(value: Any) -> Any:
    """As MessagePack has it; `to_python` of the field makes it what it was."""
    if isinstance(value, UUID):
        return value.bytes
    return bytes(value) if isinstance(value, memoryview) else value
