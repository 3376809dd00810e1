"""The story of an edition, day by day: who arrives, who is awarded a place, who learns and who stops."""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from trenza.apps.admissions import api as admissions
from trenza.apps.admissions.api import Call
from trenza.apps.learning import api as learning
from trenza.apps.people.api import Person, grant_role, register_person
from trenza.apps.programmes import api as programmes
from trenza.apps.programmes.api import Edition, Enrolment, Module, Region, Track, WithdrawalReason
from trenza.cli.simulator.arriving import arrive, moment_of_arrival
from trenza.cli.simulator.awarding import Intake, drawn, hold_draw, intakes, leave_the_queue
from trenza.cli.simulator.calendar import Calendar
from trenza.cli.simulator.helping import helps
from trenza.cli.simulator.learning import Learner, steps_of
from trenza.cli.simulator.people import MAIL_DOMAIN, traits
from trenza.cli.simulator.phones import Phone, a_phone
from trenza.cli.simulator.scenario import Scenario
from trenza.core import clock
from trenza.core.journal import Incoming, ingest, work_until_done
from trenza.core.models import Device

CONFIRMING = {"trainer": "Formadora", "coordinator": "Coordinadora", "mentor": "Mentora"}
REASONS = [reason.value for reason in WithdrawalReason]
BATCH = 4_000
WEEKS_TO_COMPLETE = 8  # for how long somebody asks whether her last lesson has arrived


@dataclass
class Simulated:
    """How many of each there were. `entries` are those of phones that were new."""

    people: int = 0
    awards: int = 0
    enrolments: int = 0
    entries: int = 0


class Story:
    """One scenario in one edition. Who draws what depends on the seed and on her number alone."""

    def __init__(self, edition: Edition, scenario: Scenario, *, seed: str, end: datetime, mark: str) -> None:
        self.edition, self.scenario, self.seed, self.mark = edition, scenario, seed, mark
        self.result = Simulated()
        self._calendar = Calendar(end)
        self._calls = {call.code: call for call in _calls(edition, end)}
        self._regions = {region.code: region for region in edition.regions.all()}
        self._steps = _steps(self._calls.values())
        self._phones: dict[str, list[Phone]] = defaultdict(list)  # with room for a second one, by region
        self._sending: dict[date, list[Phone]] = defaultdict(list)

    def run(self) -> Simulated:
        """Live it to the end."""
        opening = min(call.opens_at for call in self._calls.values()) - timedelta(hours=1)
        with clock.travel(opening):
            for call in self._calls.values():
                admissions.publish_call(call=call, by=None)
            self._staff = {role: self._confirms(role, name) for role, name in CONFIRMING.items()}
        self._plan_arrivals()
        for intake in intakes(self.scenario, self._calls, self._regions):
            self._plan_awards(intake)
        for call in drawn(self.scenario, self._calls):
            self._plan_draw(call)
        self._calendar.live(opening, self._night)
        return self.result

    def _confirms(self, role: str, name: str) -> Person:
        email = ".".join([name.lower(), self.edition.programme.code, *filter(None, [self.mark])])
        person = register_person(
            given_name=name, family_name="de Demostración", email=f"{email}@{MAIL_DOMAIN}", synthetic=True
        )
        grant_role(person=person, role=role, scope_kind="programme", scope=self.edition.programme_id, by=None)
        return person

    # --- Arriving ---

    def _plan_arrivals(self) -> None:
        number = 0
        for group in self.scenario.group:
            region = self._regions[group.region] if group.region else None
            into = [(self._calls.get(each.call), each.parts) for each in group.into]
            for _ in range(group.people):
                chance = random.Random(f"{self.seed}/{number}")
                [call] = chance.choices([call for call, _ in into], [parts for _, parts in into])
                if call is not None:  # it may not have begun
                    moment = moment_of_arrival(chance, call, self.scenario.wave, self._calendar.end)
                    self._calendar.plan(moment, partial(self._arrive, number, chance, call, region))
                number += 1

    def _arrive(self, number: int, chance: random.Random, call: Call, region: Region | None) -> None:
        mark = f"{self.mark}.{number}" if self.mark else str(number)
        self.result.people += 1
        try:
            arrived = arrive(chance=chance, mark=mark, call=call, region=region, habits=self.scenario.answers)
        except (admissions.NotEligible, admissions.NoSeatLeft):
            return
        if isinstance(arrived, Enrolment):
            self._begin(chance, arrived)
        else:
            helps(self._calendar, chance, arrived, self.scenario.answers, self._staff["coordinator"])

    # --- Awards ---

    def _plan_awards(self, intake: Intake) -> None:
        for moment in intake.days(self._calendar.end):
            self._calendar.plan(moment, partial(self._award, intake))
        if intake.is_limited:
            self._calendar.plan(intake.after, partial(self._leave, intake))

    def _plan_draw(self, call: Call) -> None:
        """The list is frozen an hour after it closes, and the places are drawn the next day."""
        frozen = call.list_closes_at + timedelta(hours=1)
        self._calendar.plan(frozen, partial(admissions.freeze_list, call=call, by=None))
        self._calendar.plan(frozen + timedelta(days=1), partial(self._draw, call))

    def _draw(self, call: Call) -> None:
        seed = random.Random(f"{self.seed}/draw/{call.code}").randrange(10_000, 100_000)
        self._answer_later(hold_draw(call, str(seed)))

    def _award(self, intake: Intake) -> None:
        self._answer_later(intake.award(clock.now()))

    def _answer_later(self, awards: Iterable[admissions.Award]) -> None:
        habits = self.scenario.awards
        for award in awards:
            self.result.awards += 1
            chance = random.Random(f"{self.seed}/{award.application_id}")
            after, drawn = clock.now() + timedelta(hours=chance.uniform(2, 90)), chance.random()
            if drawn < habits.accepted:
                self._calendar.plan(after, partial(self._accept, chance, award))
            elif drawn < habits.accepted + habits.declined:
                self._calendar.plan(after, partial(admissions.decline_award, award=award, by=award.person))

    def _accept(self, chance: random.Random, award: admissions.Award) -> None:
        self._begin(chance, admissions.accept_award(award=award, by=award.person))

    def _leave(self, intake: Intake) -> None:
        """Whoever was left without a place takes her application back in the weeks that follow."""
        for number, application in enumerate(intake.left_over()):
            chance = random.Random(f"{self.seed}/leaves/{number}/{application.pk}")
            later = clock.now() + timedelta(days=chance.uniform(1, 30))
            self._calendar.plan(later, partial(leave_the_queue, application))

    # --- Learning ---

    def _begin(self, chance: random.Random, enrolment: Enrolment, phone: Phone | None = None) -> None:
        self.result.enrolments += 1
        habits = self.scenario.learners
        who = traits(chance, habits)
        learner = Learner(
            enrolment,
            who,
            chance,
            list(self._steps.get(enrolment.track, [])),
            phone or self._phone(chance, str(enrolment.region_id)),
            pauses=chance.random() < habits.pauses,
            tested=chance.random() < habits.tested,
        )
        self._calendar.plan(clock.now() + timedelta(hours=who.hours_to_begin), partial(self._step, learner))

    def _phone(self, chance: random.Random, region: str) -> Phone:
        """Hers, or that of somebody of her region who lends it."""
        if self._phones[region] and chance.random() < self.scenario.phones.shared:
            return self._phones[region].pop()
        phone = a_phone(chance, self.scenario.phones, clock.now())
        self._phones[region].append(phone)
        return phone

    def _step(self, learner: Learner) -> None:
        """The next thing of a learner, unless she rests or leaves here; then the one after it, hours or days later."""
        chance = learner.chance
        if not learner.steps:
            if chance.random() < self.scenario.learners.continues:
                self._continue_later(learner, WEEKS_TO_COMPLETE)
        elif learner.pauses:
            self._pause(learner)
        elif chance.random() < learner.leaves:
            self._stop(learner)
        else:
            step = learner.steps.pop(0)
            self._take(learner, step)
            hours = learner.pace(step) * chance.uniform(*self.scenario.learners.between_hours)
            later = clock.now() + timedelta(hours=hours)
            self._calendar.plan(later, partial(self._step, learner))

    def _take(self, learner: Learner, step: learning.Lesson | Module) -> None:
        if isinstance(step, Module):
            if step.requirement_kind == Module.Kind.CONFIRMED:
                by = self._staff[step.confirmed_by]
                programmes.confirm_requirement(enrolment=learner.enrolment, module=step, by=by)
            return
        learner.study(step, clock.now())
        self._send_later(learner.phone)

    def _pause(self, learner: Learner) -> None:
        learner.pauses = False
        habits, chance, today = self.scenario.learners, learner.chance, clock.now()
        until = today + timedelta(days=chance.randint(*habits.pause_days))
        try:
            programmes.pause_enrolment(enrolment=learner.enrolment, until=until.date(), by=learner.enrolment.person)
        except programmes.WrongState:  # what she learned before has completed the track
            return
        if chance.random() < habits.returns:
            self._calendar.plan(until + timedelta(hours=20), partial(self._step, learner))

    def _stop(self, learner: Learner) -> None:
        """Most say nothing."""
        if learner.chance.random() >= self.scenario.learners.says_so:
            return
        enrolment, reason = learner.enrolment, learner.chance.choice(REASONS)
        try:
            programmes.withdraw_enrolment(enrolment=enrolment, reason=reason, by=enrolment.person)
        except programmes.WrongState:  # what she learned before has completed the track
            return

    def _continue_later(self, learner: Learner, weeks: int) -> None:
        if weeks:
            self._calendar.plan(clock.now() + timedelta(days=7), partial(self._go_on, learner, weeks))

    def _go_on(self, learner: Learner, weeks: int) -> None:
        """Into the track that completing this one earned her, once it is complete and while a call is open."""
        person, enrolment = learner.enrolment.person, learner.enrolment
        earned = [each for each in programmes.earned_follow_ons(person) if each.enrolment_id == enrolment.pk]
        if not earned:  # her last lesson has not arrived yet, or does not count
            self._continue_later(learner, weeks - 1)
            return
        tracks = {each.follow_on.track_id for each in earned if each.follow_on.track_id}
        for call in self._calls.values():
            if call.track_id in tracks and not call.is_selected and call.is_open_at(clock.now()):
                try:
                    enrolled = admissions.sign_up(call=call, person=person, region=enrolment.region, by=person)
                except programmes.AlreadyEnrolled:
                    continue
                if isinstance(enrolled, Enrolment):
                    self._begin(learner.chance, enrolled, learner.phone)

    # --- Nights ---

    def _send_later(self, phone: Phone) -> None:
        if not phone.is_due:
            phone.is_due = True
            self._sending[clock.now().date() + phone.offline_for()].append(phone)

    def _night(self, day: date) -> None:
        """Phones send, and what follows from the day is done."""
        batch: list[Incoming] = []
        for due in sorted(each for each in self._sending if each <= day):
            for phone in self._sending.pop(due):
                batch += phone.send()
                phone.is_due = bool(phone.waiting)
                if phone.is_due:
                    self._sending[day + timedelta(days=1)].append(phone)
        for start in range(0, len(batch), BATCH):
            answered = ingest(batch[start : start + BATCH], device_kind=Device.Kind.SIMULATED)
            self.result.entries += sum(answer.status == "accepted" for answer in answered)
        work_until_done()


def _calls(edition: Edition, end: datetime) -> list[Call]:
    calls = Call.objects.filter(edition=edition, retired_at=None, follow_on=None, opens_at__lt=end)
    found = list(calls.select_related("programme", "edition", "track", "form").order_by("position"))
    if not found:
        raise LookupError(f"no call of {edition} has begun")
    return found


def _steps(calls: Iterable[Call]) -> dict[Track, list[learning.Lesson | Module]]:
    versions = {version.course.code: version for version in learning.published_courses()}
    return {
        track: steps_of(list(track.modules.filter(retired_at=None).order_by("position")), versions)
        for call in calls
        for track in call.tracks_offered
    }
