"""How many syllables a Spanish word has.

They are counted by vowels, after the rules of the Ortografía de la lengua española (RAE, 2010): two vowels are one
syllable unless both are open (`te-a-tro`), or the closed one of the two has the accent (`pa-ís`).
"""

import re
import unicodedata
from typing import Final

_SILENT: Final = re.compile(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])|h")
_Y_AS_VOWEL: Final = re.compile(r"y(?![aeiouáéíóúü])")
_VOWELS: Final = re.compile(r"[aeiouáéíóúü]+")
_NUCLEI: Final = frozenset("aeoáéóíú")
"""Each of these is a syllable of its own: open vowels, and closed ones with their accent."""
_TWICE: Final = re.compile(r"ii|uu")


def count_syllables(word: str) -> int:
    """Syllables of one word; at least one, for what has no vowels is said by its letters or not at all."""
    text = unicodedata.normalize("NFC", word.lower())
    text = _Y_AS_VOWEL.sub("i", _SILENT.sub("", text))
    return sum(_nuclei(group) for group in _VOWELS.findall(text)) or 1


def _nuclei(vowels: str) -> int:
    """Syllables of vowels that stand together. Closed ones alone are one (`ciudad`), the same one twice is two."""
    return max(sum(vowel in _NUCLEI for vowel in vowels), 1) + len(_TWICE.findall(vowels))
