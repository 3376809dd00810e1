"""What a scholarship contains, and whether she has it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from trenza.apps.admissions import rules
from trenza.apps.admissions.errors import NotReachedThen, WrongState
from trenza.apps.admissions.events import PartGiven, PartNotGiven
from trenza.apps.admissions.models import Award, AwardPart, Call
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import action, record
from trenza.core.rowwise import Outcomes, each

_AT_ONCE = 500


def begin_parts(call: Call, awards: Sequence[Award], *, on: datetime) -> None:
    """Within an action in which these awards are accepted: what they contain is hers to get from now on.

    The course she has: she is enrolled. What is there already stays as it is.
    """
    day = on.astimezone(call.zone).date()
    rows = [
        AwardPart(
            id=new_id(),
            award=award,
            code=part["code"],
            kind=part["kind"],
            name=part["name"],
            given_on=day if part["kind"] == "course" and call.follow_on_id is None else None,
            recorded_at=clock.now() if part["kind"] == "course" and call.follow_on_id is None else None,
        )
        for award in awards
        for part in call.contains
    ]
    AwardPart.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_AT_ONCE)


def update_parts(call: Call) -> None:
    """Within the action that loads the definition: who has accepted gets what was added, and new names; nothing that
    somebody was promised or given goes."""
    for part in call.contains:
        named = AwardPart.objects.filter(award__call=call, code=part["code"])
        named.exclude(name=part["name"], kind=part["kind"]).update(name=part["name"], kind=part["kind"])
        without = call.awards.filter(application__state="accepted").exclude(parts__code=part["code"])
        begin_parts(call, list(without.only("pk")), on=clock.now())


@action
def give_part(*, part: AwardPart, on: date, by: Person) -> AwardPart:
    """Say that she got it on this day.

    Raises:
        NotReachedThen: the day has not come, or lies before she was awarded the place.
        WrongState: it was given before.
        NotAllowed: `by` may not award places there, or it is her own.
    """
    rules.keepable_parts.require(by, part)
    held = _held(part)
    zone = held.award.call.zone
    if not held.award.awarded_at.astimezone(zone).date() <= on <= clock.today(zone):
        raise NotReachedThen
    if held.given_on is not None:
        raise WrongState("given")
    held.given_on, held.given_by, held.recorded_at = on, by, clock.now()
    held.save(update_fields=["given_on", "given_by", "recorded_at"])
    record(
        PartGiven(part=held.pk, award=held.award_id),
        by=by.pk,
        about=held.award.person_id,
        edition=held.award.call.edition_id,
    )
    return held


@action
def give_parts(*, parts: Collection[AwardPart], on: date, by: Person) -> Outcomes:
    """Say of these that they were given on this day; an outcome may be what `give_part` raises."""
    return each(parts, lambda part: give_part(part=part, on=on, by=by))


@action
def take_mark_back(*, part: AwardPart, by: Person) -> AwardPart:
    """It was marked by mistake: she does not have it.

    Raises:
        WrongState: it is not marked.
        NotAllowed: `by` may not award places there, or it is her own.
    """
    rules.keepable_parts.require(by, part)
    held = _held(part)
    if held.given_on is None:
        raise WrongState("not given")
    held.given_on, held.given_by, held.recorded_at = None, None, None
    held.save(update_fields=["given_on", "given_by", "recorded_at"])
    record(
        PartNotGiven(part=held.pk, award=held.award_id),
        by=by.pk,
        about=held.award.person_id,
        edition=held.award.call.edition_id,
    )
    return held


@action
def take_marks_back(*, parts: Collection[AwardPart], by: Person) -> Outcomes:
    """The same for several; an outcome may be what `take_mark_back` raises."""
    return each(parts, lambda part: take_mark_back(part=part, by=by))


def _held(part: AwardPart) -> AwardPart:
    rows = AwardPart.objects.select_for_update(of=("self",)).select_related("award__call")
    return rows.get(pk=part.pk)
