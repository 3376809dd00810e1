"""The story of a programme's demonstration edition, day by day."""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from trenza.apps.admissions import api as admissions
from trenza.apps.admissions.api import Application, Call
from trenza.apps.learning import api as learning
from trenza.apps.people.api import Person, give_consent, grant_role, register_person
from trenza.apps.programmes import api as programmes
from trenza.apps.programmes.api import Edition, Enrolment, Module, Programme, Region, Track
from trenza.cli.simulator.learning import Learner, steps_of
from trenza.cli.simulator.people import MAIL_DOMAIN, a_person, answers, traits
from trenza.core import clock, ids
from trenza.core.journal import Incoming, ingest, work_until_done
from trenza.core.models import Device

CONSENT, CONSENT_VERSION = "data-use", 1
CONFIRMING = {"trainer": "Formadora", "coordinator": "Coordinadora", "mentor": "Mentora"}
CHANCE_TO_ACCEPT = 0.93
BATCH = 2_000


@dataclass
class Simulated:
    """How many of each there were."""

    people: int = 0
    awards: int = 0
    enrolments: int = 0
    entries: int = 0


def is_simulated(programme: Programme) -> bool:
    """Whether synthetic people have lived through it already."""
    return Application.objects.filter(call__programme=programme, person__synthetic=True).exists() or (
        Enrolment.objects.filter(edition__programme=programme, person__synthetic=True).exists()
    )


def simulate(programme: Programme, *, people: int, seed: str, until: datetime | None = None) -> Simulated:
    """Let `people` live through the programme's demonstration edition, up to `until` (now).

    Raises:
        LookupError: the programme has no demonstration edition, or no call of it has begun by then.
    """
    end = until or clock.now()
    with ids.seeded(f"{programme.code}/{seed}"):
        return _Story(programme, people, f"{programme.code}/{seed}", end).run()


Happening = Callable[[], None]


@dataclass
class _Story:
    programme: Programme
    people: int
    seed: str
    end: datetime
    days: dict[date, list[tuple[datetime, int, Happening]]] = field(default_factory=lambda: defaultdict(list))
    planned: int = 0
    batch: list[Incoming] = field(default_factory=list)
    result: Simulated = field(default_factory=Simulated)

    def run(self) -> Simulated:
        self.edition = self._edition()
        self.calls = self._calls()
        opening = min(call.opens_at for call in self.calls)
        self.steps = self._steps()
        with clock.travel(opening - timedelta(hours=1)):
            for call in self.calls:
                admissions.publish_call(call=call, by=None)
            self.staff = {role: self._staff(role, name) for role, name in CONFIRMING.items()}
        for number in range(self.people):
            self._plan_arrival(number)
        day = opening.date()
        while day <= self.end.date():
            self._live(day)
            day += timedelta(days=1)
        return self.result

    def _edition(self) -> Edition:
        edition = self.programme.editions.filter(demonstration=True).order_by("starts_on").first()
        if edition is None:
            raise LookupError(f"{self.programme.code} has no demonstration edition to simulate")
        return edition

    def _calls(self) -> list[Call]:
        calls = Call.objects.filter(edition=self.edition, retired_at=None, opens_at__lt=self.end)
        found = list(calls.select_related("programme", "edition", "track", "form").order_by("position"))
        if not found:
            raise LookupError(f"no call of {self.edition} has begun")
        return found

    def _steps(self) -> dict[Track, list[learning.Lesson | Module]]:
        versions = {version.course.code: version for version in learning.published_courses()}
        return {
            call.track: steps_of(list(call.track.modules.filter(retired_at=None).order_by("position")), versions)
            for call in self.calls
        }

    def _staff(self, role: str, name: str) -> Person:
        email = f"{name.lower()}.{self.programme.code}@{MAIL_DOMAIN}"
        person = register_person(given_name=name, family_name="de Demostración", email=email, synthetic=True)
        grant_role(person=person, role=role, scope_kind="programme", scope=self.programme.id, by=None)
        return person

    def _plan_arrival(self, number: int) -> None:
        chance = random.Random(f"{self.seed}/{number}")
        call, region = self._place(chance)
        last = min(call.closes_at, self.end)
        moment = call.opens_at + (last - call.opens_at) * chance.betavariate(1.1, 2.2)
        self._plan(moment, lambda: self._arrive(number, chance, call, region))

    def _place(self, chance: random.Random) -> tuple[Call, Region | None]:
        """A call and region, in proportion to their seats; where seats are not limited, to each region alike."""
        places: list[tuple[Call, Region | None]] = []
        weights: list[float] = []
        for call in self.calls:
            regions: list[Region | None] = [*call.regions.order_by("position")] or [None]
            for region in regions:
                places.append((call, region))
                weights.append((call.seats or 500 * len(regions)) / len(regions))
        return chance.choices(places, weights)[0]

    def _arrive(self, number: int, chance: random.Random, call: Call, region: Region | None) -> None:
        person = a_person(chance, number, call, region, clock.now().date())
        give_consent(person=person, text=CONSENT, version=CONSENT_VERSION, by=person)
        self.result.people += 1
        if not call.is_selected:
            self._sign_up(chance, call, person, region)
            return
        assert call.form is not None  # a selected call has one, by constraint
        admissions.submit_application(
            call=call, person=person, region=region, answers=answers(chance, call.form, person, region), by=person
        )

    def _sign_up(self, chance: random.Random, call: Call, person: Person, region: Region | None) -> None:
        try:
            enrolled = admissions.sign_up(call=call, person=person, region=region, by=person)
        except (admissions.NotEligible, admissions.NoSeatLeft):
            return
        if isinstance(enrolled, Enrolment):
            self._begin(chance, enrolled)

    def _award(self) -> None:
        for call in self.calls:
            if not call.is_selected:
                continue
            for award in admissions.award_in_order(call=call, by=None):
                self.result.awards += 1
                chance = random.Random(f"{self.seed}/{award.application_id}")
                after = clock.now() + timedelta(hours=chance.uniform(2, 90))
                if chance.random() < CHANCE_TO_ACCEPT:
                    self._plan(after, partial(self._accept, chance, award))

    def _accept(self, chance: random.Random, award: admissions.Award) -> None:
        self._begin(chance, admissions.accept_award(award=award, by=award.person))

    def _begin(self, chance: random.Random, enrolment: Enrolment) -> None:
        self.result.enrolments += 1
        learner = Learner(enrolment, traits(chance), chance, list(self.steps[enrolment.track]))
        self._plan(clock.now() + timedelta(minutes=learner.traits.minutes_to_begin), lambda: self._step(learner))

    def _step(self, learner: Learner) -> None:
        """The next thing of a learner, unless she leaves here; then the one after it, hours or days later."""
        if not learner.steps or learner.chance.random() < learner.traits.leaves:
            return
        step = learner.steps.pop(0)
        if isinstance(step, Module):
            programmes.confirm_requirement(enrolment=learner.enrolment, module=step, by=self.staff[step.confirmed_by])
        else:
            self.batch += learner.study(step, clock.now())
        later = clock.now() + timedelta(hours=learner.chance.uniform(8, 100))
        self._plan(later, lambda: self._step(learner))

    def _plan(self, moment: datetime, happening: Happening) -> None:
        self.planned += 1
        self.days[moment.date()].append((moment, self.planned, happening))

    def _live(self, day: date) -> None:
        """One day: what was planned, in order; what phones send; the coordinator awards; what follows."""
        while waiting := self.days.pop(day, []):
            for moment, _, happening in sorted(waiting, key=lambda each: each[:2]):
                if moment <= self.end:
                    with clock.travel(moment):
                        happening()
        evening = min(datetime.combine(day, time(22), UTC), self.end)
        with clock.travel(evening):
            self._deliver()
            self._award()
            work_until_done()

    def _deliver(self) -> None:
        for start in range(0, len(self.batch), BATCH):
            self.result.entries += len(ingest(self.batch[start : start + BATCH], device_kind=Device.Kind.SIMULATED))
        self.batch.clear()
