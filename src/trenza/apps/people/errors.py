"""What people's actions raise when they cannot act."""

from trenza.core.errors import DomainError


class EmailTaken(DomainError):
    """Another account has this e-mail address.

    A page must not say so to a visitor: that would tell who is registered here.
    """


class NoConsent(DomainError):
    """There is no standing consent to withdraw."""


class UnknownRole(DomainError):
    """No role has this code, or a scope of this kind needs an id (and `all` none)."""


class LastAdministrator(DomainError):
    """This is the only administrator of everything; appoint another one first."""


class AlreadyWithdrawn(DomainError):
    """The role grant was withdrawn before."""
