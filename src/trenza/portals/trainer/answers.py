"""What is right in the questions of lessons, and why, for who teaches them. Of an exam nothing is told."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from trenza.apps.learning.api import Lesson


class Choice(NamedTuple):
    """One choice; its words and what is said to who chose it are clean HTML."""

    words: SafeString
    right: bool
    feedback: SafeString


class Answer(NamedTuple):
    """A question with its choices."""

    prompt: SafeString
    choices: Sequence[Choice]


class Answers(NamedTuple):
    """The questions of a lesson; none of an exam."""

    lesson: Lesson
    questions: Sequence[Answer]


def answers_of(lessons: Iterable[Lesson]) -> list[Answers]:
    """Those lessons that have questions, in order. No query. Their HTML was cleaned when the course was built."""
    return [
        Answers(each, [] if each.exam else [_answer(question) for question in each.questions])
        for each in lessons
        if each.questions
    ]


def _answer(question: dict[str, object]) -> Answer:
    choices = question["choices"]
    assert isinstance(choices, list)
    return Answer(
        mark_safe(str(question["prompt"])),
        [
            Choice(mark_safe(each["html"]), bool(each["right"]), mark_safe(each.get("feedback") or ""))
            for each in choices
        ],
    )
