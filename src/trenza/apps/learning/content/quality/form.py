"""What a lesson is made of: something to do, as many minutes as it takes, pictures that are told and light."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote

from trenza.apps.learning.content.course import Course
from trenza.apps.learning.content.drawings import SUFFIX, compile_drawing
from trenza.apps.learning.content.quality.findings import Finding
from trenza.apps.learning.content.quality.readability import words
from trenza.apps.learning.content.quality.text import LessonText

MINUTES: Final = (3, 7)
WORDS_A_MINUTE: Final = 130
"""Of somebody who reads slowly, on a small screen."""
DOING: Final = (-1.5, 3.5)
"""How many minutes more than reading a lesson may say that it takes: what she does, thinks and answers."""
LEAST_DESCRIPTION: Final = 3
"""Words."""
DRAWING: Final = 3 * 1024
"""What a drawing may weigh compressed, in bytes."""

_EMPTY_WORDS: Final = re.compile(
    r"\s*(?:un[ao]?\s+)?(?:imagen|foto|fotografía|ilustración|dibujo|gráfico|image|picture|photo)\s+(?:de|of)\b", re.I
)
_UNFINISHED: Final = re.compile(r"\bTODO\b|\bFIXME\b|\blorem ipsum\b|\bLorem\b|\?\?\?")


def check_form(text: LessonText) -> Iterator[Finding]:
    """Of one lesson; an exam has nothing to do, and takes as long as it takes."""
    lesson = text.lesson
    if not lesson.digcomp:
        yield Finding(text.file, 0, 'It names no competence of DigComp 2.2. Write `digcomp = ["1.1"]` on top of it.')
    if not lesson.exam:
        if not text.containers.get("try"):
            yield Finding(text.file, 0, "She is given nothing to do. Add a part `::: try` that she can do today.")
        yield from _minutes(text)
    for passage in text.passages:
        for address, description in passage.pictures:
            if _EMPTY_WORDS.match(description):
                yield Finding(
                    text.file,
                    passage.line,
                    f'Who hears "{description[:40]}" knows that it is one. Say what is to be seen.',
                )
            elif len(description.split()) < LEAST_DESCRIPTION:
                yield Finding(
                    text.file,
                    passage.line,
                    f'"{description}" does not tell what {address} shows. Say it in a sentence.',
                )
        if found := _UNFINISHED.search(passage.text):
            yield Finding(text.file, passage.line, f'"{found[0]}" stands there still. Write what is missing.')


def _minutes(text: LessonText) -> Iterator[Finding]:
    minutes = text.lesson.minutes
    least, most = MINUTES
    # Of the scenes of a scenario she reads those on her way.
    read = sum(len(words(each.text)) / (2 if "scene" in each.within else 1) for each in text.passages)
    reading = read / WORDS_A_MINUTE
    if not least <= minutes <= most:
        yield Finding(text.file, 0, f"It takes {minutes} minutes: a lesson is one idea, in {least} to {most}.")
    if not DOING[0] <= minutes - reading <= DOING[1]:
        yield Finding(
            text.file,
            0,
            f"It says that it takes {minutes} minutes, and is read in {reading:.1f} ({WORDS_A_MINUTE} words a minute). "
            + ("Say so, or shorten it." if minutes < reading else "Say so, or tell her more."),
        )


def check_drawings(course: Course, texts: Iterable[LessonText]) -> Iterator[Finding]:
    """Drawings that weigh more than a drawing of few shapes does, where each is shown first."""
    seen: set[str] = set()
    for text in texts:
        for passage in text.passages:
            for address, _ in passage.pictures:
                name = posixpath.normpath(posixpath.join(posixpath.dirname(text.file), unquote(address)))
                if name in seen or not name.lower().endswith(SUFFIX) or name not in course.folder:
                    continue
                seen.add(name)
                weight = compile_drawing(course.folder[name]).weight
                if weight > DRAWING:
                    yield Finding(
                        text.file,
                        passage.line,
                        f"{address} has {weight / 1024:.1f} KB compressed: at most {DRAWING // 1024}. Use fewer points "
                        "and fewer decimals.",
                    )
