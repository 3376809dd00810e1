"""Small courses for the tests of their format."""

import io
from collections.abc import Mapping
from types import MappingProxyType

from PIL import Image

from trenza.apps.learning.content.course import Course, Prose
from trenza.apps.learning.content.errors import CourseErrors
from trenza.apps.learning.content.folder import compile_files

COURSE = """\
format = 1
code = "first-steps"
title = "First steps"
summary = "How to begin."
language = "en"
licence = "CC-BY-SA-4.0"
authors = ["Trenza"]
lessons = ["01-password.md"]
"""

FRONT = '+++\ntitle = "A password"\nminutes = 5\n+++\n'

QUESTION = """\
::: question password one
Which one is the safest?

- [ ] rosa2024
  > It can be guessed.
- [x] train-papaya-sky-button
  > **Yes!** Long, and only yours.

? Think of somebody who knows you.
:::
"""

OPUS = b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead\x01\x01" + bytes(200)
"""As much of a recording as is ever looked at."""


def picture(width: int = 20, height: int = 10, format: str = "PNG", color: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), color).save(out, format)
    return out.getvalue()


def course_files(
    body: str = QUESTION, others: Mapping[str, bytes] = MappingProxyType({}), course: str = COURSE
) -> dict[str, bytes]:
    """A course of one lesson, whose text is `body`; the images are `images/a.png` and `others`."""
    return {
        "course.toml": course.encode(),
        "01-password.md": (FRONT + body).encode(),
        "images/a.png": picture(),
        **others,
    }


def compile_course(files: Mapping[str, bytes]) -> Course:
    return compile_files(files).course


def compile_body(body: str, others: Mapping[str, bytes] = MappingProxyType({})) -> Course:
    return compile_course(course_files(body, others))


def prose(body: str) -> str:
    """The HTML of a lesson that holds no question."""
    (block,) = compile_body(body).lessons[0].blocks
    assert isinstance(block, Prose)
    return block.html


def errors_of(files: Mapping[str, bytes]) -> list[tuple[str, int, str]]:
    """What is wrong: file, line and problem of each error."""
    try:
        compile_files(files)
    except CourseErrors as errors:
        return [(error.file, error.line, error.problem) for error in errors.errors]
    return []


def body_errors(body: str, others: Mapping[str, bytes] = MappingProxyType({})) -> list[tuple[int, str]]:
    """What is wrong in the only lesson; its text begins on line 5."""
    return [(line, problem) for file, line, problem in errors_of(course_files(body, others))]
