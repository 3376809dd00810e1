"""What the actions of places raise when they cannot act."""

from trenza.core.errors import DomainError


class CodeTaken(DomainError):
    """Another centre, or another thing of this centre, has this code."""


class NotWritten(DomainError):
    """A centre has no name or no code, a code is not written as codes are, or something is longer than is kept."""


class UnknownTimeZone(DomainError):
    """No IANA time zone has this name."""


class NotOnEarth(DomainError):
    """A latitude or longitude out of range, or one without the other."""


class OutOfReach(DomainError):
    """The centre would lie outside the scope of whoever opens or changes it: she could not see it afterwards."""


class HoursOverlap(DomainError):
    """Two times of one day overlap; `.weekday` says which, 0 for Monday."""

    def __init__(self, weekday: int) -> None:
        super().__init__(weekday)
        self.weekday = weekday


class HoursBackwards(DomainError):
    """It would close before it opens; `.weekday` says when."""

    def __init__(self, weekday: int) -> None:
        super().__init__(weekday)
        self.weekday = weekday


class Closed(DomainError):
    """The centre has been closed: nothing more is lent, given or noted there."""


class NotClosed(DomainError):
    """The centre is open."""


class StillLent(DomainError):
    """Somebody has it, or `.count` things of the centre are with people."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class Retired(DomainError):
    """The centre no longer has this thing."""


class AlreadyLent(DomainError):
    """Somebody has it."""


class AlreadyReturned(DomainError):
    """It was brought back before."""


class WrongDay(DomainError):
    """A loan that ends before it begins or after a year; a visit of tomorrow, or of too long ago."""


class TooMany(DomainError):
    """More at once, or more of a kind in one centre, than is taken; `.most` says how many are."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class WrongAmount(DomainError):
    """A voucher is good for either minutes or megabytes, at least one."""


class NoNewVoucher(DomainError):
    """No line holds a voucher that is not there yet."""


class NoVoucherLeft(DomainError):
    """All vouchers of the centre have been given."""


class AlreadyNoted(DomainError):
    """She is noted for this purpose on this day."""


class AlreadyTakenBack(DomainError):
    """The visit was taken back before."""


class AlreadyEnded(DomainError):
    """She was taken from the list before."""
