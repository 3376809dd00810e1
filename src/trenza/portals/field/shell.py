"""The document around a lesson: head + body + tail, the same bytes for everybody.

The body is immutable under its hash and comes from the course; the head and the tail carry the shell's version, so a
new shell mends every lesson without touching one.
"""

import gzip
import hashlib
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import mark_safe

from trenza.portals.field import inline, modules
from trenza.portals.field.context import demonstration_everywhere

_TITLE: Final = "\N{OBJECT REPLACEMENT CHARACTER}title"
_VERSION: Final = "\N{OBJECT REPLACEMENT CHARACTER}version"
_FACTS: Final = ' data-facts=""'
_NEEDS_KINDS: Final = " data-kinds>"
"""What the form of a lesson ends with that has questions beyond choices (learning/content/body.py)."""


@dataclass(frozen=True)
class LessonFacts:
    """What the script of a lesson's page must know of it (docs/phone.md). `pass_score` is a share, 0 to 1.

    A test before or after a course is graded as an exam is, by the server alone; it may be handed in with blanks.
    """

    lesson: str
    course: str
    next_url: str = ""
    pass_score: float = 0.0
    exam: bool = False
    test: bool = False

    @property
    def attributes(self) -> str:
        """As attributes of <main>, beginning with a space."""
        names = {"lesson": self.lesson, "course": self.course, "next": self.next_url, "pass": f"{self.pass_score:g}"}
        mark = ' data-exam="test"' if self.test else " data-exam" * self.exam
        return "".join(f' data-{name}="{escape(value)}"' for name, value in names.items()) + mark


class Shell(NamedTuple):
    """What stands around a lesson, in one language: `before` the title, `between` it and the facts of the lesson,
    `opening` before the body, `kinds` too where its questions need it, and `tail`."""

    version: str
    before: str
    between: str
    opening: str
    kinds: str
    tail: str


@lru_cache(maxsize=32)
def shell(language: str) -> Shell:
    """The shell in a language, rendered once per process: it holds nothing about whoever reads it.

    A language without a catalogue gets the site's default words, and keeps its own `lang`.
    """
    with translation.override(language):
        context = {
            "language": language,
            "title": _TITLE,
            "version": _VERSION,
            "facts": mark_safe(_FACTS),
            "demonstration": demonstration_everywhere(),
            "pages_only": settings.PAGES_ONLY,
            "for_everybody": True,
        }
        head = _without_blank_lines(render_to_string("field/shell_head.html", context))
        tail = _without_blank_lines(render_to_string("field/shell_tail.html", context))
    version = hashlib.sha256((head + tail).encode()).hexdigest()[:12]
    before, _, rest = head.replace(_VERSION, version).partition(_TITLE)
    between, _, opening = rest.partition(_FACTS)
    return Shell(version, before, between, opening, _kinds(), tail)


def shell_version(language: str) -> str:
    """Twelve hexadecimal digits that change with any byte of the shell."""
    return shell(language).version


def lesson_document(body_html: str, *, title: str, language: str, facts: LessonFacts | None = None) -> bytes:
    """A whole lesson page in UTF-8. `body_html` is trusted: it was cleaned when its course was built.

    The worker on her phone joins the same parts in the same order (assets/phone/worker.js).
    """
    parts = shell(language)
    attributes = facts.attributes if facts else ""
    opening = f"{parts.before}{escape(title)}{parts.between}{attributes}{parts.opening}"
    kinds = parts.kinds if _NEEDS_KINDS in body_html else ""
    return f"{opening}{kinds}{body_html}{parts.tail}".encode()


def _kinds() -> str:
    """The look and the script of questions beyond choices; the script runs before that of the page."""
    return f'<style>{inline.KINDS_LOOK}</style><script type="module" src="{modules.address("kinds.js")}"></script>\n'


@lru_cache(maxsize=32)
def shell_bytes(language: str) -> int:
    """What the shell of a lesson weighs compressed."""
    return len(gzip.compress(lesson_document("", title="", language=language), 9))


def course_kilobytes(body_bytes: int, lessons: int, language: str) -> int:
    """What all lessons of a course weigh compressed, in KB (1024 bytes) rounded up: `body_bytes` (with their pictures,
    where those are to count) and a shell for each."""
    return math.ceil((body_bytes + lessons * shell_bytes(language)) / 1024)


def _without_blank_lines(html: str) -> str:
    return "\n".join(line for line in html.splitlines() if line.strip()) + "\n"
