"""The text between tags: kramdown with pieces of HTML, made into the Markdown of our lessons."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import unquote

from markdown_it import MarkdownIt

from trenza.apps.learning.content.images import SUFFIXES
from trenza.apps.learning.content.phrases import Phrases
from trenza.apps.learning.content.report import Remark

# Every repetition has an end, so that no text takes more than a moment.
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_INLINE_CODE = r"(?P<tick>`{1,9})(?!`)[^\n]{0,500}?(?<!`)(?P=tick)(?!`)|"

_BOX = re.compile(r"<p\s{1,9}style=[^>]{0,500}>(.{0,3000}?)</p>", re.DOTALL | re.IGNORECASE)
_IFRAME = re.compile(r"<iframe\b([^>]{0,1000})>(?:.{0,1000}?</iframe>)?", re.DOTALL | re.IGNORECASE)
_SITE = re.compile(r"https?://([A-Za-z0-9.-]+)(?=[/?#:]|\Z)")
_HTML_IMAGE = re.compile(r"<img\b([^>]{0,1000})>", re.IGNORECASE)
_SPAN = re.compile(_INLINE_CODE + r"<span\b[^>]{0,500}>(?P<inner>.{0,1000}?)</span>", re.DOTALL | re.IGNORECASE)
_DIV_TAG = re.compile(r"</?div\b[^>\n]{0,500}>", re.IGNORECASE)
_KRAMDOWN = re.compile(_INLINE_CODE + r"\{:(?P<rule>[^}\n]{0,200})\}")
_IMAGE = re.compile(_INLINE_CODE + r"!\[(?P<alt>[^\]]{0,1000})\]\(\s{0,9}(?P<source>[^)\s]{1,500}+)[^)\n]{0,300}+\)")
_HEADING = re.compile(r"^(#{1,6})(?=[ \t])", re.MULTILINE)
_ROWS = re.compile(r"(?:^[ \t]*\|.*\|[ \t]*$\n?)+", re.MULTILINE)
_COLONS = re.compile(r"^([ \t]*)(?=:{3})", re.MULTILINE)
_QUESTION_MARK = re.compile(r"^([ \t]*)(?=\? )", re.MULTILINE)


@dataclass
class Notes:
    """What is learned while a project is converted: for its report, and to find what is missing."""

    changed: Counter[tuple[str, str]] = field(default_factory=Counter)
    places: dict[tuple[str, str], int] = field(default_factory=dict)
    missing: list[tuple[Remark, str, bool]] = field(default_factory=list)
    """Remark, name of the image, and whether the text describes it."""
    used: set[str] = field(default_factory=set)
    kept: Counter[str] = field(default_factory=Counter)

    def change(self, file: str, line: int, what: str) -> None:
        self.changed[file, what] += 1
        self.places.setdefault((file, what), line)

    def remarks(self) -> tuple[Remark, ...]:
        """What could not be said, each kind once, with the files (and the line, if it is one) where it was."""
        remarks = []
        for what in sorted({what for _, what in self.changed}):
            files = sorted(file for file, each in self.changed if each == what)
            count = sum(self.changed[file, what] for file in files)
            line = self.places[files[0], what] if count == 1 else 0
            remarks.append(Remark(", ".join(files), line, what if count == 1 else f"{count} × {what}"))
        return tuple(remarks)


@dataclass
class TextConverter:
    """Converts the text of one file. `replace` names images that stand in for others that are not there."""

    file: str
    source: str
    names: Mapping[str, bytes]
    replace: Mapping[str, str]
    words: Phrases
    notes: Notes
    lines: dict[str, int] = field(default_factory=dict)

    def convert(self, text: str) -> str:
        """The text in our Markdown; fenced code is left as it is."""
        return "".join(piece if is_code else self._convert_prose(piece) for is_code, piece in _divide(text))

    def line(self, needle: str) -> int:
        """The first line of the file that holds `needle`; 0 when none does."""
        if needle not in self.lines:
            at = self.source.find(needle)
            self.lines[needle] = self.source.count("\n", 0, at) + 1 if at >= 0 else 0
        return self.lines[needle]

    def change(self, needle: str, what: str) -> None:
        self.notes.change(self.file, self.line(needle), what)

    def _convert_prose(self, text: str) -> str:
        if not text.strip():
            return text
        text = _COLONS.sub(r"\1\\", text)
        text = _QUESTION_MARK.sub(r"\1\\", text)
        text = _BOX.sub(self._box, text)
        text = _IFRAME.sub(self._iframe, text)
        text = _HTML_IMAGE.sub(self._html_image, text)
        text = "\n".join(map(self._layout, text.split("\n")))
        text = _SPAN.sub(_keep_code(self._span), text)
        text = _IMAGE.sub(_keep_code(self._image), text)
        text = _KRAMDOWN.sub(_keep_code(self._kramdown), text)
        text = _ROWS.sub(self._table, text)
        return _HEADING.sub(lambda found: found[1][1:] if len(found[1]) > 2 else "##", text)

    def _box(self, found: re.Match[str]) -> str:
        self.notes.kept["boxes"] += 1
        return f"\n\n::: note\n{found[1].strip()}\n:::\n\n"

    def _iframe(self, found: re.Match[str]) -> str:
        address = _attribute(found[1], "src")
        found_site = _SITE.match(address)
        if found_site is None:
            self.change(found[0][:40], "a frame without an address was left out")
            return ""
        self.change(found[0][:40], f"a frame of {found_site[1]} became a link: lessons load nothing from other sites")
        target = address.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace(">", "%3E")
        return f"\n\n[{self.words.see_outside.format(site=found_site[1])}]({target})\n\n"

    def _html_image(self, found: re.Match[str]) -> str:
        source, alt = _attribute(found[1], "src"), _attribute(found[1], "alt")
        return f"\n\n![{alt}]({source})\n\n" if source else ""

    def _layout(self, line: str) -> str:
        if not _DIV_TAG.search(line):
            return line
        self.notes.change(self.file, 0, "layout in columns was left out: a phone shows one column")
        return _DIV_TAG.sub("", line).strip()

    def _span(self, found: re.Match[str]) -> str:
        inner = found["inner"].strip()
        if inner and not re.search(r"[*_]{2}|<", inner):
            inner = f"**{inner}**"
        self.notes.change(self.file, 0, "coloured words became bold")
        return inner

    def _kramdown(self, found: re.Match[str]) -> str:
        rule = found["rule"]
        if "width" in rule or "height" in rule:
            self.notes.change(self.file, 0, "the width asked for a picture was left out: pictures fit the page")
        elif "target" in rule:
            self.notes.change(self.file, 0, "a link opens in the same tab: hers is to choose where it opens")
        else:
            self.change(found[0], f"the attribute {{:{rule}}} was left out")
        return ""

    def _image(self, found: re.Match[str]) -> str:
        source, alt = found["source"].strip("<>"), " ".join(re.sub(r"</?[a-z]+>", "", found["alt"]).split())
        line = self.line(found["source"])
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", source):
            self.change(found["source"], f"a picture of another site became a link: {source}")
            return f"[{alt or source}]({source})"
        name = self._find(unquote(source))
        if name is None:
            described = f" It shows: {alt}" if alt else ""
            self.notes.missing.append(
                (Remark(self.file, line, f"the image {source} is not in the folder.{described}"), source, bool(alt))
            )
            name = self.replace.get(source)
            if name is None:
                return ""
        if not name.lower().endswith(SUFFIXES):
            self.change(found["source"], f"the image {source} was left out: only PNG, JPEG, WebP and GIF are shown")
            return ""
        self.notes.used.add(name)
        if not alt:
            alt = PurePosixPath(name).stem.replace("_", " ").replace("-", " ")
            self.change(found["source"], f"the image {source} has no description; its name stands for it: write one")
        return f"![{alt}](<{name}>)"

    def _find(self, source: str) -> str | None:
        beside = str(PurePosixPath(self.file).parent / source)
        return next((name for name in (source, beside, source.removeprefix("./")) if name in self.names), None)

    def _table(self, found: re.Match[str]) -> str:
        """A table without a head, which kramdown allows and Markdown does not, becomes HTML."""
        rows = found[0].strip("\n").split("\n")
        if len(rows) > 1 and _is_rule(rows[1]):
            return found[0]
        md = MarkdownIt("commonmark", {"html": False})
        cells = [row.strip().strip("|").split("|") for row in rows if not _is_rule(row)]
        body = "".join(
            "<tr>" + "".join(f"<td>{md.renderInline(cell.strip())}</td>" for cell in row) + "</tr>" for row in cells
        )
        self.notes.kept["tables"] += 1
        return f"\n<table><tbody>{body}</tbody></table>\n\n"


def _is_rule(row: str) -> bool:
    """Whether a row of a table is the line under its head."""
    return "-" in row and set(row) <= set(" \t|:-")


def _divide(text: str) -> list[tuple[bool, str]]:
    """Pieces of whole lines, in order: whether it is fenced code, and the piece. An open fence runs to the end."""
    pieces: list[tuple[bool, list[str]]] = [(False, [])]
    fence = ""
    for line in text.splitlines(keepends=True):
        found = _FENCE.match(line)
        if not fence and found:
            fence = found[1]
            pieces.append((True, [line]))
        else:
            pieces[-1][1].append(line)
            if fence and found and found[1].startswith(fence):
                fence = ""
                pieces.append((False, []))
    return [(is_code, "".join(lines)) for is_code, lines in pieces]


def _keep_code(change: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    """Leave inline code alone, which the pattern finds first."""
    return lambda found: found[0] if found["tick"] else change(found)


def _attribute(text: str, name: str) -> str:
    found = re.search(rf"\b{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", text, re.IGNORECASE)
    return next((group.strip() for group in found.groups() if group), "") if found else ""
