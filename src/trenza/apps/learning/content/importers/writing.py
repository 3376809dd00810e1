"""Foreign Markdown written again as plain Markdown of ours.

The source is parsed, and each token is written out on purpose. What comes out is well formed whatever went in:
reference links stand where they are used, fences are closed, and no word of the text is taken for a sign of ours.
"""

import re
from collections.abc import Sequence
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from trenza.apps.learning.content.importers.escaping import (
    code_fence,
    code_span,
    escape_line_start,
    escape_text,
    indent,
    target,
)

DEPTH = 14
"""How deep a token may be; a list in a list adds two. The parser of lessons stops at 20, and containers come on top."""

_PAIRS = {"em": ("*", "_"), "strong": ("**", "__"), "s": ("~~", "~~")}
_CLOSE_TOGETHER = frozenset({"paragraph", "bullet_list", "ordered_list", "fence"})


class Handler(Protocol):
    """What is decided outside: each call is given a piece of the source and returns our Markdown for it."""

    def link(self, address: str, title: str, text: str, line: int) -> str:
        """A link; `text` is Markdown."""

    def image(self, address: str, description: str, line: int) -> str:
        """A picture."""

    def linked_image(self, address: str, image: str, description: str, line: int) -> str:
        """A link that is nothing but a picture."""

    def html(self, html: str, line: int, *, block: bool) -> str:
        """A block of HTML, or one tag within a line."""

    def code(self, code: str, info: str, line: int) -> str:
        """A block of code."""

    def text(self, text: str, line: int) -> str:
        """Words of a paragraph."""

    def paragraph(self, content: str, line: int) -> str | None:
        """A paragraph that is something else, from its source; None when it is a plain one."""


def make_source_parser() -> MarkdownIt:
    """CommonMark with tables, nested deeply enough to see that it is too deep."""
    md = MarkdownIt("commonmark", {"html": True, "linkify": False, "maxNesting": 60})
    return md.enable(["table", "strikethrough"])


class Writer:
    """Writes blocks. `line` in what follows counts from 1; tokens are given with the line before their text."""

    def __init__(self, handler: Handler, first_line: int = 1) -> None:
        self.handler, self.first_line = handler, first_line
        self.line = first_line

    def write(self, nodes: Sequence[SyntaxTreeNode], *, tight: bool = False) -> str:
        """Blocks one after the other."""
        written: list[str] = []
        previous: SyntaxTreeNode | None = None
        flip = False
        for node in nodes:
            flip = previous is not None and previous.type == node.type and not flip
            text = self.block(node, flip=flip)
            if not text.strip("\n"):
                continue
            if written:
                close = tight and previous is not None and {previous.type, node.type} <= _CLOSE_TOGETHER
                written.append("\n" if close else "\n\n")
            written.append(text)
            previous = node
        return "".join(written)

    def block(self, node: SyntaxTreeNode, *, flip: bool = False) -> str:
        """One block; `flip` gives a list another mark than the list right before it."""
        if node.map:
            self.line = self.first_line + node.map[0]
        match node.type:
            case "paragraph":
                return self._paragraph(node)
            case "heading":
                text = re.sub(r"#(?=\s*$)", r"\\#", self.inline(node.children[0]).replace("\n", " "))
                return f"{'#' * int(node.tag[1:])} {text}" if text.strip() else ""
            case "fence" | "code_block":
                return self.handler.code(node.content, node.info.strip(), self.line)
            case "html_block":
                return self.handler.html(node.content, self.line, block=True)
            case "hr":
                return "___"
            case "blockquote":
                inner = self.write(node.children)
                return indent(inner, "> ") if inner else ""
            case "bullet_list" | "ordered_list":
                return self._list(node, flip)
            case "table":
                return self._table(node)
        return self.write(node.children)

    def _paragraph(self, node: SyntaxTreeNode) -> str:
        inline = node.children[0]
        special = self.handler.paragraph(inline.content, self.line)
        if special is not None:
            return special
        lines = [line.strip(" ") for line in self.inline(inline).split("\n")]
        lines = [line for line in lines if line and line != "\\"]
        if len(lines) > 1 and re.fullmatch(r"<[^<>]*>", lines[0]):  # alone, it would begin a block of HTML
            lines[:2] = [f"{lines[0]} {lines[1]}"]
        return "\n".join(map(escape_line_start, lines))

    def _list(self, node: SyntaxTreeNode, flip: bool) -> str:
        tight = all(child.hidden for item in node.children for child in item.children if child.type == "paragraph")
        number = int(node.attrGet("start") or 1) if node.type == "ordered_list" else 0
        items = []
        for offset, item in enumerate(node.children):
            if node.type == "bullet_list":
                mark = "* " if flip else "- "
            else:
                mark = f"{number + offset}{')' if flip else '.'} "
            inner = self.write(item.children, tight=tight)
            items.append(indent(inner, " " * len(mark), mark) if inner else mark.rstrip())
        return ("\n" if tight else "\n\n").join(items)

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = []
        for part in node.children:
            for row in part.children:
                cells = [self.inline(cell.children[0], table=True).replace("\n", " ") for cell in row.children]
                rows.append(f"| {' | '.join(cells)} |")
                if part.type == "thead":
                    rows.append(f"|{'|'.join(_rule(cell) for cell in row.children)}|")
        return "\n".join(rows)

    def inline(self, node: SyntaxTreeNode, *, table: bool = False) -> str:
        """The words of one paragraph, heading or cell."""
        tokens = node.token.children if node.token else None if node.type != "inline" else []
        return _Inline(self.handler, self.line, table).write(tokens or [])


class _Inline:
    """Writes the tokens of one run of text, and knows which pairs of signs are open in it."""

    def __init__(self, handler: Handler, line: int, table: bool) -> None:
        self.handler, self.line, self.table = handler, line, table
        self.open: list[str] = []
        self.emptied = ""

    def write(self, tokens: Sequence[Token]) -> str:
        written: list[str] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "link_open":
                end = _closing(tokens, at)
                if written and written[-1].endswith("!"):
                    written[-1] = f"{written[-1][:-1]}\\!"
                written.append(self._link(token, tokens[at + 1 : end]))
                at = end + 1
                continue
            written.append(self._one(token))
            at += 1
        return "".join(written)

    def _one(self, token: Token) -> str:
        kind = token.type.rpartition("_")[0]
        if self.emptied and token.type != "html_inline":
            return ""
        if kind in _PAIRS:
            return self._sign(kind, token.nesting)
        match token.type:
            case "text":
                return self.handler.text(token.content, self.line)
            case "softbreak":
                self.line += 1
                return "\n"
            case "hardbreak":
                self.line += 1
                return "<br> " if self.table else "\\\n"
            case "code_inline":
                return code_span(token.content).replace("|", "\\|" if self.table else "|")
            case "image":
                return self.handler.image(str(token.attrGet("src") or ""), _plain(token), self.line)
            case "html_inline":
                return self._html(token.content)
        return escape_text(token.content)

    def _sign(self, kind: str, nesting: int) -> str:
        if nesting == 1:
            self.open.append(kind)
            return _PAIRS[kind][(self.open.count(kind) - 1) % 2]
        sign = _PAIRS[kind][(self.open.count(kind) - 1) % 2]
        if kind in self.open:
            self.open.remove(kind)
        return sign

    def _link(self, opening: Token, inner: Sequence[Token]) -> str:
        address, title = str(opening.attrGet("href") or ""), str(opening.attrGet("title") or "")
        pictures = [token for token in inner if token.type == "image"]
        others = [token for token in inner if token.type != "image" and token.content.strip()]
        if len(pictures) == 1 and not others:
            return self.handler.linked_image(
                address, str(pictures[0].attrGet("src") or ""), _plain(pictures[0]), self.line
            )
        line = self.line
        return self.handler.link(address, title, self.write(inner), line)

    def _html(self, tag: str) -> str:
        """A tag within a line; what stands in a program or a style goes with it."""
        found = re.match(r"<(/?)(script|style|noscript|template|xmp|title|textarea|select|svg|math)\b", tag, re.I)
        if self.emptied:
            if found and found[1] and found[2].lower() == self.emptied:
                self.emptied = ""
            return ""
        if found and not found[1]:
            self.emptied = found[2].lower()
            tag = f"{tag}</{self.emptied}>"
        return self.handler.html(tag, self.line, block=False)


def _closing(tokens: Sequence[Token], at: int) -> int:
    depth = 0
    for end in range(at, len(tokens)):
        depth += tokens[end].nesting if tokens[end].type.startswith("link_") else 0
        if depth == 0:
            return end
    return len(tokens)


def _plain(token: Token) -> str:
    """The words of an image's description."""
    if token.children is None:
        return token.content
    pieces = [" " if child.type in ("softbreak", "hardbreak") else _plain(child) for child in token.children]
    return " ".join("".join(pieces).split())


def _rule(cell: SyntaxTreeNode) -> str:
    style = str(cell.attrGet("style") or "")
    if style.endswith("center"):
        return ":-:"
    return "--:" if style.endswith("right") else "---"


def plain_link(address: str, title: str, text: str) -> str:
    """A link as Markdown; an address that is its own text stays bare."""
    return f"[{text}]{target(address, title)}"


def fence(code: str, info: str) -> str:
    """A block of code whose language is one word."""
    language = (info.split() or [""])[0]
    return code_fence(code, language if re.fullmatch(r"[A-Za-z0-9+#._-]{1,32}", language) else "")
