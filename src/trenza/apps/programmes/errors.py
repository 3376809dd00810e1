"""Why an action of programmes cannot act."""

from trenza.apps.programmes.models import Enrolment
from trenza.core.errors import DomainError


class AlreadyEnrolled(DomainError):
    """The person has this place already; `enrolment` is it."""

    def __init__(self, enrolment: Enrolment) -> None:
        super().__init__(f"enrolment {enrolment.pk} exists")
        self.enrolment = enrolment


class NotOffered(DomainError):
    """The edition does not run this track, or not in this region, or a definition retired one of them."""


class WrongState(DomainError):
    """The enrolment's state does not allow the change; `state` is what it is."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class NotOfThisTrack(DomainError):
    """The module belongs to another track than the enrolment."""


class NotConfirmable(DomainError):
    """The module is met by a course, not by a role's confirmation."""
