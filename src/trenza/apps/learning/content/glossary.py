"""`glossary.toml`: the words of a course that not everybody knows, each with what it means.

    "navegador" = "El programa del teléfono con el que ves páginas de internet."

Words are written as they stand in running text, in small letters; their plurals are found too.
"""

import re
from collections.abc import Iterable
from typing import Final

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.manifest import check_words, key_line, read_text, read_toml, shown

NAME: Final = "glossary.toml"


def read_glossary(data: bytes, problems: Problems) -> dict[str, str]:
    """What each word means, in the order of the file; whatever is wrong is told, and such a word is left out."""
    text = read_text(NAME, data, problems)
    table = read_toml(NAME, text, problems) if text is not None else None
    if text is None or table is None:
        return {}
    if len(table) > limits.GLOSSARY_WORDS:
        problems.add(NAME, 0, f"The glossary has {len(table)} words.", f"At most {limits.GLOSSARY_WORDS}: divide it.")
        return {}
    words: dict[str, str] = {}
    for word, meaning in table.items():
        line = key_line(text, word)

        def wrong(problem: str, remedy: str, line: int = line) -> None:
            problems.add(NAME, line, problem, remedy)

        if not re.fullmatch(r"\w[\w .+/@-]*", word) or len(word) > limits.GLOSSARY_WORD_LENGTH:
            wrong(f'"{shown(word)}" is not a word as we write it.', "Use letters, with a space between two words.")
        elif read := check_words(meaning, shown(word), limits.GLOSSARY_LENGTH, wrong):
            words[" ".join(word.split())] = read
    return words


_SHARP: Final = {"án": "an", "én": "en", "ín": "in", "ón": "on", "ún": "un", "és": "es"}
"""Ends of words that lose their accent in the plural."""


def word_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the words or its plural in a text, whole and whatever its capitals; the longest that fits.

    Of several words the first or the last may have the plural: `copias de seguridad`, `hojas de cálculo`.
    """
    forms = sorted((_form(word) for word in words), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])" if forms else r"(?!)", re.IGNORECASE)


def _form(word: str) -> str:
    """A pattern of a word and its plural: with -s, with -es, -z that becomes -ces, -ón that becomes -ones (Spanish)."""
    return " ".join(_plural(part) for part in word.split())


def _plural(part: str) -> str:
    if part[-1] in "zZ":
        return f"{re.escape(part[:-1])}(?:z|ces)"
    if part[-2:].lower() in _SHARP:
        return f"{re.escape(part[:-2])}(?:{part[-2:]}|{_SHARP[part[-2:].lower()]}es)"
    return f"{re.escape(part)}(?:e?s)?"
