"""Write down that somebody took a list away."""

from typing import Literal

from trenza.apps.people.events import ListExported
from trenza.apps.people.models import Person
from trenza.core.journal import action, record


@action
def record_export(*, list: str, format: Literal["csv", "xlsx"], rows: int, by: Person) -> None:
    """Say who exported which list, and how many rows of it; not whose, and not what was looked for."""
    record(ListExported(list=list, format=format, rows=rows), by=by.pk, about=by.pk)
