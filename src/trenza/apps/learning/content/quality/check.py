"""All that the quality check looks at, in one list."""

import datetime
from collections.abc import Iterator

from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.manifest import NAME
from trenza.apps.learning.content.quality.answers import check_answers
from trenza.apps.learning.content.quality.asking import check_asking, check_questions, check_tests
from trenza.apps.learning.content.quality.facts import check_facts
from trenza.apps.learning.content.quality.findings import Finding
from trenza.apps.learning.content.quality.form import check_drawings, check_form
from trenza.apps.learning.content.quality.reading import check_reading
from trenza.apps.learning.content.quality.vocabulary import check_glossary, check_vocabulary


def check_quality(course: Course, *, today: datetime.date) -> list[Finding]:
    """What could be better in a course that was compiled from its folder, in the order of files and lines.

    What depends on the language is only checked in Spanish.
    """
    return sorted(set(_check(course, today)))


def _check(course: Course, today: datetime.date) -> Iterator[Finding]:
    from trenza.apps.learning.content.quality.parsing import lesson_texts  # the parser of Markdown, 2 MB

    texts = lesson_texts(course)
    spanish = course.language.split("-")[0].lower() == "es"
    for text in texts:
        yield from check_form(text)
        yield from check_questions(text)
        yield from check_facts(text, today)
        if spanish:
            yield from check_reading(text, course.level)
    yield from check_drawings(course, texts)
    yield from check_asking(texts, NAME)
    yield from check_tests(course)
    yield from check_glossary(course, texts)
    if spanish:
        yield from check_vocabulary(course, texts)
        yield from check_answers(texts)
