"""The skeleton of a step: `--- name ---` … `--- /name ---` with a YAML header, and text between."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import yaml

from trenza.apps.learning.content.errors import Problems

_TAG = re.compile(r"[ \t]*---[ \t]+(/?)([a-z][a-z0-9-]*)[ \t]+---[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_DEPTH = 20
_ALONE = frozenset({"save", "new-page"})
"""Tags that hold nothing and are never closed."""


@dataclass
class Text:
    """Lines between tags; `line` is the first of them, counted from 1."""

    text: str
    line: int


@dataclass
class Tag:
    """A tag with its header. A `code` tag has one child: its code, as it was written."""

    name: str
    line: int
    header: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)


Node = Text | Tag


def read_yaml(name: str, text: str, first_line: int, problems: Problems) -> object:
    """YAML in which every scalar is a text, so that no value has surprises; None when it is malformed."""
    try:
        return yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        problems.add(name, line, f"This is not YAML: {error.problem or 'it cannot be read'}.", "Write `key: value`.")
    except (yaml.YAMLError, RecursionError):
        problems.add(name, first_line, "This is not YAML.", "Write `key: value`.")
    return None


def parse(name: str, text: str, problems: Problems) -> list[Node]:
    """The tree of a file. Tags that do not match are problems; the tree is then what could be made of it."""
    return _Parser(name, text.split("\n"), problems).parse()


class _Parser:
    def __init__(self, name: str, lines: Sequence[str], problems: Problems) -> None:
        self.name, self.lines, self.problems = name, lines, problems
        self.root = Tag("", 0)
        self.open = [self.root]
        self.at = 0

    def parse(self) -> list[Node]:
        fence = ""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            found = None if fence else _TAG.fullmatch(line)
            if found is None:
                mark = _FENCE.match(line)
                if fence:
                    fence = "" if mark and mark[1].startswith(fence) else fence
                elif mark:
                    fence = mark[1]
                self._add_line(line)
                self.at += 1
            elif found[1]:
                self._close(found[2])
            else:
                self._open(found[2])
        for tag in self.open[1:]:
            self.problems.add(
                self.name, tag.line, f"`--- {tag.name} ---` is never closed.", f"Add `--- /{tag.name} ---`."
            )
        return self.root.children

    def _add_line(self, line: str) -> None:
        children = self.open[-1].children
        last = children[-1] if children else None
        if isinstance(last, Text):
            last.text += f"\n{line}"
        else:
            children.append(Text(line, self.at + 1))

    def _close(self, name: str) -> None:
        self.at += 1
        if len(self.open) > 1 and self.open[-1].name == name:
            self.open.pop()
            return
        self.problems.add(
            self.name,
            self.at,
            f"`--- /{name} ---` closes nothing here.",
            f"Open it with `--- {name} ---`, or close first what was opened after it.",
        )
        if name in [tag.name for tag in self.open[1:]]:
            while self.open.pop().name != name:
                pass

    def _open(self, name: str) -> None:
        tag = Tag(name, self.at + 1)
        self.open[-1].children.append(tag)
        self.at += 1
        if name in _ALONE:
            return
        if self.at < len(self.lines) and self.lines[self.at].strip() == "---":
            self._read_header(tag)
        if name == "code":
            self._read_code(tag)
        elif len(self.open) <= _DEPTH:
            self.open.append(tag)
        else:
            self.problems.add(self.name, tag.line, "Tags stand in each other too deeply.", f"At most {_DEPTH}.")

    def _read_header(self, tag: Tag) -> None:
        first = self.at + 1
        end = next((at for at in range(first, len(self.lines)) if self.lines[at].strip() == "---"), None)
        if end is None:
            self.problems.add(self.name, first, "The header is never closed.", "Close it with a line `---`.")
            self.at = first
            return
        header = read_yaml(self.name, "\n".join(self.lines[first:end]), first + 1, self.problems)
        self.at = end + 1
        if isinstance(header, dict):
            tag.header = {str(key): value.strip() for key, value in header.items() if isinstance(value, str)}

    def _read_code(self, tag: Tag) -> None:
        start = self.at
        while self.at < len(self.lines):
            found = _TAG.fullmatch(self.lines[self.at])
            if found and found[1] and found[2] == "code":
                break
            self.at += 1
        else:
            self.problems.add(self.name, tag.line, "`--- code ---` is never closed.", "Add `--- /code ---`.")
        code = self.lines[start : self.at]
        while code and not code[0].strip():
            code, start = code[1:], start + 1
        while code and not code[-1].strip():
            code = code[:-1]
        tag.children.append(Text("\n".join(code), start + 1))
        self.at += 1
