"""Doing one thing to several rows in one action: what one row cannot do is undone for it alone, and told."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar
from uuid import UUID

from trenza.core.errors import DomainError
from trenza.core.models import Model

M = TypeVar("M", bound=Model)

Outcomes = Mapping[UUID, DomainError | None]
"""For each row None where it was done, and why not where it was not."""


def each(rows: Iterable[M], act: Callable[[M], object]) -> Outcomes:
    """Call `act`, an action, for each row, in the order of their ids: two at once never wait for each other in a
    circle. Only within an action, which keeps what was done if others raise a DomainError."""
    outcomes: dict[UUID, DomainError | None] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        try:
            act(row)
        except DomainError as error:
            outcomes[row.pk] = error
        else:
            outcomes[row.pk] = None
    return outcomes
