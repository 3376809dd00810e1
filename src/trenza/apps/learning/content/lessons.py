"""One lesson: front matter, prose and questions."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from trenza.apps.learning.content import cleaning, limits
from trenza.apps.learning.content.countries import Countries, countries_html, file_of
from trenza.apps.learning.content.course import Block, Lesson, Prose, Question
from trenza.apps.learning.content.drawings import SUFFIX as DRAWING
from trenza.apps.learning.content.drawings import compile_drawing
from trenza.apps.learning.content.errors import CourseError, Problems
from trenza.apps.learning.content.front import read_front_matter
from trenza.apps.learning.content.images import BadImage, CompiledImage, compile_image
from trenza.apps.learning.content.manifest import read_text, shown
from trenza.apps.learning.content.markdown import (
    ALONE,
    CLOSE,
    CONTAINERS,
    OPEN,
    container_name,
    container_title,
    groups,
    line_of,
    soften,
)
from trenza.apps.learning.content.media import KINDS
from trenza.apps.learning.content.phrases import phrases
from trenza.apps.learning.content.pictures import picture_html
from trenza.apps.learning.content.questions import Tools, read_question
from trenza.apps.learning.content.recordings import Recordings, read_recording
from trenza.apps.learning.content.words import Words

_ALONE_IN_WORDS = {"question": "A question", "countries": "What each country has", "guide": "A guide"}


class Pictures:
    """The images of a course, each compiled once. `compiled` is by name in the folder; None is one that is broken."""

    def __init__(self, files: Mapping[str, bytes], problems: Problems) -> None:
        self.files, self.problems = files, problems
        self.compiled: dict[str, CompiledImage | None] = {}

    def get(self, name: str) -> CompiledImage | None:
        if name not in self.compiled:
            try:
                make = compile_drawing if name.lower().endswith(DRAWING) else compile_image
                self.compiled[name] = make(self.files[name])
            except BadImage as error:
                self.compiled[name] = None
                self.problems.add(name, 0, error.problem, error.remedy)
        return self.compiled[name]


class Supplies(NamedTuple):
    """What the lessons of a course take from its folder. Each remembers what was taken."""

    pictures: Pictures
    recordings: Recordings
    countries: Countries
    words: Words


class LessonReader:
    """Reads one file of a course into a `Lesson`.

    `codes` names the lessons of the course by file, for links between them. What was taken away from the author's
    HTML is kept in `removed`, which is no error.
    """

    def __init__(
        self,
        name: str,
        md: MarkdownIt,
        codes: Mapping[str, str],
        supplies: Supplies,
        language: str,
        problems: Problems,
    ) -> None:
        self.name, self.md, self.codes, self.supplies, self.problems = name, md, codes, supplies, problems
        self.language, self.words = language, phrases(language)
        self.removed: list[CourseError] = []
        self.lines: list[str] = []
        self.block_line = 0
        self.environment: dict[str, object] = {}

    def wrong(self, line: int, problem: str, remedy: str) -> None:
        self.problems.add(self.name, line, problem, remedy)

    def read(self, data: bytes) -> Lesson | None:
        """The lesson, or None when its text cannot be read at all; whatever is wrong is in the problems."""
        text = read_text(self.name, data, self.problems)
        if text is None:
            return None
        self.lines = self.supplies.words.fill(text.split("\n"), self.md, self.wrong)
        front = read_front_matter(self.name, self.lines, self.problems)
        # markdown-it gives lines without their numbers in the file: the front matter becomes empty lines.
        tokens = self.md.parse("\n".join(self.lines), self.environment)
        soften(tokens)
        self._check_containers(tokens)
        self._note_removed(tokens)
        blocks = self._read_blocks(tokens)
        if not blocks:
            self.wrong(0, "The lesson is empty.", "Write it, or take it out of course.toml.")
        if front.exam and blocks and not any(isinstance(block, Question) for block in blocks):
            self.wrong(front.exam_line, "The exam asks nothing.", "Write its questions, or take out `exam = true`.")
        for code in self._telling(blocks) if front.exam else ():
            self.wrong(
                front.exam_line,
                f'The scenario "{code}" tells how each way ends, and so what is right.',
                "Ask something else in an exam, or take out `exam = true`.",
            )
        return Lesson(
            self.codes[self.name],
            front.title,
            front.minutes,
            front.summary,
            blocks,
            front.exam,
            front.digcomp,
            front.offline,
            front.sources,
            self._read_guide(tokens, exam=front.exam),
        )

    def _read_guide(self, tokens: Sequence[Token], *, exam: bool) -> str:
        """What only who teaches reads; whatever is wrong is told."""
        guides = [group for group in groups(tokens) if _is(group, "guide")]
        for group in guides:
            if container_title(group[0]):
                self.wrong(line_of(group), "A guide has no title.", "Write `::: guide` alone, and the title below it.")
        for group in guides[1:]:
            self.wrong(line_of(group), "A second guide begins here.", "A lesson has one: put them together.")
        if guides and exam:
            self.wrong(line_of(guides[0]), "An exam has no guide.", "Take it out: nobody gives an exam as a session.")
        html = self._render(guides[0][1:-1]) if guides else ""
        if guides and not html:
            self.wrong(line_of(guides[0]), "The guide is empty.", "Write it, or take it out.")
        return html

    @staticmethod
    def _telling(blocks: Sequence[Block]) -> list[str]:
        return [block.code for block in blocks if isinstance(block, Question) and block.kind == "scenario"]

    def _check_containers(self, tokens: Sequence[Token]) -> None:
        around: list[str] = []
        for token in tokens:
            if token.type == CLOSE and around:
                around.pop()
            if token.type != OPEN or token.map is None:
                continue
            outer = around[-1] if around else ""
            around.append(token.info)
            line, name = token.map[0] + 1, container_name(token)
            closing = self.lines[token.map[1]] if token.map[1] < len(self.lines) else ""
            if not name:
                self.wrong(
                    line, "These colons close nothing.", "An outer container needs more colons than an inner one."
                )
            elif name not in CONTAINERS:
                self.wrong(line, f'"{shown(name)}" is not a container.', f"Known are: {', '.join(CONTAINERS)}.")
            elif not re.fullmatch(r"[\s>]*:{3,}\s*", closing):
                self.wrong(line, f"`::: {name}` is never closed.", "Close it with a line `:::`.")
            elif name == "hidden" and not container_title(token):
                self.wrong(line, "A hidden part has no title.", "Write `::: hidden TITLE`.")
            elif name in ALONE and token.level:
                what = "A recording" if name in KINDS else _ALONE_IN_WORDS[name]
                self.wrong(line, f"{what} stands within something else.", "Put it on its own, without indentation.")
            elif name == "scene" and (outer.split()[:1] != ["question"] or outer.split()[-1] != "scenario"):
                self.wrong(line, "A scene stands in no scenario.", "Write `:::: question CODE scenario` around them.")

    def _note_removed(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            raw = [token.content] if token.type == "html_block" else []
            raw += [child.content for child in token.children or () if child.type == "html_inline"]
            names = [name for piece in raw for name in cleaning.removed_tags(piece)]
            for name in dict.fromkeys(names):
                self.removed.append(
                    CourseError(
                        self.name,
                        line_of([token]),
                        f"<{shown(name)}> was taken out.",
                        "Write what it said as text; for a `<` that is meant as a letter write `&lt;`.",
                    )
                )

    def _read_blocks(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        blocks: list[Block] = []
        prose: list[Token] = []

        def end_prose() -> None:
            rendered = self._render(prose)
            prose.clear()
            if rendered:
                blocks.append(Prose(rendered))

        codes: set[str] = set()
        tools = Tools(self.md, self._render, self.wrong)
        for group in groups(tokens):
            if _is(group, "guide"):
                end_prose()
                continue
            if _is(group, *KINDS, "countries"):
                end_prose()
                found = self._read_countries(group) if _is(group, "countries") else self._read_recording(group, tools)
                blocks += [found] if found else []
                continue
            if not _is(group, "question"):
                prose.extend(group)
                continue
            end_prose()
            question = read_question(group[0], group[1:-1], tools)
            if question.code in codes:
                self.wrong(
                    line_of(group), f'The code "{shown(question.code)}" is used twice.', "Give each question its own."
                )
            codes.add(question.code)
            blocks.append(question)
        end_prose()
        count = sum(isinstance(block, Question) for block in blocks)
        if count > limits.QUESTIONS_PER_LESSON:
            self.wrong(0, f"The lesson has {count} questions.", f"At most {limits.QUESTIONS_PER_LESSON}: divide it.")
        return tuple(blocks)

    def _read_recording(self, group: Sequence[Token], tools: Tools) -> Prose | None:
        return read_recording(group[0], group[1:-1], tools, self.supplies.recordings, self._inside, self.words)

    def _read_countries(self, group: Sequence[Token]) -> Prose | None:
        written = container_title(group[0])
        name, countries = file_of(written), self.supplies.countries
        if name not in countries.files:
            problem = f'The file "{shown(name or written)}" does not exist.' if written else "It names no file."
            self.wrong(line_of(group), problem, "Write `::: countries NAME`, and what it shows in `data/NAME.toml`.")
            return None
        facts = countries.get(name)
        return Prose(countries_html(facts, self._render(group[1:-1]), self.words, self.language)) if facts else None

    def _render(self, tokens: Sequence[Token]) -> str:
        if not tokens:
            return ""
        self.block_line = line_of(tokens) or self.block_line
        rendered = self.md.renderer.render(list(tokens), self.md.options, self.environment)
        return cleaning.clean(rendered, image=self._image, link=self._link)

    def _line_with(self, text: str) -> int:
        """The line that holds `text`, from the block that is being rendered on; else the line of the block."""
        first = max(self.block_line - 1, 0)
        for number, line in enumerate(self.lines[first:], start=first + 1):
            if text and text in line:
                return number
        return self.block_line

    def _inside(self, address: str) -> str:
        """The name in the folder that a relative address leads to; it may lead out of it."""
        folder = posixpath.dirname(self.name)
        return posixpath.normpath(posixpath.join(folder, unquote(address)))

    def _image(self, source: str, description: str) -> str | None:
        name = self._inside(source)
        line = self._line_with(source)
        if not source or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/", source):
            self.wrong(
                line,
                f'The image "{shown(source)}" is not in the folder.' if source else "An image names no file.",
                "Put the picture in the folder and write `![what it shows](images/name.png)`.",
            )
            return None
        if name == ".." or name.startswith("../"):
            self.wrong(line, f'The image "{shown(source)}" is outside of the folder.', "Put it in the folder.")
            return None
        if name not in self.supplies.pictures.files:
            self.wrong(line, f'The image "{shown(source)}" does not exist.', "Add it, or correct its name.")
            return None
        if not description.strip():
            self.wrong(line, f'The image "{shown(source)}" has no description.', "Say in the brackets what it shows.")
        image = self.supplies.pictures.get(name)
        if image is None:
            return None
        return picture_html(image, " ".join(description.split()))

    def _link(self, address: str) -> str | None:
        target = self._inside(address.split("#")[0])
        if address and not address.startswith(("/", "#", "?")) and target in self.codes:
            return f"../{self.codes[target]}/"
        if address:
            self.wrong(
                self._line_with(address),
                f'The link "{shown(address)}" leads nowhere.',
                "Link to a whole address (https://…) or to the file of a lesson of this course.",
            )
        return None


def _is(group: Sequence[Token], *names: str) -> bool:
    """Whether a block is a container of one of these names."""
    return group[0].type == OPEN and container_name(group[0]) in names
