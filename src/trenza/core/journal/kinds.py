"""The kinds of entry: frozen structs, each an observation or a decision, registered under a versioned name."""

import re
from collections.abc import Callable
from datetime import date
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)
from uuid import UUID

import msgspec

# A short name for machines: a code of a definition, a state, a reason. Never a person's words.
Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9_.:-]{0,79}$")]

_NAME = re.compile(r"^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*\.v[1-9][0-9]*$")
MAX_DATA_BYTES = 4_096


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """What an entry says. Fields are ids, codes, numbers, dates: no field may hold a person's words or contacts."""


class Observation(Event, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """True whatever we think of it, commutes, takes nothing scarce. Devices may send it; projections read it."""


class Decision(Event, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """Made by an action at the authority. Its rows are the truth; the entry is the trail and is never replayed."""


E = TypeVar("E", bound=type[Event])

_by_name: dict[str, type[Event]] = {}
_names: dict[type[Event], str] = {}


def kind(name: str) -> Callable[[E], E]:
    """Register an event class as `app.past_tense.vN`."""
    if not _NAME.match(name):
        raise ValueError(f"{name!r} is not app.past_tense.vN")

    def register(event: E) -> E:
        if name in _by_name:
            raise ValueError(f"the kind {name} is declared twice")
        for field, annotation in get_type_hints(event, include_extras=True).items():
            if not _is_allowed(annotation):
                raise TypeError(f"{name}: the field {field} could hold personal data; use ids, Code, numbers or dates")
        _by_name[name] = event
        _names[event] = name
        return event

    return register


def name_of(event: Event | type[Event]) -> str:
    """The registered name of an event or of its class."""
    return _names[event if isinstance(event, type) else type(event)]


def find(name: str) -> type[Event] | None:
    """The class registered under `name`, if this version of Trenza knows it."""
    return _by_name.get(name)


def all_kinds() -> dict[str, type[Event]]:
    """Every kind by name."""
    return dict(_by_name)


def encode(event: Event) -> bytes:
    """JSON with a stable order of keys, so that the same event is the same bytes."""
    return msgspec.json.encode(event, order="deterministic")


def _is_allowed(annotation: Any) -> bool:
    if annotation == Code or annotation in {UUID, int, float, bool, date, NoneType}:
        return True
    origin = get_origin(annotation)
    if origin is Literal:
        return True
    if origin is Annotated:
        return get_args(annotation)[0] is not str and _is_allowed(get_args(annotation)[0])
    if origin in {list, tuple, dict, Union, UnionType}:
        return all(part is Ellipsis or _is_allowed(part) for part in get_args(annotation))
    return False
