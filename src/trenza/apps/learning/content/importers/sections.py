"""The headings of a page, as lines: what stands under which."""

import re
from dataclasses import dataclass

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_NUMBER = re.compile(
    r"\A(?:(?:tema|subtema|módulo|modulo|lección|leccion|unidad|topic|module|lesson|unit)\s+)?[0-9]+(?:\.[0-9]+)*[.:)]*\s+",
    re.I,
)


@dataclass(frozen=True)
class Section:
    """A heading and the text under it, up to the next heading of any level. `level` is 0 before the first one.

    `line` is that of the heading, `text_line` that of its text, both counted from 1.
    """

    level: int
    title: str
    line: int
    text: str
    text_line: int

    @property
    def source(self) -> str:
        """The section as it was."""
        return f"{'#' * self.level} {self.title}\n{self.text}" if self.level else self.text


def sections(text: str, first_line: int) -> list[Section]:
    """The sections of a page in their order; headings within code are none."""
    found: list[Section] = []
    fence, level, title, line, start = "", 0, "", first_line, first_line
    lines: list[str] = []
    for number, each in enumerate(text.split("\n"), start=first_line):
        mark = _FENCE.match(each)
        heading = _HEADING.fullmatch(each) if not fence and not mark else None
        if heading is None:
            if mark and fence and mark[1].startswith(fence):
                fence = ""
            elif mark and not fence:
                fence = mark[1]
            lines.append(each)
            continue
        if level or any(each.strip() for each in lines):
            found.append(Section(level, title, line, "\n".join(lines), start))
        level, title, line, start, lines = len(heading[1]), heading[2].strip(), number, number + 1, []
    if level or any(each.strip() for each in lines):
        found.append(Section(level, title, line, "\n".join(lines), start))
    return found


def without_number(title: str) -> str:
    """A title without the number that stands before it: `TEMA 1.2. SAVING` is `SAVING`."""
    return _NUMBER.sub("", title).strip() or title


def calm(title: str) -> str:
    """A title that is all capitals, or nearly, as a sentence."""
    letters = [letter for letter in title if letter.isalpha()]
    loud = len(letters) > 4 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)
    return title[:1] + title[1:].lower() if loud else title
