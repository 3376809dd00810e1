"""A number that she writes, with its unit beside it.

::: question profit number
She sells 12 at 5 bolivianos. She spent 40. What does she gain?

- [x] 20 bolivianos
- [ ] 60 bolivianos
  > That is all that comes in.
- [ ] ...
  > What she reads for any other number.
:::
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from itertools import pairwise
from typing import Final, NamedTuple

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.course import Choice, Number, Question
from trenza.apps.learning.content.manifest import shown
from trenza.apps.learning.content.questions.choices import part
from trenza.apps.learning.content.questions.parts import Block, Heading, Tools, fragment, make_question, plain
from trenza.apps.learning.content.questions.written import part_others
from trenza.apps.learning.content.written import readings

_WRITTEN: Final = re.compile(
    r"(?P<number>[-−]?[0-9][0-9.,'’\s]*)(?:(?:±|\+/?-)\s*(?P<tolerance>[-−]?[0-9][0-9.,'’\s]*))?(?P<unit>(?![±+]).*)"
)


class _Value(NamedTuple):
    line: int
    least: Decimal
    most: Decimal
    unit: str


def read_number(heading: Heading, blocks: Sequence[Block], tools: Tools) -> Question:
    """The question; its choices are the numbers that have feedback of their own."""
    parted = part(heading, blocks, tools)
    if parted is None:
        return Question(heading.code, heading.kind, "", (), "", Number((), "", ""))
    written, other = part_others(parted.choices, heading, tools)
    choices: list[Choice] = []
    values: list[_Value] = []
    for each in written:
        text = plain(each.text, tools.md) or ""
        value = _read_value(each.item.line, text, tools)
        if each.content:
            tools.wrong(each.item.line, "A number stands alone.", "Leave the number with its unit, and its feedback.")
        if value:
            values.append(value)
            choices.append(Choice(escape(text, quote=False), each.right, fragment(each.feedback, tools)))
    _check(heading, values, tools)
    details = Number(
        tuple((f"{value.least:f}", f"{value.most:f}") for value in values), values[0].unit if values else "", other
    )
    return make_question(heading, parted.before, choices, parted.hint, tools, details)


def _read_value(line: int, text: str, tools: Tools) -> _Value | None:
    found = _WRITTEN.fullmatch(text)
    number = _one(line, found["number"], tools) if found else None
    tolerance = _one(line, found["tolerance"], tools) if found and found["tolerance"] else Decimal(0)
    if not found:
        tools.wrong(line, f'"{shown(text)}" is not a number.', "Write the number first, and then its unit: `20 Bs`.")
        return None
    if number is None or tolerance is None:
        return None
    if tolerance < 0:
        tools.wrong(line, "The tolerance is less than 0.", "Write it without a minus: `20 ± 1`.")
        return None
    return _Value(line, number - tolerance, number + tolerance, found["unit"].strip())


def _one(line: int, text: str, tools: Tools) -> Decimal | None:
    """The number that this is, if it is one, and one alone."""
    found = readings(text)
    if len(found) == 1 and len(re.sub(r"[^0-9]", "", text)) <= limits.NUMBER_DIGITS:
        return found[0]
    if len(found) > 1:
        remedy = f"Write {found[0]:f} for the one, or {found[1]:f}0 for the other."
        tools.wrong(line, f'"{shown(text.strip())}" can be read in two ways.', remedy)
    else:
        remedy = f"Use digits, at most {limits.NUMBER_DIGITS}, and one decimal point or comma."
        tools.wrong(line, f'"{shown(text.strip())}" is not a number.', remedy)
    return None


def _check(heading: Heading, values: Sequence[_Value], tools: Tools) -> None:
    for before, after in pairwise(sorted(values, key=lambda value: (value.least, value.most))):
        if after.least <= before.most:
            remedy = "Change one, or make its tolerance smaller."
            tools.wrong(max(before.line, after.line), "Two of these numbers overlap.", remedy)
    units = {value.unit for value in values}
    if len(units) > 1:
        told = ", ".join(f'"{shown(unit)}"' for unit in sorted(units))
        tools.wrong(heading.line, f"The numbers have different units: {told}.", "Give all the same: one stands there.")
