"""How they learn: lesson after lesson, on a phone that sends what it kept."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from trenza.apps.learning.api import (
    Asked,
    CourseVersion,
    ExamSubmitted,
    Lesson,
    LessonCompleted,
    QuestionAnswered,
    first_form,
)
from trenza.apps.programmes.api import Enrolment, Module
from trenza.cli.simulator.people import Traits
from trenza.cli.simulator.phones import Phone

MOST_TRIES = 4
LEFT_OUT = 0.2
PLACES = {"a": 0, "": 1, "b": 2}
"""Where in a course a lesson stands: by its `test`, between both forms."""
KNEW_BEFORE = 0.6
"""Of what she has right after a course, how much she had right before. Made up, like all that they do."""


@dataclass
class Learner:
    """One woman in one track: her phone, and what is still before her."""

    enrolment: Enrolment
    traits: Traits
    chance: random.Random
    steps: list["Lesson | Module"]
    phone: Phone
    pauses: bool = False
    tested: bool = False

    def __post_init__(self) -> None:
        if not self.tested:
            self.steps = [step for step in self.steps if not (isinstance(step, Lesson) and step.test)]
        self._forms = {(step.version_id, step.test): step for step in self.steps if isinstance(step, Lesson)}
        self._lessons = Counter(step.version_id for step in self.steps if isinstance(step, Lesson))
        self.leaves = 1 - (1 - self.traits.leaves) ** (1 / max(len(self.steps), 1))
        """How likely she leaves before a step: over a track as likely as her traits say, however many it has."""

    def pace(self, step: "Lesson | Module") -> float:
        """The part of the time to the next module that is over after a step: the lessons of a course share it."""
        return 1 / self._lessons[step.version_id] if isinstance(step, Lesson) else 1.0

    def study(self, lesson: Lesson, start: datetime) -> None:
        """Write on her phone what she does in a lesson: tries until right, then done. An exam is handed in whole."""
        if lesson.test:
            self._compare(lesson, start)
            return
        if lesson.exam:
            self._sit(lesson, start)
            return
        moment = start
        for question in lesson.questions:
            for chosen in self._tries(question):
                moment += timedelta(seconds=self.chance.randrange(15, 120))
                event = QuestionAnswered(lesson=lesson.id, question=question["code"], choices=chosen)
                self.phone.write(event, self.enrolment, moment)
        moment += timedelta(seconds=self.chance.randrange(5, 60))
        self.phone.write(LessonCompleted(lesson=lesson.id), self.enrolment, moment)

    def _compare(self, form: Lesson, start: datetime) -> None:
        """The test before a course (its form a in her steps) or after it, once: in the form that she is offered."""
        before = form.test == "a"
        if first_form(self.enrolment.person_id, form.version.course.code) == "b":
            form = self._forms[form.version_id, "b" if before else "a"]
        knows = self.traits.accuracy * (KNEW_BEFORE if before else 1)
        answers = [self._answer(question, knows) for question in form.questions]
        moment = start + timedelta(seconds=self.chance.randrange(60, 300))
        self.phone.write(ExamSubmitted(lesson=form.id, answers=answers), self.enrolment, moment)

    def _sit(self, lesson: Lesson, start: datetime) -> None:
        """An exam, until she has enough or has tried often. Her phone does not know; somebody told her."""
        moment = start
        for _ in range(MOST_TRIES):
            moment += timedelta(seconds=self.chance.randrange(60, 600))
            answers = [self._answer(question, self.traits.accuracy) for question in lesson.questions]
            self.phone.write(ExamSubmitted(lesson=lesson.id, answers=answers), self.enrolment, moment)
            pairs = zip(answers, lesson.questions, strict=True)
            right = sum(Asked(question).key.is_right(chosen) for chosen, question in pairs)
            if right / len(answers) >= lesson.version.exam_score:
                return

    def _answer(self, question: Mapping[str, Any], knows: float) -> list[int]:
        """Right as often as she knows, or guesses; now and then she leaves one out."""
        if self.chance.random() < knows:
            return Asked(question).right
        return [] if self.chance.random() < LEFT_OUT else Asked(question).any_answer(self.chance)

    def _tries(self, question: Mapping[str, Any]) -> list[list[int]]:
        asked = Asked(question)
        wrong = asked.wrong
        tries: list[list[int]] = []
        while wrong and len(tries) < MOST_TRIES - 1 and self.chance.random() > self.traits.accuracy:
            tries.append(self.chance.choice(wrong))
        return [*tries, asked.right]


def steps_of(modules: Sequence[Module], versions: Mapping[str, CourseVersion]) -> list["Lesson | Module"]:
    """What a track asks for, in order: the lessons of its courses, each between the forms of its test where it has one,
    and modules that somebody confirms."""
    steps: list[Lesson | Module] = []
    for module in modules:
        version = versions.get(module.course)
        if version is None:
            steps.append(module)
        else:
            lessons = list(version.lessons.defer("body", "guide"))
            lessons.sort(key=lambda lesson: PLACES[lesson.test])
            steps += lessons
    return steps
