"""Her own training: the tracks in which the team trains her, and what comes next in each."""

from dataclasses import dataclass

from trenza.apps.learning.api import Path, learning_of
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Track


@dataclass(frozen=True)
class Training:
    """A trainers' track of hers: the lesson that comes next, or the module that waits for who confirms it."""

    path: Path

    @property
    def lesson(self) -> str:
        return self.path.step.lesson.title if self.path.step else ""

    @property
    def waits_for(self) -> str:
        return next((each.name for each in self.path.modules if each.where == "waiting"), "")

    @property
    def is_completed(self) -> bool:
        return self.path.state == "completed"


def training_of(person: Person) -> list[Training]:
    """Those that she has not left, the newest first. One query for who is in none."""
    hers = set(Track.objects.of_trainers().filter(enrolments__person=person).values_list("pk", flat=True))
    if not hers:
        return []
    paths = learning_of(person).paths
    return [Training(path) for path in paths if path.enrolment.track_id in hers and path.state != "withdrawn"]
