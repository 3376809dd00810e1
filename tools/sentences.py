"""Find the English sentences of the interface in Python files and templates."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import django
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from tools.catalogue import ROOT, Key

SOURCE = ROOT / "src" / "trenza"
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml", ".svg", ".typ", ".webmanifest"}

# Babel's way to write gettext's --keyword: which argument is the context ("c"), which are the sentences.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True)
class Sentence:
    """A sentence to translate, its plural or "", and the places where it stands (path:line, from the folder)."""

    key: Key
    plural: str
    places: tuple[str, ...]


def find_sentences(source: Path = SOURCE) -> dict[Key, Sentence]:
    """Every English sentence in the Python files and templates under a folder."""
    places: dict[Key, list[str]] = defaultdict(list)
    plurals: dict[Key, str] = {}
    for path in sorted(source.rglob("*")):
        if path.suffix == ".py" or ("templates" in path.parts and path.suffix in TEMPLATE_SUFFIXES):
            for line, key, plural in sentences_of(path):
                places[key].append(f"{path.relative_to(source).as_posix()}:{line}")
                plurals[key] = plurals.get(key) or plural
    return {key: Sentence(key, plurals[key], tuple(where)) for key, where in places.items()}


def sentences_of_forms() -> dict[Key, Sentence]:
    """What Django's own forms and validators say, which a fragment may say in our words."""
    django_ = Path(django.__file__).parent
    found = find_sentences(django_ / "forms")
    for line, key, plural in sentences_of(django_ / "core" / "validators.py"):
        found.setdefault(key, Sentence(key, plural, (f"django/core/validators.py:{line}",)))
    return found


def sentences_of(path: Path) -> Iterator[tuple[int, Key, str]]:
    """Yield line, key and plural (or "") of each sentence in one file."""
    code = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        code = templatize(code)
    for line, message, _notes, context in extract("python", BytesIO(code.encode()), keywords=KEYWORDS):
        msgid, plural = (message[0], message[1]) if isinstance(message, tuple) else (message, "")
        if msgid:
            yield line, Key(msgid, context), plural
