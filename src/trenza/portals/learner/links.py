"""Where lessons are, and what opening one costs her."""

import math
import re
from typing import Final

from django.http import Http404
from django.urls import reverse

from trenza.apps.learning.api import Lesson, find_lesson
from trenza.portals.field.shell import shell_bytes

_VERSION: Final = re.compile(r"[0-9a-f]{12}")


def the_lesson(course: str, version: str, lesson: str) -> Lesson:
    """The lesson that an address names.

    Raises:
        Http404: there is none.
    """
    row = find_lesson(course, version, lesson) if _VERSION.fullmatch(version) else None
    if row is None:
        raise Http404
    return row


def lesson_url(lesson: Lesson) -> str:
    """The address of a lesson's page (`lesson.version.course` must be loaded)."""
    version = lesson.version
    return reverse("lesson", args=[version.course.code, version.short, lesson.code])


def kilobytes(lesson: Lesson) -> int:
    """What a lesson takes of her data, in KB (1024 bytes) rounded up: its page, compressed with the shell, and the
    pictures in it on a sharp screen, which come as she reaches them."""
    return math.ceil((lesson.body_bytes + lesson.image_bytes + shell_bytes(lesson.version.language)) / 1024)
