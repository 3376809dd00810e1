"""What a lesson says, part by part, each with its line in the author's file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from trenza.apps.learning.content.course import Lesson


@dataclass(frozen=True)
class Passage:
    """A paragraph, an item, a heading or a cell. `kind` is `text`, `heading` or `cell`; `within` are its containers."""

    kind: str
    line: int
    text: str
    within: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    """Address and description of each."""

    @property
    def running(self) -> bool:
        """Whether it is what she reads from one end to the other: no heading, no table, no question."""
        return self.kind == "text" and "question" not in self.within


@dataclass(frozen=True)
class LessonText:
    """A lesson with the file that it was written in. What only the trainer reads is left out."""

    lesson: Lesson
    file: str
    passages: tuple[Passage, ...]
    containers: Mapping[str, int]
    """How many there are of each."""
    question_lines: Mapping[str, int] = field(default_factory=dict)
    source_lines: tuple[int, ...] = ()

    @property
    def running(self) -> Iterator[Passage]:
        """What she reads from one end to the other."""
        return (passage for passage in self.passages if passage.running)

    @property
    def whole(self) -> str:
        """All that it says, a line for each passage."""
        return "\n".join(passage.text for passage in self.passages)
