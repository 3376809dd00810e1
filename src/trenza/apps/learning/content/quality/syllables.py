"""How many syllables a Spanish word has.

They are counted by vowels, after the rules of the Ortografía de la lengua española (RAE, 2010): two vowels are one
syllable unless both are open (`te-a-tro`), or the closed one of the two is stressed and has its accent (`pa-ís`).
"""

import re
import unicodedata
from typing import Final

_SILENT: Final = re.compile(r"(?<=q)u(?=[eiéí])|(?<=g)u(?=[eiéí])|h")
_Y_AS_VOWEL: Final = re.compile(r"y(?![aeiouáéíóúü])")
_VOWELS: Final = re.compile(r"[aeiouáéíóúü]+")
_OPEN: Final = "aeoáéó"
_STRESSED: Final = "íú"
_CLOSED: Final = "iuü"


def count_syllables(word: str) -> int:
    """Syllables of one word; at least one, for what has no vowels is said by its letters or not at all."""
    text = unicodedata.normalize("NFC", word.lower())
    text = _Y_AS_VOWEL.sub("i", _SILENT.sub("", text))
    return sum(_nuclei(group) for group in _VOWELS.findall(text)) or 1


def _nuclei(vowels: str) -> int:
    """Syllables of vowels that stand together."""
    count = sum(vowel in _OPEN for vowel in vowels)
    for at, vowel in enumerate(vowels):
        beside = vowels[max(at - 1, 0) : at] + vowels[at + 1 : at + 2]
        # With another closed vowel beside it (`construí`) it is one syllable, whichever of them is stressed.
        alone = vowel in _STRESSED and not any(other in _CLOSED for other in beside)
        twice = vowel in _CLOSED and vowel == vowels[at - 1 : at]
        count += alone or twice
    return count or 1
