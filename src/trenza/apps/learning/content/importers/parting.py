"""Long pages divided into lessons of 5 to 15 minutes that arrive in one go on a poor connection."""

import gzip
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import ceil

from markdown_it import MarkdownIt

from trenza.apps.learning.content.importers.naming import READING_SPEED
from trenza.apps.learning.content.importers.pieces import Piece
from trenza.apps.learning.content.limits import BODY_WARNING

LONGEST = 15
IDEAL = 10
SHORTEST = 5
_SHELL = 1_200
"""Bytes that a lesson's title, its questions' forms and its foot add to its text, compressed, at most."""
_ROOM = BODY_WARNING - _SHELL


def divide(
    pieces: Sequence[Piece], minutes: float, md: MarkdownIt, *, split: bool = True
) -> list[tuple[list[Piece], int]]:
    """The pieces as lessons with their minutes, which add up to about those given.

    Lessons are divided before headings where that serves, else before a part in colons or a question, else between
    paragraphs; a single piece that is too heavy stays whole, and the report warns of it.
    """
    pieces = list(pieces)
    total = sum(piece.weight for piece in pieces) or 1
    speed = minutes / total
    parts = _divide(pieces, speed, md) if split else [pieces]
    return [(part, max(1, round(sum(piece.weight for piece in part) * speed))) for part in parts if part]


def _divide(pieces: list[Piece], speed: float, md: MarkdownIt) -> list[list[Piece]]:
    minutes = sum(piece.weight for piece in pieces) * speed
    count = max(
        ceil(compressed(pieces, md) / _ROOM),
        round(minutes / IDEAL) if minutes > LONGEST else 1,
    )
    if count <= 1 or len(pieces) < 2:
        return [pieces]
    parts: list[list[Piece]] = []
    for part in _cut(pieces, count):
        # A part may still be too heavy, because words do not compress alike; each cut makes it smaller.
        parts += _divide(part, speed, md) if len(part) < len(pieces) and compressed(part, md) > _ROOM else [part]
    return parts


def _cut(pieces: list[Piece], count: int) -> list[list[Piece]]:
    """Cut into so many parts, or fewer: each cut near where it should be, before something that can begin a lesson."""
    sums = [0, *accumulate(max(piece.weight, 1) for piece in pieces)]
    ideal = sums[-1] / count
    top = min((piece.level for piece in pieces if piece.level), default=0)
    cuts = [0]
    for number in range(1, count):
        wanted = number * ideal
        first = max(cuts[-1] + 1, bisect_left(sums, wanted - ideal))
        places = range(first, min(bisect_right(sums, wanted + ideal), len(pieces)))
        best = min(places, key=lambda at: abs(sums[at] - wanted) / ideal + _price(pieces, at, top), default=0)
        if best and abs(sums[best] - wanted) < ideal and sums[best] - sums[cuts[-1]] > ideal / 2:
            cuts.append(best)
    if len(cuts) > 2 and sums[-1] - sums[cuts[-1]] < ideal / 2:
        cuts.pop()
    if len(cuts) == 1:
        # No good place: the middle, whatever stands there.
        cuts.append(min(range(1, len(pieces)), key=lambda at: abs(sums[at] - sums[-1] / 2)))
    return [pieces[start:end] for start, end in zip(cuts, [*cuts[1:], len(pieces)], strict=True)]


def _price(pieces: Sequence[Piece], at: int, top: int) -> float:
    """How bad a place it is for a lesson to begin: 0 is good; a part of the ideal length."""
    piece, before = pieces[at], pieces[at - 1]
    if before.level:
        return 2.0
    if piece.level:
        return 0.0 if piece.level == top else 0.15
    if piece.question or piece.box:
        return 0.1
    if piece.markdown.startswith("```") or before.markdown.rstrip().endswith(":"):
        return 1.2
    return 0.6


def compressed(pieces: Sequence[Piece], md: MarkdownIt) -> int:
    """About how many bytes the pieces weigh on the way to a phone."""
    return len(gzip.compress(md.render("\n\n".join(piece.markdown for piece in pieces)).encode(), compresslevel=9))


def reading_minutes(pieces: Sequence[Piece]) -> float:
    """The minutes that the pieces take, where nobody says."""
    return sum(piece.weight for piece in pieces) / READING_SPEED
