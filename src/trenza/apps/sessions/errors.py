"""Why sessions cannot do what it is asked."""

from trenza.apps.sessions.models import SignUp
from trenza.core.errors import DomainError


class Full(DomainError):
    """As many have signed up as there is room for."""


class AlreadySignedUp(DomainError):
    """She has a place already; `sign_up` is it."""

    def __init__(self, sign_up: SignUp) -> None:
        super().__init__(f"sign-up {sign_up.pk} exists")
        self.sign_up = sign_up


class NotSignedUp(DomainError):
    """She gave her place back before."""


class NotExpected(DomainError):
    """The session is not for this person: she neither is enrolled in its edition nor has a place in it."""


class SessionCancelled(DomainError):
    """The session does not take place."""


class SessionOver(DomainError):
    """The session has ended."""


class AlreadyGives(DomainError):
    """The person gives this session already."""


class TooFewPlaces(DomainError):
    """More have signed up than the session would have room for."""


class WrongCode(DomainError):
    """The code is not the one of this session, or not now."""


class TooManyTries(DomainError):
    """She has tried too many codes; later she may again."""


class HeadsMoved(DomainError):
    """The marks are not those that were seen: somebody has marked since."""


class ListMoved(DomainError):
    """What a list would mark is not what was shown: people or places have changed since."""


class AlreadySettled(DomainError):
    """The walk-in has been seen to before."""
