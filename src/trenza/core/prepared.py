"""A query that Django compiles once and that is asked again with other values: for what is asked at every request.

Compiling takes longer than an indexed query does; of a page that comes from memory it would be most of the work.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class PreparedRow:
    """`build` makes the query (`values_list`) from example values, each of which must stand in it and occur nowhere
    else; `one` asks for the first row of the same query with others in their place. Columns come as the database gives
    them: to be compared, not to be read."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *examples: str | datetime) -> None:
        self._build = build
        self._examples = examples
        self._sql: dict[str, tuple[str, Sequence[Any]]] = {}

    def one(self, *values: str | datetime) -> tuple[Any, ...] | None:
        """The first row; None where there is none."""
        if connection.vendor not in self._sql:
            self._sql[connection.vendor] = self._build(*self._examples).query.sql_with_params()
        sql, params = self._sql[connection.vendor]
        for_example = dict(zip(map(_adapted, self._examples), map(_adapted, values), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [for_example.get(each, each) for each in params])
            row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def _adapted(value: str | datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
