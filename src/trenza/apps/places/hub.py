"""What goes down to the hub of a centre: the centre itself; and who comes there."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from trenza.apps.places.models import Centre, Loan, Member, OpeningHours, Visit
from trenza.apps.places.queries import WITHIN
from trenza.apps.sync.api import register_hub_roster, register_hub_rows
from trenza.core import clock

_CENTRE: Final = (
    *("code", "name", "organisation", "region", "country", "municipality", "address", "latitude", "longitude"),
    *("time_zone", "wifi_name", "opened_at", "closed_at"),
)


def register() -> None:
    """Register with sync."""
    register_hub_roster(persons)
    register_hub_rows(
        "places.centre", Centre, fields=_CENTRE, chosen=lambda place: Centre.objects.filter(pk=place.centre)
    )
    register_hub_rows(
        "places.hours",
        OpeningHours,
        fields=("centre", "weekday", "opens", "closes"),
        chosen=lambda place: OpeningHours.objects.filter(centre=place.centre),
    )


def persons(centre: UUID) -> Iterator[UUID]:
    """Its members, who came lately, and who has something of it. Three queries."""
    yield from Member.objects.filter(centre=centre, ended_at=None).values_list("person", flat=True)
    visits = Visit.objects.filter(centre=centre, taken_back_at=None, person__isnull=False)
    since = clock.now().date() - WITHIN
    yield from visits.filter(day__gte=since).values_list("person", flat=True).distinct()
    loans = Loan.objects.filter(equipment__centre=centre, returned_at=None)
    yield from loans.values_list("person", flat=True).distinct()
