"""How a lesson reads: on the scale INFLESZ, and sentence by sentence."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from trenza.apps.learning.content.quality.findings import Finding
from trenza.apps.learning.content.quality.readability import measure, sentences, words
from trenza.apps.learning.content.quality.syllables import count_syllables
from trenza.apps.learning.content.quality.text import LessonText

LEAST: Final = {"basic": 65, "intermediate": 60, "advanced": 55}
"""On the scale INFLESZ, by the level of the course; of a course without level what an intermediate one must have."""
LONGEST_SENTENCE: Final = 30
MEAN_SENTENCE: Final = 16
"""In words."""
_ENOUGH: Final = 40
"""Words from which on a text can be measured."""


def check_reading(text: LessonText, level: str) -> Iterator[Finding]:
    """Of a lesson in Spanish."""
    found = measure(passage.text for passage in text.running)
    least = LEAST[level or "intermediate"]
    if found.words >= _ENOUGH and found.perspicuity < least:
        yield Finding(
            text.file,
            0,
            f"It reads with {found.perspicuity:.0f} on the scale INFLESZ; {least} is the least here. Write shorter "
            f"sentences (now {found.mean:.0f} words) and shorter words than: {', '.join(_long_words(text))}.",
        )
    if found.words >= _ENOUGH and found.mean > MEAN_SENTENCE:
        yield Finding(
            text.file,
            0,
            f"Its sentences have {found.mean:.1f} words on average, more than {MEAN_SENTENCE}. Divide the long ones.",
        )
    for passage in text.passages:
        for sentence in sentences(passage.text):
            count = len(words(sentence))
            if count > LONGEST_SENTENCE:
                yield Finding(
                    text.file,
                    passage.line,
                    f'A sentence has {count} words, more than {LONGEST_SENTENCE}: "{sentence[:50]}…" Make two of it.',
                )


def _long_words(text: LessonText) -> list[str]:
    """The words of four syllables and more that it says most."""
    said = Counter(word.lower() for passage in text.running for word in words(passage.text))
    long = {word: count * count_syllables(word) for word, count in said.items() if count_syllables(word) > 3}
    return sorted(long, key=lambda word: (-long[word], word))[:5]
