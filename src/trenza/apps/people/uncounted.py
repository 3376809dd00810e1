"""What phones sent and could not be counted, in bundles that somebody can look at: a phone, a reason, how many.

Entries that somebody must look at first (core.journal: held by a judge) are decided here; the rest waits for an upgrade
or a course, or never will count. Of records that nobody could open only whose they are is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet, Sum

from trenza.apps.people import rules
from trenza.apps.people.models import Person, PersonDevice
from trenza.apps.sync.api import UnopenedRecord
from trenza.core.errors import NotAllowed
from trenza.core.journal import Status, discard, take_in
from trenza.core.journal.ingest import Reason
from trenza.core.models import SetAside

MOST_BUNDLES: Final = 200
MOST_AT_ONCE: Final = 500
"""So many entries are decided with one press; the page shows the rest again."""


@dataclass(frozen=True)
class Bundle:
    """What one phone sent that was not counted for one reason. `decidable`: somebody says whether it counts."""

    profile: PersonDevice
    state: str
    reason: str
    things: int
    first: datetime
    last: datetime
    decidable: bool


@dataclass(frozen=True)
class Decided:
    """How many things count now (or are left out), and how many wait still."""

    done: int
    left: int


def uncounted(viewer: Person | None) -> list[Bundle]:
    """What was not counted of those whom the viewer helps, what waits for her decision first. Four queries."""
    hers = _devices(viewer)
    entries = list(_bundled(SetAside.objects.filter(settled_at=None, device__in=hers), things=Count("id")))
    records = list(_bundled(UnopenedRecord.objects.filter(device__in=hers), things=Sum("count")))
    named = {row["device"] for row in (*entries, *records)}
    profiles = {each.device: each for each in PersonDevice.objects.select_related("person").filter(device__in=named)}
    bundles = [
        *(Bundle(profiles[row.pop("device")], decidable=_waits(row), **row) for row in entries),
        *(Bundle(profiles[row.pop("device")], decidable=False, **row) for row in records),
    ]
    return sorted(bundles, key=lambda each: (not each.decidable, each.last))[:MOST_BUNDLES]


def decide_uncounted(*, profile: UUID, reason: str, counts: bool, by: Person) -> Decided:
    """Let what a phone sent count, or leave it out: what was held for this reason, MOST_AT_ONCE at a time. Each entry
    is settled for itself, so that this may be repeated.

    Raises:
        NotAllowed: `by` does not help this person.
    """
    found = PersonDevice.objects.filter(pk=profile, person__in=rules.helped_with_phones.which(by)).first()
    if found is None:
        raise NotAllowed
    held = SetAside.objects.filter(device=found.device, reason=reason, state=SetAside.State.HELD)
    held = held.exclude(reason=Reason.UNKNOWN_KIND)
    keys = list(held.order_by("sequence").values_list("pk", flat=True)[:MOST_AT_ONCE])
    done = sum(_settled(key, counts=counts, by=by) for key in keys)
    return Decided(done, held.count())


def _settled(key: int, *, counts: bool, by: Person) -> bool:
    if not counts:
        return discard(set_aside=key, by=by.pk)
    answer = take_in(set_aside=key, by=by.pk)
    return answer is not None and answer.status in (Status.ACCEPTED, Status.DUPLICATE)


def _waits(row: dict[str, Any]) -> bool:
    return bool(row["state"] == SetAside.State.HELD and row["reason"] != Reason.UNKNOWN_KIND)


def _bundled(rows: "QuerySet[Any]", *, things: Any) -> Iterator[dict[str, Any]]:
    grouped = rows.order_by().values("device", "state", "reason")
    yield from grouped.annotate(things=things, first=Min("received_at"), last=Max("received_at"))[:MOST_BUNDLES]


def _devices(viewer: Person | None) -> "QuerySet[PersonDevice, UUID]":
    return PersonDevice.objects.filter(person__in=rules.helped_with_phones.which(viewer)).values_list(
        "device", flat=True
    )
