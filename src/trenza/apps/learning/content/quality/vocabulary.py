"""Words that not everybody knows: each is explained in the glossary, or in bold where a lesson introduces it."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.glossary import NAME, word_pattern
from trenza.apps.learning.content.manifest import key_line
from trenza.apps.learning.content.quality.findings import Finding
from trenza.apps.learning.content.quality.readability import words
from trenza.apps.learning.content.quality.text import LessonText

LONGEST_MEANING: Final = 25
"""Words of what a glossary says of a word."""


@cache
def jargon() -> Mapping[str, tuple[str, ...]]:
    """Spanish words to explain, by the courses that must: `every` course, or only one of level `basic`."""
    table = tomllib.loads(Path(__file__).with_name("jargon.toml").read_text(encoding="utf-8"))
    return {level: tuple(listed) for level, listed in table.items()}


def check_vocabulary(course: Course, texts: Iterable[LessonText]) -> Iterator[Finding]:
    """What a course in Spanish says without explaining it, and what is wrong with its glossary."""
    terms = (*jargon()["every"], *(jargon()["basic"] if course.level == "basic" else ()))
    glossary = {word.lower() for word in course.glossary}
    pattern = word_pattern(terms)
    by_form = [(term, word_pattern([term])) for term in terms]
    # In bold, a word is being introduced where it stands; what was introduced once is known from there on.
    known = {term for term, form in by_form if any(form.fullmatch(word) for word in glossary)}
    for text in texts:
        strong = "\n".join(each for passage in text.passages for each in passage.strong)
        known |= {term for term, form in by_form if form.search(strong)}
        for passage in text.passages:
            for found in pattern.findall(passage.text):
                term = next(term for term, form in by_form if form.fullmatch(found))
                if term not in known and not (term.isupper() and not found.startswith(term)):
                    known.add(term)
                    yield Finding(
                        text.file,
                        passage.line,
                        f'Nobody has explained "{found}". Say what it is in {NAME}, introduce it in bold, or say it '
                        "in other words.",
                    )


def check_glossary(course: Course, texts: Iterable[LessonText]) -> Iterator[Finding]:
    """Meanings that are too long or need explaining themselves, and words that no lesson says."""
    source = course.folder.get(NAME, b"").decode("utf-8", "replace")
    whole = "\n".join(text.whole for text in texts)
    explained = word_pattern(course.glossary)
    terms = word_pattern((*jargon()["every"], *jargon()["basic"]))
    for word, meaning in course.glossary.items():
        line = key_line(source, word)
        count = len(words(meaning))
        if count > LONGEST_MEANING:
            yield Finding(NAME, line, f'"{word}" is explained in {count} words: at most {LONGEST_MEANING}.')
        for term in dict.fromkeys(terms.findall(meaning)):
            if not explained.fullmatch(term) and not word_pattern([term.lower()]).fullmatch(word):
                yield Finding(
                    NAME, line, f'"{word}" is explained with "{term}", which nobody explains. Say it simpler.'
                )
        if not word_pattern([word]).search(whole):
            yield Finding(NAME, line, f'No lesson says "{word}". Take it out.')
