"""What is done with several enrolments at once. One transaction; each row succeeds or tells why not."""

from collections.abc import Collection
from datetime import date

from trenza.apps.people.api import Person
from trenza.apps.programmes.actions.completion import confirm_requirement
from trenza.apps.programmes.actions.enrolment import pause_enrolment, return_to_enrolment, withdraw_enrolment
from trenza.apps.programmes.models import Enrolment, Module, WithdrawalReason
from trenza.core.journal import action
from trenza.core.rowwise import Outcomes, each


@action
def pause_enrolments(*, enrolments: Collection[Enrolment], until: date, by: Person) -> Outcomes:
    """Pause these; an outcome may be what `pause_enrolment` raises."""
    return each(enrolments, lambda enrolment: pause_enrolment(enrolment=enrolment, until=until, by=by))


@action
def withdraw_enrolments(
    *, enrolments: Collection[Enrolment], reason: str = WithdrawalReason.NOT_SAID, by: Person
) -> Outcomes:
    """End these without completion; an outcome may be what `withdraw_enrolment` raises."""
    return each(enrolments, lambda enrolment: withdraw_enrolment(enrolment=enrolment, reason=reason, by=by))


@action
def return_to_enrolments(*, enrolments: Collection[Enrolment], by: Person) -> Outcomes:
    """Let these be taken up again; an outcome may be what `return_to_enrolment` raises."""
    return each(enrolments, lambda enrolment: return_to_enrolment(enrolment=enrolment, by=by))


@action
def confirm_for_enrolments(*, enrolments: Collection[Enrolment], module: Module, by: Person) -> Outcomes:
    """Confirm a module for these; an outcome may be what `confirm_requirement` raises."""
    return each(enrolments, lambda enrolment: confirm_requirement(enrolment=enrolment, module=module, by=by))
