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
    columns = [*key, *merge]
    names = ", ".join(f'"{column}"' for column in columns)
    updates = ", ".join(f'"{column}" = {rule.format(column=column)}' for column, rule in merge.items())
    conflict = f"ON CONFLICT ({', '.join(key)}) DO " + (f"UPDATE SET {updates}" if updates else "NOTHING")
    into = f"INSERT INTO {model._meta.db_table} AS t ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            types = [model._meta.get_field(column).db_type(connection) or "" for column in columns]
            arrays = [_array(type_, values) for type_, values in zip(types, zip(*rows, strict=True), strict=True)]
            marks = ", ".join(f"%s::{type_}[]" for type_ in types)
            cursor.execute(f"{into} SELECT * FROM unnest({marks}) {conflict}", arrays)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"{into} VALUES ({marks}) {conflict}", rows)


def _array(type_: str, values: Sequence[Any]) -> str:
    """PostgreSQL's text form of an array: one parameter for a column, which the driver need not look into."""
    if type_ == "uuid":
        return "{" + ",".join(values) + "}"
    if isinstance(values[0], str):
        escaped = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
        return '{"' + '","'.join(escaped) + '"}'
    # Dates and moments hold a space or a colon at most: they need no quotes.
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"
