"""The reason that the team gives for a decision: its own words, kept in a row and never in the journal."""

from typing import Final

from trenza.apps.admissions.errors import ReasonMissing

MOST_REASON: Final = 500
_LEAST: Final = 4


def reason_of(text: str) -> str:
    """The text on one line. Raises ReasonMissing where it is none, or too long."""
    reason = " ".join(text.split())
    if not _LEAST <= len(reason) <= MOST_REASON:
        raise ReasonMissing
    return reason
