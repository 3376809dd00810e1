"""Whose a device is: the app that knows registers it."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple
from uuid import UUID


class Owner(NamedTuple):
    """Whose a device is and what its records are sealed with; `secret` is None where this server lost the key to it."""

    person: UUID
    secret: bytes | None
    revoked: bool


Lookup = Callable[[Collection[UUID]], Mapping[UUID, Owner]]
_lookups: list[Lookup] = []


def register_owners(lookup: Lookup) -> None:
    """Register who knows whose devices are: `lookup` gives those of these devices that it knows, in one query."""
    _lookups.append(lookup)


def owners_of(devices: Collection[UUID]) -> dict[UUID, Owner]:
    """Whose each of these devices is, of those that are somebody's."""
    found: dict[UUID, Owner] = {}
    for lookup in _lookups:
        found |= lookup(devices)
    return found
