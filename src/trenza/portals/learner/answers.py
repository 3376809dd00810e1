"""What she answered in a lesson: read from a form that anybody may have written, and graded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from trenza.apps.learning.api import Lesson

Answers = Mapping[str, Sequence[int]]
"""What she chose: code of a question -> indices of choices, ascending. Questions that she left out are not there."""


@dataclass(frozen=True)
class Grade:
    """How her answers went. `questions` are what field/graded.html shows."""

    questions: list[dict[str, Any]]
    complete: bool
    pass_score: float

    @property
    def score(self) -> float:
        """The share of questions that are right; 1 where there are none."""
        return sum(question["right"] for question in self.questions) / len(self.questions) if self.questions else 1.0

    @property
    def would_count(self) -> bool:
        """Whether these answers alone finish the lesson, as learning counts."""
        return self.complete and self.score >= self.pass_score


def read_answers(form: QueryDict, lesson: Lesson) -> dict[str, list[int]]:
    """Her choices; anything that is no choice of a question of this lesson is left out."""
    answers = {}
    for question in lesson.questions:
        known = {str(index): index for index in range(len(question["choices"]))}
        chosen = {known[value] for value in form.getlist(f"q.{question['code']}") if value in known}
        if chosen:
            answers[question["code"]] = sorted(chosen)
    return answers


def grade_answers(lesson: Lesson, answers: Answers) -> Grade:
    """Grade them: a question is right when exactly its right choices were chosen."""
    return Grade(
        questions=[_graded(question, set(answers.get(question["code"], ()))) for question in lesson.questions],
        complete=len(answers) == len(lesson.questions),
        pass_score=lesson.version.pass_score,
    )


def _graded(question: Mapping[str, Any], chosen: set[int]) -> dict[str, Any]:
    choices = [
        {
            "html": choice["html"],
            "chosen": index in chosen,
            "right": choice["right"],
            "feedback_html": choice["feedback"],
        }
        for index, choice in enumerate(question["choices"])
    ]
    right = all(choice["chosen"] == choice["right"] for choice in choices)
    return {"prompt_html": question["prompt"], "choices": choices, "right": right, "hint_html": question["hint"]}
