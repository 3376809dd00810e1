"""Lists as CSV and XLSX that are safe to open, and that say when their people do not exist."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Model, QuerySet

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for a formula at the start of a cell (OWASP, CSV injection), full-width signs too."""


def safe(value: Any) -> Any:
    """Text that would start a formula, with an apostrophe in front: spreadsheets then show it and run nothing.

    Numbers and dates stay what they are.
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS):
        return "'" + value
    return value


class Streamed:
    """Rows of a queryset a few at a time, so that a long list does not fill the memory of a small laptop."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows
        self.model: type[Model] = rows.model

    def __iter__(self) -> Iterator[Any]:
        return self.rows.iterator(chunk_size=500)
