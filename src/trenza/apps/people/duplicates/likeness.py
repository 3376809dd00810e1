"""How a name is taken apart to be compared: without accents and small words, given names and surnames."""

from datetime import date
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from trenza.core.words import folded

_SMALL: Final = frozenset({"de", "del", "la", "las", "los", "y", "da", "do", "dos", "e"})
_ALIKE: Final = 0.82
_HEARD: Final = (
    ("qu", "k"), ("ce", "se"), ("ci", "si"), ("z", "s"), ("v", "b"), ("ll", "y"), ("y", "i"), ("x", "j"), ("h", "")
)  # fmt: skip


class Parts(NamedTuple):
    """The given names joined, the first two of them, and the first two surnames; None for what she does not have."""

    given: str
    given_1: str | None
    given_2: str | None
    surname_1: str | None
    surname_2: str | None

    @property
    def surnames(self) -> str | None:
        """Both surnames, whichever stands first: they are often swapped."""
        both = sorted(each for each in (self.surname_1, self.surname_2) if each)
        return " ".join(both) or None


def parts(given_name: str, family_name: str) -> Parts:
    """A name taken apart."""
    given, surnames = _words(given_name), _words(family_name)
    return Parts(" ".join(given), *_two(given), *_two(surnames))


def names_alike(one: Parts, other: Parts) -> bool:
    """Whether these may be two spellings of one name: a given name in common, and a surname where both have one."""
    if not _any_alike(one[1:3], other[1:3]):
        return False
    surnames, others = one[3:5], other[3:5]
    return not any(surnames) or not any(others) or _any_alike(surnames, others)


def called_alike(given_name: str, family_name: str, name: str) -> bool:
    """Whether a whole name may be that of somebody who says these: each word that she says is alike one of its words,
    and she says more than one, or all that it has."""
    said, words = _words(f"{given_name} {family_name}"), _words(name)
    found = sum(any(_alike(each, word) for word in words) for each in said)
    return bool(said) and found == len(said) and (found > 1 or len(words) == 1)


def days_alike(one: date | None, other: date | None) -> bool:
    """Whether these may be one day of birth: one is not known, or a part of it is another, or day and month are
    swapped."""
    if one is None or other is None:
        return True
    swapped = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    return swapped or (one.year == other.year) + (one.month == other.month) + (one.day == other.day) >= 2


def _any_alike(some: tuple[str | None, ...], others: tuple[str | None, ...]) -> bool:
    return any(_alike(one, other) for one in some for other in others if one and other)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    first, second = sorted((_sound(one), _sound(other)))  # its ratio depends on which comes first
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def _sound(word: str) -> str:
    """As it sounds in Spanish, so that Quispe is Kispe, and Jiménez is Ximenes."""
    for written, heard in _HEARD:
        word = word.replace(written, heard)
    return word


def _words(name: str) -> list[str]:
    words = folded(name).split()
    return [word for word in words if word not in _SMALL] or words


def _two(words: list[str]) -> tuple[str | None, str | None]:
    return (words[0] if words else None), (words[1] if len(words) > 1 else None)
