"""Which letters the shipped fonts have, so that a name is questioned in the form and never in the printing."""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).with_name("fonts")

# Letters that fonts draw as nothing although Unicode calls them marks or letters: combining grapheme joiner,
# Hangul fillers, Khmer inherent vowels, Mongolian and plain variation selectors.
INVISIBLE = frozenset(
    [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)]
)


def normalise(text: str) -> str:
    """The composed form (NFC) in which names are stored, checked and printed."""
    return unicodedata.normalize("NFC", text)


def missing_letters(text: str) -> str:
    """The letters of `text` that a certificate cannot show, each once, in their order; empty when all is well.

    Every shipped font must have the letter, since a name may be set in any of them. Control characters, bidi marks and
    invisible letters are missing too: they would change what is read without being seen. Emoji are missing.
    """
    drawable = _drawable()
    return "".join(dict.fromkeys(letter for letter in normalise(text) if letter not in drawable))


@cache
def _drawable() -> frozenset[str]:
    """Letters in every shipped font: some 2,800, read once in a process (15 ms)."""
    covered = [frozenset(_code_points(path)) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset(chr(point) for point in frozenset.intersection(*covered) if _visible(point))


def _code_points(path: Path) -> set[int]:
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap() or ())


def _visible(point: int) -> bool:
    category = unicodedata.category(chr(point))
    return category[0] != "C" and category not in {"Zl", "Zp"} and point not in INVISIBLE
