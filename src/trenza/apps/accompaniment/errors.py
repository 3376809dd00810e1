"""Why accompaniment cannot do what it is asked."""

from trenza.core.errors import DomainError


class WrongDay(DomainError):
    """The day on which she asked to be called is past, or too far away; or a day is missing, or not asked."""


class NothingWritten(DomainError):
    """A question or an answer without words, or with more than may be kept."""


class TooManyInquiries(DomainError):
    """She has asked as much today as one may ask on a day."""
