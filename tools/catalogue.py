"""Make the Spanish catalogue that Django reads: `python -m tools.catalogue`.

Each area translates its sentences in a fragment of its own, `src/trenza/locale/es/parts/AREA.po`. The fragments are
the source; `LC_MESSAGES/django.po` and `django.mo` are made from them at set-up, without gettext's programs, and are
not kept in git.
"""

import sys
from pathlib import Path
from typing import NamedTuple

import polib

ROOT = Path(__file__).resolve().parent.parent
SPANISH = ROOT / "src" / "trenza" / "locale" / "es"

METADATA = {
    "Project-Id-Version": "Trenza",
    "Language": "es",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


class Key(NamedTuple):
    """What gettext looks a sentence up by."""

    msgid: str
    context: str | None = None

    def __str__(self) -> str:
        return repr(self.msgid) if self.context is None else f"{self.msgid!r} ({self.context})"


def key_of(entry: polib.POEntry) -> Key:
    return Key(entry.msgid, entry.msgctxt)


def merge(folder: Path = SPANISH) -> tuple[polib.POFile, list[str]]:
    """Put the fragments together; also say what is wrong with them (the first translation of a sentence is kept)."""
    merged = polib.POFile(wrapwidth=110)
    merged.metadata = METADATA
    problems = []
    kept: dict[Key, tuple[polib.POEntry, str]] = {}
    for path in sorted((folder / "parts").glob("*.po")):
        try:
            fragment = polib.pofile(str(path), encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{path.name}: cannot be read: {error}")
            continue
        seen: set[Key] = set()
        for entry in fragment:
            key, place = key_of(entry), f"{path.name}:{entry.linenum}"
            if entry.obsolete:
                problems.append(f"{place}: obsolete, remove it: {key}")
                continue
            if key in seen:
                problems.append(f"{place}: twice in the same file: {key}")
            elif key in kept and text_of(kept[key][0]) != text_of(entry):
                problems.append(f"{place}: translated otherwise than in {kept[key][1]}: {key}")
            seen.add(key)
            if key not in kept:
                kept[key] = entry, place
                merged.append(entry)
    return merged, problems


def text_of(entry: polib.POEntry) -> tuple[str, ...]:
    """The translation: one sentence, or one for each plural form."""
    if entry.msgid_plural:
        return tuple(entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural))
    return (entry.msgstr,)


def compile_catalogue(folder: Path = SPANISH) -> list[str]:
    """Write `django.po` and `django.mo`; return what is wrong with the fragments. Fuzzy translations stay out of the
    latter."""
    merged, problems = merge(folder)
    made = folder / "LC_MESSAGES"
    made.mkdir(parents=True, exist_ok=True)
    merged.save(str(made / "django.po"))
    merged.save_as_mofile(str(made / "django.mo"))
    return problems


if __name__ == "__main__":
    for problem in compile_catalogue():
        print(problem, file=sys.stderr)
