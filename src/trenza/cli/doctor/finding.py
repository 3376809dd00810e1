"""What a check finds: that all is well, or what is not and what to do. Never a name, an address or a secret."""

from enum import StrEnum

import msgspec


class State(StrEnum):
    GOOD = "good"
    WARNING = "warning"  # look at it when there is time
    WRONG = "wrong"  # must be mended


class Finding(msgspec.Struct, frozen=True):
    """`subject` in a word or two, `says` in a sentence, `remedy` what to do (empty when all is well)."""

    subject: str
    state: State
    says: str
    remedy: str = ""


def good(subject: str, says: str) -> Finding:
    """All is well."""
    return Finding(subject, State.GOOD, says)


def warning(subject: str, says: str, remedy: str) -> Finding:
    """It works, and should be looked at."""
    return Finding(subject, State.WARNING, says, remedy)


def wrong(subject: str, says: str, remedy: str) -> Finding:
    """It does not work, or will harm."""
    return Finding(subject, State.WRONG, says, remedy)
