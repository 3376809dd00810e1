"""Pairs: for each thing on the left the one that belongs to it.

::: question pairs match
Join each thing with what it does.

- Wi-Fi => Internet that costs you nothing
  > What she reads when this one is wrong.
- Mobile data => Internet of your package
- => Calls without internet
:::
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.course import Choice, Match, Question
from trenza.apps.learning.content.markdown import groups
from trenza.apps.learning.content.questions.parts import (
    LISTS,
    Block,
    Heading,
    Tools,
    divide,
    find_last,
    fragment,
    items,
    make_question,
    plain,
    read_hint,
    text_of,
    with_text,
)

_ARROW: Final = re.compile(r"\s*=>\s*")
_REMEDY: Final = "Write `- this => that`."


def read_match(heading: Heading, blocks: Sequence[Block], tools: Tools) -> Question:
    """The question; its choices are the left sides, and its targets the right ones: theirs first, then the others."""
    at = find_last(blocks, _has_pairs)
    if at is None:
        tools.wrong(heading.line, "The question has no pairs.", _REMEDY)
        return Question(heading.code, heading.kind, "", (), "", Match(()))
    lefts: list[Choice] = []
    rights: list[str] = []
    others: list[str] = []
    for item in items(blocks[at], tools):
        sides = _ARROW.split(item.text or "")
        content, feedback = divide(item, tools)
        if len(sides) != 2:
            tools.wrong(item.line, "This is not one pair.", _REMEDY)
            continue
        target = plain(sides[1], tools.md)
        if not target:
            tools.wrong(item.line, "The right side of this pair is no words.", "Write some after `=>`, no picture.")
            continue
        left = fragment([*with_text(item.blocks[0], sides[0], tools.md), *content], tools)
        if left:
            lefts.append(Choice(left, True, fragment(feedback, tools)))
            rights.append(target)
        else:
            others.append(target)
    _check(heading, lefts, [*rights, *others], tools)
    hint = read_hint(blocks[at + 1 :], tools)
    return make_question(heading, blocks[:at], lefts, hint, tools, Match((*rights, *others)))


def _has_pairs(block: Block) -> bool:
    if block[0].type not in LISTS:
        return False
    first = (groups(group[1:-1])[:1] for group in groups(block[1:-1]))
    return any(_ARROW.search(text_of(item[0]) or "") for item in first if item)


def _check(heading: Heading, lefts: Sequence[Choice], targets: Sequence[str], tools: Tools) -> None:
    if not limits.LEAST_PAIRS <= len(lefts) <= limits.PAIRS:
        what = "1 pair" if len(lefts) == 1 else f"{len(lefts)} pairs"
        tools.wrong(heading.line, f"The question has {what}.", f"Give {limits.LEAST_PAIRS} to {limits.PAIRS}.")
    if len(targets) > limits.CHOICES:
        tools.wrong(heading.line, f"There are {len(targets)} right sides.", f"At most {limits.CHOICES}.")
    if len({left.html for left in lefts}) < len(lefts):
        tools.wrong(heading.line, "Two left sides are the same.", "Change one of them.")
    for target, times in Counter(targets).items():
        if times > 1:
            tools.wrong(heading.line, f'Two right sides are "{target[:80]}".', "Change one: each belongs to one thing.")
