"""Which language a text is in, where nobody says: only as well as telling a few of them apart needs."""

import re
from collections import Counter
from collections.abc import Iterable

_COMMON = {
    language: frozenset(re.findall(r"\w+", words))
    for language, words in {
        "es": "el la los las de del que y en un una es por con para se no su al lo como más pero sus",
        "en": "the of and to in is that it for was on are as with his they at be this have from or by",
        "pt": "o a os as do da que e em um uma é por com para não se na no mais dos das ao seu",
        "fr": "le la les des du que et en un une est par avec pour pas ne se au dans sur qui ce",
    }.items()
}
_ENOUGH = 4_000


def guess_language(texts: Iterable[str]) -> str:
    """The language whose most common words are the most frequent in the texts; English when there are hardly any."""
    counted = Counter(word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower()[:_ENOUGH]))
    score = {language: sum(counted[word] for word in words) for language, words in _COMMON.items()}
    best = max(score, key=lambda language: score[language])
    return best if score[best] > 3 else "en"
