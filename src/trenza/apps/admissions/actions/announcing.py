"""The rule of a draw is announced with its call, and stands from the moment that the call opens."""

from trenza.apps.admissions.draw.replay import rule_hash
from trenza.apps.admissions.draw.rule import DrawRule, Group
from trenza.apps.admissions.errors import DrawStands
from trenza.apps.admissions.events import DrawAnnounced
from trenza.apps.admissions.models import Call, Draw
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.journal import record


def rule_of(call: Call) -> DrawRule:
    """The rule that the definition of a draw comes to: its seats, those of its regions, those of its groups."""
    seats = {pool.region_id: pool.seats for pool in call.pools.all()}
    return DrawRule(
        seats=seats.get(None),
        regions={region.code: seats.get(region.pk) for region in call.regions.all()},
        groups=tuple(Group(each["code"], each["seats"]) for each in (call.draw_terms or {})["groups"]),
    )


def announce_draw(call: Call, by: Person | None) -> None:
    """Within the action that publishes the call: its rule and its terms are fixed."""
    made = Draw.objects.create(call=call, rule=rule_of(call).text, terms=call.draw_terms, announced_at=clock.now())
    _record(made, by)


def announce_again(call: Call) -> None:
    """Within the action that loads the definition: before the call opens a rule may change, and is announced anew.

    A call that was published without a draw has one from now on, if it has not opened yet.

    Raises:
        DrawStands: the call has opened, and the definition changes the rule or terms of a draw to be held, or how one
            gets in.
    """
    found = Draw.objects.filter(call=call).select_for_update().first()
    if found is None:
        if call.is_drawn and call.published_at is not None:
            if call.opens_at <= clock.now():
                raise DrawStands(call.code)
            announce_draw(call, None)
        return
    if found.drawn_at is not None:
        return
    if not call.is_drawn:
        raise DrawStands(call.code)
    rule = rule_of(call).text
    if (found.rule, found.terms) == (rule, call.draw_terms):
        return
    if call.opens_at <= clock.now() or found.frozen_at is not None:
        raise DrawStands(call.code)
    found.rule, found.terms, found.announced_at = rule, call.draw_terms, clock.now()
    found.save(update_fields=["rule", "terms", "announced_at"])
    _record(found, None)


def _record(draw: Draw, by: Person | None) -> None:
    record(
        DrawAnnounced(draw=draw.pk, call=draw.call_id, rule=rule_hash(draw.drawn_by_rule)),
        by=by.pk if by else None,
        about=None,
        edition=draw.call.edition_id,
    )
