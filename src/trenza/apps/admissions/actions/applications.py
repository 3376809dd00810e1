"""Apply, correct what was answered, withdraw."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.judging import (
    Cause,
    State,
    judge,
    judge_again,
    keep_first_judgement,
    move,
    state_after,
)
from trenza.apps.admissions.actions.plans import keep_plan_of_answers
from trenza.apps.admissions.actions.wishes import ensure_wishes, keep_wishes
from trenza.apps.admissions.errors import AlreadyApplied, CallNotOpen, Incomplete, RegionNotOffered, WrongState
from trenza.apps.admissions.events import ApplicationJudgedAgain, ApplicationSubmitted, ApplicationWithdrawn
from trenza.apps.admissions.minors import waits_for_guardian
from trenza.apps.admissions.models import Application, Call
from trenza.apps.forms.api import Answers, Form, Response, keep_response, missing_answers, replace_answers
from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Region, Track
from trenza.core import clock
from trenza.core.bulk import insert
from trenza.core.errors import NotAllowed
from trenza.core.journal import action, record

_MAY_WITHDRAW = {
    State.SUBMITTED, State.WAITING_GUARDIAN, State.NEEDS_HELP, State.NOT_ELIGIBLE, State.WAITING_LIST
}  # fmt: skip


@action
def submit_application(
    *,
    call: Call,
    person: Person,
    region: Region | None,
    answers: Answers,
    by: Person | None,
    wishes: Sequence[Track] = (),
    written_at: datetime | None = None,
) -> Application:
    """Hand in an application to a selected call, judged at once by the call's rules.

    A minor's waits until the team has checked her guardian; one who lacks something that she can get (an e-mail
    account) needs help and is not refused. What she answered is kept as a Response. Into a draw the team may bring what
    was offline after the call has closed: onto the list until it is frozen, then to the end of the waiting list.
    `wishes` are the tracks that she wants, the best first, of a call with several. `written_at` is when she sealed it
    on a phone without a signal, by its clock: into a draw it counts until the hours for what was offline are over.

    Raises:
        CallNotOpen: it has not begun or has ended in its own time zone, or is not published, or needs no application.
        RegionNotOffered: the call does not run there.
        Incomplete: required answers, or her date of birth, are missing; `.questions` names them.
        WishesNotValid: of a call with several tracks none is wished for, or one twice, or one of another call.
        AnswersNotValid: answers that the form does not ask for.
        AlreadyApplied: `.application` is hers; nothing was changed.
        NotAllowed: `by` is somebody else, and may not bring people in there.
    """
    require_herself_or_bringer(person, by, call, region)
    now = clock.now()
    brought = by is not None and by.pk != person.pk
    if call.form is None or not call.is_selected:
        raise CallNotOpen
    late = written_at is not None and call.is_open_at(written_at) and now < call.list_closes_at
    if not (call.takes_brought_at(now) if brought else call.is_open_at(now) or (call.is_drawn and late)):
        raise CallNotOpen
    ensure_region(call, region)
    ensure_complete(call.form, answers)
    ensure_wishes(call, wishes)
    outcomes = judge(call, person, answers)
    state = state_after(call, outcomes, waits=waits_for_guardian(call, person, region, now))

    response = keep_response(form=call.form, person=person.pk, answers=answers)
    application = insert_application(call, person, region, state, response, by=by)
    keep_wishes(application, wishes)
    keep_first_judgement(application, outcomes, by)
    keep_plan_of_answers(call=call, person=person, answers=answers)
    return application


@action
def update_answers(*, application: Application, answers: Answers, by: Person | None) -> Application:
    """Correct the answers of an application that needs help; it is judged again and keeps its place in the order.

    It may be done after the call has closed: getting an e-mail account may take longer than that.

    Raises:
        WrongState: the application does not need help.
        Incomplete: required answers are missing; `.questions` names them.
        AnswersNotValid: answers that the form does not ask for.
        NotAllowed: it is not hers.
    """
    application = _held(application, by, {State.NEEDS_HELP})
    response, form = application.response, application.call.form
    if response is None or form is None:
        raise WrongState(application.state)
    ensure_complete(form, answers)
    before = response.answers
    replace_answers(response=response, answers=answers)
    application.response = response
    judge_again(application, cause=Cause.ANSWERS, by=by)
    keep_plan_of_answers(call=application.call, person=application.person, answers=answers, before=before)
    record(
        ApplicationJudgedAgain(application=application.pk, state=application.state),
        by=by.pk if by else None,
        about=application.person_id,
        edition=application.call.edition_id,
    )
    return application


@action
def withdraw_application(*, application: Application, by: Person | None) -> Application:
    """Take an application back before a place was awarded (after that, the award is declined).

    Raises:
        WrongState: a place was awarded, or it was withdrawn already.
        NotAllowed: it is not hers.
    """
    application = _held(application, by, _MAY_WITHDRAW)
    move(application, State.WITHDRAWN)
    record(
        ApplicationWithdrawn(application=application.pk),
        by=by.pk if by else None,
        about=application.person_id,
        edition=application.call.edition_id,
    )
    return application


def insert_application(
    call: Call,
    person: Person,
    region: Region | None,
    state: State,
    response: Response | None = None,
    *,
    by: Person | None = None,
) -> Application:
    """Write the row and its entry, hers unless somebody else brings her in; raises AlreadyApplied where she has one."""
    application = Application(
        call=call, person=person, region=region, response=response, submitted_at=clock.now(), state=state
    )
    try:
        with transaction.atomic():
            insert(application)
    except IntegrityError as error:
        existing = Application.objects.filter(call=call, person=person).first()
        if existing is None:
            raise
        raise AlreadyApplied(existing) from error
    record(
        ApplicationSubmitted(
            application=application.pk, call=call.pk, region=region.pk if region else None, state=state.value
        ),
        by=by.pk if by else person.pk,
        about=person.pk,
        edition=call.edition_id,
    )
    return application


def require_herself_or_bringer(person: Person, by: Person | None, call: Call, region: Region | None) -> None:
    """Nobody applies for somebody else, but who brings in a list within her scope; the system (None) does for synthetic
    people."""
    if by is not None and by.pk != person.pk and not rules.may_bring_into(by, call, region):
        raise NotAllowed


def ensure_region(call: Call, region: Region | None) -> None:
    """One of the call's regions; none where it names none."""
    offered = {each.pk for each in call.regions.all()}  # no query where the call came with them
    if (region.pk not in offered) if region else bool(offered):
        raise RegionNotOffered


def ensure_complete(form: Form, answers: Answers) -> None:
    """Every required question has an answer."""
    if missing := missing_answers(form.questionnaire, answers):
        raise Incomplete(missing)


def _held(application: Application, by: Person | None, states: set[State]) -> Application:
    """The application, locked, if `by` may change it and it is in one of `states`."""
    if by is not None:
        rules.own_applications.require(by, application)
    held = Application.objects.select_for_update().get(pk=application.pk)
    if held.state not in states:
        raise WrongState(held.state)
    return held
