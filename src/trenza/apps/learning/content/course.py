"""A compiled course: what learning publishes, grades and shows. Immutable, named by the hash of its content."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Literal

Kind = Literal["one", "several", "true_false"]

BODY_FORMAT = 2
"""Raise it when body.py makes other bytes from the same course: bodies are cached for ever under the version."""


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen. `feedback_html` may be empty."""

    html: str
    right: bool
    feedback_html: str


@dataclass(frozen=True)
class Question:
    """A question with its choices, in the order of the page; a choice is named by its index in that order."""

    code: str
    kind: Kind
    prompt_html: str
    choices: tuple[Choice, ...]
    hint_html: str

    @property
    def right(self) -> tuple[int, ...]:
        """Indices of the right choices, ascending."""
        return tuple(index for index, choice in enumerate(self.choices) if choice.right)


@dataclass(frozen=True)
class Prose:
    """Clean HTML between questions."""

    html: str


Block = Prose | Question


@dataclass(frozen=True)
class Lesson:
    """A page of a course: prose and questions in order. The questions of an `exam` are graded by the server alone.

    `test` is "a" or "b" where it is a form of the test before and after the course: an exam that nobody passes.
    """

    code: str
    title: str
    minutes: int
    summary: str
    blocks: tuple[Block, ...]
    exam: bool = False
    test: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Question))


@dataclass(frozen=True)
class Course:
    """A course that is ready to be published. `files` holds its images: name by hash -> bytes (AVIF, WebP).

    `tests` are the two forms of its test before and after, if it has one. They are none of its `lessons`.

    `folder` is what it was compiled from, as its author wrote it, without what the course does not use; compiling it
    again gives the same course. It is no part of what a learner sees, and so of neither the version nor equality.
    """

    code: str
    title: str
    summary: str
    language: str
    licence: str
    authors: tuple[str, ...]
    source: str
    pass_score: float
    lessons: tuple[Lesson, ...]
    files: Mapping[str, bytes] = field(hash=False)
    tests: tuple[Lesson, ...] = ()
    folder: Mapping[str, bytes] = field(default_factory=dict, hash=False, compare=False, repr=False)

    @cached_property
    def version(self) -> str:
        """SHA-256 in hex over everything that a learner could see; two courses that read the same have the same."""
        content: dict[str, object] = {
            "body_format": BODY_FORMAT,
            "code": self.code,
            "title": self.title,
            "summary": self.summary,
            "language": self.language,
            "licence": self.licence,
            "authors": self.authors,
            "source": self.source,
            "pass_score": self.pass_score,
            "lessons": [_content(lesson) for lesson in self.lessons],
            "files": {name: hashlib.sha256(data).hexdigest() for name, data in self.files.items()},
        }
        if self.tests:
            content["tests"] = [_content(test) for test in self.tests]
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def lesson(self, code: str) -> Lesson:
        """Raises: KeyError when the course has no such lesson."""
        for lesson in self.lessons:
            if lesson.code == code:
                return lesson
        raise KeyError(code)


def _content(lesson: Lesson) -> dict[str, object]:
    """What of a lesson names its version. Versions from before there were exams and tests keep their name."""
    content = asdict(lesson)
    if not lesson.exam:
        del content["exam"]
    if not lesson.test:
        del content["test"]
    return content
