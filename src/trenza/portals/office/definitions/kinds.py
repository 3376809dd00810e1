"""How a key is asked for on a form: read from its type in the model."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel, NaiveDatetime
from pydantic.fields import FieldInfo

from trenza.core.definition import Refers, keys_of, reference_of

LONG = 1_000  # from so many letters on a text has more than a line

Kind = Literal[
    "line", "text", "number", "decimal", "date", "moment", "yes", "choice", "choices", "lines", "loose", "loose_lines",
    "all_or_number", "rows", "list", "variants",
]  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A key and how it is asked for. `values` are those of a choice, `models` those of rows, lists and variants."""

    key: str
    kind: Kind
    field: FieldInfo
    values: tuple[str, ...] = ()
    models: tuple[type[BaseModel], ...] = ()
    refers: Refers | None = None

    @property
    def is_required(self) -> bool:
        return self.field.is_required()


@cache
def asked_of(model: type[BaseModel]) -> tuple[Asked, ...]:
    """Every key of a model, in the order of the file."""
    return tuple(_asked(key, field) for key, field in keys_of(model).items())


def _asked(key: str, field: FieldInfo) -> Asked:
    refers = reference_of(field)
    members = [each for each in _members(field.annotation) if each is not type(None)]
    first = members[0]
    if isinstance(first, type) and issubclass(first, BaseModel):
        return Asked(key, "variants", field, models=tuple(members))
    if get_origin(first) is Literal and int in members:
        return Asked(key, "all_or_number", field, values=get_args(first))
    if get_origin(first) is Literal:
        return Asked(key, "choice", field, values=get_args(first))
    if get_origin(first) is tuple:
        return _asked_several(key, field, get_args(first)[0], refers)
    if refers:
        return Asked(key, "choice", field, refers=refers)
    if bool in members and int in members:
        return Asked(key, "loose", field)
    kinds: dict[Any, Kind] = {
        bool: "yes",
        int: "number",
        float: "decimal",
        date: "date",
        datetime: "moment",
        NaiveDatetime: "moment",
    }
    if first in kinds:
        return Asked(key, kinds[first], field)
    return Asked(key, "text" if _longest(field) > LONG else "line", field)


def _asked_several(key: str, field: FieldInfo, inner: Any, refers: Refers | None) -> Asked:
    members = list(_members(inner))
    if refers:
        return Asked(key, "choices", field, refers=refers)
    if get_origin(members[0]) is Literal:
        return Asked(key, "choices", field, values=get_args(members[0]))
    if isinstance(members[0], type) and issubclass(members[0], BaseModel):
        small = all(each.kind in ("line", "number", "choice") for each in asked_of(members[0]))
        kind: Kind = "rows" if small and len(asked_of(members[0])) <= 3 else "list"
        return Asked(key, kind, field, models=(members[0],))
    return Asked(key, "loose_lines" if bool in members else "lines", field)


def _members(annotation: Any) -> Iterator[Any]:
    """The types that an annotation may be, without what is said beside them."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for each in get_args(annotation):
            yield from _members(each)
    else:
        yield annotation


def _longest(field: FieldInfo) -> int:
    """How many letters a text may have."""
    found = [each.max_length for each in _metadata(field) if isinstance(each, MaxLen)]
    return min(found, default=0)


def _metadata(field: FieldInfo) -> Iterator[Any]:
    yield from field.metadata
    for member in get_args(field.annotation):
        if get_origin(member) is Annotated:
            for each in get_args(member)[1:]:
                yield from each.metadata if isinstance(each, FieldInfo) else (each,)
