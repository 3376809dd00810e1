"""What pairing and visiting raise when they cannot go on."""

from trenza.core.errors import DomainError


class CentreHasHub(DomainError):
    """A hub speaks for this centre. It must be revoked before another one is paired."""


class CodeNotValid(DomainError):
    """Nobody opened a pairing by this code, or it is older than an hour, or it was used."""


class AlreadyRevoked(DomainError):
    """The hub was revoked before."""


class NotPaired(DomainError):
    """This installation is no hub: it is paired with no cell."""


class AlreadyPaired(DomainError):
    """This hub is paired with a cell that has not revoked it."""


class KeyLost(DomainError):
    """Another SECRET_KEY locked the secret of this pairing: it must be paired anew."""


class Busy(DomainError):
    """Another process of this hub is visiting the cell."""


class LineError(DomainError):
    """The cell could not be asked. `.code` says why: `unreachable`, `timeout`, or what the cell said (`token`, …)."""

    def __init__(self, code: str, *, retry_after: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


class NoRoom(DomainError):
    """As much waits here for the cell as may of phones that nobody here knows."""


class NotForUs(DomainError):
    """The file is not of this pairing, or it was changed, or it is no such file."""
