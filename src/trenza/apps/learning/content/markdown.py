"""Markdown as lessons are written in it: CommonMark, tables and `:::` containers.

Containers close at the first line with at least as many colons as they opened with, so an outer one needs more
colons than the one inside it.
"""

import re
from collections.abc import Sequence
from html import escape
from itertools import islice
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from trenza.apps.learning.content.media import KINDS
from trenza.apps.learning.content.phrases import Phrases, phrases

CARDS: Final = ("try", "note", "story")
CONTAINERS: Final = (*CARDS, "hidden", "question", "scene", *KINDS, "countries", "guide")
ALONE: Final = ("question", *KINDS, "countries", "guide")
"""Those that stand in nothing else."""
OPEN: Final = "container_block_open"
CLOSE: Final = "container_block_close"

_FENCE_OPTION = re.compile(r"(mark|file)=(\S+)")
_MARKS = 50
_MARK = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")


def container_name(token: Token) -> str:
    """The word after the colons of an opening container."""
    return (token.info.split() or [""])[0]


def container_title(token: Token) -> str:
    """What stands after that word."""
    return token.info.strip()[len(container_name(token)) :].strip()


def make_parser(language: str) -> MarkdownIt:
    """A parser for the lessons of one language; it keeps no state between lessons."""
    md = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
    container_plugin(md, "block", validate=lambda params, markup: True)
    words = phrases(language)

    def render_container(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return _container_html(md, words, tokens, index)

    def render_fence(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        return _code_html(tokens[index].content, tokens[index].info)

    md.add_render_rule(OPEN, render_container)
    md.add_render_rule(CLOSE, render_container)
    # add_render_rule binds the function to the renderer, hence the first argument of all three.
    md.add_render_rule("fence", render_fence)
    return md


def _container_html(md: MarkdownIt, words: Phrases, tokens: Sequence[Token], index: int) -> str:
    token = tokens[index]
    opening = token if token.nesting == 1 else _opening(tokens, index)
    name = container_name(opening)
    if token.nesting == -1:
        return "</details>\n" if name == "hidden" else "</div>\n"
    title = container_title(opening)
    if name == "hidden":
        return f"<details><summary>{md.renderInline(title)}</summary>\n"
    heading = md.renderInline(title) if title else (escape(words.try_it) if name == "try" else "")
    return f'<div class="card {name}">' + (f"<b>{heading}</b>\n" if heading else "\n")


def _opening(tokens: Sequence[Token], index: int) -> Token:
    depth = 0
    for at in range(index, -1, -1):
        token = tokens[at]
        if token.type == CLOSE:
            depth += 1
        elif token.type == OPEN:
            depth -= 1
            if depth == 0:
                return token
    raise ValueError("a container closes that was never opened")  # the parser always writes them in pairs


def _code_html(code: str, info: str) -> str:
    """Code as it was written. After the language may stand `file=NAME` and `mark=2,4-5` (lines, from 1)."""
    language = re.split(r"\s", info.strip(), maxsplit=1)[0] if info.strip() else ""
    options = dict(_FENCE_OPTION.findall(info))
    if "=" in language:
        language = ""
    lines = escape(code, quote=False).split("\n")
    for found in islice(_MARK.finditer(options.get("mark", "")), _MARKS):
        first, last = int(found[1]), int(found[2] or found[1])
        for number in range(first, min(last, len(lines) - 1) + 1):
            if number >= 1 and not lines[number - 1].startswith("<mark>"):
                lines[number - 1] = f"<mark>{lines[number - 1]}</mark>"
    opening = f'<code class="language-{escape(language)}">' if language else "<code>"
    file = f'<p class="file">{escape(options["file"])}</p>\n' if "file" in options else ""
    return f"{file}<pre>{opening}" + "\n".join(lines) + "</code></pre>\n"


def soften(tokens: Sequence[Token]) -> None:
    """Make tokens fit a lesson, in place: the page has its only `h1`, and cells are aligned by class."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close") and token.tag == "h1":
            token.tag = "h2"
        style = token.attrGet("style") if token.type in ("th_open", "td_open") else None
        if style:
            token.attrs = {"class": str(style).removeprefix("text-align:")}


def groups(tokens: Sequence[Token]) -> list[list[Token]]:
    """Sibling blocks: each list is one block with everything in it."""
    found: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if depth == 0:
            found.append([])
        found[-1].append(token)
        depth += token.nesting
    return found


def line_of(tokens: Sequence[Token]) -> int:
    """The line on which the first of the tokens begins, counted from 1 (0: unknown)."""
    return next((token.map[0] + 1 for token in tokens if token.map), 0)
