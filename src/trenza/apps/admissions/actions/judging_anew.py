"""A definition changed the rules of a call: its applications without a place are judged again, a portion at a time."""

from typing import Final
from uuid import UUID

from trenza.apps.admissions.actions.judging import (
    JUDGED,
    Cause,
    State,
    fulfilled_rules,
    judge,
    keep_judgements,
    outcomes_of,
    replace_outcomes,
    state_again,
)
from trenza.apps.admissions.eligibility import Outcome
from trenza.apps.admissions.events import CallRulesChanged, JudgingContinued, RulesAppliedAnew
from trenza.apps.admissions.models import Application, Call
from trenza.core.journal import action, record

PORTION: Final = 500
"""Looked at in one transaction."""
CHANGES: Final = 90
"""Changed in one transaction: a reaction may record 99 entries."""


def announce_rules(before: Call | None, call: Call) -> None:
    """Within the action that loads a definition: say that a call has other rules than `before`, where it has
    applications."""
    if before is None or not _differ(before, call):
        return
    if call.applications.filter(state__in=JUDGED).exists():
        record(CallRulesChanged(call=call.pk), by=None, about=None, edition=call.edition_id)


@action
def judge_portion(*, call: UUID, after: UUID | None) -> int:
    """Judge the next applications of a call by its rules as they are now; how many came out otherwise.

    Nobody who holds a place is judged, nor who stands on the frozen list of a draw. Where only words changed, the words
    are replaced and nothing else. May be called any number of times. Where more are to come, an entry says so.
    """
    row = Call.objects.select_related("programme", "edition").get(pk=call)
    held = _next(row, after)
    fulfilled = fulfilled_rules([each.pk for each in held])
    changed: list[tuple[Application, list[Outcome], State]] = []
    reworded: list[tuple[Application, list[Outcome]]] = []
    last = None
    for application in held:
        if len(changed) == CHANGES:
            break
        last = application
        if application.person.birth_date is None:
            continue  # she was erased, or came in before we asked
        application.call = row
        answers = application.response.answers if application.response else {}
        outcomes = judge(row, application.person, answers, fulfilled.get(application.pk, ()))
        known = outcomes_of(application)
        if outcomes == known:
            continue
        if _results(outcomes) == _results(known):
            reworded.append((application, outcomes))
        else:
            changed.append((application, outcomes, state_again(application, outcomes)))
    replace_outcomes(reworded)
    keep_judgements(changed, cause=Cause.RULES, by=None)
    for application, _outcomes, state in changed:
        application.state = state
        record(
            RulesAppliedAnew(application=application.pk, state=state.value),
            by=None,
            about=application.person_id,
            edition=row.edition_id,
        )
    Application.objects.bulk_update([application for application, _outcomes, _state in changed], ["state"])
    if last is not None and (len(held) == PORTION or last != held[-1]):
        record(JudgingContinued(call=row.pk, after=last.pk), by=None, about=None, edition=row.edition_id)
    return len(changed)


def _next(call: Call, after: UUID | None) -> list[Application]:
    found = call.applications.filter(state__in=JUDGED, draw_entry__isnull=True)
    if after is not None:
        found = found.filter(pk__gt=after)
    related = found.select_related("person", "region", "response").prefetch_related("outcomes").order_by("pk")
    return list(related.select_for_update(of=("self",))[:PORTION])


def _results(outcomes: list[Outcome]) -> list[tuple[str, bool, str]]:
    return [(each.rule, each.met, each.unmet.value) for each in outcomes]


def _differ(before: Call, call: Call) -> bool:
    if before.rules != call.rules:
        return True
    return call.ruleset.asks_age and before.age_day != call.age_day
