"""The canonical form: the same bytes for the same definition."""

from collections.abc import Iterator, Mapping
from typing import Any

import tomli_w
from pydantic import BaseModel

from trenza.core.definition import sections
from trenza.core.definition.definition import Definition
from trenza.core.definition.items import keys_of, models_in

_WIDTH = 100


def write_definition(definition: Definition) -> str:
    """The definition as TOML: sections by position, keys as their models have them, no comments, no empty section.

    Writing what was read from it gives the same text again.
    """
    return write_data(definition.data)


def write_data(data: Mapping[str, Any]) -> str:
    """The same for values that no check has seen: a draft's. Keys that no section knows are left out."""
    lines = [f"format = {data['format']}"]
    for section in sections.all_sections():
        for table in _tables(data.get(section.key, ())):
            lines += ["", section.title, *_body(section.key, _ordered(table, section.model))]
    for key in sections.elsewhere():
        value = data.get(key, ())
        for table in _tables(value):
            lines += ["", f"[[{key}]]" if isinstance(value, tuple) else f"[{key}]", *_body(key, table)]
    return "\n".join(lines) + "\n"


def canonical(table: Any, model: type[BaseModel]) -> str:
    """One item as it would be written: two are the same where these are. (In Python True is 1, here it is not.)"""
    return "\n".join(_body("", _ordered(table, model))) if isinstance(table, Mapping) else _value(table)


def _tables(value: Any) -> tuple[Mapping[str, Any], ...]:
    """Those of a list, or the one of a section that stands once: empty, it says nothing and is left out."""
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()


def _ordered(value: Any, *models: type[BaseModel]) -> Any:
    """The same value with keys in the order of the models' fields."""
    if isinstance(value, tuple):
        return tuple(_ordered(each, *models) for each in value)
    if not isinstance(value, Mapping):
        return value
    names = dict.fromkeys(name for model in models for name in keys_of(model))
    return {
        name: _ordered(value[name], *(inner for model in models for inner in _models_of(model, name)))
        for name in names
        if name in value
    }


def _models_of(model: type[BaseModel], name: str) -> list[type[BaseModel]]:
    field = keys_of(model).get(name)
    return models_in(field.annotation) if field else []


def _body(header: str, table: Mapping[str, Any]) -> Iterator[str]:
    """The keys of a table, and below them the lists of tables that do not fit on a line."""
    inner = {key: value for key, value in table.items() if _is_list_of_tables(value)}
    for key, value in table.items():
        if key not in inner:
            yield f"{key} = {_value(value)}"
    for key, tables in inner.items():
        for each in tables:
            yield ""
            yield f"[[{header}.{key}]]"
            yield from _body(f"{header}.{key}", each)


def _is_list_of_tables(value: Any) -> bool:
    if not isinstance(value, tuple) or not value:
        return False
    if not all(isinstance(each, Mapping) for each in value):
        return False
    return not all(
        len(each) <= 2 and not any(isinstance(part, tuple | Mapping) for part in each.values()) for each in value
    )


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _scalar(value, multiline=True)
    if not isinstance(value, tuple):
        return _inline(value)
    line = _inline(value)
    if len(line) <= _WIDTH and not any(isinstance(each, Mapping) for each in value):
        return line
    return "[\n" + "".join(f"    {_inline(each)},\n" for each in value) + "]"


def _inline(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_inline(each)}" for key, each in value.items()) + " }"
    if isinstance(value, tuple):
        return "[" + ", ".join(_inline(each) for each in value) + "]"
    return _scalar(value)


def _scalar(value: Any, *, multiline: bool = False) -> str:
    return tomli_w.dumps({"_": value}, multiline_strings=multiline).removeprefix("_ = ").removesuffix("\n")
