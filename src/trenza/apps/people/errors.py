"""What people's actions raise when they cannot act."""

from collections.abc import Sequence

from trenza.core.errors import DomainError


class EmailTaken(DomainError):
    """Another account has this e-mail address.

    A page must not say so to a visitor: that would tell who is registered here.
    """


class IdTaken(DomainError):
    """Somebody has this id already."""


class NoConsent(DomainError):
    """There is no standing consent to withdraw."""


class UnknownRole(DomainError):
    """No role has this code, or a scope of this kind needs an id (and `all` none)."""


class LastAdministrator(DomainError):
    """This is the only administrator of everything; appoint another one first."""


class AlreadyWithdrawn(DomainError):
    """The role grant was withdrawn before."""


class AlreadyGuarded(DomainError):
    """A checked guardian stands."""


class NoContact(DomainError):
    """A guardian needs an e-mail address or a phone number, so that somebody can speak with her."""


class OwnContact(DomainError):
    """The guardian's address is the minor's own."""


class NotNow(DomainError):
    """The guardianship has moved on (or not so far yet); `.state` is what it is."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class TooManyLinks(DomainError):
    """Too many links were sent for this minor today."""


class LinkNotValid(DomainError):
    """The link is not one of ours, too old, not the newest, or was used."""


class WeakPin(DomainError):
    """`.why`: *digits*, it is no 4 to 8 digits; *easy*, it repeats or counts; *birthday*, it is hers."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class TooManyDevices(DomainError):
    """She has profiles on too many phones; one must be revoked before another is made."""


class AlreadyRevoked(DomainError):
    """The access of the profile, or the card, was taken away before."""


class NotClaimable(DomainError):
    """The printed card was given to nobody, or it was claimed, taken back, or is too old."""


class WrongName(DomainError):
    """She to whom the printed card was given is called otherwise."""


class TooManyClaims(DomainError):
    """Too many names were tried with this printed card; later she may again."""


class ComesInAlready(DomainError):
    """She has a way to come in: a printed card is not to lead past it."""


class TooManyCards(DomainError):
    """She has as many cards that work as one person may; one must be taken back before another is made."""


class NameTaken(DomainError):
    """She has a saved view of this name for the list."""


class TooManyViews(DomainError):
    """No more are kept: `most` says how many are."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class ViewTooLong(DomainError):
    """The name of a view is empty or longer than 60 letters, or its filters longer than 2,000."""


class ConsentNotSaid(DomainError):
    """Whoever brings people in did not say that they agreed."""


class NothingToBringIn(DomainError):
    """No row of the list can be brought in."""


class AlreadyConfirmed(DomainError):
    """The list is being brought in."""


class CannotMerge(DomainError):
    """`.reasons` say why two persons cannot become one as they stand: codes, which the office turns into sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(*reasons)
        self.reasons = list(reasons)


class CannotUndo(DomainError):
    """The merge was undone before, or the kept one was merged herself since: that is undone first."""


class AlreadyDecided(DomainError):
    """Somebody has decided about this pair."""


class HouseholdUnknown(DomainError):
    """Nobody's household has this code, or she is in none."""


class InAnotherHousehold(DomainError):
    """One is in one household at a time: she leaves hers first."""


class HouseholdFull(DomainError):
    """It has as many members as a household may have."""
