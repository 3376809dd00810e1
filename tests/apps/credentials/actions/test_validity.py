from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from trenza.apps.credentials.actions.issuing import _until

PAZ = ZoneInfo("America/La_Paz")


@pytest.mark.parametrize(
    ("issued", "months", "last"),
    [
        (datetime(2026, 1, 31, 15, tzinfo=UTC), 1, "2026-02-28"),
        (datetime(2023, 12, 31, 15, tzinfo=UTC), 2, "2024-02-29"),
        (datetime(2026, 11, 29, 15, tzinfo=UTC), 13, "2027-12-29"),
        (datetime(2026, 3, 1, 2, tzinfo=UTC), 12, "2027-02-28"),  # there it is still February
    ],
)
def test_holds_through_the_last_day_where_the_edition_runs(issued, months, last):
    end = _until(issued, months, PAZ)

    assert end is not None
    assert end.isoformat() == f"{last}T23:59:59-04:00"


def test_without_months_it_holds_for_good():
    assert _until(datetime(2026, 1, 1, tzinfo=UTC), None, PAZ) is None
