"""A compiled course: what learning publishes, grades and shows. Immutable, named by the hash of its content."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Literal

Kind = Literal["one", "several", "true_false", "order", "match", "number", "text", "scenario"]

_LATER = ("exam", "digcomp", "offline", "sources", "guide_html", "test")
"""What lessons of the first versions could not say."""

BODY_FORMAT = 2
"""Raise it when body.py makes other bytes from the same course: bodies are cached for ever under the version."""


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen. `feedback_html` may be empty.

    Of steps to put in order it is one of them, of pairs a left side, of a scenario a scene, of a number or a text what
    somebody may write.
    """

    html: str
    right: bool
    feedback_html: str


@dataclass(frozen=True)
class Match:
    """The right sides of pairs, plain text: first the one of each choice, then those that belong to nothing."""

    targets: tuple[str, ...]


@dataclass(frozen=True)
class Number:
    """For each choice the least and the most that it stands for, as decimals; what is said of any other number."""

    ranges: tuple[tuple[str, str], ...]
    unit: str
    other_html: str


@dataclass(frozen=True)
class Text:
    """For each choice what it is compared with (`written.fold`); what is said of anything else."""

    accepted: tuple[str, ...]
    other_html: str


@dataclass(frozen=True)
class Way:
    """What she may do in a scene, and the index of the scene that it leads to."""

    html: str
    to: int


@dataclass(frozen=True)
class Scenario:
    """For each scene its ways on; one that has none is an end."""

    ways: tuple[tuple[Way, ...], ...]


Details = Match | Number | Text | Scenario | None


@dataclass(frozen=True)
class Question:
    """A question with its choices, in the order in which they are written; a choice is named by its index.

    An answer is a list of such indices: what she chose; the steps in her order; for each left side the index of the
    right side; the one choice that what she wrote meets, or their number where it meets none; the scene that she ends
    in.
    """

    code: str
    kind: Kind
    prompt_html: str
    choices: tuple[Choice, ...]
    hint_html: str
    details: Details = None

    @property
    def right(self) -> tuple[int, ...]:
        """Indices of the right choices, ascending. Of steps and pairs it is the right answer."""
        return tuple(index for index, choice in enumerate(self.choices) if choice.right)


@dataclass(frozen=True)
class Prose:
    """Clean HTML between questions."""

    html: str


Block = Prose | Question


@dataclass(frozen=True)
class Source:
    """Where something that a lesson says comes from. `date` is YYYY, YYYY-MM or YYYY-MM-DD."""

    title: str
    url: str
    date: str


@dataclass(frozen=True)
class Lesson:
    """A page of a course: prose and questions in order. The questions of an `exam` are graded by the server alone.

    `digcomp` are competences of DigComp 2.2 as they are numbered there; `offline` is what she does without what the
    lesson sends her to outside. `guide_html` is how the lesson is given as a session, for who teaches alone.
    `test` is "a" or "b" where it is a form of the test before and after the course: an exam that nobody passes.
    """

    code: str
    title: str
    minutes: int
    summary: str
    blocks: tuple[Block, ...]
    exam: bool = False
    digcomp: tuple[str, ...] = ()
    offline: str = ""
    sources: tuple[Source, ...] = ()
    guide_html: str = ""
    test: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Question))


@dataclass(frozen=True)
class Course:
    """A course that is ready to be published. `files` holds its images: name by hash -> bytes (AVIF, WebP).

    `level` is `basic`, `intermediate`, `advanced` or empty; `glossary` says what its words mean. `tests` are the two
    forms of its test before and after, if it has one. They are none of its `lessons`.

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
    level: str = ""
    glossary: Mapping[str, str] = field(default_factory=dict, hash=False)

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
            **({"level": self.level} if self.level else {}),
            **({"glossary": dict(self.glossary)} if self.glossary else {}),
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
    """What of a lesson names its version. What a lesson does not say is left out, so that versions from before it
    could be said, and from before other questions than choices, keep their name."""
    content = {key: value for key, value in asdict(lesson).items() if value or key not in _LATER}
    for block in content["blocks"]:
        if block.get("details", "") is None:
            del block["details"]
    return content
