"""What the kinds of questions have in common: blocks, items of lists, feedback and the hint."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from trenza.apps.learning.content.course import Choice, Details, Kind, Question
from trenza.apps.learning.content.markdown import groups, line_of

LISTS: Final = ("bullet_list_open", "ordered_list_open")

_HINT = re.compile(r"\?\s+(?=\S)")

Block = Sequence[Token]


@dataclass(frozen=True)
class Tools:
    """What reading a question needs of its lesson. `render` gives clean HTML; `wrong` takes line, problem, remedy."""

    md: MarkdownIt
    render: Callable[[Sequence[Token]], str]
    wrong: Callable[[int, str, str], None]


@dataclass(frozen=True)
class Heading:
    """What `::: question CODE KIND` says, and its line."""

    code: str
    kind: Kind
    line: int


@dataclass(frozen=True)
class Item:
    """An item of a list: its blocks. `text` is the source of its first paragraph, None where another block begins."""

    line: int
    blocks: Sequence[Block]

    @property
    def text(self) -> str | None:
        return text_of(self.blocks[0]) if self.blocks else None


def make_question(
    heading: Heading,
    before: Sequence[Block],
    choices: Sequence[Choice],
    hint: str,
    tools: Tools,
    details: Details = None,
) -> Question:
    """The question; what is asked stands in the blocks `before` its choices."""
    prompt = fragment([token for block in before for token in block], tools)
    if not prompt:
        tools.wrong(heading.line, "The question asks nothing.", "Write what is asked before the choices.")
    return Question(heading.code, heading.kind, prompt, tuple(choices), hint, details)


def items(block: Block, tools: Tools) -> Iterator[Item]:
    """The items of a list."""
    for group in groups(block[1:-1]):
        item = Item(line_of(group), groups(group[1:-1]))
        for token in (token for part in item.blocks for token in part if token.type == "inline"):
            if re.search(r"^\? ", token.content, re.MULTILINE):
                tools.wrong(
                    item.line, "The hint is taken for a part of the choice.", "Leave an empty line before the hint."
                )
        yield item


def text_of(block: Block) -> str | None:
    """The source of a paragraph, or None for another block."""
    return block[1].content if block[0].type == "paragraph_open" else None


def with_text(block: Block, content: str, md: MarkdownIt) -> list[Token]:
    """A paragraph with other words in it, or nothing where there are none."""
    if not content:
        return []
    inline = block[1].copy(content=content, children=md.parseInline(content)[0].children)
    return [block[0], inline, *block[2:]]


def plain(content: str, md: MarkdownIt) -> str | None:
    """Marked-up words of one line as plain text; None where a picture stands among them."""
    children = md.parseInline(content)[0].children or []
    if any(child.type == "image" for child in children):
        return None
    shown = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in children)
    words = (text for child, text in zip(children, shown, strict=True) if child.type != "html_inline")
    return " ".join("".join(words).split())


def divide(item: Item, tools: Tools) -> tuple[list[Token], list[Token]]:
    """What follows the first paragraph of an item: its own blocks, and the quotes below it, which are feedback."""
    content: list[Token] = []
    feedback: list[Token] = []
    for block in item.blocks[1:]:
        if block[0].type == "blockquote_open":
            feedback.extend(block[1:-1])
        elif feedback:
            tools.wrong(line_of(block), "A choice ends with its feedback.", "Put `> ` before it, or move it up.")
        else:
            content.extend(block)
    return content, feedback


def read_hint(after: Sequence[Block], tools: Tools, *, told: Callable[[Block], bool] = lambda block: False) -> str:
    """The hint, which alone may stand after the choices; another block is wrong, unless it is `told` already."""
    hint = ""
    for block in after:
        if not hint and _HINT.match(text_of(block) or ""):
            hint = fragment(with_text(block, _HINT.sub("", block[1].content, count=1), tools.md), tools)
        elif not told(block):
            tools.wrong(
                line_of(block),
                "After the choices only one hint may stand.",
                "Begin the hint with `? `, or move the text before the choices.",
            )
    return hint


def fragment(tokens: Sequence[Token], tools: Tools) -> str:
    """Clean HTML; a lone paragraph comes without its `p`, so that it can stand in a label or a legend."""
    blocks = groups(tokens)
    if len(blocks) == 1 and blocks[0][0].type == "paragraph_open":
        return tools.render(blocks[0][1:-1])
    level = min((token.level for token in tokens), default=0)
    for token in tokens:
        if token.type in ("paragraph_open", "paragraph_close") and token.level <= level:
            token.hidden = False
    return tools.render(tokens)


def find_last(blocks: Sequence[Block], fits: Callable[[Block], bool]) -> int | None:
    """Where the last block stands that fits."""
    return max((at for at, block in enumerate(blocks) if fits(block)), default=None)
