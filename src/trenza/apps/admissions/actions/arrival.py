"""Somebody arrives at a call from the street: who she is, her consent and her application are one action."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from trenza.apps.admissions.actions.applications import submit_application
from trenza.apps.admissions.actions.sign_up import sign_up
from trenza.apps.admissions.errors import TooYoungAlone
from trenza.apps.admissions.minors import is_too_young_alone
from trenza.apps.admissions.models import Application, Call
from trenza.apps.forms.api import Answers, discard_draft
from trenza.apps.people.api import (
    HouseholdFull,
    HouseholdUnknown,
    InAnotherHousehold,
    Person,
    give_consent,
    join_household,
    members_of,
    register_person,
    update_person,
)
from trenza.apps.programmes.api import Enrolment, Region, Track
from trenza.core import clock
from trenza.core.journal import action, all_or_nothing


@dataclass(frozen=True)
class Details:
    """What she said about herself; empty where she was not asked."""

    given_name: str = ""
    family_name: str = ""
    email: str = ""
    birth_date: date | None = None
    sex: str = ""
    country: str = ""
    phone: str = ""
    language: str = ""
    # Of the household of a relative who takes part.
    family_code: str = ""


@dataclass(frozen=True)
class ConsentText:
    """The text that she agreed to, in the version that she read."""

    code: str
    version: int


@action
def apply_on_arrival(
    *,
    call: Call,
    person: Person | None,
    details: Details,
    consent: ConsentText,
    region: Region | None,
    answers: Answers,
    wishes: Sequence[Track] = (),
    written_at: datetime | None = None,
    draft: str = "",
) -> Application:
    """Register her unless she is `person` already, keep her consent, and submit her application. What she had begun
    under the code `draft` goes.

    Raises:
        EmailTaken: somebody has an account with that address; she must sign in.
        TooYoungAlone: nothing of hers may be kept before an adult agrees. Else as `submit_application`.
    """
    ensure_old_enough(call, details.birth_date if person is None else None, region)
    with all_or_nothing():
        arrived = _arrive(person, details, consent, region)
        application = submit_application(
            call=call, person=arrived, region=region, answers=answers, by=arrived, wishes=wishes, written_at=written_at
        )
        if draft:
            discard_draft(subject=call.pk, code=draft)
    if details.family_code:
        hang_on_relative(application, details.family_code)
    return application


def hang_on_relative(application: Application, code: str) -> None:
    """Within an action: she joins the household of this code, and her application hangs on that of the first relative
    who applied to the programme. A code that is nobody's (any more), or a household that is full, changes nothing: that
    is no reason to lose an application."""
    try:
        household = join_household(person=application.person, code=code, by=application.person)
    except (HouseholdUnknown, InAnotherHousehold, HouseholdFull):
        return
    relatives = members_of(household).exclude(person=application.person).values("person")
    theirs = Application.objects.filter(call__programme=application.call.programme_id, person__in=relatives)
    application.relative_of = theirs.order_by("submitted_at", "id").first()
    application.save(update_fields=["relative_of"])


@action
def sign_up_on_arrival(
    *,
    call: Call,
    person: Person | None,
    details: Details,
    consent: ConsentText,
    region: Region | None,
    adult_agreed: bool = False,
) -> Enrolment | Application:
    """Register her unless she is `person` already, keep her consent, and sign her up.

    Raises:
        EmailTaken: somebody has an account with that address; she must sign in.
        TooYoungAlone: nothing of hers may be kept before an adult agrees (`adult_agreed`). Else as `sign_up`.
    """
    if person is None and not adult_agreed:
        ensure_old_enough(call, details.birth_date, region)
    arrived = _arrive(person, details, consent, region)
    return sign_up(call=call, person=arrived, region=region, by=arrived)


def ensure_old_enough(call: Call, born: date | None, region: Region | None) -> None:
    """Raises TooYoungAlone where nothing of who was born then may be kept before an adult agrees."""
    if born is not None and is_too_young_alone(call, born, region, clock.now()):
        raise TooYoungAlone


def _arrive(person: Person | None, details: Details, consent: ConsentText, region: Region | None) -> Person:
    country = details.country or (region.country if region else "")
    if person is None:
        person = register_person(
            given_name=details.given_name,
            family_name=details.family_name,
            email=details.email,
            phone=details.phone,
            birth_date=details.birth_date,
            sex=details.sex,
            country=country,
            language=details.language or "es",
        )
    else:
        update_person(
            person=person,
            by=person,
            given_name=details.given_name or None,
            family_name=details.family_name or None,
            birth_date=details.birth_date,
            sex=details.sex or None,
            country=country if not person.country else None,
        )
    give_consent(person=person, text=consent.code, version=consent.version, by=person)
    return person
