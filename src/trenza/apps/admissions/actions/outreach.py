"""Take a woman down in person, for a call: she is registered, her yes is kept, and she applies or signs up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trenza.apps.admissions import rules
from trenza.apps.admissions.actions.applications import submit_application
from trenza.apps.admissions.actions.arrival import ConsentText, Details, ensure_old_enough, hang_on_relative
from trenza.apps.admissions.actions.sign_up import sign_up
from trenza.apps.admissions.models import Application, Brought, Call
from trenza.apps.forms.api import Answers
from trenza.apps.people.api import Person, register_person, take_down_consent
from trenza.apps.programmes.api import Region, Track
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import action


@dataclass(frozen=True)
class Taken:
    """Who was taken down, and her application (none where she was enrolled at once). `was_there`: by this very page,
    letter or sheet, before; nothing was changed."""

    person: Person
    application: Application | None
    was_there: bool


@action
def bring_in_applicant(
    *,
    key: UUID,
    call: Call,
    details: Details,
    consent: ConsentText,
    region: Region | None,
    answers: Answers,
    by: Person,
    wishes: Sequence[Track] = (),
    paper_on: date | None = None,
) -> Taken:
    """Register her, keep that she said yes to the text that was read to her, and let her apply or sign up.

    `key` names the page, letter or sheet: the second time it does nothing and gives what the first one did.

    Raises:
        NotAllowed: `by` may not bring people in there.
        EmailTaken: somebody has an account with that address; she signs in herself.
        TooYoungAlone: nothing of hers may be kept before an adult agrees. Else as `submit_application` and
            `sign_up`.
    """
    if not rules.may_bring_into(by, call, region):
        raise NotAllowed
    before = Brought.objects.select_related("person").filter(pk=key).first()
    if before is not None:
        if before.by_id != by.pk or before.call_id != call.pk:
            raise NotAllowed
        return Taken(before.person, Application.objects.filter(call=call, person=before.person).first(), True)
    ensure_old_enough(call, details.birth_date, region)
    person = register_person(
        given_name=details.given_name,
        family_name=details.family_name,
        email=details.email,
        phone=details.phone,
        birth_date=details.birth_date,
        sex=details.sex,
        country=details.country or (region.country if region else ""),
        language=details.language or "es",
        by=by,
    )
    take_down_consent(person=person, text=consent.code, version=consent.version, by=by)
    if call.is_selected:
        done: object = submit_application(
            call=call, person=person, region=region, answers=answers, by=by, wishes=wishes
        )
        if details.family_code and isinstance(done, Application):
            hang_on_relative(done, details.family_code)
    else:
        done = sign_up(call=call, person=person, region=region, by=by)
    Brought.objects.create(
        id=key, call=call, person=person, region=region, by=by, paper_on=paper_on, brought_at=clock.now()
    )
    return Taken(person, done if isinstance(done, Application) else None, False)
