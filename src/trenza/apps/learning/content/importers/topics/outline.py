"""`course.json`: what the course, its modules and its topics are called."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from trenza.apps.learning.content.errors import Problems

FILE = "course.json"
_LONGEST = 512 * 1024
_ENTRIES = 2_000


@dataclass
class Outline:
    """`topics` holds, by the number of a topic, the titles above it and its own, from the module down."""

    title: str = ""
    description: str = ""
    code: str = ""
    topics: dict[str, list[str]] = field(default_factory=dict)


def read_outline(data: bytes, problems: Problems) -> Outline:
    """What course.json says; whatever it says in another way is passed over."""
    if len(data) > _LONGEST:
        problems.add(FILE, 0, "The file is too long.", f"At most {_LONGEST // 1024} KB.")
        return Outline()
    try:
        table = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        problems.add(FILE, error.lineno, f"This is not JSON: {error.msg}.", "Correct it, or take the file away.")
        return Outline()
    except (UnicodeDecodeError, RecursionError, ValueError):
        problems.add(FILE, 0, "This is not JSON in UTF-8.", "Correct it, or take the file away.")
        return Outline()
    if not isinstance(table, dict):
        return Outline()
    outline = Outline(_text(table, "title", "titulo"), _text(table, "description", "descripcion"), _text(table, "id"))
    for key in ("modules", "modulos"):
        _walk(table.get(key), [], outline)
    return outline


def _walk(entries: object, above: list[str], outline: Outline) -> None:
    if not isinstance(entries, list) or len(above) > 4:
        return
    for entry in entries[:_ENTRIES]:
        if not isinstance(entry, dict):
            continue
        titles = [*above, _text(entry, "titulo", "title", "name")]
        for key in ("subtema_id", "tema_id", "modulo_id", "id"):
            number = entry.get(key)
            if isinstance(number, str | int) and not isinstance(number, bool):
                outline.topics.setdefault(str(number), [title for title in titles if title])
        for key in ("temas", "subtemas", "topics", "subtopics"):
            _walk(entry.get(key), titles, outline)


def _text(table: Mapping[str, object], *keys: str) -> str:
    for key in keys:
        value = table.get(key)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return ""
