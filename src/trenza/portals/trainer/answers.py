"""What is right in the questions of lessons, and why, for who teaches them. Of an exam nothing is told."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

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


def _answer(question: Mapping[str, Any]) -> Answer:
    choices = [
        Choice(mark_safe(words), bool(each["right"]), mark_safe(each.get("feedback") or ""))
        for each, words in zip(question["choices"], _words(question), strict=True)
        if words
    ]
    if question.get("other"):
        choices.append(Choice(mark_safe("…"), False, mark_safe(question["other"])))
    return Answer(mark_safe(str(question["prompt"])), choices)


def _words(question: Mapping[str, Any]) -> list[str]:
    """What each choice says; of a story its ends alone, of pairs both sides, of steps their numbers too."""
    words = [each["html"] for each in question["choices"]]
    match question["kind"]:
        case "order":
            return [f"{number}. {html}" for number, html in enumerate(words, start=1)]
        case "match":
            return [f"{html} → {escape(target)}" for html, target in zip(words, question["targets"], strict=False)]
        case "scenario":
            return ["" if ways else html for html, ways in zip(words, question["ways"], strict=True)]
        case _:
            return words
