"""A question as it is kept in a published lesson, and what becomes of what a page sends.

Pages name steps and right sides by the place at which they show them; answers that are kept name them as written.
What she wrote goes no further than here: it is graded, and the index of the choice that it meets is kept.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

from trenza.apps.learning.content import limits
from trenza.apps.learning.content.course import Match, Number, Question, Scenario, Text
from trenza.apps.learning.content.grading import make_key
from trenza.apps.learning.content.mixing import shown_order
from trenza.apps.learning.content.written import meet_number, meet_text, readings

Stored = Mapping[str, Any]
"""{code, kind, prompt, hint, choices: [{html, right, feedback}]}, and what its kind needs beside it."""


def stored(question: Question, *, exam: bool) -> dict[str, Any]:
    """A question as it is kept."""
    return {
        "code": question.code,
        "kind": question.kind,
        "prompt": question.prompt_html,
        "hint": question.hint_html,
        "choices": [
            {"html": choice.html, "right": choice.right, "feedback": choice.feedback_html}
            for choice in question.choices
        ],
        **_stored_details(question, exam=exam),
    }


def _stored_details(question: Question, *, exam: bool) -> dict[str, Any]:
    shown = {"shown": list(shown_order(question, exam=exam))}
    match question.details:
        case Match(targets):
            return {"targets": list(targets), **shown}
        case Number(ranges, unit, other):
            return {"ranges": [list(each) for each in ranges], "unit": unit, "other": other}
        case Text(accepted, other):
            return {"accepted": list(accepted), "other": other}
        case Scenario(ways):
            return {"ways": [[{"html": way.html, "to": way.to} for way in each] for each in ways]}
        case None:
            return shown if question.kind == "order" else {}


class Asked:
    """What is needed to read and grade answers to a question that is kept."""

    __slots__ = ("_meets", "code", "key", "kind", "shown")

    def __init__(self, question: Stored) -> None:
        choices = question["choices"]
        self.code, self.kind = question["code"], question["kind"]
        self.shown: Sequence[int] = question.get("shown", ())
        self._meets = _meets(question)
        right = [index for index, choice in enumerate(choices) if choice["right"]]
        self.key = make_key(self.kind, right, _possible(question))

    @classmethod
    def of(cls, question: Question, *, exam: bool = False) -> Self:
        """The same of a question that is not published."""
        return cls(stored(question, exam=exam))

    @property
    def right(self) -> list[int]:
        """An answer that is right."""
        return list(self.key.right[:1] if self.key.rule == "any" else self.key.right)

    @property
    def wrong(self) -> list[list[int]]:
        """Some answers that are wrong: each wrong choice alone, or what is right turned by one."""
        if self.key.rule == "in_order":
            return [[*self.right[1:], *self.right[:1]]]
        return [[index] for index in sorted(self.key.possible) if index not in self.key.right]

    def any_answer(self, chance: random.Random) -> list[int]:
        """An answer that somebody gives who does not know; it may be right."""
        if self.key.rule == "in_order":
            return chance.sample(self.right, len(self.right))
        return [chance.choice(sorted(self.key.possible))]

    @property
    def fields(self) -> list[str]:
        """The names under which a page posts an answer."""
        if self.key.rule != "in_order":
            return [f"q.{self.code}"]
        return [f"q.{self.code}.{number}" for number in range(len(self.key.right))]

    def posted(self, values: Callable[[str], Sequence[str]]) -> list[int]:
        """Her answer in a form that anybody may have written; empty where there is none, or only a part of one."""
        if self.key.rule == "in_order":
            return self._posted_in_order([values(name)[-1:] for name in self.fields])
        (name,) = self.fields
        if self._meets:
            return [self._meets(written) for written in values(name)[-1:] if self._is_answer(written)]
        known = {str(index): index for index in self.key.possible}
        return self.key.tidy(list(dict.fromkeys(known[value] for value in values(name) if value in known))) or []

    def _is_answer(self, written: str) -> bool:
        """Anything is a word; a number is one that can be read: "two" is not answered yet, rather than wrong."""
        if self.kind == "number":
            return bool(readings(written[: limits.WRITTEN_LENGTH]))
        return bool(written.strip())

    def _posted_in_order(self, given: Sequence[Sequence[str]]) -> list[int]:
        most = len(self.shown) + 1
        numbers = {str(number): number for number in range(most)}
        sent = [numbers.get(value[0], most) if value else most for value in given]
        if self.kind == "order":  # places, counted from 1, for each step
            sent = [sent.index(place) if place in sent else most for place in range(1, most)]
        return self.sent(sent) or []

    def sent(self, sent: Sequence[int] | str) -> list[int] | None:
        """Her answer as a page with scripts sends it; None where it cannot be one.

        Words come from exams alone, sealed: in lessons the page knows what they meet.
        """
        if isinstance(sent, str):
            if not self._meets:
                return None
            return [self._meets(sent)] if self._is_answer(sent) else []
        if self.shown:
            if not all(0 <= place < len(self.shown) for place in sent):
                return None
            sent = [self.shown[place] for place in sent]
        return self.key.tidy(sent)


def _possible(question: Stored) -> Sequence[int]:
    count = len(question["choices"])
    match question["kind"]:
        case "match":
            return range(len(question["targets"]))
        case "number" | "text":
            return range(count + 1)
        case "scenario":
            return [index for index, ways in enumerate(question["ways"]) if not ways]
        case _:
            return range(count)


def _meets(question: Stored) -> Callable[[str], int] | None:
    match question["kind"]:
        case "number":
            return lambda written: meet_number(written[: limits.WRITTEN_LENGTH], question["ranges"])
        case "text":
            return lambda written: meet_text(written[: limits.WRITTEN_LENGTH], question["accepted"])
        case _:
            return None
