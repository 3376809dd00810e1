"""An application that was sealed without a signal arrives: a request for a decision, which may be refused."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from trenza.apps.admissions.actions.arrival import ConsentText, Details, apply_on_arrival
from trenza.apps.admissions.actions.outreach import bring_in_applicant
from trenza.apps.admissions.errors import (
    AlreadyApplied,
    CallNotOpen,
    Incomplete,
    RegionNotOffered,
    TooYoungAlone,
    WishesNotValid,
)
from trenza.apps.admissions.models import Application, Call, Letter
from trenza.apps.forms.api import Answers, AnswersNotValid, keep_draft
from trenza.apps.people.api import EmailTaken, Person
from trenza.apps.programmes.api import Region, Track
from trenza.core import clock
from trenza.core.errors import DomainError
from trenza.core.journal import action

State = Letter.State
_WHY: Final = {
    EmailTaken: State.KNOWN,
    AlreadyApplied: State.KNOWN,
    CallNotOpen: State.CLOSED,
    Incomplete: State.MISSING,
    RegionNotOffered: State.MISSING,
    AnswersNotValid: State.MISSING,
    WishesNotValid: State.MISSING,
}


@action
def take_letter(
    *,
    letter: UUID,
    secret: str,
    code: str,
    call: Call,
    typed: str,
    details: Details | None,
    consent: ConsentText,
    region: Region | None,
    answers: Answers,
    written_at: datetime,
    wishes: Sequence[Track] = (),
    by: Person | None = None,
) -> Letter:
    """Apply as the letter asks, judged now by the usual rules; `by` is who took her down in person.

    Where that cannot be, what she wrote is kept as a draft under `code`, and the letter says why: something is missing
    (`details` is None), her address has an account, the call has closed, or it is refused (not within the scope of
    `by`, no seat). Of a girl of whom nothing may be kept before an adult agrees, nothing is kept. A letter that is here
    already stays as it is.
    """
    there = Letter.objects.filter(pk=letter).first()
    if there is not None:
        return there
    application: Application | None = None
    state, may_be_kept = State.MISSING, True
    if details is not None:
        try:
            if by is not None:
                taken = bring_in_applicant(
                    key=letter,
                    call=call,
                    details=details,
                    consent=consent,
                    region=region,
                    answers=answers,
                    by=by,
                    wishes=wishes,
                )
                application = taken.application
            else:
                application = apply_on_arrival(
                    call=call, person=None, details=details, consent=consent, region=region, answers=answers,
                    wishes=wishes, written_at=written_at,
                )  # fmt: skip
            state = State.RECEIVED
        except TooYoungAlone:
            state, may_be_kept = State.REFUSED, False
        except DomainError as error:
            state = _WHY.get(type(error), State.REFUSED)
    if state != State.RECEIVED and may_be_kept:
        keep_draft(subject=call.pk, code=code, typed=typed)
    return Letter.objects.create(
        id=letter, secret=secret, call=call, state=state, application=application, written_at=written_at,
        arrived_at=clock.now(),
    )  # fmt: skip
