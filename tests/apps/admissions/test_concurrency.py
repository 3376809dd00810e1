"""Many at once: real threads, a connection each, everything committed. On SQLite and on PostgreSQL."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.db.models import F

from tests.apps.admissions.actions.test_awards import coordinator_of
from tests.apps.admissions.actions.test_judging_anew import ADULTS, applied
from tests.apps.admissions.examples import (
    BORN,
    CLOSES,
    HOURS,
    OPENS,
    READY,
    a_call,
    a_draw_call,
    a_person,
    an_application,
    an_open_call,
    region_of,
    with_seats,
)
from tests.apps.admissions.tracks import a_tracks_call, held_of, taken_of, track_of, wishing
from trenza.apps.admissions.actions.acceptance import accept_award, decline_award
from trenza.apps.admissions.actions.appeals import answer_appeal, make_appeal
from trenza.apps.admissions.actions.applications import submit_application
from trenza.apps.admissions.actions.awards import award_application, award_in_order
from trenza.apps.admissions.actions.cascade import fill_from_waiting_list
from trenza.apps.admissions.actions.draws import freeze_list, give_seed, hold_draw
from trenza.apps.admissions.actions.ending import release_seat, withdraw_award
from trenza.apps.admissions.actions.fulfilments import complete_readiness, override_rule
from trenza.apps.admissions.actions.judging_anew import judge_portion
from trenza.apps.admissions.actions.sign_up import sign_up
from trenza.apps.admissions.actions.track_changes import change_own_track, change_track_of
from trenza.apps.admissions.errors import (
    AlreadyApplied,
    AppealNotOpen,
    ChangeUsed,
    DrawMovedOn,
    NoSeatLeft,
    WrongState,
)
from trenza.apps.admissions.models import (
    Appeal,
    Application,
    Award,
    AwardEnd,
    Call,
    Draw,
    Fulfilment,
    Readiness,
    Refusal,
    SeatPool,
    SignUp,
)
from trenza.apps.people.api import Person, grant_role
from trenza.apps.programmes.api import Edition, Enrolment, TrackChange, return_to_enrolment, withdraw_enrolment
from trenza.core import clock
from trenza.core.clock import travel
from trenza.core.errors import DomainError
from trenza.core.journal import work_until_done
from trenza.core.sweeps import sweep

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = CLOSES + timedelta(hours=HOURS, seconds=1)


def at_once(jobs: Sequence[Callable[[], Any]]) -> Counter[type]:
    """Do all jobs at the same moment; what they returned or why they could not, by type."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> type:
        try:
            barrier.wait(timeout=30)
            return type(job())
        except DomainError as error:
            return type(error)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return Counter(pool.map(run, jobs))


def test_64_awards_at_once_never_exceed_the_seats():
    call = with_seats(a_call(), 20, el_alto=7, oruro=30)
    applications = [an_application(call, n, ("el-alto", "oruro")[n % 2]) for n in range(64)]

    happened = at_once([partial(award_application, application=each, by=None) for each in applications])

    assert happened == {Award: 20, NoSeatLeft: 44}
    assert Award.objects.count() == Application.objects.filter(state="awarded").count() == 20
    taken = {pool.region and pool.region.code: pool.taken for pool in call.pools.select_related("region")}
    assert taken[None] == 20
    assert (taken["el-alto"] or 0) <= 7
    assert (taken["el-alto"] or 0) + (taken["oruro"] or 0) == 20


def test_awarding_in_order_and_one_by_one_at_once_never_deadlocks():
    call = with_seats(a_call(), el_alto=5, oruro=5)
    applications = [an_application(call, n, ("el-alto", "oruro")[n % 2]) for n in range(24)]
    jobs: list[Callable[[], Any]] = [
        partial(award_application, application=each, by=None) for each in reversed(applications)
    ]
    jobs += [lambda: award_in_order(call=call, by=None)] * 8

    happened = at_once(jobs)

    assert happened.keys() <= {Award, list, NoSeatLeft, WrongState}
    assert Award.objects.count() == 10
    assert {pool.taken for pool in call.pools.all()} == {5}


def test_one_application_awarded_many_times_at_once_is_awarded_once():
    call = with_seats(a_call(), 10)
    application = an_application(call)

    happened = at_once([lambda: award_application(application=application, by=None)] * 16)

    assert happened == {Award: 1, WrongState: 15}
    assert call.pools.get().taken == 1


def test_an_award_accepted_and_declined_at_once_is_answered_once():
    call = with_seats(a_call(), 10)
    award = award_application(application=an_application(call), by=None)

    at_once([lambda: accept_award(award=award, by=None), lambda: decline_award(award=award, by=None)] * 8)

    accepted = Enrolment.objects.count()
    assert call.pools.get().taken == accepted
    assert Application.objects.get().state == ("accepted" if accepted else "declined")


def test_500_seats_stay_500_while_64_answer_at_once_and_offers_expire_and_are_taken_back():
    """Double taps, noes, a sweep and the team at the same moment; then nobody waits while a seat is empty."""
    call = with_seats(a_call(answer_days=1), 500, el_alto=300, oruro=250)
    people = Person.objects.bulk_create(
        [Person(given_name=f"Juana {n}", birth_date=BORN, registered_at=OPENS) for n in range(580)]
    )
    for n, person in enumerate(people):
        an_application(call, n, ("el-alto", "oruro")[n % 2], person=person)
    awards = award_in_order(call=call, by=None)
    assert len(awards) == 500
    over = awards[-20:]
    Award.objects.filter(pk__in=[each.pk for each in over]).update(
        reached_at=OPENS, reached_how="seen", expires_at=OPENS + timedelta(days=1)
    )
    team = a_person(900)
    grant_role(person=team, role="coordinator", scope_kind="programme", scope=call.programme_id, by=None)
    jobs: list[Callable[[], Any]] = [partial(accept_award, award=awards[n // 2], by=None) for n in range(32)]
    jobs += [partial(decline_award, award=awards[16 + n], by=None) for n in range(12)]
    jobs += [partial(accept_award, award=each, by=None) for each in over[:6]]
    jobs += [partial(withdraw_award, award=awards[30 + n // 2], reason="Un error", by=team) for n in range(8)]
    jobs += [sweep] * 2
    jobs += [partial(fill_from_waiting_list, call=call.pk)] * 4

    happened = at_once(jobs)

    assert (happened[Enrolment], happened[Refusal], happened[AwardEnd]) == (16, 12, 4)
    sweep()
    work_until_done()
    states = Counter(Application.objects.values_list("state", flat=True))
    assert states == {
        "accepted": 16, "declined": 12, "taken_back": 4, "expired": 20, "awarded": 484, "waiting_list": 44,
    }  # fmt: skip
    taken = {pool.region and pool.region.code: pool.taken for pool in call.pools.select_related("region")}
    assert taken[None] == 500 == taken["el-alto"] + taken["oruro"]
    assert AwardEnd.objects.count() == 24


def test_leaving_and_returning_at_once_never_holds_two_seats():
    call = with_seats(a_call(), 2)
    Edition.objects.update(starts_on=(clock.now() + timedelta(days=9)).date())
    awards = [award_application(application=an_application(call, n), by=None) for n in range(2)]
    enrolments = [accept_award(award=each, by=None) for each in awards]
    an_application(call, 5, state="waiting_list")
    withdraw_enrolment(enrolment=enrolments[0], by=None)

    jobs: list[Callable[[], Any]] = [partial(return_to_enrolment, enrolment=enrolments[0], by=None)] * 4
    jobs += [partial(release_seat, enrolment=enrolments[0].pk), partial(fill_from_waiting_list, call=call.pk)] * 4
    at_once(jobs)
    work_until_done()

    assert call.pools.get().taken == 2
    assert call.applications.filter(state__in=["awarded", "accepted"]).count() == 2
    left = Enrolment.objects.get(pk=enrolments[0].pk).state == "withdrawn"
    assert left == call.applications.filter(state="awarded").exists()


def test_the_same_application_submitted_many_times_at_once_is_one():
    call, person = a_call(), a_person()
    region = region_of(call)

    happened = at_once(
        [lambda: submit_application(call=call, person=person, region=region, answers=READY, by=person)] * 16
    )

    assert happened == {Application: 1, AlreadyApplied: 15}


def test_64_sign_ups_at_once_never_exceed_the_seats():
    call = with_seats(an_open_call(), 20)
    region = region_of(call)
    people = [a_person(n) for n in range(64)]

    happened = at_once([partial(sign_up, call=call, person=each, region=region, by=each) for each in people])

    assert happened == {Enrolment: 20, NoSeatLeft: 44}
    assert SignUp.objects.count() == Enrolment.objects.count() == call.pools.get().taken == 20


def test_two_who_draw_at_once_draw_once():
    call = a_draw_call(2)
    for n in range(4):
        an_application(call, n)
    with travel(AFTER):
        freeze_list(call=call, by=None)
    give_seed(call=call, seed="48211", source="Lotería Nacional", by=None)

    happened = at_once([partial(hold_draw, call=call, by=None)] * 4)

    assert happened == {Draw: 1, DrawMovedOn: 3}
    assert Award.objects.count() == 2


def test_two_answers_to_a_second_look_at_once_leave_one():
    call = a_call(rules=ADULTS)
    application = applied(call)
    appeal = make_appeal(application=application, text="Ya tengo 25.", by=application.person)
    coordinator = coordinator_of(call)
    answers = [
        partial(answer_appeal, appeal=appeal, upheld=True, reason="Sí.", rules_met=["edad"], by=coordinator),
        partial(answer_appeal, appeal=appeal, upheld=False, reason="No.", by=coordinator),
    ]

    outcomes = at_once(answers * 2)

    assert outcomes == Counter({Appeal: 1, AppealNotOpen: 3})
    appeal.refresh_from_db()
    application.refresh_from_db()
    assert (application.state == "submitted") == bool(appeal.upheld)


def test_asking_for_a_second_look_from_two_devices_leaves_one_open():
    application = applied(a_call(rules=ADULTS))
    ask = partial(make_appeal, application=application, text="Ya tengo 25.", by=application.person)

    assert at_once([ask] * 4) == Counter({Appeal: 1, AppealNotOpen: 3})


def test_judging_again_while_places_are_awarded_takes_none_away():
    call = with_seats(a_call(), 10)
    applications = [applied(call, n) for n in range(20)]
    Call.objects.filter(pk=call.pk).update(rules=ADULTS)

    at_once(
        [
            partial(judge_portion, call=call.pk, after=None),
            *(partial(award_application, application=each, by=None) for each in applications[:8]),
        ]
    )

    for each in Application.objects.filter(call=call):
        assert each.state == ("awarded" if hasattr(each, "award") else "not_eligible")
    assert SeatPool.objects.get(call=call).taken == Award.objects.count()


def test_an_override_and_what_she_does_herself_at_once_fulfil_a_rule_once():
    call = a_call()
    application = applied(call, has_email=False)
    path = Readiness.objects.create(programme=call.programme, code="c", rule="correo", kind="email", title="Correo")
    coordinator = coordinator_of(call)

    at_once(
        [
            partial(complete_readiness, application=application, readiness=path, by=application.person),
            partial(override_rule, application=application, rule="correo", reason="Sí.", by=coordinator),
        ]
    )

    application.refresh_from_db()
    assert application.state == "submitted"
    assert Fulfilment.objects.filter(application=application, undone_at=None).count() == 1


def test_64_who_wish_at_once_never_exceed_the_seats_of_a_track():
    call = a_tracks_call(30, regions={"oruro": 20}, python=8, redes=8, soporte=12)
    orders = [("python", "redes", "soporte"), ("redes", "python"), ("python",), ("soporte", "python")]
    applications = [wishing(call, n, *orders[n % 4], region=("el-alto", "oruro")[n % 2]) for n in range(64)]

    happened = at_once([partial(award_application, application=each, by=None) for each in applications])

    assert happened.keys() <= {Award, NoSeatLeft}
    assert taken_of(call) == held_of(call)
    assert happened[Award] == taken_of(call)[""] >= 24


def test_64_changes_acceptances_and_refusals_at_once_keep_every_pool_exact():
    """Double taps, the team at the same moment, women who leave and who wait; nobody has two places."""
    call = a_tracks_call(40, python=14, redes=14, soporte=14)
    codes = ("python", "redes", "soporte")
    held = [award_application(application=wishing(call, n, codes[n % 3]), by=None) for n in range(36)]
    for award in held[:24]:
        accept_award(award=award, by=None)
    for n in range(36, 50):
        wishing(call, n, codes[n % 3], codes[(n + 1) % 3], state="waiting_list")
    team = coordinator_of(call)
    tracks = [track_of(call, code) for code in codes]
    jobs: list[Callable[[], Any]] = []
    for n, award in enumerate(held[:16]):
        own = partial(change_own_track, award=award, track=tracks[(n + 1) % 3], by=award.person)
        jobs += [own, own]
    jobs += [
        partial(change_track_of, award=award, track=tracks[(n + 2) % 3], reason="Lo pidió", by=team)
        for n, award in enumerate(held[8:20])
    ]
    jobs += [partial(accept_award, award=award, by=None) for award in held[24:30]]
    jobs += [partial(decline_award, award=award, by=None) for award in held[28:36]]
    jobs += [partial(fill_from_waiting_list, call=call.pk)] * 6
    assert len(jobs) == 64

    happened = at_once(jobs)
    work_until_done()

    assert happened.keys() <= {Award, Enrolment, Refusal, list, NoSeatLeft, ChangeUsed, WrongState}
    assert taken_of(call) == held_of(call)
    held_now = Award.objects.filter(application__state="accepted").select_related("acceptance__enrolment")
    assert all(award.track_id == award.acceptance.enrolment.track_id for award in held_now)
    by_themselves = TrackChange.objects.filter(by=F("enrolment__person")).values_list("enrolment", flat=True)
    assert len(by_themselves) == len(set(by_themselves))
    free = {pool.track_id for pool in call.pools.filter(track__isnull=False) if pool.left}
    if call.pools.get(region=None, track=None).left:
        assert not call.applications.filter(state="waiting_list", wishes__track__in=free).exists()
