"""What she answered in a lesson: read from a form that anybody may have written, and graded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from trenza.apps.learning.api import Asked, Lesson, filled_questions

Answers = Mapping[str, Sequence[int]]
"""Her answers: code of a question -> indices, as learning keeps them. Questions that she left out are not there."""

LEFT_OUT: Final = "left-out"
"""What a form says in which she knows that an exam has questions without an answer."""

_LONGEST: Final = 200
_MOST: Final = 20


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
    """Her answers; anything that cannot answer a question of this lesson is left out."""
    answers = {}
    for question in lesson.questions:
        chosen = Asked(question).posted(form.getlist)
        if chosen:
            answers[question["code"]] = chosen
    return answers


def posted_fields(form: QueryDict, lesson: Lesson) -> list[tuple[str, str]]:
    """What the form says of this lesson's questions, as it stands there, to be posted once more."""
    names = [name for question in lesson.questions for name in Asked(question).fields]
    return _fields(form, [*names, LEFT_OUT])


def _fields(form: QueryDict, names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, value[:_LONGEST]) for name in names for value in form.getlist(name)[:_MOST] if value]


def asked_again(lesson: Lesson, answers: Answers, form: QueryDict) -> list[dict[str, Any]]:
    """The questions of an exam with what she sent in them; `unfinished` says what is missing in those without an
    answer."""
    filled = filled_questions(lesson.body, form.getlist, answers)
    return [
        {
            "fieldset_html": filled.get(question["code"], ""),
            "unfinished": "" if question["code"] in answers else _missing(question, form),
        }
        for question in lesson.questions
    ]


def _missing(question: Mapping[str, Any], form: QueryDict) -> str:
    asked = Asked(question)
    begun = any(form.get(name, "").strip() for name in asked.fields)
    return (_unfinished(asked.kind) if begun else "") or _("You left this one without an answer.")


def grade_answers(lesson: Lesson, answers: Answers, form: QueryDict) -> Grade:
    """Grade them. What she wrote is shown to her once more from the `form`, and kept nowhere."""
    filled = filled_questions(lesson.body, form.getlist, answers)
    return Grade(
        questions=[
            _graded(question, answers.get(question["code"], ()), form, filled.get(question["code"], ""))
            for question in lesson.questions
        ],
        complete=len(answers) == len(lesson.questions),
        pass_score=lesson.version.pass_score,
    )


def _graded(question: Mapping[str, Any], chosen: Sequence[int], form: QueryDict, filled: str) -> dict[str, Any]:
    """A right answer is told and goes along unseen when she hands in once more; another one stands in its controls."""
    asked = Asked(question)
    begun = not chosen and any(form.get(name, "").strip() for name in asked.fields)
    right = bool(chosen) and asked.key.is_right(chosen)
    told = right or not filled or asked.kind == "scenario"
    return {
        "prompt_html": question["prompt"],
        "choices": list(_shown(question, asked, chosen, form)) if told else [],
        "answered": bool(chosen),
        "right": right,
        "fields": _fields(form, asked.fields) if right else [],
        "fieldset_html": "" if right else filled,
        "hint_html": question["hint"],
        "unfinished": _unfinished(asked.kind) if begun else "",
    }


def _unfinished(kind: str) -> str:
    """Why what she sent is no answer yet."""
    if kind == "order":
        return _("Give each step a number of its own. Two had the same one, or one had none.")
    if kind == "number":
        return _("Write it with digits, for example 3.")
    return _("Choose something for each.") if kind == "match" else ""


def _shown(
    question: Mapping[str, Any], asked: Asked, chosen: Sequence[int], form: QueryDict
) -> Iterator[dict[str, Any]]:
    """What is shown of her answer: each choice, or what stands for it."""
    choices = question["choices"]
    if not chosen:
        return
    match asked.kind:
        case "order":
            for place, index in enumerate(chosen):
                yield _one(choices[index]["html"], place == index, choices[index]["feedback"], label=f"{place + 1}.")
        case "match":
            for choice, target, right in zip(choices, chosen, asked.right, strict=True):
                html = f"{choice['html']} → <b>{escape(question['targets'][target])}</b>"
                yield _one(html, target == right, choice["feedback"])
        case "number" | "text":
            (met,) = chosen
            written = form.get(asked.fields[0], "").strip()[:_LONGEST]
            html = escape(f"{written} {question.get('unit', '')}".strip())
            feedback = choices[met]["feedback"] if met < len(choices) else question["other"]
            yield _one(html, asked.key.is_right(chosen), feedback, label=_("You wrote:"), told=True)
        case _:
            for index in chosen:
                yield _one(choices[index]["html"], choices[index]["right"], choices[index]["feedback"], told=True)


def _one(html: str, right: bool, feedback: str, *, label: str = "", told: bool = False) -> dict[str, Any]:
    """`told`: what is said of it stands there where it is right, too."""
    shown = feedback if told or not right else ""
    return {"html": html, "chosen": True, "right": right, "feedback_html": shown, "label": label or _("You chose:")}
