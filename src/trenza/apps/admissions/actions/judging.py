"""Apply a call's rules to a person's answers, and keep what came out."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from trenza.apps.admissions.eligibility import BIRTH_DATE, Outcome, Unmet, Verdict, verdict
from trenza.apps.admissions.errors import Incomplete, WrongState
from trenza.apps.admissions.minors import waits_for_guardian
from trenza.apps.admissions.models import Application, Call, Draw, EligibilityOutcome, Fulfilment, Judgement
from trenza.apps.forms.api import Answers
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.bulk import insert
from trenza.core.ids import new_id

State = Application.State
Cause = Judgement.Cause

JUDGED = (State.SUBMITTED, State.WAITING_GUARDIAN, State.NEEDS_HELP, State.NOT_ELIGIBLE, State.WAITING_LIST)
"""The states before a place: who holds one, declined it or withdrew is not judged again."""

_STATES = {
    Verdict.ELIGIBLE: State.SUBMITTED,
    Verdict.NEEDS_HELP: State.NEEDS_HELP,
    Verdict.NOT_ELIGIBLE: State.NOT_ELIGIBLE,
}


def move(application: Application, state: State) -> None:
    """Within an action that holds it: it stands there from now on."""
    application.state = state
    application.save(update_fields=["state"])


def judge(call: Call, person: Person, answers: Answers, fulfilled: Collection[str] = ()) -> list[Outcome]:
    """The outcome of each rule. Age counts on the day that the call names, else on that on which it closes, there.

    Raises:
        Incomplete: her date of birth is not known, so nobody can tell whether a guardian must agree.
    """
    if person.birth_date is None:
        raise Incomplete([BIRTH_DATE])
    return call.ruleset.evaluate(answers, call.age_day, fulfilled, born=person.birth_date)


def state_after(call: Call, outcomes: Sequence[Outcome], *, waits: bool) -> State:
    """Where an application stands after its rules were judged. `waits`: for a guardian.

    Once the list of a draw is frozen, who would be submitted stands at the end of the waiting list.
    """
    if call.is_follow_on:
        return State.WAITING_GUARDIAN if waits else State.WAITING_LIST  # her place in the line is given by itself
    found = verdict(outcomes)
    state = State.WAITING_GUARDIAN if waits and found != Verdict.NOT_ELIGIBLE else _STATES[found]
    is_late = state == State.SUBMITTED and call.is_drawn
    if is_late and Draw.objects.filter(call=call, frozen_at__isnull=False).exists():
        return State.WAITING_LIST
    return state


def held_to_judge(application: Application) -> Application:
    """The application, locked, with what its rules are applied to.

    Raises:
        WrongState: it has a place, was declined or withdrawn; or stands on the frozen list of a draw.
    """
    held = (
        Application.objects.select_for_update(of=("self",))
        .select_related("call__programme", "call__edition", "person", "region", "response")
        .get(pk=application.pk)
    )
    if held.state not in JUDGED or hasattr(held, "draw_entry"):
        raise WrongState(held.state)
    return held


def judge_again(held: Application, *, cause: Cause, by: Person | None) -> State:
    """Within an action that holds it: apply the rules to its answers, and to what counts as met; keep what came out.

    Who stands on the waiting list and is eligible still, stays there.
    """
    answers = held.response.answers if held.response else {}
    outcomes = judge(held.call, held.person, answers, fulfilled_rules([held.pk]).get(held.pk, ()))
    state = state_again(held, outcomes)
    keep_judgements([(held, outcomes, state)], cause=cause, by=by)
    held.state = state
    held.save(update_fields=["state"])
    return state


def state_again(held: Application, outcomes: Sequence[Outcome]) -> State:
    """Where it stands after it was judged anew. Of an open call only a minor has one: it waits until she may go on."""
    if not held.call.is_selected:
        if verdict(outcomes) == Verdict.NOT_ELIGIBLE:
            return State.NOT_ELIGIBLE
        return State.WAITING_GUARDIAN if held.state == State.NOT_ELIGIBLE else State(held.state)
    waits = waits_for_guardian(held.call, held.person, held.region, clock.now())
    state = state_after(held.call, outcomes, waits=waits)
    return State.WAITING_LIST if (held.state, state) == (State.WAITING_LIST, State.SUBMITTED) else state


def fulfilled_rules(applications: Collection[UUID]) -> dict[UUID, set[str]]:
    """The rules that count as met for each of these."""
    found: dict[UUID, set[str]] = {}
    rows = Fulfilment.objects.filter(application__in=applications, undone_at=None)
    for application, rule in rows.order_by().values_list("application", "rule"):
        found.setdefault(application, set()).add(rule)
    return found


def keep_judgements(
    judged: Sequence[tuple[Application, Sequence[Outcome], State]], *, cause: Cause, by: Person | None
) -> None:
    """Replace the outcomes of these, which are locked, and add what was judged to their history.

    An application from before there was a history gets its first judgement as it stood.
    """
    ids = [application.pk for application, _outcomes, _state in judged]
    begun = set(Judgement.objects.filter(application__in=ids).order_by().values_list("application", flat=True))
    old = [
        _judgement(each, outcomes_of(each), State(each.state), Cause.APPLIED, None, first=True)
        for each, _outcomes, _state in judged
        if each.pk not in begun and each.outcomes.exists()
    ]
    replace_outcomes((application, outcomes) for application, outcomes, _state in judged)
    Judgement.objects.bulk_create(
        [*old, *(_judgement(each, outcomes, state, cause, by) for each, outcomes, state in judged)]
    )


def keep_first_judgement(application: Application, outcomes: Sequence[Outcome], by: Person | None) -> None:
    """Of an application that was just made."""
    insert(*_outcomes([(application, outcomes)]))
    insert(_judgement(application, outcomes, State(application.state), Cause.APPLIED, by))


def outcomes_of(application: Application) -> list[Outcome]:
    """How each rule was judged last, in order. No query where the outcomes were prefetched."""
    rows = sorted(application.outcomes.all(), key=lambda each: each.position)
    return [Outcome(each.rule, each.met, each.sentence, each.help, Unmet(each.unmet)) for each in rows]


def replace_outcomes(judged: Iterable[tuple[Application, Sequence[Outcome]]]) -> None:
    """Keep these outcomes in place of those before."""
    rows = list(judged)
    EligibilityOutcome.objects.filter(application__in=[application.pk for application, _outcomes in rows]).delete()
    keep_outcomes(rows)


def keep_outcomes(judged: Iterable[tuple[Application, Sequence[Outcome]]]) -> None:
    """Keep the outcomes of applications that have none yet."""
    EligibilityOutcome.objects.bulk_create(_outcomes(judged))


def _outcomes(judged: Iterable[tuple[Application, Sequence[Outcome]]]) -> list[EligibilityOutcome]:
    return [
        EligibilityOutcome(
            application=application,
            position=position,
            rule=outcome.rule,
            met=outcome.met,
            sentence=outcome.sentence,
            help=outcome.help,
            unmet=outcome.unmet.value,
        )
        for application, outcomes in judged
        for position, outcome in enumerate(outcomes)
    ]


def _judgement(
    application: Application,
    outcomes: Sequence[Outcome],
    state: State,
    cause: Cause,
    by: Person | None,
    *,
    first: bool = False,
) -> Judgement:
    return Judgement(
        id=new_id(),
        application=application,
        judged_at=application.submitted_at if first else clock.now(),
        judged_by=by,
        cause=cause,
        verdict=verdict(outcomes).value,
        state=state,
        outcomes=[{"rule": each.rule, "met": each.met, "sentence": each.sentence} for each in outcomes],
    )
