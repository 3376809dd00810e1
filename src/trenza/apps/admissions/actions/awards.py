"""Award places within the seats: one application, or all in order of arrival."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.judging import State
from trenza.apps.admissions.actions.seats import LockedSeats
from trenza.apps.admissions.actions.wishes import wishes_of
from trenza.apps.admissions.eligibility import Outcome, Unmet
from trenza.apps.admissions.errors import (
    ByDrawOnly,
    DrawNotReady,
    NoSeatLeft,
    NotEligible,
    WaitsForGuardian,
    WishesNotValid,
    WrongState,
)
from trenza.apps.admissions.events import ApplicationPutOnWaitingList, AwardMade
from trenza.apps.admissions.models import Application, Award, Call, Draw
from trenza.apps.admissions.queries import in_order_of_award
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Region, Track
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import action, record

_MAY_BE_AWARDED = (State.SUBMITTED, State.WAITING_LIST)
_AT_ONCE = 500

Place = tuple[Application, UUID]
"""An application, and the track in which it has taken a seat."""


@action
def award_application(*, application: Application, by: Person | None, track: Track | None = None) -> Award:
    """Award a place to one applicant, whatever her place in the order: in the best of her wishes that has a seat, or in
    `track`, which is one of them.

    Raises:
        NoSeatLeft: the call's seats, her region's, or those of what she wishes for, are taken.
        WishesNotValid: she does not wish for `track`.
        NotEligible: she does not meet the rules, or needs help first.
        WaitsForGuardian: she is a minor.
        WrongState: she was awarded a place already, or withdrew.
        ByDrawOnly: the places of this call are drawn.
        NotAllowed: `by` may not award places there.
    """
    if by is not None:
        rules.awardable_applications.require(by, application)
    if application.call.is_drawn:
        raise ByDrawOnly
    ensure_awardable(Application.objects.get(pk=application.pk))  # so that a second click hears why, full or not
    wishes = wishes_of(application.call, [application.pk])[application.pk]
    if track is not None and track.pk not in wishes:
        raise WishesNotValid
    seats = LockedSeats(application.call)  # seats first: see the lock order in seats.py
    place = seats.take_best(application.region_id, [track.pk] if track else wishes)
    if place is None:
        raise NoSeatLeft
    seats.write()
    held = Application.objects.select_for_update().get(pk=application.pk)
    ensure_awardable(held)
    [made] = award([(held, place)], by)
    application.state = State.AWARDED
    return made


@action
def award_in_order(
    *, call: Call, by: Person | None, region: Region | None = None, limit: int | None = None
) -> list[Award]:
    """Award places in order until the seats are gone or `limit` are awarded: in `region`, or in all.

    The order is that of arrival; after a draw, that in which they were drawn, and then who came later. Each gets the
    best of her wishes that has a seat when it is her turn. Whoever finds no seat stands on the waiting list from then
    on. With a limit, those behind it are left as they are.

    Raises:
        DrawNotReady: the places are drawn first.
        NotAllowed: `by` may not award places in the whole call.
    """
    if by is not None:
        rules.awardable_calls.require(by, call)
    if call.is_drawn and not Draw.objects.filter(call=call, drawn_at__isnull=False).exists():
        raise DrawNotReady
    seats = LockedSeats(call)
    queue = in_order_of_award(call.applications.filter(state__in=_MAY_BE_AWARDED), call).select_for_update(of=("self",))
    if region is not None:
        queue = queue.filter(region=region)
    if by is not None:
        queue = queue.exclude(person=by)
    chosen: list[Place] = []
    without: list[Application] = []
    waiting = list(queue)
    wishes = wishes_of(call, [each.pk for each in waiting])
    for application in waiting:
        if limit is not None and len(chosen) >= limit:
            break
        place = seats.take_best(application.region_id, wishes[application.pk])
        if place is None:
            without.append(application)
        else:
            chosen.append((application, place))
    seats.write()
    awards = award(chosen, by)
    put_on_waiting_list([each for each in without if each.state != State.WAITING_LIST], by)
    return awards


def ensure_awardable(application: Application) -> None:
    """Raises what `award_application` says."""
    match application.state:
        case State.SUBMITTED | State.WAITING_LIST:
            return
        case State.NOT_ELIGIBLE | State.NEEDS_HELP:
            raise NotEligible(
                [
                    Outcome(each.rule, each.met, each.sentence, each.help, Unmet(each.unmet))
                    for each in application.outcomes.all()
                ]
            )
        case State.WAITING_GUARDIAN:
            raise WaitsForGuardian
    raise WrongState(application.state)


def award(places: Sequence[Place], by: Person | None) -> list[Award]:
    """Within an action that holds these applications of one call, and their seats. Who let an offer expire and came
    back is offered a place anew."""
    now = clock.now()
    applications, tracks = [each for each, _track in places], {each.pk: track for each, track in places}
    awards = _offer_again([each for each in applications if each.rejoined_at], tracks, now, by)
    again = {each.application_id for each in awards}
    awards += Award.objects.bulk_create(
        Award(
            id=new_id(),
            application=application,
            call_id=application.call_id,
            person_id=application.person_id,
            region_id=application.region_id,
            track_id=tracks[application.pk],
            awarded_at=now,
            awarded_by=by,
        )
        for application in applications
        if application.pk not in again
    )
    _move(applications, State.AWARDED)
    edition = applications[0].call.edition_id if applications else None
    for each in awards:
        record(
            AwardMade(award=each.pk, application=each.application_id, call=each.call_id, region=each.region_id),
            by=_id(by),
            about=each.person_id,
            edition=edition,
        )
    return awards


def _offer_again(
    applications: Sequence[Application], tracks: Mapping[UUID, UUID], now: datetime, by: Person | None
) -> list[Award]:
    found = Award.objects.filter(application__in=[each.pk for each in applications[:_AT_ONCE]])
    awards = list(found.order_by("awarded_at", "id"))
    for each in awards:
        each.offered_at, each.awarded_by, each.track_id = now, by, tracks[each.application_id]
        each.reached_at, each.reached_how, each.reached_by, each.expires_at = None, "", None, None
    Award.objects.bulk_update(
        awards, ["offered_at", "awarded_by", "track", "reached_at", "reached_how", "reached_by", "expires_at"]
    )
    if len(applications) > _AT_ONCE:
        awards += _offer_again(applications[_AT_ONCE:], tracks, now, by)
    return awards


def put_on_waiting_list(applications: Sequence[Application], by: Person | None) -> None:
    """Within an action that holds these applications of one call."""
    _move(applications, State.WAITING_LIST)
    edition = applications[0].call.edition_id if applications else None
    for application in applications:
        record(
            ApplicationPutOnWaitingList(application=application.pk),
            by=_id(by),
            about=application.person_id,
            edition=edition,
        )


def _move(applications: Sequence[Application], state: State) -> None:
    for some in _pieces([application.pk for application in applications]):
        Application.objects.filter(pk__in=some).update(state=state)


def _pieces(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _id(person: Person | None) -> UUID | None:
    return person.pk if person else None
