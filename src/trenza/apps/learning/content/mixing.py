"""In which order steps and right sides are shown: never as they are written, which is the right one."""

import hashlib
from collections.abc import Sequence

from trenza.apps.learning.content.course import Match, Question


def shown_order(question: Question, *, exam: bool) -> tuple[int, ...]:
    """For each place on the page the index of what is shown there; nothing for questions that are not mixed.

    It follows from the code and the words alone, whichever order is right, so that an exam's page tells nothing. In a
    lesson it is turned where it would be the right one by chance; in an exam that would tell (see advice.py).
    """
    if question.kind == "order":
        return _mixed(question.code, [choice.html for choice in question.choices], exam=exam)
    if isinstance(question.details, Match):
        return _mixed(question.code, question.details.targets, exam=exam)
    return ()


def _mixed(code: str, texts: Sequence[str], *, exam: bool) -> tuple[int, ...]:
    hashes = [hashlib.sha256(f"{code}\0{text}".encode()).digest() for text in texts]
    order = tuple(sorted(range(len(texts)), key=lambda index: hashes[index]))
    if not exam and order == tuple(range(len(texts))):
        return (*order[1:], *order[:1])
    return order
