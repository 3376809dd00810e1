"""A question in a lesson: `::: question CODE one|several|true-false`.

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
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.course import Choice, Kind, Question
from trenza.apps.learning.content.manifest import CODE, CODE_LENGTH, shown
from trenza.apps.learning.content.markdown import container_title, groups, line_of

KINDS: dict[str, Kind] = {"one": "one", "several": "several", "true-false": "true_false"}

_BOX = re.compile(r"\[( |x|X)\](?:\s+|$)")
_ALMOST_BOX = re.compile(r"\[\s*[xX]?\s*\]|\([ xX]?\)")
_HINT = re.compile(r"\?\s+(?=\S)")


@dataclass(frozen=True)
class Tools:
    """What reading a question needs of its lesson. `render` gives clean HTML; `wrong` takes line, problem, remedy."""

    md: MarkdownIt
    render: Callable[[Sequence[Token]], str]
    wrong: Callable[[int, str, str], None]


def read_question(opening: Token, inner: Sequence[Token], tools: Tools) -> Question:
    """A question from its container; whatever is wrong is told to `tools.wrong` and the rest is read all the same."""
    line = line_of([opening])
    code, kind = _read_heading(opening, line, tools)
    blocks = groups(inner)
    lists = [block for block in blocks if _is_choice_list(block)]
    if not lists:
        tools.wrong(line, "The question has no choices.", "List them: `- [x] right` and `- [ ] wrong`.")
        return Question(code, kind, "", (), "")
    for other in lists[1:]:
        tools.wrong(line_of(other), "A second list of choices begins here.", "Begin each choice with the same mark.")

    position = blocks.index(lists[0])
    hint = ""
    for block in blocks[position + 1 :]:
        if not hint and _is_hint(block):
            hint = _fragment(_without(block, _HINT, tools.md), tools)
        elif not _is_choice_list(block):
            tools.wrong(
                line_of(block),
                "After the choices only one hint may stand.",
                "Begin the hint with `? `, or move the text before the choices.",
            )
    prompt = _fragment([token for block in blocks[:position] for token in block], tools)
    if not prompt:
        tools.wrong(line, "The question asks nothing.", "Write what is asked before the choices.")
    choices = _read_choices(lists[0], tools)
    _check(kind, choices, line, tools)
    return Question(code, kind, prompt, choices, hint)


def _read_heading(opening: Token, line: int, tools: Tools) -> tuple[str, Kind]:
    words = container_title(opening).split()
    remedy = "Write `::: question CODE one`, `several` or `true-false`."
    if len(words) != 2:
        tools.wrong(line, "A question needs a code and a kind.", remedy)
    code = words[0] if words else ""
    kind = words[1] if len(words) > 1 else "one"
    if words and (not CODE.fullmatch(code) or len(code) > CODE_LENGTH):
        tools.wrong(line, f'"{shown(code)}" is not a code.', "Use small letters, digits and hyphens.")
    if kind not in KINDS:
        tools.wrong(line, f'"{shown(kind)}" is not a kind of question.', remedy)
    return code, KINDS.get(kind, "one")


def _items(block: Sequence[Token]) -> list[tuple[int, list[list[Token]]]]:
    """The items of a list: their lines and their blocks."""
    return [(line_of(item), groups(item[1:-1])) for item in groups(block[1:-1])]


def _is_choice_list(block: Sequence[Token]) -> bool:
    if block[0].type not in ("bullet_list_open", "ordered_list_open"):
        return False
    return any(_text(item[0]) is not None and _BOX.match(_text(item[0]) or "") for _, item in _items(block) if item)


def _text(block: Sequence[Token]) -> str | None:
    """The source of a paragraph, or None for another block."""
    return block[1].content if block[0].type == "paragraph_open" else None


def _is_hint(block: Sequence[Token]) -> bool:
    return bool(_HINT.match(_text(block) or ""))


def _without(block: Sequence[Token], mark: re.Pattern[str], md: MarkdownIt) -> list[Token]:
    """A paragraph without the mark that it begins with, or nothing when the mark is all that it holds."""
    content = mark.sub("", block[1].content, count=1)
    if not content:
        return []
    inline = block[1].copy(content=content, children=md.parseInline(content)[0].children)
    return [block[0], inline, *block[2:]]


def _read_choices(block: Sequence[Token], tools: Tools) -> tuple[Choice, ...]:
    choices = []
    for line, item in _items(block):
        found = _BOX.match(_text(item[0]) or "") if item else None
        if found is None:
            almost = bool(item) and bool(_ALMOST_BOX.match(_text(item[0]) or ""))
            tools.wrong(
                line,
                "The box of this choice is not written right." if almost else "This choice has no box.",
                "Begin it with `- [ ] ` when it is wrong and `- [x] ` when it is right.",
            )
            continue
        for token in (token for part in item for token in part if token.type == "inline"):
            if re.search(r"^\? ", token.content, re.MULTILINE):
                tools.wrong(line, "The hint is taken for a part of the choice.", "Leave an empty line before the hint.")
        content, feedback = _divide(item, tools)
        html = _fragment([*_without(item[0], _BOX, tools.md), *content], tools)
        if not html:
            tools.wrong(line, "The choice is empty.", "Write it after its box.")
        choices.append(Choice(html, found[1] != " ", _fragment(feedback, tools)))
    return tuple(choices)


def _divide(item: Sequence[Sequence[Token]], tools: Tools) -> tuple[list[Token], list[Token]]:
    """What follows the first paragraph of a choice: its own blocks, and the quotes below it, which are feedback."""
    content: list[Token] = []
    feedback: list[Token] = []
    for block in item[1:]:
        if block[0].type == "blockquote_open":
            feedback.extend(block[1:-1])
        elif feedback:
            tools.wrong(line_of(block), "A choice ends with its feedback.", "Put `> ` before it, or move it up.")
        else:
            content.extend(block)
    return content, feedback


def _fragment(tokens: Sequence[Token], tools: Tools) -> str:
    """Clean HTML; a lone paragraph comes without its `p`, so that it can stand in a label or a legend."""
    blocks = groups(tokens)
    if len(blocks) == 1 and blocks[0][0].type == "paragraph_open":
        return tools.render(blocks[0][1:-1])
    for token in tokens:
        if token.type in ("paragraph_open", "paragraph_close") and token.level <= _level(tokens):
            token.hidden = False
    return tools.render(tokens)


def _level(tokens: Sequence[Token]) -> int:
    return min((token.level for token in tokens), default=0)


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
