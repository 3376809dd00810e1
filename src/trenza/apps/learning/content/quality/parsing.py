"""The files of a course's lessons, taken apart into what each says where."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from trenza.apps.learning.content.course import Course, Lesson
from trenza.apps.learning.content.errors import Problems
from trenza.apps.learning.content.front import read_front_matter
from trenza.apps.learning.content.markdown import CLOSE, OPEN, container_name, container_title, make_parser
from trenza.apps.learning.content.quality.text import LessonText, Passage

_KINDS: Final = {"heading_open": "heading", "paragraph_open": "text", "th_open": "cell", "td_open": "cell"}
_BOX: Final = re.compile(r"^\[[ xX]\]\s*|^\?\s+")
_WAY: Final = re.compile(r"\s*=>\s*(?:[a-z0-9-]+\s*)?$")
_VARIABLE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_FOR_TRAINERS: Final = "guide"


def lesson_texts(course: Course) -> list[LessonText]:
    """The lessons of a course as their author wrote them, in order; those whose file is not kept are left out."""
    md = make_parser(course.language)
    files = {name.rsplit("/", 1)[-1].removesuffix(".md"): name for name in course.folder if name.endswith(".md")}
    return [_read(lesson, files[lesson.code], course, md) for lesson in course.lessons if lesson.code in files]


def _read(lesson: Lesson, file: str, course: Course, md: MarkdownIt) -> LessonText:
    text = course.folder[file].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    sources = tuple(number for number, line in enumerate(lines, start=1) if line.strip() == "[[source]]")
    read_front_matter(file, lines, Problems())
    passages: list[Passage] = []
    containers: dict[str, int] = {}
    questions: dict[str, int] = {}
    within: list[str] = []
    kind = "text"
    for token in md.parse("\n".join(lines)):
        if token.type == OPEN:
            name = container_name(token)
            within.append(name)
            containers[name] = containers.get(name, 0) + 1
            if name == "question" and token.map:
                questions[(container_title(token).split() or [""])[0]] = token.map[0] + 1
        elif token.type == CLOSE:
            within.pop()
        elif token.type in ("heading_open", "paragraph_open", "th_open", "td_open"):
            kind = _KINDS[token.type]
        elif token.type == "inline" and _FOR_TRAINERS not in within:
            passages.append(_passage(kind, token, tuple(within)))
    return LessonText(lesson, file, tuple(passages), containers, questions, sources)


def _passage(kind: str, token: Token, within: tuple[str, ...]) -> Passage:
    children = token.children or []
    text = _said(children)
    if "question" in within:
        text = _WAY.sub("", _BOX.sub("", text))
    return Passage(
        kind,
        token.map[0] + 1 if token.map else 0,
        text,
        within,
        tuple(_strong(children)),
        tuple(str(child.attrGet("href") or "") for child in children if child.type == "link_open"),
        tuple((str(child.attrGet("src") or ""), child.content) for child in children if child.type == "image"),
    )


def _said(children: Sequence[Token]) -> str:
    """The words of a paragraph. Code and what pictures show are none; a word of the programme stands for itself."""
    pieces = []
    for child in children:
        if child.type == "text":
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak", "code_inline"):
            pieces.append(" ")
    return _VARIABLE.sub(r"\1", " ".join("".join(pieces).split()))


def _strong(children: Sequence[Token]) -> Iterator[str]:
    """What is written in bold."""
    depth, held = 0, ""
    for child in children:
        depth += (child.type == "strong_open") - (child.type == "strong_close")
        if depth and child.type == "text":
            held += child.content
        elif not depth and held:
            yield held
            held = ""
    if held:
        yield held
