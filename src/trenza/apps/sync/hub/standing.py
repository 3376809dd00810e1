"""On the hub: where it stands, for whoever looks after it."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from trenza.apps.sync.hub import sending
from trenza.apps.sync.hub.upstream import upstream
from trenza.apps.sync.hub.visiting import spent_today
from trenza.apps.sync.models import CarriedRecord, NotTakenIn


class HubStanding(NamedTuple):
    """`waiting` entries and `records` the cell does not have yet; `not_taken` counts by state and reason what it has
    and did not simply take in. `failure` is a code, and `failed_at` is later than `seen_at` where it has one."""

    name: str
    url: str
    waiting: int
    records: int
    seen_at: datetime | None
    failure: str
    failed_at: datetime | None
    revoked_at: datetime | None
    not_taken: Mapping[tuple[str, str], int]
    spent_today: int


def standing() -> HubStanding:
    """Where this hub stands.

    Raises:
        NotPaired: see there.
    """
    row = upstream()
    records = CarriedRecord.objects.filter(delivered_at=None).count()
    told = NotTakenIn.objects.exclude(status="renamed").order_by("status", "reason")
    counted = told.values_list("status", "reason").annotate(number=Count("id"))
    return HubStanding(
        row.name, row.url, sending.waiting(row) - records, records, row.seen_at, row.failure, row.failed_at,
        row.revoked_at, {(status, reason): number for status, reason, number in counted}, spent_today(row),
    )  # fmt: skip
