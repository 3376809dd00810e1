"""The body of a lesson's page: what stands between the shell's head and tail, the same bytes for everybody.

Any change of the bytes made here needs a higher `course.BODY_FORMAT`.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.asking import CHOICES, question_html
from trenza.apps.learning.content.closing import closing_html, offline_html, with_offline
from trenza.apps.learning.content.course import Course, Lesson, Question
from trenza.apps.learning.content.phrases import Phrases, phrases

_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)]")


class Licence(NamedTuple):
    """What people call a licence, and where its deed can be read."""

    name: str
    url: str


LICENCES: Mapping[str, Licence] = {
    "CC-BY-4.0": Licence("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": Licence("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC-BY-NC-4.0": Licence("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    "CC-BY-NC-SA-4.0": Licence("CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
    "CC-BY-3.0": Licence("CC BY 3.0", "https://creativecommons.org/licenses/by/3.0/"),
    "CC-BY-SA-3.0": Licence("CC BY-SA 3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
    "CC0-1.0": Licence("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "MIT": Licence("MIT", "https://opensource.org/license/mit"),
    "Apache-2.0": Licence("Apache 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
}
"""By SPDX identifier, those that courses usually have; another licence is named as it is written, without a link."""


def lesson_body_html(course: Course, lesson: Lesson) -> str:
    """The immutable body of a lesson's page, without the shell.

    Prose and questions stand in one form, in order, which posts to `responder/` under the lesson's own address.
    Questions tell what is right (asking.py): they are for learning, and the page can say it at once.

    An exam's page holds nothing from which the right choices could be known: neither that, nor feedback, nor hints.
    Neither does that of a test, which has no place among the lessons.
    """
    words = phrases(course.language)
    minutes = words.minute if lesson.minutes == 1 else words.minutes.format(minutes=lesson.minutes)
    parts = [
        f'<article lang="{escape(course.language)}">',
        *(
            [f'<p class="step">{escape(course.title)} · {minutes}</p>']
            if lesson.test
            else _place(course, lesson, minutes)
        ),
        f"<h1>{escape(lesson.title)}</h1>",
        f'<form method="post" action="responder/" {_mark(lesson)}>',
        *_exam_note(lesson, words),
        *_blocks(lesson, words),
        *closing_html(course, lesson, words),
        f'<button class="btn">{_button(lesson, words)}</button>',
        "</form>",
        _footer_html(course, words),
        "</article>",
    ]
    return "\n".join(parts) + "\n"


def _blocks(lesson: Lesson, words: Phrases) -> Iterator[str]:
    """Prose and questions in order. What she does without internet stands where she is first sent outside, or last."""
    offline = lesson.offline
    for block in lesson.blocks:
        if isinstance(block, Question):
            yield question_html(block, words, tells=not lesson.exam)
            continue
        html, told = with_offline(block.html, offline)
        yield html
        offline = "" if told else offline
    if offline:
        yield offline_html(offline)


def _place(course: Course, lesson: Lesson, minutes: str) -> list[str]:
    number = [each.code for each in course.lessons].index(lesson.code) + 1
    count = len(course.lessons)
    step = phrases(course.language).step.format(number=number, count=count)
    return [
        f'<p class="step">{escape(course.title)} · {step} · {minutes}</p>',
        f'<progress class="prog" max="{count}" value="{number}" aria-label="{step}"></progress>',
    ]


def _exam_note(lesson: Lesson, words: Phrases) -> list[str]:
    if lesson.test:
        return [f'<p class="card note">{escape(words.test, quote=False)}</p>']
    note = words.exam.format(attempts=limits.EXAM_ATTEMPTS)
    return [f'<p class="card note">{escape(note, quote=False)}</p>'] if lesson.exam else []


def _mark(lesson: Lesson) -> str:
    """What the page's script looks for. Where some questions need another one first (assets/phone/kinds.js), that one
    sets it: if it does not come, the form posts as it does without scripts."""
    return "data-lesson" if all(question.kind in CHOICES for question in lesson.questions) else "data-kinds"


def _button(lesson: Lesson, words: Phrases) -> str:
    if lesson.exam:
        return words.hand_in
    return words.check if lesson.questions else words.finish


def _footer_html(course: Course, words: Phrases) -> str:
    known = LICENCES.get(course.licence)
    licence = escape(known.name if known else course.licence)
    if known:
        licence = f'<a href="{known.url}" rel="license noopener nofollow">{licence}</a>'
    lines = [
        f"<cite>{escape(course.title)}</cite>. {escape(', '.join(course.authors))}.",
        f"{words.licence} {licence}.",
    ]
    if course.source:
        lines.append(f"{words.source} {_linked(course.source)}")
    return f'<footer class="licence"><p>{" ".join(lines)}</p></footer>'


def _linked(text: str) -> str:
    """Plain text as HTML, in which addresses are links."""
    pieces, end = [], 0
    for found in _URL.finditer(text):
        address = escape(found[0])
        pieces.append(escape(text[end : found.start()]))
        pieces.append(f'<a href="{address}" rel="noopener nofollow">{address}</a>')
        end = found.end()
    return "".join([*pieces, escape(text[end:])])
