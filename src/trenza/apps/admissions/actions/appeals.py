"""She asks for a second look at how her application was judged, and a coordinator answers."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.fulfilments import How, fulfil
from trenza.apps.admissions.actions.judging import Cause, State, held_to_judge
from trenza.apps.admissions.errors import AppealNotOpen, NotEnough, NotFulfillable
from trenza.apps.admissions.events import AppealAnswered, AppealMade
from trenza.apps.admissions.models import Appeal, Application
from trenza.apps.admissions.models.appeal import APPEAL_LENGTH
from trenza.apps.admissions.models.fulfilment import REASON_LENGTH
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.journal import action, record

APPEALABLE = (State.NOT_ELIGIBLE, State.NEEDS_HELP)


def appeal_until(application: Application) -> datetime | None:
    """Until when she may ask for a second look; None where there is nothing to look at, or the call takes none."""
    days = application.call.appeal_days
    if application.state not in APPEALABLE or not days:
        return None
    last = application.judgements.order_by("-judged_at", "-id").values_list("judged_at", flat=True).first()
    return (last or application.submitted_at) + timedelta(days=days)


@action
def make_appeal(*, application: Application, text: str, by: Person) -> Appeal:
    """Ask for a second look, in her own words.

    Raises:
        NotEnough: no text.
        AppealNotOpen: it meets the rules, the days for it are over, or one is open already.
        NotAllowed: it is not hers.
    """
    rules.own_applications.require(by, application)
    said = text.strip()[:APPEAL_LENGTH]
    if not said:
        raise NotEnough
    held = Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=application.pk)
    until = appeal_until(held)
    if until is None or clock.now() > until:
        raise AppealNotOpen
    try:
        with transaction.atomic():
            made = Appeal.objects.create(application=held, text=said, made_at=clock.now())
    except IntegrityError:
        raise AppealNotOpen from None
    record(
        AppealMade(appeal=made.pk, application=held.pk), by=by.pk, about=held.person_id, edition=held.call.edition_id
    )
    return made


@action
def answer_appeal(*, appeal: Appeal, upheld: bool, reason: str, rules_met: Collection[str] = (), by: Person) -> Appeal:
    """Answer, with a reason that she reads. Where she is right, the rules `rules_met` count as met from now on.

    Raises:
        NotEnough: no reason.
        NotFulfillable: she is right, and no rule is named, or one that is not unmet.
        AppealNotOpen: it was answered already.
        WrongState: she withdrew meanwhile; only no can be said.
        NotAllowed: `by` may not award the application a place, or it is her own.
    """
    rules.awardable_applications.require(by, appeal.application)
    said = reason.strip()[:APPEAL_LENGTH]
    if not said:
        raise NotEnough
    application = Application.objects.select_for_update().get(pk=appeal.application_id)
    held = Appeal.objects.select_for_update().get(pk=appeal.pk)
    if held.answered_at is not None:
        raise AppealNotOpen
    held.answered_at, held.answered_by, held.upheld, held.reason = clock.now(), by, upheld, said
    held.save(update_fields=["answered_at", "answered_by", "upheld", "reason"])
    state = State(application.state)
    if upheld:
        if not rules_met:
            raise NotFulfillable
        locked = held_to_judge(application)
        fulfil(locked, list(rules_met), how=How.TEAM, cause=Cause.APPEAL, by=by, reason=said[:REASON_LENGTH])
        state = State(locked.state)
    record(
        AppealAnswered(appeal=held.pk, application=application.pk, upheld=upheld, state=state.value),
        by=by.pk,
        about=application.person_id,
        edition=application.call.edition_id,
    )
    return held
