"""Set-based upserts on both engines, for projections."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models

# From here on PostgreSQL's COPY is worth its round trips.
FEW = 100

# How a column of a row that is there already takes in the new value (`t` is the table, `excluded` the new row).
ADD = "t.{column} + excluded.{column}"
_LEAST = {"postgresql": "LEAST", "sqlite": "MIN"}
_GREATEST = {"postgresql": "GREATEST", "sqlite": "MAX"}


def least() -> str:
    """The smaller of both."""
    return f"{_LEAST[connection.vendor]}(t.{{column}}, excluded.{{column}})"


def greatest() -> str:
    """The larger of both."""
    return f"{_GREATEST[connection.vendor]}(t.{{column}}, excluded.{{column}})"


def upsert(
    model: type[models.Model], key: Sequence[str], rows: Sequence[tuple[Any, ...]], *, merge: Mapping[str, str]
) -> None:
    """Insert `rows` (the columns of `key`, then those of `merge`, in order) or merge them into those with that key.

    Values are as the engine's driver takes them (`engines.driver`); no key may come twice. With
    an empty `merge` a row that is there stays as it is.
    """
    if not rows:
        return
    columns = [*key, *merge]
    names = ", ".join(f'"{column}"' for column in columns)
    updates = ", ".join(f'"{column}" = {rule.format(column=column)}' for column, rule in merge.items())
    conflict = f"ON CONFLICT ({', '.join(key)}) DO " + (f"UPDATE SET {updates}" if updates else "NOTHING")
    table = model._meta.db_table
    into = f"INSERT INTO {table} AS t ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"{into} VALUES ({marks}) {conflict}", rows)
        elif len(rows) < FEW:
            marks = ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"] * len(rows))
            cursor.execute(f"{into} VALUES {marks} {conflict}", [value for row in rows for value in row])
        else:
            incoming = f"{table}_incoming"
            cursor.execute(
                f"CREATE TEMPORARY TABLE IF NOT EXISTS {incoming} (LIKE {table}) ON COMMIT DELETE ROWS; "
                f"DELETE FROM {incoming}"
            )
            with cursor.copy(f"COPY {incoming} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(f"{into} SELECT {names} FROM {incoming} {conflict}")
