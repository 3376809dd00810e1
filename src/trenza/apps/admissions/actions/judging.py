"""Apply a call's rules to a person's answers, and keep what came out."""

from collections.abc import Sequence

from trenza.apps.admissions.eligibility import BIRTH_DATE, Outcome, Verdict, evaluate, verdict
from trenza.apps.admissions.errors import Incomplete
from trenza.apps.admissions.models import Application, Call, Draw, EligibilityOutcome
from trenza.apps.forms.api import Answers
from trenza.apps.people.api import Person

State = Application.State

_STATES = {
    Verdict.ELIGIBLE: State.SUBMITTED,
    Verdict.NEEDS_HELP: State.NEEDS_HELP,
    Verdict.NOT_ELIGIBLE: State.NOT_ELIGIBLE,
}


def judge(call: Call, person: Person, answers: Answers) -> list[Outcome]:
    """The outcome of each rule. Age counts on the day on which the call closes, where it closes.

    Raises:
        Incomplete: her date of birth is not known, so nobody can tell whether a guardian must agree.
    """
    if person.birth_date is None:
        raise Incomplete([BIRTH_DATE])
    known = {**answers, BIRTH_DATE: person.birth_date.isoformat()}
    return evaluate(call.eligibility, known, on=call.closes_at.astimezone(call.zone).date())


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


def replace_outcomes(application: Application, outcomes: Sequence[Outcome]) -> None:
    """Keep these outcomes in place of those before."""
    application.outcomes.all().delete()
    keep_outcomes(application, outcomes)


def keep_outcomes(application: Application, outcomes: Sequence[Outcome]) -> None:
    """Keep the outcomes of an application that has none yet."""
    EligibilityOutcome.objects.bulk_create(
        EligibilityOutcome(
            application=application,
            position=position,
            rule=outcome.rule,
            met=outcome.met,
            sentence=outcome.sentence,
            help=outcome.help,
            unmet=outcome.unmet.value,
        )
        for position, outcome in enumerate(outcomes)
    )
