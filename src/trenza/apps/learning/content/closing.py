"""What stands at the end of a lesson, folded: the words that it says and not everybody knows, and its sources."""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape

from trenza.apps.learning.content.course import Course, Lesson, Prose, Source
from trenza.apps.learning.content.glossary import word_pattern
from trenza.apps.learning.content.phrases import Phrases, date_in_words

WORDS, SOURCES = "words", "sources"
"""The classes of both, by which slides and handouts know them (showing.py)."""

_CODE = re.compile(r"<(pre|code|kbd|samp)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ADDRESS = re.compile(r'<a href="https?:')
_MARK = re.compile(r"<(/?)([a-z0-9]+)\b[^>]*>")
_VOID = frozenset({"br", "hr", "img", "source", "wbr"})


def closing_html(course: Course, lesson: Lesson, words: Phrases) -> Iterator[str]:
    """Nothing in an exam: what a word means may be what is asked."""
    if lesson.exam:
        return
    said = words_said(lesson, course.glossary)
    if said:
        yield (
            f'<details class="{WORDS}"><summary>{words.glossary}</summary><dl>'
            + "".join(
                f"<dt><b>{escape(word, quote=False)}</b></dt><dd>{escape(said[word], quote=False)}</dd>"
                for word in said
            )
            + "</dl></details>"
        )
    if lesson.sources:
        listed = "".join(f"<li>{_source_html(source, words)}</li>" for source in lesson.sources)
        yield f'<details class="{SOURCES}"><summary>{words.sources}</summary><ul>{listed}</ul></details>'


def _source_html(source: Source, words: Phrases) -> str:
    title = f'<a href="{escape(source.url)}" rel="noopener nofollow">{escape(source.title, quote=False)}</a>'
    return f"{title}, {date_in_words(source.date, words)}"


def words_said(lesson: Lesson, glossary: Mapping[str, str]) -> dict[str, str]:
    """The words of a glossary that a lesson says in its text or asks about, in the order of the glossary.

    Where a word is a part of a longer one that is said, it is not said by that: `red` is not in `redes sociales`.
    Choices do not count: what is wrong may be made of any words. Nor does code.
    """
    if not glossary:
        return {}
    text = "\n".join(block.html if isinstance(block, Prose) else block.prompt_html for block in lesson.blocks)
    plain = " ".join(unescape(_TAG.sub(" ", _CODE.sub(" ", text))).split())
    found = {match[0] for match in word_pattern(glossary).finditer(plain)}
    patterns = {word: word_pattern([word]) for word in glossary}
    return {
        word: meaning for word, meaning in glossary.items() if any(patterns[word].fullmatch(each) for each in found)
    }


def with_offline(html: str, offline: str) -> tuple[str, bool]:
    """The HTML with what she does without internet below the first part that sends her outside, and whether one
    does."""
    link = _ADDRESS.search(html)
    if link is None or not offline:
        return html, False
    depth = 0
    for mark in _MARK.finditer(html):
        if mark[2] in _VOID:
            continue
        depth += -1 if mark[1] else 1
        if depth == 0 and mark.end() > link.start():
            return f"{html[: mark.end()]}\n{offline_html(offline)}{html[mark.end() :]}", True
    return f"{html}\n{offline_html(offline)}", True


def offline_html(offline: str) -> str:
    """What she does without internet, as a note of its own."""
    return f'<p class="card note">{escape(offline, quote=False)}</p>'
