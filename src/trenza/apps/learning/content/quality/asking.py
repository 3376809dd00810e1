"""What a lesson asks: enough, with feedback that teaches, and not so that the right choice can be guessed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Final

from trenza.apps.learning.content.course import Course, Question
from trenza.apps.learning.content.quality.findings import Finding
from trenza.apps.learning.content.quality.text import LessonText

LEAST_QUESTIONS: Final = 2
LEAST_FEEDBACK: Final = 4
"""Words."""
GUESSABLE: Final = 0.7
"""The share of questions of a course whose right choice may be the longest, or the shortest, or stand at one place."""
GUESSABLE_TEST: Final = 0.5
"""The same in the test before and after it, which has no feedback and compares."""
_LONGER: Final = 1.1
"""How much longer than all others a choice must be to be seen as the longest, or shorter."""
_ENOUGH: Final = 10
"""Questions of one right choice from which on such a share means something."""

_CHOSEN: Final = frozenset({"one", "several", "true_false"})
_TOLD_BY_CHOICE: Final = _CHOSEN | {"number"}
"""Kinds of questions in which each choice has its feedback. Of steps and pairs it may have none, the scenes of a
scenario tell by themselves, and several words that are right need it once."""

_TAG: Final = re.compile(r"<[^>]*>")
_PICTURE: Final = re.compile(r'<img [^>]*alt="([^"]*)"')


def plain(html: str) -> str:
    """The text of a piece of a lesson, on one line; a picture is what it shows."""
    return " ".join(unescape(_TAG.sub(" ", _PICTURE.sub(r" \1 ", html))).split())


def check_questions(text: LessonText) -> Iterator[Finding]:
    """Of one lesson. An exam shows no feedback, and asks as much as it wants."""
    lesson = text.lesson
    if lesson.exam:
        return
    count = len(lesson.questions)
    if count < LEAST_QUESTIONS:
        yield Finding(
            text.file, 0, f"It asks {count} questions: at least {LEAST_QUESTIONS}, so that she sees what she knows."
        )
    for question in lesson.questions:
        if question.kind not in _TOLD_BY_CHOICE:
            continue
        line = text.question_lines.get(question.code, 0)
        for problem in _feedback(question):
            yield Finding(text.file, line, problem)


def _feedback(question: Question) -> Iterator[str]:
    said: dict[str, str] = {}
    for choice in question.choices:
        name = plain(choice.html)
        name = name if len(name) <= 40 else f"{name[:39]}…"
        feedback = plain(choice.feedback_html)
        if not feedback:
            yield f'"{name}" has no feedback. Say below it, after `> `, why it is right or wrong.'
        elif len(feedback.split()) < LEAST_FEEDBACK:
            yield f'The feedback of "{name}" teaches nothing: "{feedback}". Say why.'
        elif feedback.lower() in said:
            yield f'"{name}" has the same feedback as "{said[feedback.lower()]}". Say to each what is true of it.'
        else:
            said[feedback.lower()] = name


def check_asking(texts: Sequence[LessonText], file: str) -> Iterator[Finding]:
    """Of a whole course, whose `file` is named where no lesson is to blame."""
    asked: dict[str, str] = {}
    for text in texts:
        for question in text.lesson.questions:
            prompt = plain(question.prompt_html).lower()
            if prompt in asked and question.kind in _CHOSEN:
                line = text.question_lines.get(question.code, 0)
                yield Finding(text.file, line, f"{asked[prompt]} asks the same in the same words. Ask it otherwise.")
            asked.setdefault(prompt, text.file)
    yield from _guessable([question for text in texts for question in text.lesson.questions], file, GUESSABLE)


def check_tests(course: Course) -> Iterator[Finding]:
    """Of both forms of the test before and after it: who guesses by what choices look like has learned nothing."""
    for first in course.tests[:1]:
        questions = [question for form in course.tests for question in form.questions]
        yield from _guessable(questions, f"{first.code.removesuffix(f'-{first.test}')}.md", GUESSABLE_TEST)


def _guessable(questions: Iterable[Question], file: str, share: float) -> Iterator[Finding]:
    """What shows the right choice in more than this share of the questions that have one."""
    looks: Counter[str] = Counter()
    places: Counter[int] = Counter()
    for question in questions:
        if question.kind == "one" and len(question.right) == 1:
            right = question.right[0]
            lengths = [len(plain(choice.html)) for choice in question.choices]
            others = lengths[:right] + lengths[right + 1 :]
            places[right] += 1
            looks["longest"] += lengths[right] > _LONGER * max(others, default=0)
            looks["shortest"] += lengths[right] * _LONGER < min(others, default=0)
    count = places.total()
    if count < _ENOUGH:
        return
    for look, mend in (("longest", "Make wrong ones as long."), ("shortest", "Make it as long as wrong ones.")):
        if looks[look] / count > share:
            yield Finding(file, 0, f"In {looks[look]} of {count} questions the {look} choice is right. {mend}")
    place, most = places.most_common(1)[0]
    if most / count > share:
        yield Finding(file, 0, f"In {most} of {count} questions the right choice is number {place + 1}. Mix them.")
