"""Whether one name is another corrected, or somebody else's."""

import re
import unicodedata
from typing import Final

PARTICLES: Final = frozenset(
    {"de", "del", "la", "las", "los", "el", "y", "e", "da", "do", "dos", "das", "san", "santa"}
)
SHORTEST: Final = 5
"""Letters of a word in which a slip of the pen still leaves the same word."""
MOST_SLIPS: Final = 2


def is_correction(before: str, after: str) -> bool:
    """Whether `after` keeps at least one of the names in `before`, without regard to accents, capitals and order. Words
    of five letters or more may differ in two; particles as «de la» are nobody's name."""
    old, new = _words(before), _words(after)
    if sorted(old) == sorted(new) or "".join(old) == "".join(new):
        return True
    return any(_same(one, other) for one in _telling(old) for other in _telling(new))


def _words(name: str) -> list[str]:
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", bare.upper().casefold()))


def _telling(words: list[str]) -> list[str]:
    return [word for word in words if len(word) > 1 and word not in PARTICLES]


def _same(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= SHORTEST and _slips(one, other) <= MOST_SLIPS)


def _slips(one: str, other: str) -> int:
    """How many letters have to be put, taken or changed (Levenshtein)."""
    row = list(range(len(other) + 1))
    for down, letter in enumerate(one, start=1):
        above, row = row, [down]
        for across, its in enumerate(other):
            row.append(min(above[across] + (letter != its), above[across + 1] + 1, row[across] + 1))
    return row[-1]
