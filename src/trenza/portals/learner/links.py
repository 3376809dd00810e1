"""Where lessons are, and what opening one costs her."""

import math

from django.urls import reverse

from trenza.apps.learning.api import Lesson
from trenza.portals.field.shell import shell_bytes


def lesson_url(lesson: Lesson) -> str:
    """The address of a lesson's page (`lesson.version.course` must be loaded)."""
    version = lesson.version
    return reverse("lesson", args=[version.course.code, version.short, lesson.code])


def kilobytes(lesson: Lesson) -> int:
    """What a lesson takes of her data, in KB (1024 bytes) rounded up: its page, compressed with the shell, and the
    pictures in it on a sharp screen, which come as she reaches them."""
    return math.ceil((lesson.body_bytes + lesson.image_bytes + shell_bytes(lesson.version.language)) / 1024)
