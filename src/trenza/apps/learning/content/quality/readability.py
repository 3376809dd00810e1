"""How easily a Spanish text reads: its sentences, its words, and the scale INFLESZ.

Szigriszt Pazos (1993), Sistemas predictivos de legibilidad del mensaje escrito: perspicuity is
206.835 - 62.3 * syllables / words - words / sentences. Barrio-Cantalejo et al. (2008), Validación de la Escala INFLESZ,
call a text somewhat easy from 55 on, quite easy from 65 on and very easy from 80 on.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from trenza.apps.learning.content.quality.syllables import count_syllables

_END: Final = re.compile(r"[.!?…]+[)»”\"'*]*[.]?(?=\s|$)|:(?=\s*$)|\s=>\s")
_ABBREVIATION: Final = re.compile(r"(?:\b(?:Sra?s?|Dra?s?|art|arts|núm|aprox|ej|p|pág|Ing|Lic|etc|EE|UU)|\b[A-Z])\.$")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True)
class Measure:
    """What was counted in a text."""

    sentences: int
    words: int
    syllables: int

    @property
    def mean(self) -> float:
        """Words of a sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def perspicuity(self) -> float:
        """The value on the scale INFLESZ; 0 for a text without words."""
        return 206.835 - 62.3 * self.syllables / self.words - self.mean if self.words else 0.0


def sentences(text: str) -> list[str]:
    """The sentences of one paragraph. It ends its last one, with or without a full stop."""
    found, begin = [], 0
    for end in _END.finditer(text):
        if end[0] == "." and _ABBREVIATION.search(text[: end.end()]):
            continue
        found.append(text[begin : end.end()].strip())
        begin = end.end()
    return [each for each in (*found, text[begin:].strip()) if words(each)]


def words(text: str) -> list[str]:
    """The words of a text. Numbers are none, nor are the capitals of a name that is said by its letters (GB, PDF)."""
    return [word for word in _WORD.findall(text) if len(word) == 1 or not word.isupper()]


def measure(paragraphs: Iterable[str]) -> Measure:
    """What paragraphs hold, all together."""
    found = [words(sentence) for paragraph in paragraphs for sentence in sentences(paragraph)]
    flat = [word for sentence in found for word in sentence]
    parts = [part for word in flat for part in re.split(r"[-'’]", word)]
    return Measure(len(found), len(flat), sum(map(count_syllables, parts)))
