"""What follows for applications from what happened among people, and with seats."""

from uuid import UUID

from trenza.apps.admissions.actions.bringing_in import bring_in_portion
from trenza.apps.admissions.actions.cascade import fill_from_waiting_list
from trenza.apps.admissions.actions.ending import release_seat
from trenza.apps.admissions.actions.follow_ons import offer_follow_on
from trenza.apps.admissions.actions.guardians import continue_applications_of, stop_applications_of
from trenza.apps.admissions.actions.judging_anew import judge_portion
from trenza.apps.admissions.events import (
    ApplicationContinued,
    AwardDeclined,
    AwardEnded,
    AwardMoved,
    CallRulesChanged,
    DrawHeld,
    JudgingContinued,
    WaitingListRejoined,
)
from trenza.apps.admissions.models import Application, Award, Call
from trenza.apps.people.events import GuardianChecked, GuardianWithdrawn, ImportConfirmed, ImportContinued
from trenza.apps.programmes.events import DefinitionLoaded, EnrolmentChanged, FollowOnEarned
from trenza.core.journal import Line, reaction


@reaction("admissions.continue_minors", GuardianChecked)
def continue_minors(line: Line) -> None:
    """Her guardian agrees, and the team has checked it: what waited goes on."""
    if line.person:
        continue_applications_of(person=line.person)


@reaction("admissions.stop_minors", GuardianWithdrawn)
def stop_minors(line: Line) -> None:
    """Her guardian no longer agrees: what has no place yet waits again."""
    if line.person:
        stop_applications_of(person=line.person)


@reaction("admissions.people_import", ImportConfirmed, ImportContinued)
def bring_people_in(line: Line) -> None:
    """A list was confirmed: its people come in, a portion at a time."""
    assert isinstance(line.event, ImportConfirmed | ImportContinued)
    bring_in_portion(people_import=line.event.people_import)


@reaction("admissions.free_seat", AwardDeclined, AwardEnded)
def give_free_seat_on(line: Line) -> None:
    """Her seat goes to who is next on the waiting list."""
    assert isinstance(line.event, AwardDeclined | AwardEnded)
    _fill(Award.objects.values_list("call", flat=True).get(pk=line.event.award))


@reaction("admissions.seat_of_track", AwardMoved)
def give_seat_of_track_on(line: Line) -> None:
    """She changed her track: her seat in the one before goes to the first who wishes for it."""
    assert isinstance(line.event, AwardMoved)
    _fill(line.event.call)


@reaction("admissions.waits_again", WaitingListRejoined)
def give_seat_to_who_waits_again(line: Line) -> None:
    """A seat may be free, where nobody waited."""
    assert isinstance(line.event, WaitingListRejoined)
    _fill(Application.objects.values_list("call", flat=True).get(pk=line.event.application))


@reaction("admissions.follow_on_continues", ApplicationContinued)
def offer_what_follows_to_who_waited(line: Line) -> None:
    """Her guardian agrees: what she earned is offered to her."""
    assert isinstance(line.event, ApplicationContinued)
    call = Application.objects.values_list("call", flat=True)
    if found := call.filter(pk=line.event.application, call__follow_on__isnull=False).first():
        _fill(found)


@reaction("admissions.left_before_it_began", EnrolmentChanged)
def free_seat_of_who_left(line: Line) -> None:
    """Whoever leaves before her edition begins leaves her seat to the next."""
    assert isinstance(line.event, EnrolmentChanged)
    if line.event.state == "withdrawn":
        release_seat(enrolment=line.event.enrolment)


@reaction("admissions.follow_on", FollowOnEarned)
def offer_what_follows(line: Line) -> None:
    """A scholarship that follows from what she completed."""
    assert isinstance(line.event, FollowOnEarned)
    offer_follow_on(earned=line.event.earned)


@reaction("admissions.seats_left_by_draw", DrawHeld)
def give_seats_left_on(line: Line) -> None:
    """Whoever withdrew before the draw left hers to the next."""
    assert isinstance(line.event, DrawHeld)
    _fill(line.event.call)


@reaction("admissions.more_seats", DefinitionLoaded)
def give_new_seats_on(line: Line) -> None:
    """A definition may have more seats than the one before: they go to who waits."""
    assert isinstance(line.event, DefinitionLoaded)
    for call in Call.objects.filter(programme=line.event.programme, applications__state="waiting_list").distinct():
        _fill(call.pk)


@reaction("admissions.judge_again", CallRulesChanged, JudgingContinued)
def judge_again_on(line: Line) -> None:
    """The rules of a call changed: its applications without a place are judged again, a portion at a time."""
    match line.event:
        case CallRulesChanged(call=call):
            judge_portion(call=call, after=None)
        case JudgingContinued(call=call, after=after):
            judge_portion(call=call, after=after)


def _fill(call: UUID) -> None:
    while fill_from_waiting_list(call=call):
        pass
