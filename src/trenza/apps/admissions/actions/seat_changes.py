"""The team raises, lowers and moves seats, and sets free what was kept for launches: each time with a reason.

The definition stays the truth: what is changed here is written into it and loaded as its next version
(docs/decisions/0028-offers-seats-and-tracks.md).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.reasons import reason_of
from trenza.apps.admissions.actions.seats import Because, SeatPlan, seat_plan_of, set_seats
from trenza.apps.admissions.errors import NothingToChange, SeatsDoNotAddUp
from trenza.apps.admissions.models import Call
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import EditionSection, Programme, Region, Track, load_definition
from trenza.core.definition import Definition, DefinitionErrors, parse_definition, write_data
from trenza.core.journal import action


@action
def change_seats(*, call: Call, plan: SeatPlan, reason: str, by: Person) -> Call:
    """Give a call these seats, and its definition with it; who waits for one that is new is awarded it afterwards.

    Raises:
        ReasonMissing: no reason, or one that is too long.
        NothingToChange: the call has these seats.
        SeatsDoNotAddUp: the definition would not hold, such as regions with more seats than there are in total.
        SeatsTaken: fewer than are held by awards, accepted or not.
        DrawStands: the call is drawn, its rule stands, and the draw has not been held.
        NotAllowed: `by` may not publish the whole call.
    """
    rules.publishable_calls.require(by, call)
    reason = reason_of(reason)
    # The definition first, as whoever loads one does; then the pools.
    programme = Programme.objects.select_for_update().get(pk=call.programme_id)
    held = Call.objects.select_related("follow_on").get(pk=call.pk)
    before = seat_plan_of(held)
    if plan == before:
        raise NothingToChange
    definition = _written(programme, held, plan)
    set_seats(held, plan, before=before, because=Because(reason, by))
    Call.objects.filter(pk=held.pk).update(seats=plan.total, held_back=plan.held_back)
    load_definition(definition=definition, by=by, today=_day_of_loading(programme, definition))
    return held


@action
def move_seats(*, call: Call, seats: int, source: UUID | None, target: UUID | None, reason: str, by: Person) -> Call:
    """Move seats from one region to another, or from one track to another; None as the source is what was kept for
    launches, as the target what anybody of the call may get.

    Raises:
        SeatsDoNotAddUp: the source has not so many, one of them has no seats of its own, or one is a region and the
            other a track.
        and what `change_seats` raises.
    """
    rules.publishable_calls.require(by, call)
    Programme.objects.select_for_update().get(pk=call.programme_id)
    now = seat_plan_of(Call.objects.get(pk=call.pk))
    regions, tracks, held_back = dict(now.by_region), dict(now.by_track), now.held_back
    named = {each for each in (source, target) if each is not None}
    if seats < 1 or source == target or not (named <= regions.keys() or named <= tracks.keys()):
        raise SeatsDoNotAddUp
    pools = regions if named <= regions.keys() else tracks
    if source is None:
        held_back -= seats
    else:
        pools[source] -= seats
    if target is not None:
        pools[target] += seats
    if held_back < 0 or any(each < 0 for each in pools.values()):
        raise SeatsDoNotAddUp
    return change_seats(call=call, plan=SeatPlan(now.total, held_back, regions, tracks), reason=reason, by=by)


def _written(programme: Programme, call: Call, plan: SeatPlan) -> Definition:
    """The definition that holds, with these seats in it."""
    data = dict(parse_definition(programme.versions.latest("number").source.encode()).data)
    section, code = ("follows", call.follow_on.code) if call.follow_on else ("call", call.code)
    codes = dict(Region.objects.filter(pk__in=plan.by_region).values_list("pk", "code"))
    codes |= dict(Track.objects.filter(pk__in=plan.by_track).values_list("pk", "code"))
    data[section] = tuple(
        _with(table, plan, codes) if table["code"] == code else table for table in data.get(section, ())
    )
    try:
        return parse_definition(write_data(data).encode())
    except DefinitionErrors as errors:
        raise SeatsDoNotAddUp from errors


def _with(table: Mapping[str, Any], plan: SeatPlan, codes: Mapping[UUID, str]) -> dict[str, Any]:
    """The table of a call with other seats; regions and tracks keep the order in which they stand."""
    seats = ("seats", "held_back", "quota", "track_seats")
    changed = {key: value for key, value in table.items() if key not in seats}
    if plan.total is not None:
        changed["seats"] = plan.total
    if plan.held_back:
        changed["held_back"] = plan.held_back
    for key, of, pools in (("quota", "region", plan.by_region), ("track_seats", "track", plan.by_track)):
        wanted = {codes[each]: number for each, number in pools.items()}
        known = [each[of] for each in table.get(key, ()) if each[of] in wanted]
        if wanted:
            ordered = [*known, *sorted(set(wanted) - set(known))]
            changed[key] = tuple({of: code, "seats": wanted[code]} for code in ordered)
    return changed


def _day_of_loading(programme: Programme, definition: Definition) -> date | None:
    """From which day a demonstration counts its days: other seats do not move its calls."""
    for section in definition.of(EditionSection):
        if section.demonstration and section.starts_day is not None:
            edition = programme.editions.get(code=section.code)
            return edition.starts_on - timedelta(days=section.starts_day)
    return None
