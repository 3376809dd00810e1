"""A centre is a scope of roles: what it contains, and who comes there."""

from collections.abc import Iterable
from uuid import UUID

from trenza.apps.people.api import Scope, register_scope


def register() -> None:
    """Nothing lies within a centre; what holds one (a region, a programme) says so itself."""
    register_scope("centre", contains=_nothing)


def _nothing(_: UUID) -> Iterable[Scope]:
    return ()
