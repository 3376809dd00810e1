"""On the hub: what its clock is worth. A small computer without a battery wakes up in the past.

A visit compares it with the cell's. Between visits only one thing is sure: it is later than the cell said last.
"""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from trenza.apps.sync.models import Upstream
from trenza.core import clock
from trenza.core.journal import action

TOLERATED: Final = timedelta(minutes=10)


class Reading(NamedTuple):
    """`now` is the best that this hub knows; `shown` what its clock shows. `wrong` is whether somebody must set it."""

    now: datetime
    shown: datetime
    wrong: bool


def read_clock() -> Reading:
    """What time it is."""
    shown = clock.now()
    row = Upstream.objects.exclude(told_at=None).first()
    if row is None or row.told_at is None or row.heard_at is None:
        return Reading(shown, shown, wrong=False)
    ahead = row.heard_at - row.told_at
    corrected = shown - ahead if abs(ahead) > TOLERATED else shown
    now = max(corrected, row.told_at)
    return Reading(now, shown, wrong=abs(now - shown) > TOLERATED)


@action
def note_clock(*, told_at: datetime, heard_at: datetime) -> None:
    """Remember what the cell's clock said, and what ours did then."""
    Upstream.objects.update(told_at=told_at, heard_at=heard_at)
