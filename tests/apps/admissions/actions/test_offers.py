"""An offer reaches her, expires, is taken back or left; and she may wait again."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.apps.admissions.actions.test_awards import coordinator_of, states, taken
from tests.apps.admissions.examples import a_call, a_person, an_application, region_of, with_seats
from tests.journal import journal
from trenza.apps.admissions.actions.acceptance import accept_award, decline_award
from trenza.apps.admissions.actions.awards import award_application, award_in_order
from trenza.apps.admissions.actions.ending import (
    expire_awards,
    rejoin_waiting_list,
    withdraw_award,
)
from trenza.apps.admissions.actions.reaching import note_offer_told, note_seen
from trenza.apps.admissions.errors import (
    MayNotRejoin,
    NoSeatLeft,
    NotReachedThen,
    OfferExpired,
    ReasonMissing,
    WrongState,
)
from trenza.apps.admissions.models import Application, Award, AwardEnd, Call
from trenza.apps.admissions.queries import waiting_place
from trenza.apps.people.api import grant_role
from trenza.apps.programmes.api import Edition, Enrolment, return_to_enrolment, withdraw_enrolment
from trenza.core import clock
from trenza.core.errors import DomainError, NotAllowed
from trenza.core.journal import check, work_until_done
from trenza.core.sweeps import sweep

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 8, 3, 16, 0, tzinfo=UTC)  # noon in La Paz


@pytest.fixture
def call() -> Call:
    return with_seats(a_call(answer_days=7, may_rejoin=True), 1)


@pytest.fixture
def award(call: Call) -> Award:
    with clock.travel(NOON):
        return award_application(application=an_application(call, submitted_at=NOON - timedelta(hours=1)), by=None)


def fresh(award: Award) -> Award:
    return Award.objects.select_related("application__call__edition", "call").get(pk=award.pk)


def unwitnessed() -> list[str]:
    """Rows of these tests without an entry, but for the applications, which they make without one."""
    return [fault for fault in check() if "admissions.Application " not in fault]


def end_of(award: Award) -> datetime:
    found = fresh(award).expires_at
    assert found is not None
    return found


def test_days_to_answer_run_from_when_she_saw_it_and_end_with_a_day_where_the_call_is(award: Award):
    with clock.travel(NOON + timedelta(days=30)):
        assert expire_awards() == 0  # it has not reached her: it waits

    with clock.travel(NOON):
        note_seen(award=award, by=award.person)

    assert end_of(award) == datetime(2026, 8, 11, 4, 0, tzinfo=UTC)  # midnight after the tenth, in La Paz
    assert journal()[-1][0] == "admissions.award_reached.v1"
    with clock.travel(NOON + timedelta(days=2)):
        note_seen(award=award, by=award.person)
    assert end_of(award) == datetime(2026, 8, 11, 4, 0, tzinfo=UTC)


def test_a_call_without_days_lets_nothing_expire():
    call = with_seats(a_call(), 1)
    award = award_application(application=an_application(call), by=None)

    note_seen(award=award, by=award.person)

    assert fresh(award).reached_how == "seen"
    assert fresh(award).expires_at is None


def test_who_was_told_has_her_days_after_that_day(award: Award):
    team = coordinator_of(award.call)
    with clock.travel(NOON + timedelta(days=3)):
        note_offer_told(award=award, on=date(2026, 8, 4), by=team)

    assert (fresh(award).reached_how, fresh(award).reached_by) == ("told", team)
    assert end_of(award) == datetime(2026, 8, 12, 4, 0, tzinfo=UTC)


def test_a_call_that_is_logged_late_leaves_her_a_day(award: Award):
    with clock.travel(NOON + timedelta(days=20)):
        note_offer_told(award=award, on=date(2026, 8, 4), by=coordinator_of(award.call))

    assert end_of(award) == NOON + timedelta(days=21)


@pytest.mark.parametrize("day", [date(2026, 8, 2), date(2026, 8, 6)])
def test_nobody_was_told_before_the_offer_or_tomorrow(award: Award, day: date):
    with clock.travel(NOON + timedelta(days=2)), pytest.raises(NotReachedThen):
        note_offer_told(award=award, on=day, by=coordinator_of(award.call))


def test_only_who_awards_there_logs_a_call_and_never_her_own(award: Award):
    beside = a_person(77)
    grant_role(person=beside, role="coordinator", scope_kind="region", scope=region_of(award.call, "oruro").pk, by=None)
    with clock.travel(NOON):
        for stranger in (beside, award.person):
            with pytest.raises(NotAllowed):
                note_offer_told(award=award, on=NOON.date(), by=stranger)
            with pytest.raises(NotAllowed):
                withdraw_award(award=award, reason="No puede", by=stranger)
        with pytest.raises(NotAllowed):
            note_seen(award=award, by=beside)


def test_an_expired_offer_goes_to_the_next_by_itself(call: Call, award: Award):
    with clock.travel(NOON):
        an_application(call, 2, state="waiting_list")
        note_seen(award=award, by=award.person)
    with clock.travel(end_of(award) - timedelta(seconds=1)):
        assert sweep() == 0

    with clock.travel(end_of(award)):
        assert sweep() == 1
        assert sweep() == 0
        work_until_done()

    assert states(call) == ["expired", "awarded"]
    assert taken(call) == {"": 1}
    assert [(end.kind, end.by) for end in AwardEnd.objects.all()] == [("expired", None)]
    assert [kind for kind, *_ in journal()][-2:] == ["admissions.award_ended.v1", "admissions.award_made.v1"]
    assert unwitnessed() == []


def test_a_second_too_late_is_too_late_whether_or_not_somebody_has_swept(award: Award):
    with clock.travel(NOON):
        note_seen(award=award, by=award.person)
    with clock.travel(end_of(award)):
        with pytest.raises(OfferExpired):
            accept_award(award=award, by=award.person)
        with pytest.raises(OfferExpired):
            decline_award(award=award, by=award.person)
        sweep()
        with pytest.raises(OfferExpired):
            accept_award(award=award, by=award.person)
    assert Enrolment.objects.count() == 0


def test_a_second_before_is_in_time(award: Award):
    with clock.travel(NOON):
        note_seen(award=award, by=award.person)
    with clock.travel(end_of(award) - timedelta(seconds=1)):
        accept_award(award=award, by=award.person)
    with clock.travel(end_of(award)):
        assert sweep() == 0
    assert states(award.call) == ["accepted"]


def expired(award: Award) -> Application:
    with clock.travel(NOON):
        note_seen(award=award, by=award.person)
    with clock.travel(end_of(award)):
        sweep()
        work_until_done()
    return fresh(award).application


def test_who_let_it_expire_waits_again_behind_everybody(call: Call, award: Award):
    moments = {n: NOON - timedelta(minutes=9 - n) for n in (2, 3)}
    others = [an_application(call, n, state="waiting_list", submitted_at=at) for n, at in moments.items()]
    application = expired(award)
    later = NOON + timedelta(days=9)

    with clock.travel(later):
        rejoin_waiting_list(application=application, by=application.person)
        with pytest.raises(WrongState):
            rejoin_waiting_list(application=application, by=application.person)
        application.refresh_from_db()
        assert waiting_place(application) == 2
        for other in others:
            decline_award(award=other.award, by=other.person)
            work_until_done()

    again = fresh(award)
    assert states(call) == ["awarded", "declined", "declined"]
    assert (again.awarded_at, again.since, again.reached_at, again.expires_at) == (NOON, later, None, None)
    assert Award.objects.count() == 3
    assert unwitnessed() == []


def test_who_waits_again_alone_gets_the_seat_that_nobody_took(award: Award):
    application = expired(award)

    with clock.travel(NOON + timedelta(days=9)):
        rejoin_waiting_list(application=application, by=application.person)
        work_until_done()

    assert states(award.call) == ["awarded"]


def test_who_waits_again_where_seats_are_not_limited_is_offered_hers_anew_and_nobody_else():
    call = a_call(answer_days=7, may_rejoin=True)
    with clock.travel(NOON):
        award = award_application(application=an_application(call, submitted_at=NOON), by=None)
        an_application(call, 2, state="waiting_list")  # the team put her there
    application = expired(award)

    with clock.travel(NOON + timedelta(days=9)):
        rejoin_waiting_list(application=application, by=application.person)
        work_until_done()

    assert states(call) == ["awarded", "waiting_list"]


@pytest.mark.parametrize("closed", ["not allowed", "retired", "over"])
def test_nobody_waits_again_where_nothing_is_given(award: Award, closed: str):
    application = expired(award)
    if closed == "not allowed":
        Call.objects.update(may_rejoin=False)
    elif closed == "retired":
        Call.objects.update(retired_at=NOON)
    else:
        Edition.objects.update(starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1))

    with pytest.raises(MayNotRejoin):
        rejoin_waiting_list(application=application, by=application.person)


def test_the_team_takes_an_offer_back_with_a_reason_that_stays_out_of_the_journal(call: Call, award: Award):
    an_application(call, 2, state="waiting_list")
    team = coordinator_of(call)
    for reason in ("", "  no ", "x" * 501):
        with pytest.raises(ReasonMissing):
            withdraw_award(award=award, reason=reason, by=team)

    withdraw_award(award=award, reason="  Se inscribió\ndos veces  ", by=team)
    work_until_done()

    assert states(call) == ["taken_back", "awarded"]
    end = AwardEnd.objects.get()
    assert (end.kind, end.reason, end.by) == ("withdrawn", "Se inscribió dos veces", team)
    assert "veces" not in str(journal())
    with pytest.raises(WrongState):
        accept_award(award=award, by=award.person)
    with pytest.raises(WrongState):
        withdraw_award(award=award, reason="Otra vez", by=team)


def test_who_has_accepted_keeps_her_place(award: Award):
    accept_award(award=award, by=award.person)

    with pytest.raises(WrongState):
        withdraw_award(award=award, reason="Cambiamos de idea", by=coordinator_of(award.call))


def a_seat_that_was_accepted(call: Call, award: Award) -> Enrolment:
    tomorrow = (clock.now() + timedelta(days=3)).date()
    Edition.objects.update(starts_on=tomorrow)
    return accept_award(award=award, by=award.person)


def test_who_leaves_before_it_begins_frees_her_seat(call: Call, award: Award):
    enrolment = a_seat_that_was_accepted(call, award)
    an_application(call, 2, state="waiting_list")

    withdraw_enrolment(enrolment=enrolment, by=award.person)
    work_until_done()

    assert states(call) == ["released", "awarded"]
    assert taken(call) == {"": 1}
    with pytest.raises(NoSeatLeft):
        return_to_enrolment(enrolment=enrolment, by=award.person)
    assert Enrolment.objects.get(pk=enrolment.pk).state == "withdrawn"
    assert unwitnessed() == []


def test_who_comes_back_takes_a_seat_again(call: Call, award: Award):
    enrolment = a_seat_that_was_accepted(call, award)
    withdraw_enrolment(enrolment=enrolment, by=award.person)
    work_until_done()
    assert taken(call) == {"": 0}

    return_to_enrolment(enrolment=enrolment, by=award.person)

    assert states(call) == ["accepted"]
    assert taken(call) == {"": 1}


def test_who_comes_back_at_once_never_lost_it(call: Call, award: Award):
    enrolment = a_seat_that_was_accepted(call, award)
    withdraw_enrolment(enrolment=enrolment, by=award.person)
    return_to_enrolment(enrolment=enrolment, by=award.person)

    work_until_done()

    assert states(call) == ["accepted"]
    assert taken(call) == {"": 1}


def test_who_leaves_once_it_has_begun_keeps_her_seat_for_her_return(call: Call, award: Award):
    enrolment = accept_award(award=award, by=award.person)

    withdraw_enrolment(enrolment=enrolment, by=award.person)
    work_until_done()

    assert states(call) == ["accepted"]
    assert taken(call) == {"": 1}


class Offers(RuleBasedStateMachine):
    """Whatever happens to offers, in whatever order: no seat too many, and none empty that somebody waits for."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    @initialize(data=st.lists(st.booleans(), min_size=1, max_size=7), seats=st.integers(0, 4), oruro=st.integers(0, 2))
    def begin(self, data: list[bool], seats: int, oruro: int) -> None:
        self.now = NOON
        self.call = with_seats(a_call(answer_days=3, may_rejoin=True), seats, oruro=oruro)
        self.seats, self.oruro = seats, oruro
        Edition.objects.update(starts_on=date(2026, 12, 1))
        for n, in_oruro in enumerate(data):
            an_application(self.call, n, "oruro" if in_oruro else "el-alto")
        self._do(lambda: award_in_order(call=self.call, by=None))

    def _do(self, act: Any) -> None:
        with clock.travel(self.now):
            with suppress(DomainError):
                act()
            work_until_done()

    def _one(self, data: Any, *states: str) -> Application | None:
        found = list(self.call.applications.filter(state__in=states).order_by("submitted_at"))
        return data.draw(st.sampled_from(found)) if found else None

    @rule(data=st.data(), what=st.sampled_from(["see", "accept", "decline", "withdraw"]))
    def answer(self, data: Any, what: str) -> None:
        application = self._one(data, "awarded")
        if application is None:
            return
        award, her = application.award, application.person
        acts = {
            "see": lambda: note_seen(award=award, by=her),
            "accept": lambda: accept_award(award=award, by=her),
            "decline": lambda: decline_award(award=award, by=her),
            "withdraw": lambda: withdraw_award(award=award, reason="Un error", by=self.team),
        }
        self._do(acts[what])

    @property
    def team(self) -> Any:
        found = getattr(self, "_team", None)
        self._team = found or coordinator_of(self.call)
        return self._team

    @rule(days=st.integers(1, 4))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        self._do(sweep)

    @rule(data=st.data())
    def rejoin(self, data: Any) -> None:
        if application := self._one(data, "expired"):
            self._do(lambda: rejoin_waiting_list(application=application, by=application.person))

    @rule(data=st.data(), back=st.booleans())
    def leave_or_return(self, data: Any, back: bool) -> None:
        if application := self._one(data, "released" if back else "accepted"):
            enrolment = application.award.acceptance.enrolment
            act = return_to_enrolment if back else withdraw_enrolment
            self._do(lambda: act(enrolment=enrolment, by=None))

    @invariant()
    def every_seat_is_held_once_and_none_is_wasted(self) -> None:
        if not hasattr(self, "call"):
            return
        holding = self.call.applications.filter(state__in=["awarded", "accepted"])
        in_oruro = holding.filter(region__code="oruro").count()
        assert taken(self.call) == {"": holding.count(), "oruro": in_oruro}
        assert holding.count() <= self.seats
        assert in_oruro <= self.oruro
        if holding.count() < self.seats:
            waiting = self.call.applications.filter(state="waiting_list")
            assert not waiting.filter(region__code="el-alto").exists()
            assert in_oruro == self.oruro or not waiting.filter(region__code="oruro").exists()


class NoSeatIsWasted(TestCase):
    def test_whatever_happens_to_offers(self):
        settings = hypothesis_settings(max_examples=12, stateful_step_count=14, deadline=None)
        run_state_machine_as_test(Offers, settings=settings)
