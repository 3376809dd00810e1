"""A rule counts as met for one application: by what she did, or because a coordinator says so. It can be undone."""

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.judging import Cause, State, held_to_judge, judge_again
from trenza.apps.admissions.errors import NotEnough, NotFulfillable, WrongState
from trenza.apps.admissions.events import FulfilmentUndone, RuleFulfilled
from trenza.apps.admissions.models import Application, Fulfilment, Readiness
from trenza.apps.admissions.models.fulfilment import REASON_LENGTH
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.journal import action, record

How = Fulfilment.How


@action
def complete_readiness(*, application: Application, readiness: Readiness, by: Person) -> Application:
    """She did what a path asks of her: its rule is met, her application is judged again and keeps its place.

    Whether she did it, the page has seen. Done twice it stays as it was.

    Raises:
        WrongState: the application does not need help.
        NotFulfillable: the rule is none of this application's.
        NotAllowed: it is not hers.
    """
    rules.own_applications.require(by, application)
    held = held_to_judge(application)
    if held.fulfilments.filter(rule=readiness.rule, undone_at=None).exists():
        return held
    if held.state != State.NEEDS_HELP:
        raise WrongState(held.state)
    how = How.TASKS if readiness.kind == Readiness.Kind.TASKS else How.EMAIL
    fulfil(held, [readiness.rule], how=how, cause=Cause.READINESS, by=by)
    return held


@action
def override_rule(*, application: Application, rule: str, reason: str, by: Person) -> Fulfilment:
    """Let a rule count as met for this application, whatever it answers; she reads the reason.

    Raises:
        NotEnough: no reason.
        NotFulfillable: the rule is none of this application's, or is met.
        WrongState: it has a place, was declined or withdrawn, or stands on the frozen list of a draw.
        NotAllowed: `by` may not award it a place, or it is her own.
    """
    rules.awardable_applications.require(by, application)
    said = reason.strip()[:REASON_LENGTH]
    if not said:
        raise NotEnough
    [made] = fulfil(held_to_judge(application), [rule], how=How.TEAM, cause=Cause.OVERRIDE, by=by, reason=said)
    return made


@action
def undo_fulfilment(*, fulfilment: Fulfilment, by: Person) -> Application:
    """The rule is judged by the answers again.

    Raises:
        NotFulfillable: it was undone already.
        WrongState, NotAllowed: as `override_rule`.
    """
    rules.awardable_applications.require(by, fulfilment.application)
    held = held_to_judge(fulfilment.application)
    undone = Fulfilment.objects.filter(pk=fulfilment.pk, application=held, undone_at=None)
    if not undone.update(undone_at=clock.now(), undone_by=by):
        raise NotFulfillable
    state = judge_again(held, cause=Cause.UNDONE, by=by)
    record(
        FulfilmentUndone(fulfilment=fulfilment.pk, application=held.pk, state=state.value),
        by=by.pk,
        about=held.person_id,
        edition=held.call.edition_id,
    )
    return held


def fulfil(
    held: Application, codes: list[str], *, how: How, cause: Cause, by: Person, reason: str = ""
) -> list[Fulfilment]:
    """Within an action that holds it: these rules count as met, and it is judged again once.

    Raises:
        NotFulfillable: one is none of this application's, or is met.
    """
    unmet = {each.rule for each in held.outcomes.all() if not each.met}
    if not codes or not set(codes) <= unmet:
        raise NotFulfillable
    now = clock.now()
    made = [
        Fulfilment.objects.create(application=held, rule=code, how=how, reason=reason, made_at=now, made_by=by)
        for code in dict.fromkeys(codes)
    ]
    state = judge_again(held, cause=cause, by=by)
    for each in made:
        record(
            RuleFulfilled(fulfilment=each.pk, application=held.pk, how=how.value, state=state.value),
            by=by.pk,
            about=held.person_id,
            edition=held.call.edition_id,
        )
    return made
