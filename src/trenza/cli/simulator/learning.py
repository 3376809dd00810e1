"""How they learn: lesson after lesson on a phone of their own, which sends what it kept."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from trenza.apps.learning.api import CourseVersion, Lesson, LessonCompleted, QuestionAnswered
from trenza.apps.programmes.api import Enrolment, Module
from trenza.cli.simulator.people import Traits
from trenza.core.ids import new_id
from trenza.core.journal import Incoming, incoming


@dataclass
class Learner:
    """One woman in one track: her phone, and what is still before her."""

    enrolment: Enrolment
    traits: Traits
    chance: random.Random
    steps: list["Lesson | Module"]
    device: UUID = field(default_factory=new_id)
    sequence: int = 0

    def study(self, lesson: Lesson, start: datetime) -> list[Incoming]:
        """What her phone writes while she goes through a lesson: tries until right, then done."""
        entries = []
        moment = start
        for question in lesson.questions:
            for chosen in self._tries(question):
                moment += timedelta(seconds=self.chance.randrange(15, 120))
                event = QuestionAnswered(lesson=lesson.id, question=question["code"], choices=chosen)
                entries.append(self._entry(event, moment))
        moment += timedelta(seconds=self.chance.randrange(5, 60))
        entries.append(self._entry(LessonCompleted(lesson=lesson.id), moment))
        return entries

    def _tries(self, question: Mapping[str, Any]) -> list[list[int]]:
        right = [index for index, choice in enumerate(question["choices"]) if choice["right"]]
        wrong = [index for index, choice in enumerate(question["choices"]) if not choice["right"]]
        tries: list[list[int]] = []
        while wrong and len(tries) < 3 and self.chance.random() > self.traits.accuracy:
            tries.append([self.chance.choice(wrong)])
        return [*tries, right]

    def _entry(self, event: LessonCompleted | QuestionAnswered, moment: datetime) -> Incoming:
        self.sequence += 1
        person = self.enrolment.person_id
        return incoming(
            event,
            device=self.device,
            sequence=self.sequence,
            happened_at=moment,
            person=person,
            by=person,
            edition=self.enrolment.edition_id,
        )


def steps_of(modules: Sequence[Module], versions: dict[str, CourseVersion]) -> list["Lesson | Module"]:
    """What a track asks for, in order: the lessons of its courses, and modules that somebody confirms."""
    steps: list[Lesson | Module] = []
    for module in modules:
        version = versions.get(module.course)
        steps += list(version.lessons.defer("body")) if version else [module]
    return steps
