"""What she writes in answer, compared with what is expected. assets/phone/kinds.js follows the same rules."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

_LONGEST: Final = 15
"""Digits that a number may have: a page reads it as floating point."""
_WORDS: Final = re.compile(r"[^\W\d_]+\.?")
_GROUP: Final = re.compile(r"([0-9])[ '’](?=[0-9]{3}(?![0-9]))")
_NUMBER: Final = re.compile(r"-?[.,]?[0-9][0-9.,]*")


def fold(text: str) -> str:
    """Words without capitals, accents, punctuation and needless spaces."""
    spread = unicodedata.normalize("NFKD", text).lower()  # accents become signs of their own
    kept = (sign for sign in spread if sign in " \t\r\n" or unicodedata.category(sign)[0] in "LN")
    return " ".join("".join(kept).split())


def readings(text: str) -> list[Decimal]:
    """The numbers that this may be, most likely the first: none, one, or for "1.500" two, thousands before decimals.

    Words and signs around it, as of a currency, do not matter, nor do spaces between thousands.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-")
    plain = _GROUP.sub(r"\1", _WORDS.sub(" ", plain))
    found = _NUMBER.findall(plain)
    if len(found) != 1:
        return []
    sign, digits = ("-", found[0][1:]) if found[0][0] == "-" else ("", found[0])
    digits = digits.rstrip(".,")
    if sum(each.isdigit() for each in digits) > _LONGEST:
        return []
    return [Decimal(sign + each) for each in _unsigned(digits)]


def _unsigned(text: str) -> list[str]:
    marks = re.findall(r"[.,]", text)
    if not marks:
        return [text]
    whole, part = text[: text.rindex(marks[-1])], text[text.rindex(marks[-1]) + 1 :]
    if len(marks) == 1:
        decimal = f"{whole or '0'}.{part}"
        return [whole + part, decimal] if re.fullmatch(r"[1-9][0-9]{0,2}", whole) and len(part) == 3 else [decimal]
    if len(set(marks)) == 1:
        return [text.replace(marks[0], "")] if _in_thousands(text, marks[0]) else []
    if text.count(marks[-1]) > 1 or not _in_thousands(whole, marks[0]):
        return []
    return [f"{whole.replace(marks[0], '')}.{part}"]


def _in_thousands(text: str, mark: str) -> bool:
    return re.fullmatch(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+", text) is not None


def meet_number(text: str, ranges: Sequence[Sequence[str]]) -> int:
    """The index of the range that the number is in; their number where it is in none, or no number."""
    for number in readings(text):
        for index, (least, most) in enumerate(ranges):
            if Decimal(least) <= number <= Decimal(most):
                return index
    return len(ranges)


def meet_text(text: str, accepted: Sequence[str]) -> int:
    """The index of the words that these are; their number where they are none of them."""
    folded = fold(text)
    return accepted.index(folded) if folded in accepted else len(accepted)
