"""Questions with choices: one is right, several are, or it is true or false.

::: question password one
Which one is the safest?

- [ ] rosa2024
  > It can be guessed.
- [x] train-papaya-sky-button
  > Yes: long, and only yours.

? Think of somebody who knows you.
:::
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.course import Choice, Kind, Question
from trenza.apps.learning.content.markdown import groups, line_of
from trenza.apps.learning.content.questions.parts import (
    LISTS,
    Block,
    Heading,
    Item,
    Tools,
    divide,
    fragment,
    items,
    make_question,
    read_hint,
    text_of,
    with_text,
)

_BOX = re.compile(r"\[( |x|X)\](?:\s+|$)")
_ALMOST_BOX = re.compile(r"\[\s*[xX]?\s*\]|\([ xX]?\)")


@dataclass(frozen=True)
class Boxed:
    """An item with a box: what stands after it, its further blocks and its feedback."""

    item: Item
    right: bool
    text: str
    content: Sequence[Token]
    feedback: Sequence[Token]


@dataclass(frozen=True)
class Parted:
    """A question around its list of choices."""

    before: Sequence[Block]
    choices: Sequence[Boxed]
    hint: str


def read_choices(heading: Heading, blocks: Sequence[Block], tools: Tools) -> Question:
    """The question; whatever is wrong is told to `tools.wrong` and the rest is read all the same."""
    parted = part(heading, blocks, tools)
    if parted is None:
        return Question(heading.code, heading.kind, "", (), "")
    choices = [_choice(each, tools) for each in parted.choices]
    _check(heading.kind, choices, heading.line, tools)
    return make_question(heading, parted.before, choices, parted.hint, tools)


def part(heading: Heading, blocks: Sequence[Block], tools: Tools) -> Parted | None:
    """What stands before a list of choices, the choices, and the hint; None, and a problem, where there is no list."""
    lists = [block for block in blocks if _is_choice_list(block)]
    if not lists:
        tools.wrong(heading.line, "The question has no choices.", "List them: `- [x] right` and `- [ ] wrong`.")
        return None
    for other in lists[1:]:
        tools.wrong(line_of(other), "A second list of choices begins here.", "Begin each choice with the same mark.")
    position = blocks.index(lists[0])
    hint = read_hint(blocks[position + 1 :], tools, told=_is_choice_list)
    return Parted(blocks[:position], list(_boxed(lists[0], tools)), hint)


def _is_choice_list(block: Block) -> bool:
    if block[0].type not in LISTS:
        return False
    first = (groups(group[1:-1])[:1] for group in groups(block[1:-1]))
    return any(_BOX.match(text_of(item[0]) or "") for item in first if item)


def _boxed(block: Block, tools: Tools) -> Iterator[Boxed]:
    for item in items(block, tools):
        found = _BOX.match(item.text or "")
        if found is None:
            almost = bool(_ALMOST_BOX.match(item.text or ""))
            tools.wrong(
                item.line,
                "The box of this choice is not written right." if almost else "This choice has no box.",
                "Begin it with `- [ ] ` when it is wrong and `- [x] ` when it is right.",
            )
            continue
        content, feedback = divide(item, tools)
        yield Boxed(item, found[1] != " ", (item.text or "")[found.end() :], content, feedback)


def _choice(boxed: Boxed, tools: Tools) -> Choice:
    html = fragment([*with_text(boxed.item.blocks[0], boxed.text, tools.md), *boxed.content], tools)
    if not html:
        tools.wrong(boxed.item.line, "The choice is empty.", "Write it after its box.")
    return Choice(html, boxed.right, fragment(boxed.feedback, tools))


def _check(kind: Kind, choices: Sequence[Choice], line: int, tools: Tools) -> None:
    right = sum(choice.right for choice in choices)
    if len(choices) < 2:
        tools.wrong(line, "A question needs at least two choices.", "Add what somebody could believe.")
    if len(choices) > limits.CHOICES:
        tools.wrong(line, f"The question has {len(choices)} choices.", f"At most {limits.CHOICES}.")
    if kind == "true_false" and len(choices) > 2:
        tools.wrong(line, "A true-false question has two choices.", "Take the others out, or write `one`.")
    if right == 0:
        tools.wrong(line, "No choice is right.", "Mark the right one with `[x]`.")
    if right > 1 and kind != "several":
        tools.wrong(line, f"{right} choices are right.", "Leave one, or write `several` after the code.")
    texts = [choice.html for choice in choices if choice.html]
    if len(set(texts)) < len(texts):
        tools.wrong(line, "Two choices are the same.", "Change one of them.")
