"""The parts of a page between colons: objectives, callouts, challenges with solutions, and what we have for each."""

import re
from collections.abc import Sequence

from markdown_it.tree import SyntaxTreeNode

from trenza.apps.learning.content.importers import divs, quizzes
from trenza.apps.learning.content.importers.divs import Div, Text
from trenza.apps.learning.content.importers.escaping import container, escape_text
from trenza.apps.learning.content.importers.pieces import Piece, Reader, weigh_words
from trenza.apps.learning.content.importers.writing import Writer

_SOLUTIONS = frozenset({"solution", "answer"})
_EXERCISES = frozenset({"challenge", "exercise"})
_NOTES = frozenset(
    {"callout", "prereq", "discussion", "objectives", "questions", "keypoints", "checklist", "testimonial", "caution"}
    | {"warning", "important", "tip", "note", "info", "hint-box", "overview"}
)
_COUNTED = {"questions": "guiding questions", "callout": "callouts", "prereq": "prerequisites"}
_FOLDED = frozenset({"spoiler", "hint", "accordion", divs.DETAILS})
_INSTRUCTOR = frozenset({"instructor", "instructor-note", "instructor-notes"})
_SEVERAL = frozenset({"tab", "group-tab"})
_HEADING = re.compile(r"\A\s*#{1,6}[ \t]+([^\n]*?)[ \t#]*(?:\n|\Z)")
_SOLUTION_TITLES = re.compile(r"(?:soluci[oó]n(?:es)?|solutions?|respuestas?|answers?)\W*[0-9]*\W*", re.IGNORECASE)
_ASKS_WHICH = re.compile(
    r"\b(?:cu[aá]l(?:es)?|qu[eé] (?:opci[oó]n|respuesta|expresi[oó]n)|elige|selecciona|marca"
    r"|which|choose|select|pick)\b",
    re.IGNORECASE,
)
_LABEL = r"(?:\*\*)?(?:\(?[0-9]{1,2}\)?|\(?[A-Ha-h]\)|(?<=\*\*)[A-Ha-h](?=\*\*))(?:\*\*)?"
_KEY = re.compile(
    r"\s*(?:(?:la|las|the)\s+)?"
    r"(?:(?:correct\s+)?(?:respuestas?|soluci[oó]n(?:es)?|answers?|solutions?|opci[oó]n(?:es)?|options?)\s*"
    r"(?:correctas?\s*)?(?:is|are|es|son)?\s*:?\s*)?(?:(?:las?|the)?\s*(?:opci[oó]n(?:es)?|options?)\s+)?"
    rf"({_LABEL}(?:\s*(?:,|\by\b|\be\b|\band\b|&)\s*{_LABEL}){{0,8}})(?![\w%])(.*)",
    re.IGNORECASE | re.DOTALL,
)


class PartConverter:
    """Writes the parts of one page as pieces. Questions get codes `q1`, `q2`, … in their order."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.page = reader, reader.page
        self.notes, self.words, self.options = reader.page.notes, reader.page.words, reader.page.options
        self.questions = 0

    def convert(self, text: str, line: int) -> list[Piece]:
        """The page as pieces."""
        nodes = divs.parse(self.page.file, text, line, self.notes, self.reader.problems)
        self.reader.learn_references(_plain_text(nodes))
        return [*self._pieces(nodes), *self.reader.footnotes()]

    def _pieces(self, nodes: Sequence[divs.Node]) -> list[Piece]:
        pieces: list[Piece] = []
        for node in nodes:
            pieces += self.reader.pieces(node.text, node.line) if isinstance(node, Text) else self._div(node)
        return pieces

    def _div(self, div: Div) -> list[Piece]:
        kept = self.notes.kept
        if div.name in _INSTRUCTOR:
            if self.options.instructor_notes == "drop":
                self.page.change(div.line, f"a note for instructors was left out ({_count_words(div)} words)")
                return []
            kept["notes for instructors"] += 1
            return self._container(div, "hidden", self.words.for_instructors)
        if div.name in _SOLUTIONS:
            if self.options.solutions == "drop":
                self.page.change(div.line, f"a solution was left out ({_count_words(div)} words)")
                return []
            kept["solutions"] += 1
            return self._container(div, "hidden", self.words.solution)
        if div.name in _EXERCISES:
            return self._challenge(div)
        if div.name in _NOTES:
            kept[_COUNTED.get(div.name, div.name)] += 1
            return self._container(div, "note", self._note_title(div.name))
        if div.name in _FOLDED:
            kept["folded parts"] += 1
            return self._container(div, "hidden", self.words.more)
        if div.name in _SEVERAL:
            kept["tabs"] += 1
            self.page.change(div.line, "tabs stand one below the other: a phone shows one column")
            return self._pieces(div.children)
        self.page.change(div.line, f"`::: {div.name}` is not known; what it holds was kept")
        return self._pieces(div.children)

    def _note_title(self, name: str) -> str:
        words = self.words
        return {
            "objectives": words.objectives,
            "questions": words.guiding_questions,
            "keypoints": words.key_points,
            "prereq": words.prerequisites,
            "discussion": words.discussion,
            "checklist": words.check_list,
        }.get(name, "")

    def _challenge(self, div: Div) -> list[Piece]:
        self.notes.kept["challenges"] += 1
        asked = self._as_question(div) if self.options.questions == "graded" else None
        if asked is not None:
            self.notes.kept["challenges made questions"] += 1
            return [asked]
        return self._container(div, "try", self.words.challenge)

    def _container(self, div: Div, name: str, title: str) -> list[Piece]:
        """A part as one piece. Its first heading becomes its title, unless that is nothing but the kind of part."""
        children = list(div.children)
        heading = div.title
        if not heading and children and isinstance(children[0], Text):
            children[0], heading = _take_heading(children[0])
        heading = self.reader.markdown(heading, div.line).replace("\n", " ").strip() if heading else ""
        if name == "hidden" and _SOLUTION_TITLES.fullmatch(heading):
            if not set(re.findall(r"\w+", heading.lower())) <= set(re.findall(r"\w+", title.lower())):
                self.page.change(div.line, f"a part called «{heading}» is called «{title}»")
            heading = title
        heading = heading or title
        if name == "hidden" and not heading:
            heading = self.words.more
        inner = "\n\n".join(piece.markdown for piece in self._pieces(children))
        if not inner.strip():
            self.page.change(div.line, f"an empty `::: {div.name}` was left out")
            return []
        markdown = container(f"{name} {heading}".strip(), inner)
        return [Piece(markdown, div.line, title=heading, weight=weigh_words(markdown), box=name != "hidden")]

    def _as_question(self, div: Div) -> Piece | None:
        """A challenge whose choices are a list and whose one solution begins with the numbers of the right ones."""
        texts = [child for child in div.children if isinstance(child, Text) and child.text.strip()]
        parts = [child for child in div.children if isinstance(child, Div)]
        if len(texts) != 1 or len(parts) != 1 or parts[0].name not in _SOLUTIONS or len(parts[0].children) != 1:
            return None
        told = parts[0].children[0]
        if not isinstance(told, Text) or (div.children[-1] is texts[0] and len(div.children) > 1):
            return None
        rest, title = _take_heading(texts[0])
        nodes = self.reader.md.parse(rest.text, self.reader.env)
        blocks = SyntaxTreeNode(nodes).children
        if len(blocks) < 2 or blocks[-1].type not in ("ordered_list", "bullet_list"):
            return None
        if not _ASKS_WHICH.search(rest.text):
            return None
        items = blocks[-1].children
        right, why = _read_key(_take_heading(told)[0].text, len(items))
        if not right:
            return None
        return self._question(title, rest, blocks, right, why, div)

    def _question(
        self, title: str, rest: Text, blocks: Sequence[SyntaxTreeNode], right: set[int], why: str, div: Div
    ) -> Piece:
        writer = Writer(self.page, rest.line)
        prompt = writer.write(blocks[:-1])
        if title:
            prompt = f"**{self.reader.markdown(title, div.line)}**\n\n{prompt}"
        line = div.line + 1
        if why:
            self.page.change(line, "the number of each choice stands before it, because the solution names them so")
            feedback = self.reader.markdown(why, line)
        else:
            self.page.change(line, "a solution that only names the right choices became the grading of the question")
            feedback = ""
        choices = []
        for number, item in enumerate(blocks[-1].children, start=1):
            text = writer.write(item.children, tight=True)
            choices.append((f"{number}\\. {text}" if why else text, feedback))
        self.questions += 1
        markdown = quizzes.question(f"q{self.questions}", prompt, choices, right)
        return Piece(markdown, div.line, title=escape_text(title), weight=weigh_words(prompt) + 60, question=True)


def _take_heading(text: Text) -> tuple[Text, str]:
    """A text without the heading that it begins with, and that heading."""
    found = _HEADING.match(text.text)
    if not found:
        return text, ""
    return Text(text.text[found.end() :], text.line + found[0].count("\n")), found[1].strip()


def _read_key(text: str, count: int) -> tuple[set[int], str]:
    """The indices that a solution begins with, and the whole solution where it says more than them."""
    text = text.strip()
    found = _KEY.fullmatch(text)
    if not found or re.match(r"[0-9]{1,2}[.)]\s", text) or re.match(r"\s*[.:]?\s*\n\s*\n?\s*(?:`{3}|[0-9])", found[2]):
        return set(), ""
    labels = re.findall(r"[0-9]{1,2}|\b[A-Ha-h]\b", re.sub(r"\b(?:y|e|and)\b", ",", found[1]))
    indices = {int(label) - 1 if label.isdigit() else ord(label.lower()) - ord("a") for label in labels}
    more = found[2].strip(" .*\n)")
    if not indices or not all(0 <= index < count for index in indices) or len(indices) == count:
        return set(), ""
    if more and not re.match(r"[\w(—–-]", more):
        return set(), ""
    return indices, text if more else ""


def _plain_text(nodes: Sequence[divs.Node]) -> str:
    """The text of a tree without the lines of its parts, for the references in it."""
    pieces = [node.text if isinstance(node, Text) else _plain_text(node.children) for node in nodes]
    return "\n\n".join(pieces)


def _count_words(div: Div) -> int:
    return weigh_words(_plain_text(div.children))
