"""Set-based upserts on both engines, for projections."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models

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
    table = connection.ops.quote_name(model._meta.db_table)
    columns = [*key, *merge]
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    updates = ", ".join(f"{column} = {rule.format(column=column)}" for column, rule in merge.items())
    conflict = f"ON CONFLICT ({', '.join(key)}) DO " + (f"UPDATE SET {updates}" if updates else "NOTHING")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            types = [model._meta.get_field(column).db_type(connection) for column in columns]
            arrays = ", ".join(f"%s::{kind}[]" for kind in types)
            cursor.execute(
                f"INSERT INTO {table} AS t ({names}) SELECT * FROM unnest({arrays}) {conflict}",
                [list(column) for column in zip(*rows, strict=True)],
            )
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} AS t ({names}) VALUES ({marks}) {conflict}", rows)
