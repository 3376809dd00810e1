"""The skeleton of a page: parts between `::: name` and `:::`, or `<details>` and `</details>`, and text between.

A line of nothing but colons closes the innermost part, however many there are, as Pandoc and the Carpentries have it.
"""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.importers.notes import Notes

DEPTH = 6
DETAILS = "details"

_OPEN = re.compile(r"[ \t]*:{3,}[ \t]*(?:\{[ \t]*\.?)?([A-Za-z][A-Za-z0-9_-]{0,39})([^\n]*)")
_CLOSE = re.compile(r"[ \t]*:{3,}[ \t]*")
_FENCE = re.compile(r"[ \t]*(?:[-*+>][ \t]+|[0-9]{1,9}[.)][ \t]+)*(`{3,}(?=[^`]*$)|~{3,})")
_DETAILS = re.compile(r"([ \t]*)<details\b[^>]{0,500}>[ \t]*(.*)", re.IGNORECASE)
_SUMMARY = re.compile(r"\s*<summary\b[^>]{0,500}>(.{0,1000}?)</summary\s*>[ \t]*", re.IGNORECASE | re.DOTALL)
_SUMMARY_LINES = 5
_TITLE = re.compile(r"title\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass
class Text:
    """Lines between parts; `line` is the first of them, counted from 1."""

    text: str
    line: int


@dataclass
class Div:
    """A part with its name in small letters. `title` may be empty, and is Markdown or a little HTML."""

    name: str
    line: int
    title: str = ""
    indented: bool = False
    children: list["Node"] = field(default_factory=list)


Node = Text | Div


def parse(file: str, text: str, first_line: int, notes: Notes, problems: Problems) -> list[Node]:
    """The tree of a page. What is never closed ends with the page, and is remarked."""
    return _Parser(file, text.split("\n"), first_line, notes, problems).parse()


class _Parser:
    def __init__(self, file: str, lines: Sequence[str], first_line: int, notes: Notes, problems: Problems) -> None:
        self.file, self.lines, self.first_line, self.notes, self.problems = file, lines, first_line, notes, problems
        self.root = Div("", 0)
        self.open = [self.root]
        self.at = 0
        self.too_deep = False
        self.texts: list[tuple[Text, list[str]]] = []
        """Each text with its lines, which are joined once at the end: a page may have very many."""
        self.last_line = 0

    def parse(self) -> list[Node]:
        fence, opened = "", 0
        while self.at < len(self.lines):
            line = self.lines[self.at]
            mark = _FENCE.match(line)
            if fence:
                if mark and mark[1].startswith(fence) and not line.strip(" \t>`~"):
                    fence = ""
                self._add(line)
            elif mark:
                fence, opened = mark[1], self.at
                self._add(line)
            else:
                self._read(line)
            self.at += 1
        if fence:
            self.notes.change(self.file, self.first_line + opened, "code that is never closed goes to the page's end")
        for div in self.open[1:]:
            self.notes.change(self.file, div.line, f"`{div.name}` is never closed; it ends with the page")
        for text, lines in self.texts:
            text.text = "\n".join(lines)
        _dedent(self.root)
        return self.root.children

    def _read(self, line: str) -> None:
        if _CLOSE.fullmatch(line):
            self._close("")
        elif (found := _OPEN.fullmatch(line)) and "`" not in line:
            attributes = _TITLE.search(found[2])
            plain = re.sub(r"\{.*?\}|\}", "", found[2]).strip(" \t:")
            title = next((each for each in attributes.groups() if each), "") if attributes else plain
            self._open(found[1].lower(), title, line[:1] in " \t")
        elif found := _DETAILS.fullmatch(line):
            self._read_details(found[1], found[2])
        elif line.rstrip().lower().endswith("</details>") and any(div.name == DETAILS for div in self.open):
            before = line.rstrip()[: -len("</details>")]
            if before.strip():
                self._add(before)
            self._close(DETAILS)
        else:
            self._add(line)

    def _read_details(self, space: str, rest: str) -> None:
        """`<details>` and its summary, which may stand on the lines below."""
        ahead = "\n".join([rest, *self.lines[self.at + 1 : self.at + 1 + _SUMMARY_LINES]])
        found = _SUMMARY.match(ahead)
        title = " ".join(found[1].split()) if found else ""
        self._open(DETAILS, title, bool(space))
        if found:
            count = ahead.count("\n", 0, found.end())
            self.at += count
            rest = ahead[found.end() :].split("\n", 1)[0]
        if rest.lower().rstrip().endswith("</details>"):
            self._add(rest.rstrip()[: -len("</details>")])
            self._close(DETAILS)
        elif rest.strip():
            self._add(rest)

    def _add(self, line: str) -> None:
        children = self.open[-1].children
        number = self.first_line + self.at
        if not (children and self.texts and children[-1] is self.texts[-1][0] and self.last_line == number - 1):
            text = Text("", number)
            children.append(text)
            self.texts.append((text, []))
        self.texts[-1][1].append(line)
        self.last_line = number

    def _open(self, name: str, title: str, indented: bool) -> None:
        line = self.first_line + self.at
        if len(self.open) > DEPTH:
            if not self.too_deep:
                self.problems.add(
                    self.file, line, "Parts stand in each other too deeply.", f"At most {DEPTH}, one within another."
                )
            self.too_deep = True
            return
        div = Div(name, line, title, indented)
        self.open[-1].children.append(div)
        self.open.append(div)

    def _close(self, name: str) -> None:
        """Close the innermost part, or the innermost `<details>` and what stands open in it."""
        if len(self.open) == 1:
            if not self.too_deep:
                what = "colons that close nothing were left out"
                self.notes.change(self.file, self.first_line + self.at, what)
            return
        if not name:
            self.open.pop()
            return
        while self.open.pop().name != name:
            pass


def _dedent(div: Div) -> None:
    """The text of a part that stands indented, in a list, as if it stood on its own."""
    for child in div.children:
        if isinstance(child, Div):
            child.indented = child.indented or div.indented
            _dedent(child)
        elif div.indented:
            child.text = textwrap.dedent(child.text)
