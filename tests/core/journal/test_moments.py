"""What is believed of a device's clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.journal.toys import Seen
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import everything, incoming, ingest
from trenza.core.journal.moments import LONGEST_OFFLINE, believed

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
MOMENTS = st.integers(0, 7_200_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))  # to 2198


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        (timedelta(), True),
        (timedelta(days=-30), True),
        (-LONGEST_OFFLINE, True),
        (-LONGEST_OFFLINE - timedelta(seconds=1), False),
        (timedelta(seconds=1), False),
    ],
)
def test_believed_is_what_the_clock_showed_where_that_can_be(shown, right):
    assert believed(NOW + shown, NOW) == (NOW + shown if right else NOW)


@given(MOMENTS, MOMENTS)
def test_believed_is_never_after_receipt_nor_long_before_it(happened_at, recorded_at):
    assert recorded_at - LONGEST_OFFLINE <= believed(happened_at, recorded_at) <= recorded_at


@pytest.mark.django_db
def test_entry_keeps_what_its_clock_showed_beside_what_is_believed():
    shown = datetime(1970, 1, 1, tzinfo=UTC)
    with clock.travel(NOW):
        ingest([incoming(Seen(number=1), device=new_id(), sequence=1, happened_at=shown, person=new_id())])

    [line] = everything()
    assert (line.happened_at, line.moment, line.recorded_at) == (shown, NOW, NOW)
