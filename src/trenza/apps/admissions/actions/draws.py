"""The steps of a draw after its announcement: freeze the list, type in the seed, draw.

The row of the draw is locked before seats and applications: see the lock order in the README.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.awards import award, put_on_waiting_list
from trenza.apps.admissions.actions.judging import State
from trenza.apps.admissions.actions.seats import LockedSeats
from trenza.apps.admissions.draw.allocation import AT_LARGE, RESERVED
from trenza.apps.admissions.draw.drawing import Drawing, seed_problem
from trenza.apps.admissions.draw.replay import MOST_TEXT, RESULTS
from trenza.apps.admissions.draw.rule import MOST_APPLICATIONS, list_hash
from trenza.apps.admissions.eligibility import is_one_of
from trenza.apps.admissions.errors import DrawMovedOn, DrawNotReady, NoSeatLeft, SeedNotValid
from trenza.apps.admissions.events import DrawHeld, DrawListFrozen, DrawSeedGiven
from trenza.apps.admissions.models import Application, Call, Draw, DrawEntry
from trenza.apps.admissions.queries import entries_of
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.ids import new_secret_code
from trenza.core.journal import Event, action, record

NUMBER_LENGTH = 16
_AT_ONCE = 500
_ON_THE_LIST = (State.SUBMITTED, State.WAITING_LIST)


@action
def freeze_list(*, call: Call, by: Person | None) -> Draw:
    """Close the list: everybody who meets the conditions now is on it, under a random public number.

    Who waits for a guardian or needs help is not; her application joins the end of the waiting list later.

    Raises:
        DrawNotReady: the call is open still, or the hours for what was offline are not over.
        DrawMovedOn: the list was frozen already.
        NotAllowed: `by` may not award places in the whole call.
    """
    draw = _held(call, by)
    if draw.frozen_at is not None:
        raise DrawMovedOn
    now = clock.now()
    if now < call.list_closes_at:
        raise DrawNotReady
    found = call.applications.filter(state__in=_ON_THE_LIST).order_by("submitted_at", "id")
    if found.count() > MOST_APPLICATIONS:
        raise DrawNotReady
    DrawEntry.objects.bulk_create(_lines(draw, found.select_related("region", "response")), batch_size=_AT_ONCE)
    draw.frozen_at, draw.frozen_by = now, by
    draw.list_hash = list_hash(entries_of(draw))
    draw.applications = draw.entries.count()
    draw.save(update_fields=["frozen_at", "frozen_by", "list_hash", "applications"])
    frozen = DrawListFrozen(draw=draw.pk, call=call.pk, list=draw.list_hash, applications=draw.applications)
    _record(frozen, draw, by)
    return draw


@action
def give_seed(*, call: Call, seed: str, source: str, by: Person | None) -> Draw:
    """Type in the seed and where it was read. What was mistyped may be corrected until the draw; each is recorded.

    Raises:
        DrawNotReady: the list has not been frozen.
        DrawMovedOn: the places were drawn already.
        SeedNotValid: it is no seed (draw/drawing.py says what is), or no source is named.
        NotAllowed: `by` may not award places in the whole call.
    """
    draw = _held(call, by)
    if draw.frozen_at is None:
        raise DrawNotReady
    if draw.drawn_at is not None:
        raise DrawMovedOn
    seed, source = seed.strip(), source.strip()
    if seed_problem(seed) or not source.isprintable() or not 4 <= len(source) <= min(200, MOST_TEXT):
        raise SeedNotValid
    draw.seed, draw.seed_source, draw.seeded_at, draw.seeded_by = seed, source, clock.now(), by
    draw.save(update_fields=["seed", "seed_source", "seeded_at", "seeded_by"])
    hashed = hashlib.sha256(seed.encode()).hexdigest()
    _record(DrawSeedGiven(draw=draw.pk, call=call.pk, seed=hashed), draw, by)
    return draw


@action
def hold_draw(*, call: Call, by: Person | None) -> Draw:
    """Draw: who has a place is awarded it, everybody else on the list stands on the waiting list in the order drawn.

    Who withdrew after the list was frozen keeps her line and is awarded nothing: her seat is free for the next.

    Raises:
        DrawNotReady: no seed was typed in.
        DrawMovedOn: the places were drawn already.
        NoSeatLeft: the call has fewer seats than its rule.
        NotAllowed: `by` may not award places in the whole call.
    """
    draw = _held(call, by)
    if draw.drawn_at is not None:
        raise DrawMovedOn
    if draw.seeded_at is None:
        raise DrawNotReady
    seats = LockedSeats(call)
    drawing = Drawing(draw.drawn_by_rule)
    drawing.add_all(entries_of(draw))
    drawn = drawing.draw(draw.seed)
    rows = list(draw.entries.order_by("number"))
    for row, rank, result in zip(rows, drawn.ranks, drawn.results, strict=True):
        row.rank, row.result = rank, RESULTS[result]
    DrawEntry.objects.bulk_update(rows, ["rank", "result"], batch_size=_AT_ONCE)
    reserved, at_large = (drawn.results.count(each) for each in (RESERVED, AT_LARGE))
    draw.drawn_at, draw.drawn_by, draw.filled = clock.now(), by, list(drawn.filled)
    draw.save(update_fields=["drawn_at", "drawn_by", "filled"])
    _record(DrawHeld(draw=draw.pk, call=call.pk, reserved=reserved, at_large=at_large), draw, by)
    _place(draw, seats, by)
    return draw


def _place(draw: Draw, seats: LockedSeats, by: Person | None) -> None:
    queue = Application.objects.filter(draw_entry__draw=draw, state__in=_ON_THE_LIST).order_by("draw_entry__rank")
    given = set(draw.entries.exclude(result="waiting").values_list("application", flat=True))
    chosen, waiting = [], []
    tracks = [each.pk for each in draw.call.tracks_offered]  # one: no draw has several
    for application in queue.select_for_update(of=("self",)):
        if application.pk not in given:
            waiting.append(application)
        elif place := seats.take_best(application.region_id, tracks):
            chosen.append((application, place))
        else:
            raise NoSeatLeft
    seats.write()
    award(chosen, by)
    put_on_waiting_list([each for each in waiting if each.state != State.WAITING_LIST], by)


def _lines(draw: Draw, applications: Any) -> Iterator[DrawEntry]:
    for application in applications.iterator(chunk_size=_AT_ONCE):
        answers = application.response.answers if application.response else {}
        yield DrawEntry(
            draw=draw,
            application=application,
            number=new_secret_code(NUMBER_LENGTH),
            region=application.region.code if application.region else "",
            groups=[
                group["code"]
                for group in draw.terms["groups"]
                if is_one_of(answers.get(group["question"]), group["one_of"])
            ],
        )


def _held(call: Call, by: Person | None) -> Draw:
    """The draw of the call, locked. Raises DrawNotReady where none was announced."""
    if by is not None:
        rules.awardable_calls.require(by, call)
    draw = Draw.objects.select_for_update(of=("self",)).select_related("call").filter(call=call).first()
    if draw is None:
        raise DrawNotReady
    return draw


def _record(event: Event, draw: Draw, by: Person | None) -> None:
    record(event, by=by.pk if by else None, about=None, edition=draw.call.edition_id)
