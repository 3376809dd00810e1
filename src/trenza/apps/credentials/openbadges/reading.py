"""Documents from anywhere, read so that what we see is what was signed, and so that no size or depth harms us."""

import json
from typing import Any, Final

from trenza.core.errors import DomainError

MOST_BYTES: Final = 262_144
MOST_DEPTH: Final = 24
MOST_VALUES: Final = 4_000


class Unreadable(DomainError):
    """It is no JSON object that we can judge: too large, too deep, ambiguous, or no JSON at all."""


def read_document(data: bytes) -> dict[str, Any]:
    """A JSON object, whose keys stand once and whose numbers and texts have one meaning.

    Raises:
        Unreadable: as it says.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too large")
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
        json.dumps(document, ensure_ascii=False).encode()  # half a pair of surrogates is no text
    except (ValueError, RecursionError) as error:
        raise Unreadable("no JSON") from error
    if not isinstance(document, dict):
        raise Unreadable("no object")
    _measure(document)
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _measure(document: dict[str, Any]) -> None:
    waiting: list[tuple[Any, int]] = [(document, 1)]
    seen = 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if depth > MOST_DEPTH or seen > MOST_VALUES:
            raise Unreadable("too deep or too long")
        if isinstance(value, dict | list):
            waiting += [(each, depth + 1) for each in (value.values() if isinstance(value, dict) else value)]
