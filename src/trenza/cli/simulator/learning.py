"""How they learn: lesson after lesson, on a phone that sends what it kept."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from trenza.apps.learning.api import CourseVersion, Lesson, LessonCompleted, QuestionAnswered
from trenza.apps.programmes.api import Enrolment, Module
from trenza.cli.simulator.people import Traits
from trenza.cli.simulator.phones import Phone

MOST_TRIES = 4


@dataclass
class Learner:
    """One woman in one track: her phone, and what is still before her."""

    enrolment: Enrolment
    traits: Traits
    chance: random.Random
    steps: list["Lesson | Module"]
    phone: Phone
    pauses: bool = False

    def study(self, lesson: Lesson, start: datetime) -> None:
        """Write on her phone what she does in a lesson: tries until right, then done."""
        moment = start
        for question in lesson.questions:
            for chosen in self._tries(question):
                moment += timedelta(seconds=self.chance.randrange(15, 120))
                event = QuestionAnswered(lesson=lesson.id, question=question["code"], choices=chosen)
                self.phone.write(event, self.enrolment, moment)
        moment += timedelta(seconds=self.chance.randrange(5, 60))
        self.phone.write(LessonCompleted(lesson=lesson.id), self.enrolment, moment)

    def _tries(self, question: Mapping[str, Any]) -> list[list[int]]:
        right = [index for index, choice in enumerate(question["choices"]) if choice["right"]]
        wrong = [index for index, choice in enumerate(question["choices"]) if not choice["right"]]
        tries: list[list[int]] = []
        while wrong and len(tries) < MOST_TRIES - 1 and self.chance.random() > self.traits.accuracy:
            tries.append([self.chance.choice(wrong)])
        return [*tries, right]


def steps_of(modules: Sequence[Module], versions: Mapping[str, CourseVersion]) -> list["Lesson | Module"]:
    """What a track asks for, in order: the lessons of its courses, and modules that somebody confirms."""
    steps: list[Lesson | Module] = []
    for module in modules:
        version = versions.get(module.course)
        steps += list(version.lessons.defer("body")) if version else [module]
    return steps
