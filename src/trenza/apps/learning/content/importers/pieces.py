"""A page as pieces that stay whole: a heading, a paragraph, a part in colons, a question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it.common.utils import normalizeReference
from markdown_it.tree import SyntaxTreeNode

from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.importers.addresses import slug_of_heading
from trenza.apps.learning.content.importers.page import NOWHERE, Page
from trenza.apps.learning.content.importers.writing import DEPTH, Writer, make_source_parser

_HEADING_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*((?:[#.])[^{}\n]{0,300})\}[ \t]*$")
_IMAGE_ATTRIBUTES = re.compile(
    r"(!?)\[((?:[^\[\]]|\[[^\[\]]{0,200}\]){0,1000})\]\(([^()\s]{1,500})\)\{:?([^{}`]{1,1000})\}"
)
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.DOTALL)

_REFERENCE = re.compile(r"(?<![\w\]\\])\[[^\[\]]{1,300}\]\[([^\[\]\n]{2,80})\]")

Env = dict[str, object]


@dataclass(frozen=True)
class Piece:
    """Markdown of ours that is not divided. `level` is that of a heading, 0 for anything else.

    `weight` is how long it takes, in words; a question takes longer than its words.
    """

    markdown: str
    line: int
    level: int = 0
    title: str = ""
    anchors: tuple[str, ...] = ()
    weight: int = 0
    question: bool = False
    box: bool = False


@dataclass
class Reader:
    """Reads the text of one page. References that stand anywhere in it are known everywhere."""

    page: Page
    problems: Problems
    env: Env = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.md = make_source_parser()

    def learn_references(self, text: str) -> None:
        """Find the `[name]: address` of a whole page before its parts are read.

        A name that is used and defined nowhere gets an address that the page knows for what it is.
        """
        self.md.parse(text, self.env)
        known = self.env.setdefault("references", {})
        assert isinstance(known, dict)
        for found in _REFERENCE.finditer(text):
            label = normalizeReference(found[1])
            known.setdefault(label, {"href": f"{NOWHERE}{found[1]}", "title": "", "map": [0, 0]})

    def nodes(self, text: str, line: int) -> list[SyntaxTreeNode]:
        """The blocks of a text; too deep a nesting is a problem, and gives none."""
        tokens = self.md.parse(move_descriptions(self.page, text, line), self.env)
        if any(token.level > DEPTH for token in tokens):
            at = next(
                token for token in tokens if (token.level > DEPTH and token.map is not None) or token is tokens[-1]
            )
            self.problems.add(
                self.page.file,
                line + (at.map[0] if at.map else 0),
                "Lists and quotes stand in each other too deeply.",
                f"At most {DEPTH // 2}, one within another.",
            )
            return []
        return SyntaxTreeNode(tokens).children

    def markdown(self, text: str, line: int) -> str:
        """A text as one piece of Markdown of ours."""
        return Writer(self.page, line).write(self.nodes(text, line))

    def pieces(self, text: str, line: int) -> list[Piece]:
        """A text as pieces. Headings move down so that the first level is the lesson's own."""
        return self.pieces_of(self.nodes(text, line), line)

    def pieces_of(self, nodes: Sequence[SyntaxTreeNode], line: int) -> list[Piece]:
        writer = Writer(self.page, line)
        pieces: list[Piece] = []
        for at, node in enumerate(nodes):
            flip = at > 0 and nodes[at - 1].type == node.type and at % 2 == 1
            anchors: tuple[str, ...] = ()
            if node.type == "heading":
                anchors = take_attributes(node)
            markdown = writer.block(node, flip=flip)
            if not markdown.strip():
                continue
            level = int(node.tag[1:]) if node.type == "heading" else 0
            title = markdown.lstrip("# ").strip() if level else ""
            if level:
                self.page.notes.kept["headings"] += 1
                markdown = f"{'#' * max(2, level)} {title}"
                anchors = (*anchors, slug_of_heading(title))
            elif node.type == "table":
                self.page.notes.kept["tables"] += 1
            pieces.append(Piece(markdown, writer.line, level, title, anchors, weigh_words(markdown)))
        return pieces

    def footnotes(self) -> list[Piece]:
        """The footnotes of the page as a list at its end."""
        notes = self.page.footnotes
        if not notes:
            return []
        self.page.change(0, "footnotes stand in a list at the end of the page")
        self.page.notes.kept["footnotes"] += len(notes)
        listed = "\n".join(
            f"{number}. {self.markdown(text, 0) or '-'}" for number, text in enumerate(notes.values(), start=1)
        )
        return [Piece(listed, 0, weight=weigh_words(listed))]


def move_descriptions(page: Page, text: str, line: int) -> str:
    """Pandoc's `![](a.png){alt='words'}` as `![words](a.png)`. A link with a description lost its exclamation mark."""
    if "){" not in text:
        return text

    def move(found: re.Match[str]) -> str:
        mark, words, address, attributes = found.groups()
        alt = _ALT.search(attributes)
        if not alt:
            return f"{mark}[{words}]({address})" + ("" if mark else f"{{{attributes}}}")
        told = next((each for each in alt.groups() if each), "")
        told = re.sub(r"[\[\]]", "", told)
        if mark:
            caption = f"\\\n{words}" if words.strip() and words.strip() != told.strip() else ""
            return f"![{told}]({address}){caption}"
        at = line + text.count("\n", 0, found.start())
        page.change(at, f"a link with a description became the picture that it leads to: {address}")
        return f"![{told}]({address})\\\n{words}"

    return _IMAGE_ATTRIBUTES.sub(move, text)


def take_attributes(node: SyntaxTreeNode) -> tuple[str, ...]:
    """Take `{#anchor .class}` off the end of a heading, and give its anchors."""
    inline = node.children[0]
    children = inline.token.children if inline.token else None
    if not children or children[-1].type != "text":
        return ()
    found = _HEADING_ATTRIBUTES.search(children[-1].content)
    if not found:
        return ()
    children[-1].content = children[-1].content[: found.start()]
    return tuple(part[1:].strip() for part in re.findall(r"#[^#]*", found[1]))


def weigh_words(markdown: str) -> int:
    """How long Markdown takes to read, in words."""
    return len(re.findall(r"\w+", markdown))


def boxed(piece: Piece) -> Piece:
    """The piece as one that a lesson may well begin with."""
    return replace(piece, box=True)
