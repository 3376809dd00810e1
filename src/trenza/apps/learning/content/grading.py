"""How an answer is graded. The server and a page with scripts follow the same rule."""

from collections.abc import Collection

from trenza.apps.learning.content.course import Question


def grade(question: Question, chosen: Collection[int]) -> float:
    """Score of an answer, 0 or 1: exactly the right choices are 1, anything else 0.

    `chosen` holds indices of choices as the form posts them; order and repetition do not matter, and an index
    that the question does not have is simply not right.
    """
    return 1.0 if set(chosen) == set(question.right) else 0.0
