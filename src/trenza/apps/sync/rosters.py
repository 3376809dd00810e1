"""What goes down to her phone: each app that has something for her own pages registers its part."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

Roster = Callable[[UUID], Mapping[str, Any]]
_rosters: dict[str, Roster] = {}


class State(NamedTuple):
    """Her state as JSON, which says its digest too."""

    digest: str
    json: msgspec.Raw


def register_roster(name: str, roster: Roster) -> None:
    """Register a part of the state: `roster(person)` gives keys of its own, with a fixed number of queries."""
    if name in _rosters:
        raise ValueError(f"the roster {name} is registered twice")
    _rosters[name] = roster


def state_of(person: UUID) -> State:
    """All that her own pages need without a signal."""
    parts: dict[str, Any] = {}
    for name in sorted(_rosters):
        parts |= _rosters[name](person)
    digest = hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()[:16]
    return State(digest, msgspec.Raw(msgspec.json.encode({"digest": digest, **parts})))
