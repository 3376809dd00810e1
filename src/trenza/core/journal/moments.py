"""When something happened, as far as a device's clock can be believed."""

from datetime import datetime, timedelta

# A phone may have been offline for months; a clock further behind was reset (to 1970, to the year it was made).
LONGEST_OFFLINE = timedelta(days=180)


def believed(happened_at: datetime, recorded_at: datetime) -> datetime:
    """`happened_at` by the device's clock, unless it says what cannot be: then when we took it in.

    Nothing happens after we hear of it. Both moments are the entry's, so that the answer is the same each time.
    """
    return happened_at if recorded_at - LONGEST_OFFLINE <= happened_at <= recorded_at else recorded_at
