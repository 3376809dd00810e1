"""What was posted becomes values of a definition: what makes no sense is kept as text, and the checker says so.

What was not changed on the form stays the value that it was, to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.text import slugify
from pydantic import BaseModel

from trenza.portals.office.definitions.kinds import Asked, asked_of

ASKED = "asked"  # which keys the form showed: an unticked box posts nothing
MOST_LETTERS = 10_000
MOST_LINES = 500
MOST_ROWS = 100
LARGEST = 2**31 - 1
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_WHOLE = re.compile(r"[+-]?[0-9]{1,10}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}[.,][0-9]{1,9}")
_YES, _NO = {"true", "sí", "si", "yes"}, {"false", "no"}


def read_item(model: type[BaseModel], before: Mapping[str, Any], posted: QueryDict, prefix: str = "") -> dict[str, Any]:
    """The item as the form says, from what it was; keys that the form did not show stay."""
    shown = set(posted.getlist(ASKED))
    after: dict[str, Any] = {}
    for asked in asked_of(model):
        name = f"{prefix}{asked.key}"
        value = before.get(asked.key)
        if name in shown or (asked.kind == "variants" and f"{name}.kind" in shown):
            value = _read(asked, value, posted, name)
        if value is not None:
            after[asked.key] = value
    return after


def code_for(table: Mapping[str, Any], model: type[BaseModel], taken: set[str]) -> dict[str, Any]:
    """The table with a code made of its name, where it has none."""
    if any(asked.key == "code" for asked in asked_of(model)) and not table.get("code"):
        words = next((table[key] for key in ("name", "title", "label", "sentence") if table.get(key)), "")
        base = slugify(str(words))[:50].strip("-_") or "nuevo"
        code, number = base, 1
        while code in taken:
            number += 1
            code = f"{base}-{number}"
        return {"code": code, **table}
    return dict(table)


def shown(asked: Asked, value: Any) -> str:
    """How a single value stands in its box."""
    if value is None:
        return ""
    if asked.kind in ("loose", "yes") and isinstance(value, bool):
        return "true" if value else "false"
    if asked.kind in ("lines", "loose_lines"):
        return "\n".join(_loose_shown(each) for each in value) if isinstance(value, tuple) else str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _read(asked: Asked, before: Any, posted: QueryDict, name: str) -> Any:
    match asked.kind:
        case "yes":
            return _yes(asked, before, bool(posted.get(name)))
        case "choices":
            return _codes(before, [_clean(each) for each in posted.getlist(name)[:MOST_LINES]])
        case "rows":
            return _rows(asked, before, posted, name)
        case "variants":
            return _variant(asked, before, posted, name)
        case "list":
            return before
    text = _clean(posted.get(name, ""))
    if text.strip() == _clean(shown(asked, before)).strip():
        return before
    return _single(asked, before, text)


def _single(asked: Asked, before: Any, text: str) -> Any:
    """A value that was changed on the form."""
    lines = [line.strip() for line in text.split("\n") if line.strip()][:MOST_LINES]
    match asked.kind:
        case "lines":
            return tuple(lines) or None
        case "loose_lines":
            kept = {_loose_shown(each): each for each in before} if isinstance(before, tuple) else {}
            return tuple(kept.get(line, _loose(line)) for line in lines) or None
        case "text":
            return text.strip() or None
    if not lines:
        return None
    word = " ".join(lines)
    match asked.kind:
        case "number" | "all_or_number":
            return _number(word)
        case "decimal":
            return float(word.replace(",", ".")) if _DECIMAL.fullmatch(word) else _number(word)
        case "date":
            return _day(word)
        case "moment":
            moment = _moment(word)
            return before if moment == before else moment
        case "loose":
            return _loose(word)
    return word


def _yes(asked: Asked, before: Any, ticked: bool) -> Any:
    """What is left out and means this stays left out."""
    if before is None and ticked == bool(asked.field.default):
        return None
    return ticked


def _codes(before: Any, ticked: list[str]) -> Any:
    """Those that stay keep their order, new ones come behind; an empty list that was written stays written."""
    old = [each for each in before if isinstance(each, str)] if isinstance(before, tuple) else []
    kept = [each for each in old if each in ticked]
    after = (*kept, *(each for each in dict.fromkeys(ticked) if each and each not in old))
    return after if after or before == () else None


def _rows(asked: Asked, before: Any, posted: QueryDict, name: str) -> Any:
    old = before if isinstance(before, tuple) else ()
    [model] = asked.models
    rows = []
    for number in range(min(_count(posted, name), MOST_ROWS)):
        table = old[number] if number < len(old) and isinstance(old[number], Mapping) else {}
        row = read_item(model, table, posted, f"{name}.{number}.")
        if row:
            rows.append(row)
    return tuple(rows) if rows or before == () else None


def _count(posted: QueryDict, name: str) -> int:
    numbers = [
        int(match[1])
        for each in posted.getlist(ASKED)
        if (match := re.match(rf"{re.escape(name)}\.([0-9]{{1,3}})\.", each))
    ]
    return max(numbers, default=-1) + 1


def _variant(asked: Asked, before: Any, posted: QueryDict, name: str) -> Any:
    """One of several models, told apart by `kind`: what the others have is left out."""
    table = before if isinstance(before, Mapping) else {}
    kind = _clean(posted.get(f"{name}.kind", "")).strip()
    model = next((each for each in asked.models if kind in asked_of(each)[0].values), None)
    if model is None:
        return {**table, "kind": kind} if kind else before
    return read_item(model, table, posted, f"{name}.")


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:MOST_LETTERS]


def _number(word: str) -> int | str:
    if _WHOLE.fullmatch(word) and abs(int(word)) <= LARGEST:
        return int(word)
    return word


def _day(word: str) -> date | str:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return word


def _moment(word: str) -> datetime | str:
    try:
        return datetime.fromisoformat(word).replace(microsecond=0)
    except ValueError:
        return word


def _loose(word: str) -> bool | int | str:
    """A value of a rule: yes or no, a number, a code."""
    if word.lower() in _YES | _NO:
        return word.lower() in _YES
    return _number(word)


def _loose_shown(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
