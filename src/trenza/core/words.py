"""Words as people type them: found without accents, capitals or the signs that stand for two genders."""

import re
import unicodedata
from typing import Final

MOST_WORDS: Final = 6
LONGEST: Final = 100
_BOTH_GENDERS: Final = re.compile(r"\w*@\w*")
_AFTER_THE_STEM: Final = re.compile(r"@\w*")
_WORD: Final = re.compile(r"\w+")


def folded(text: str) -> str:
    """Text as it is looked for: without case, accents or other marks, one space between words (Unicode 15.1, 3.13.5:
    compatibility caseless matching). "ÑANDÚ  María" is "nandu maria"; folding what is folded changes nothing."""
    for _ in range(2):  # what is decomposed may have a case of its own, and the other way round
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(each for each in text if not unicodedata.combining(each)).split())


def searchable(*texts: str) -> str:
    """Texts as `matches` looks through them. "Maestr@s" is found as maestros and as maestras."""
    whole = folded(" ".join(texts))
    both = [form.replace("@", letter) for form in _BOTH_GENDERS.findall(whole) for letter in "oa"]
    return " ".join([whole, *both])


def words_of(query: str) -> list[str]:
    """The words that somebody looks for, folded; at most six, and of a query at most a hundred letters.

    Of a word for two genders only the stem counts: "maestr@s" finds maestras and maestros.
    """
    return _WORD.findall(_AFTER_THE_STEM.sub(" ", folded(query[:LONGEST])))[:MOST_WORDS]


def matches(words: list[str], text: str) -> bool:
    """Whether each word is in `text` (made by `searchable`), in the singular where it is not in the plural."""
    return all(any(form in text for form in _forms(word)) for word in words)


def _forms(word: str) -> list[str]:
    forms = [word]
    if len(word) > 4 and word.endswith("s"):
        forms.append(word[:-1])
        if len(word) > 5 and word.endswith("es"):
            forms.append(word[:-2])
    return forms
