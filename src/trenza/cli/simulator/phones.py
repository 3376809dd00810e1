"""Their phones: what one writes waits on it until it sends, with the time that its own clock shows."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from trenza.apps.learning.api import ExamSubmitted, LessonCompleted, QuestionAnswered
from trenza.apps.programmes.api import Enrolment
from trenza.cli.simulator.scenario import Phones
from trenza.core.ids import new_id
from trenza.core.journal import Incoming, incoming

MOST_SENT = 4_000  # entries at once: less than ingest takes
RESENT = 20
_NOBODY_KNOWS = datetime(1970, 1, 1, tzinfo=UTC)  # where a clock begins that lost its battery


@dataclass
class Clock:
    """How a phone's clock is wrong. `reset` counts from 1970 since `empty_at`."""

    kind: str = "right"
    offset: timedelta = timedelta()
    empty_at: datetime | None = None

    def shows(self, moment: datetime, chance: random.Random) -> datetime:
        """What it shows at a moment."""
        if self.kind == "reset" and self.empty_at and moment >= self.empty_at:
            return _NOBODY_KNOWS + (moment - self.empty_at)
        if self.kind == "jumping" and chance.random() < 0.5:
            return moment + timedelta(seconds=chance.randrange(-40_000_000, 40_000_000))
        return moment + self.offset


@dataclass
class Phone:
    """One device; a shared one numbers what both of its people do."""

    chance: random.Random
    habits: Phones
    clock: Clock
    late: bool
    device: UUID = field(default_factory=new_id)
    sequence: int = 0
    waiting: list[Incoming] = field(default_factory=list)
    sent: Sequence[Incoming] = ()
    is_due: bool = False

    def write(
        self, event: LessonCompleted | QuestionAnswered | ExamSubmitted, enrolment: Enrolment, moment: datetime
    ) -> None:
        """Keep an entry until it is sent."""
        self.sequence += 1
        entry = incoming(
            event,
            device=self.device,
            sequence=self.sequence,
            happened_at=self.clock.shows(moment, self.chance),
            person=enrolment.person_id,
            by=enrolment.person_id,
            edition=enrolment.edition_id,
        )
        self.waiting.append(entry)

    def offline_for(self) -> timedelta:
        """How long it takes from now until it can send."""
        return timedelta(days=self.chance.randint(*self.habits.late_days)) if self.late else timedelta()

    def send(self) -> list[Incoming]:
        """What it sends now; now and then with some of what it has sent before, for it did not hear the answer."""
        again = list(self.sent[-RESENT:]) if self.chance.random() < self.habits.resends else []
        sending, self.waiting = self.waiting[:MOST_SENT], self.waiting[MOST_SENT:]
        self.sent = sending
        return again + sending


def a_phone(chance: random.Random, habits: Phones, now: datetime) -> Phone:
    """Drawn for one person (or two who share it)."""
    late = chance.random() < habits.late
    return Phone(chance=chance, habits=habits, clock=_a_clock(chance, habits, now), late=late)


def _a_clock(chance: random.Random, habits: Phones, now: datetime) -> Clock:
    clocks = habits.clocks
    [kind] = chance.choices(
        ["hours", "years", "reset", "jumping", "right"],
        [
            clocks.hours, clocks.years, clocks.reset, clocks.jumping,
            max(0.0, 1 - clocks.hours - clocks.years - clocks.reset - clocks.jumping),
        ],
    )  # fmt: skip
    match kind:
        case "hours":
            return Clock(kind, offset=timedelta(hours=chance.choice([-13, -6, -5, -1, 1, 5, 12])))
        case "years":
            return Clock(kind, offset=timedelta(days=365 * chance.choice([-9, -3, -1, 1, 2, 70])))
        case "reset":
            return Clock(kind, empty_at=now + timedelta(days=chance.randrange(20)))
    return Clock(kind)
