"""HTML within foreign Markdown: what our lessons may show stays, the rest is named in the report."""

import html
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from markdown_it import MarkdownIt

from trenza.apps.learning.content.cleaning import TAGS
from trenza.apps.learning.content.importers.escaping import escape_line_start, escape_text

_COMMENT = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|<![A-Za-z\[].*?(?:>|\Z)", re.DOTALL
)
_EMPTIED = re.compile(
    r"<(script|style|noscript|noembed|noframes|template|svg|math|object|applet|textarea|select|xmp)\b[^>]{0,2000}>"
    r".*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\"[^\"<]{0,2000}\"|'[^'<]{0,2000}'|[^'\"<>]){0,200}?)/?>")
_ATTRIBUTE = re.compile(r"([A-Za-z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_KEPT_ATTRIBUTES = frozenset({"colspan", "rowspan", "scope", "start", "title", "lang", "dir"})
_LAYOUT = frozenset({"div", "span", "p", "center", "font", "section", "article", "main", "header", "footer", "aside"})
_BLOCK = re.compile(
    r"\s*</?(?:p|h[2-6]|blockquote|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td|details|summary|figure"
    r"|figcaption|hr)[ >]"
)
"""What begins a block that Markdown leaves alone up to an empty line."""
_INLINE = frozenset(re.findall(r"\w+", "br strong em b i u s del ins mark small sub sup code kbd samp var abbr q cite"))
_SIGNS = re.compile(r"[\\`*_\[\]|~]|^\s*:(?=::)", re.MULTILINE)
_FRAMES = frozenset({"iframe", "video", "audio", "embed", "source"})


_md = MarkdownIt("commonmark", {"html": False})


class Surroundings(Protocol):
    """What the page says of what HTML names; all but `address` give Markdown."""

    def change(self, line: int, what: str) -> None:
        """Note what is said otherwise."""

    def address(self, address: str, line: int) -> str:
        """Where a link leads; empty when it may lead nowhere."""

    def image(self, address: str, description: str, line: int) -> str:
        """A picture."""

    def frame(self, kind: str, address: str, title: str, line: int) -> str:
        """What another site would show within the page."""


@dataclass(frozen=True)
class _Shown:
    """What a picture or a frame became: Markdown, and HTML for where Markdown is not read."""

    markdown: str
    html: str


def attributes(text: str) -> dict[str, str]:
    """The attributes of one tag, with plain values."""
    return {
        found[1].lower(): html.unescape(next((group for group in found.groups()[1:] if group is not None), ""))
        for found in _ATTRIBUTE.finditer(text)
    }


def _entity(found: re.Match[str]) -> str:
    """A sign that Markdown would read, as HTML writes it, wherever it is read."""
    return f"{found[0][:-1]}&#{ord(found[0][-1])};"


class TagConverter:
    """Converts HTML by what the page says of its links, pictures and frames."""

    def __init__(self, page: Surroundings) -> None:
        self.page = page

    def block(self, text: str, line: int) -> str:
        """A block of HTML: Markdown when it is only a frame around pictures, else HTML that may stay."""
        text = _EMPTIED.sub(lambda found: self._emptied(found, line), text)
        text = _COMMENT.sub(lambda found: self._comment(found[0], line), text)
        shown: list[_Shown] = []
        kept = _TAG.sub(lambda found: self._tag(found, line, shown), text)
        kept = "\n".join(piece for piece in kept.split("\n") if piece.strip())
        bare = re.sub(r"\x00[0-9]+\x00|</?(?:p|div)>|<br>|\s", "", kept)
        if not bare:
            return "\n\n".join(each.markdown for each in shown if each.markdown)
        if _BLOCK.match(kept):
            pieces = re.split(r"(\x00[0-9]+\x00|<[^<>]*>)", kept)
            kept = "".join(piece if at % 2 else _SIGNS.sub(_entity, piece) for at, piece in enumerate(pieces))
            return re.sub(r"\x00([0-9]+)\x00", lambda found: shown[int(found[1])].html, kept)
        # Without a tag of a block before it, Markdown would read what HTML does not: its words are made plain.
        pieces = re.split(r"(\x00[0-9]+\x00|<[^<>]*>)", kept)
        written = [piece if at % 2 else escape_text(html.unescape(piece)) for at, piece in enumerate(pieces)]
        plain = re.sub(r"\x00([0-9]+)\x00", lambda found: shown[int(found[1])].markdown, "".join(written))
        return "\n".join(escape_line_start(each.strip()) for each in plain.split("\n"))

    def inline(self, tag: str, line: int) -> str:
        """One tag within a line."""
        if _COMMENT.fullmatch(tag):
            return self._comment(tag, line)
        tag = _EMPTIED.sub(lambda found: self._emptied(found, line), tag)
        shown: list[_Shown] = []
        kept = _TAG.sub(lambda found: self._tag(found, line, shown, TAGS & _INLINE), tag)
        return re.sub(r"\x00([0-9]+)\x00", lambda found: shown[int(found[1])].markdown, kept)

    def _emptied(self, found: re.Match[str], line: int) -> str:
        self.page.change(line, f"<{found[1].lower()}> was left out with what it holds")
        return ""

    def _comment(self, text: str, line: int) -> str:
        words = len(re.findall(r"\w+", text))
        self.page.change(line, f"a comment in the source was left out ({words} words)")
        return ""

    def _tag(self, found: re.Match[str], line: int, shown: list[_Shown], known: Collection[str] = TAGS) -> str:
        closing, name, rest = found[1], found[2].lower(), found[3]
        values = attributes(rest)
        if name == "img" or name in _FRAMES:
            if closing:
                return ""
            each = self._picture(values, line) if name == "img" else self._frame(name, values, line)
            shown.append(each)
            return f"\x00{len(shown) - 1}\x00"
        if name == "a":
            return "</a>" if closing else self._link(values, line)
        if name == "h1":
            name = "h2"
        if name not in known or name in ("div", "span"):
            self._leave_out(name, line)
            return " " if name in _LAYOUT else ""
        kept = "".join(
            f' {key}="{html.escape(value)}"' for key, value in values.items() if key in _KEPT_ATTRIBUTES and value
        )
        if set(values) - _KEPT_ATTRIBUTES:
            self.page.change(0, "attributes for the look of HTML were left out: lessons have their own")
        return f"<{closing}{name}{'' if closing else kept}>"

    def _leave_out(self, name: str, line: int) -> None:
        if name in _LAYOUT:
            self.page.change(0, "layout in HTML was left out: a phone shows one column")
        else:
            self.page.change(line, f"the tag <{name}> was left out; its words stayed")

    def _picture(self, values: dict[str, str], line: int) -> _Shown:
        markdown = self.page.image(values.get("src", ""), values.get("alt", ""), line)
        return _Shown(markdown, _md.renderInline(markdown))

    def _frame(self, name: str, values: dict[str, str], line: int) -> _Shown:
        address = values.get("src", "")
        if not address:
            if name != "video" and name != "audio":
                self.page.change(line, f"<{name}> without an address was left out")
            return _Shown("", "")
        markdown = self.page.frame(name, address, values.get("title", ""), line)
        return _Shown(markdown, _md.renderInline(markdown))

    def _link(self, values: dict[str, str], line: int) -> str:
        address = self.page.address(values.get("href", ""), line)
        return f'<a href="{html.escape(address)}">' if address else "<a>"
