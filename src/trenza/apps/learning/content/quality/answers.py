"""Whether what is right is said in the lessons. A program can only count words: whoever reads it decides."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from trenza.apps.learning.content.course import Question
from trenza.apps.learning.content.quality.asking import plain
from trenza.apps.learning.content.quality.findings import Finding
from trenza.apps.learning.content.quality.text import LessonText

LEAST_SHARE: Final = 0.25
"""Of the words of the right choice, or of its feedback, that lessons say up to there."""
WORKED_OUT: Final = frozenset({"number", "text"})
"""What she works out or writes herself: no lesson says those words."""
_STEM: Final = 5
_WORD: Final = re.compile(r"[a-zñ]{4,}")
_COMMON: Final = frozenset(
    re.findall(
        r"\w+",
        "para como porque cuando donde quien cual esta este esto estos estas todo toda todos todas cada otro otra "
        "otros otras mismo misma tambien pero aunque desde hasta entre sobre antes despues ahora siempre nunca mejor "
        "menos mucho mucha muchos algo alguien nada nadie puede pueden hace hacer tiene tienen eres esos esas aqui "
        "alli ella ellas ellos solo verdadero falso bien exacto correcto sirve",
    )
)


def check_answers(texts: Iterable[LessonText]) -> Iterator[Finding]:
    """Questions whose answer no text up to there seems to say; an exam asks for what all lessons before it said."""
    said: set[str] = set()
    for text in texts:
        said |= _stems("\n".join(passage.text for passage in text.passages if "question" not in passage.within))
        for question in text.lesson.questions:
            if question.kind in WORKED_OUT:
                continue
            share = answerable_share(question, said)
            if share < LEAST_SHARE:
                yield Finding(
                    text.file,
                    text.question_lines.get(question.code, 0),
                    f"The lessons up to here say {share:.0%} of the words of the right answer. Can she know it?",
                    sure=False,
                )


def answerable_share(question: Question, said: set[str]) -> float:
    """The greater share of the words of the right choices, or of their feedback and the prompt, that were said."""
    right = [choice for choice in question.choices if choice.right]
    named = _stems(" ".join(plain(choice.html) for choice in right))
    told = _stems(" ".join(plain(choice.feedback_html) for choice in right))
    return max((len(stems & said) / len(stems) for stems in (named, told) if stems), default=1.0)


def _stems(text: str) -> set[str]:
    """The beginnings of the words that mean something, without accents."""
    letters = unicodedata.normalize("NFD", text.lower().replace("ñ", "\0"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("\0", "ñ")
    return {word[:_STEM] for word in _WORD.findall(bare) if word not in _COMMON}
