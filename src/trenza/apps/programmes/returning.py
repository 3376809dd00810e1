"""What must be settled before somebody returns to an enrolment that she left: a seat that was given on, for one."""

from collections.abc import Callable

from trenza.apps.people.api import Person
from trenza.apps.programmes.models import Enrolment

# Called within the action, before the enrolment is locked; raises a DomainError where she cannot return now.
BeforeReturn = Callable[[Enrolment, Person | None], None]
_registered: list[BeforeReturn] = []


def register_before_return(settle: BeforeReturn) -> None:
    """Register what an app settles first. It may take locks of its own: the enrolment is locked after it."""
    _registered.append(settle)


def settle_before_return(enrolment: Enrolment, by: Person | None) -> None:
    """Settle everything. Raises what the registered raise."""
    for settle in _registered:
        settle(enrolment, by)
