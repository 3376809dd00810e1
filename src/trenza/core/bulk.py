"""Rows written with SQL that is composed once: upserts in bulk, for projections; single rows, for what must be quick.

Django composes an INSERT anew for each row, which takes longer than the database needs for it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection, models, transaction

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


def insert(*rows: models.Model) -> None:
    """Insert new rows of one model, which have their primary keys: as `save(force_insert=True)` does, without signals.
    What a model's own `save` sees to before, it does in a method `tidy`, which is called here too.

    Raises:
        IntegrityError: as `save` does; it ends the transaction but for a savepoint around this.
    """
    if not rows:
        return
    into, fields = _insertion(type(rows[0]))
    with transaction.mark_for_rollback_on_error("default"), connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(into, _values(rows[0], fields))
        else:
            cursor.executemany(into, [_values(row, fields) for row in rows])
    for row in rows:
        _is_there(row)


def put(row: models.Model, *, key: Sequence[str], where: str = "", replace: bool = True) -> bool:
    """Insert a new row, or write it over that which stands under the key (columns of a unique constraint, `where` the
    condition of it); without `replace`, leave that as it is. One statement, and nobody can come in between.

    Afterwards the row has the primary key of that which stands. Whether it is new; where nothing is replaced and it is
    not, its key says nothing.
    """
    into, fields = _insertion(type(row))
    conflict, own = _conflict(type(row), tuple(key), where, replace), row.pk
    with transaction.mark_for_rollback_on_error("default"), connection.cursor() as cursor:
        cursor.execute(f"{into} {conflict}", _values(row, fields))
        found = cursor.fetchone()
    if found is None:
        return False
    row.pk = row._meta.pk.to_python(found[0])
    _is_there(row)
    return bool(row.pk == own)


@cache
def _insertion(model: type[models.Model]) -> tuple[str, Sequence[Any]]:
    fields = model._meta.concrete_fields
    names, marks = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', fields


@cache
def _conflict(model: type[models.Model], key: tuple[str, ...], where: str, replace: bool) -> str:
    first = model._meta.pk.column
    changing = [field.column for field in model._meta.concrete_fields if field.column not in (first, *key)]
    what = "UPDATE SET " + ", ".join(f'"{each}" = excluded."{each}"' for each in changing) if replace else "NOTHING"
    condition = f" WHERE {where}" if where else ""
    columns = ", ".join(f'"{each}"' for each in key)
    return f'ON CONFLICT ({columns}){condition} DO {what} RETURNING "{first}"'


def _values(row: models.Model, fields: Sequence[Any]) -> list[Any]:
    tidy = getattr(row, "tidy", None)
    if tidy is not None:
        tidy()
    return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]


def _is_there(row: models.Model) -> None:
    row._state.adding, row._state.db = False, "default"


def _array(type_: str, values: Sequence[Any]) -> str:
    """PostgreSQL's text form of an array: one parameter for a column, which the driver need not look into."""
    if type_ == "uuid":
        return "{" + ",".join(values) + "}"
    if isinstance(values[0], str):
        escaped = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
        return '{"' + '","'.join(escaped) + '"}'
    # Dates and moments hold a space or a colon at most: they need no quotes.
    return "{" + ",".join("NULL" if value is None else str(value) for value in values) + "}"
