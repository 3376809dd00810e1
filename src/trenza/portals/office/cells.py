"""What a cell may hold, in the many ways in which people write it: names, addresses, dates, answers."""

import gettext
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Final

import pycountry
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from trenza.apps.forms.api import Answer, PhoneField, Question
from trenza.core import clock
from trenza.portals.field.sheets import Broken, Cell, Formula, one_line, plain

EARLIEST: Final = date(1900, 1, 1)
_MONTHS: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
_SEXES: Final = {
    **dict.fromkeys(("mujer", "femenino", "femenina", "f", "female", "woman"), "female"),
    **dict.fromkeys(("hombre", "varon", "masculino", "male", "man"), "male"),
    **dict.fromkeys(("otro", "otra", "other", "no binario", "no binaria"), "other"),
}
_YES: Final = frozenset({"si", "s", "yes", "x", "1", "verdadero", "true"})
_NO: Final = frozenset({"no", "n", "0", "falso", "false"})


class Wrong(Exception):
    """What a cell holds cannot be taken; the text says why, and what to write."""


def words(cell: Cell) -> str:
    """A text in one line (`one_line`). Raises Wrong for what is no text."""
    if isinstance(cell, Formula):
        raise Wrong(_("it is a formula. Copy the column and paste it as values."))
    if isinstance(cell, Broken):
        raise Wrong(_("it shows an error. Write the value."))
    if cell is None:
        return ""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise Wrong(_("it is not a text."))
    return one_line(cell)


def a_name(cell: Cell) -> str:
    """A name: with a letter in it, and not what a spreadsheet could take for a formula."""
    text = words(cell)
    if text and (not any(map(str.isalpha, text)) or text[0] in "=+-@" or set(text) & set("@<>{}[]|\\")):
        raise Wrong(_("“%(text)s” is not a name.") % {"text": text[:60]})
    if len(text) > 120:
        raise Wrong(_("the name is longer than 120 letters."))
    return text


def an_email(cell: Cell) -> str:
    """An address, in small letters."""
    text = words(cell).removeprefix("mailto:").lower()
    try:
        if text:
            validate_email(text)
    except ValidationError as error:
        raise Wrong(
            _("“%(text)s” is not a whole e-mail address, like rosa@example.org.") % {"text": text[:80]}
        ) from error
    if len(text) > 254:
        raise Wrong(_("the e-mail address is too long."))
    return text


def a_phone(cell: Cell) -> str:
    """Digits, with a + in front where there is one."""
    try:
        return PhoneField(required=False).clean(words(cell))
    except ValidationError as error:
        raise Wrong(_("write the phone number with its digits only, like 71234567.")) from error


def a_day(cell: Cell) -> str:
    """A date as yyyy-mm-dd: from a date, the number of a spreadsheet, or a text with the day in front."""
    if isinstance(cell, datetime):
        found: date | None = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        found = _serial(cell)
    else:
        text = words(cell)
        if not text:
            return ""
        found = _written(text)
    if found is None or not EARLIEST <= found <= clock.today("UTC"):
        raise Wrong(_("the date is not understood. Write day, month and year, like 14/03/1991."))
    return found.isoformat()


def _serial(number: float) -> date | None:
    """The day of a spreadsheet's number; a year alone (1991) is no day."""
    if not 2_958 < number < 73_050:
        return None
    found = from_excel(number)
    return found.date() if isinstance(found, datetime) else None


def _written(text: str) -> date | None:
    flat = plain(text)
    if match := re.fullmatch(r"(\d{4}) (\d{1,2}) (\d{1,2})(?: 0?0 00(?: 00)?)?", flat):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2}) (\d{1,2}) (\d{4})(?: 0?0 00(?: 00)?)?", flat):
        day, month, year = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})(?: de)? ([a-z]+)(?: de| del)? (\d{4})", flat):
        months = [n for n, name in enumerate(_MONTHS, 1) if match[2] in (name, name[:3])]
        if match[2] in ("setiembre", "set"):
            months = [9]
        if not months:
            return None
        day, month, year = int(match[1]), months[0], int(match[3])
    elif flat.isdigit() and len(flat) == 5:
        return _serial(int(flat))
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def a_sex(cell: Cell) -> str:
    """A code of Person.Sex; M alone may mean either."""
    text = plain(words(cell))
    if text and text not in _SEXES:
        raise Wrong(_("write “mujer”, “hombre” or “otro”, or leave it empty."))
    return _SEXES.get(text, "")


def a_country(cell: Cell) -> str:
    """ISO 3166-1 alpha-2, from the code or the name."""
    text = words(cell)
    if not text:
        return ""
    found = _countries().get(plain(text))
    if found is None:
        raise Wrong(
            _("the country “%(text)s” is not known. Write its name or its code, like BO.") % {"text": text[:40]}
        )
    return found


@cache
def _countries() -> Mapping[str, str]:
    """Codes by their names in Spanish and English, long and short."""
    spanish = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["es"], fallback=True)
    found: dict[str, str] = {}
    for country in pycountry.countries:
        code = country.alpha_2
        names = [getattr(country, each, "") for each in ("name", "common_name", "official_name", "alpha_3")]
        for name in [code, *names, *(spanish.gettext(each) for each in names if each)]:
            found.setdefault(plain(name), code)
            found.setdefault(plain(name.partition(",")[0]), code)
    return found


def an_answer(question: Question, cell: Cell) -> Answer | None:
    """The answer that a cell gives to a question; None where it is empty."""
    if question.type == "date":
        return a_day(cell) or None
    if question.type == "yes_no" and isinstance(cell, bool):
        return cell
    text = words(cell)
    return _ANSWERS.get(question.type, _as_it_is)(question, text) if text else None


def _as_it_is(question: Question, text: str) -> Answer:
    return text


def _yes_no(question: Question, text: str) -> Answer:
    if plain(text) in _YES | _NO:
        return plain(text) in _YES
    raise Wrong(_("write “sí” or “no”."))


def _whole_number(question: Question, text: str) -> Answer:
    if text.isascii() and text.isdecimal() and len(text) < 8:
        return int(text)
    raise Wrong(_("write a whole number."))


def _choices(question: Question, text: str) -> Answer:
    return [_choice(question, part) for part in text.split(";") if part.strip()]


def _choice(question: Question, text: str) -> str:
    options = [(choice.code, choice.label) for choice in question.choices]
    for code, label in options:
        if plain(text) in (plain(code), plain(label)):
            return code
    raise Wrong(
        _("“%(text)s” is none of the answers: %(choices)s.")
        % {"text": text[:60], "choices": ", ".join(label for _code, label in options[:8])}
    )


_ANSWERS: Final[Mapping[str, Callable[[Question, str], Answer]]] = {
    "yes_no": _yes_no,
    "whole_number": _whole_number,
    "choice": _choice,
    "choices": _choices,
    "email": lambda question, text: an_email(text),
    "phone": lambda question, text: a_phone(text),
}
