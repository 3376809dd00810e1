"""Tags made into the containers of our lessons, and quizzes into our questions."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from trenza.apps.learning.content.importers.raspberrypi.tags import Node, Tag, Text
from trenza.apps.learning.content.importers.raspberrypi.text import TextConverter

_CHOICE = re.compile(r"[ \t]*[-*+][ \t]+([(\[])[ \t]*([xX]?)[ \t]*[)\]](?:[ \t]+(.*)|[ \t]*)")
_TRANSPARENT = frozenset({"no-print", "print-only", "hints", "quiz", "feature"})
_LANGUAGE = re.compile(r"[A-Za-z0-9+#._-]{1,32}")


@dataclass
class _Choice:
    right: bool
    content: list[str] = field(default_factory=list)
    feedback: list[str] = field(default_factory=list)


@dataclass
class BlockConverter:
    """Writes the nodes of one file as Markdown. Questions get codes `PREFIX-1`, `PREFIX-2`, … across calls."""

    text: TextConverter
    question_prefix: str
    question_count: int = 0

    def convert(self, nodes: Sequence[Node]) -> str:
        """Our Markdown for the nodes; it ends without an empty line."""
        pieces = [self.text.convert(node.text) if isinstance(node, Text) else self._tag(node) for node in nodes]
        return re.sub(
            r"\n{3,}(?![^\n]*```)", "\n\n", "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip())
        )

    def _tag(self, tag: Tag) -> str:
        words, kept = self.text.words, self.text.notes.kept
        match tag.name:
            case "code":
                return self._code(tag)
            case "question":
                return self._question(tag)
            case "task":
                kept["tasks"] += 1
                return self._container(f"try {words.task}", tag)
            case "challenge":
                kept["challenges"] += 1
                return self._container(f"try {words.challenge}", tag)
            case "collapse" | "hint":
                kept["folded parts"] += 1
                return self._container(f"hidden {tag.header.get('title') or words.hint}", tag)
            case "save":
                self._change(tag, "a button that saves progress was left out: lessons save by themselves")
                return ""
            case "new-page":
                self._change(tag, "a page break for paper was left out")
                return ""
        if tag.name not in _TRANSPARENT:
            self._change(tag, f"`--- {tag.name} ---` is not known; what it holds was kept")
        return self.convert(tag.children)

    def _change(self, tag: Tag, what: str) -> None:
        self.text.notes.change(self.text.file, tag.line, what)

    def _container(self, heading: str, tag: Tag) -> str:
        inner = self.convert(tag.children)
        if not inner.strip():
            self._change(tag, f"an empty `--- {tag.name} ---` was left out")
            return ""
        runs = re.findall(r"^\s*(:{3,})", inner, re.MULTILINE)
        colons = ":" * max([3, *(len(run) + 1 for run in runs)])
        return f"{colons} {heading}\n{inner}\n{colons}"

    def _code(self, tag: Tag) -> str:
        code = tag.children[0].text if tag.children and isinstance(tag.children[0], Text) else ""
        header = tag.header
        language = header.get("language", "")
        info = [language if _LANGUAGE.fullmatch(language) else "text"]
        if re.fullmatch(r"[^\s`]+", header.get("filename", "")):
            info.append(f"file={header['filename']}")
        if header.get("line_numbers") == "true":
            self._change(tag, "line numbers beside code were left out: they take width from a phone")
        marks = _relative_lines(header.get("line_highlights", ""), header.get("line_number_start", "1"), code)
        if marks:
            info.append(f"mark={marks}")
        elif header.get("line_highlights"):
            self._change(tag, "highlighted lines that the code does not have were left out")
        self.text.notes.kept["code blocks"] += 1
        runs = re.findall(r"`{3,}", code)
        ticks = "`" * max([3, *(len(run) + 1 for run in runs)])
        return f"{ticks}{' '.join(info)}\n{code}\n{ticks}"

    def _question(self, tag: Tag) -> str:
        self.question_count += 1
        prompt: list[Node] = []
        choices: list[_Choice] = []
        boxes = ""
        for node in tag.children:
            if isinstance(node, Tag) and node.name == "choices":
                found, box = self._choices(node)
                choices += found
                boxes = boxes or box
            else:
                prompt.append(node)
        several = boxes == "[" or sum(choice.right for choice in choices) > 1
        legend = tag.header.get("legend", "")
        pieces = [f"**{legend}**"] if legend else []
        pieces.append(self.convert(prompt))
        pieces.append("\n\n".join(_choice_markdown(choice) for choice in choices))
        code = f"{self.question_prefix}-{self.question_count}"
        inner = "\n\n".join(piece for piece in pieces if piece)
        runs = re.findall(r"^\s*(:{3,})", inner, re.MULTILINE)
        colons = ":" * max([3, *(len(run) + 1 for run in runs)])
        return f"{colons} question {code} {'several' if several else 'one'}\n{inner}\n{colons}"

    def _choices(self, tag: Tag) -> tuple[list[_Choice], str]:
        """The choices, and the bracket that their boxes are made with: `(` for one answer, `[` for several."""
        choices: list[_Choice] = []
        box = ""
        for node in tag.children:
            if isinstance(node, Tag):
                if not choices:
                    self._change(node, f"`--- {node.name} ---` before the first choice was left out")
                elif node.name == "feedback":
                    choices[-1].feedback.append(self.convert(node.children))
                else:
                    choices[-1].content.append(self._tag(node))
                continue
            lines: list[str] = []
            for line in node.text.split("\n"):
                found = _CHOICE.fullmatch(line)
                if found is None:
                    lines.append(line)
                    continue
                self._end_text(choices, lines)
                box = box or found[1]
                choices.append(_Choice(right=bool(found[2])))
                lines = [found[3] or ""]
            self._end_text(choices, lines)
        return choices, box

    def _end_text(self, choices: Sequence[_Choice], lines: Sequence[str]) -> None:
        text = textwrap.dedent("\n".join(lines)).strip()
        if not text:
            return
        if choices:
            choices[-1].content.append(self.text.convert(text))
        else:
            self.text.change(text.split("\n")[0], "text before the first choice was left out")


def _choice_markdown(choice: _Choice) -> str:
    content = "\n\n".join(piece for piece in choice.content if piece)
    box = f"- [{'x' if choice.right else ' '}]"
    begins_plainly = bool(content) and not re.match(r"[`~:|#>]|[-*+] ", content)
    head = f"{box} {textwrap.indent(content, '  ').lstrip()}" if begins_plainly else box
    lines = [head] if begins_plainly or not content else [head, "", textwrap.indent(content, "  ")]
    feedback = "\n\n".join(textwrap.dedent(piece).strip() for piece in choice.feedback)
    if feedback:
        lines += ["", textwrap.indent(feedback, "  > ", lambda line: True)]
    return "\n".join(lines)


def _relative_lines(highlights: str, start: str, code: str) -> str:
    """Highlighted lines counted within the code: `11 - 13` of code that begins on line 7 is `5-7`."""
    first = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
    count = len(code.split("\n"))
    marks = []
    for found in re.finditer(r"([0-9]{1,6})(?:\s*-\s*([0-9]{1,6}))?", highlights):
        low = max(1, int(found[1]) - first + 1)
        high = min(count, int(found[2] or found[1]) - first + 1)
        if low <= high:
            marks.append(str(low) if low == high else f"{low}-{high}")
    return ",".join(marks)
