"""Pseudonymous facts for impact: what happened, where, on which day; never about whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import QuerySet

from trenza.apps.admissions.models import Application, Award
from trenza.apps.people.api import merged_away
from trenza.core.facts import Count, count


@dataclass(frozen=True)
class Fact:
    """One thing that happened: the same fields as the facts of programmes. `day` is in UTC.

    An application to a call with several tracks has none. Age band and sex are empty: they are strata of an enrolment,
    and not everybody who applies is enrolled.
    """

    measure: str
    programme: UUID
    edition: UUID
    track: UUID | None
    region: UUID | None
    day: date
    age_band: str
    sex: str
    synthetic: bool


_STRATA = ("call__programme_id", "call__edition_id", "call__track_id", "region_id")


def applications(programme: UUID) -> Iterator[Fact]:
    """One fact for each application to a call of the programme, whatever became of it. Nobody applies for what follows
    from a completion."""
    rows = _applications(programme).order_by("submitted_at", "id")
    found = rows.values_list(*_STRATA, "submitted_at", "person__synthetic")
    return (_fact("applications", row) for row in found.iterator())


def awards(programme: UUID) -> Iterator[Fact]:
    """One fact for each place that was awarded in a call, accepted or not."""
    rows = Award.objects.filter(call__programme=programme, call__follow_on=None).order_by("awarded_at", "id")
    strata = [each.replace("call__track_id", "track_id") for each in _STRATA]
    found = rows.values_list(*strata, "awarded_at", "person__synthetic")
    return (_fact("awards", row) for row in found.iterator())


def count_applications(programme: UUID, starts: Sequence[datetime]) -> list[Count]:
    """The applications to calls of the programme by edition, region and period; see `core.facts.count`."""
    return count(
        _applications(programme),
        at="submitted_at",
        edition="call__edition",
        region="region",
        synthetic="person__synthetic",
        starts=starts,
    )


def count_awards(programme: UUID, starts: Sequence[datetime]) -> list[Count]:
    """The places that were awarded, likewise."""
    return count(
        Award.objects.filter(call__programme=programme, call__follow_on=None),
        at="awarded_at",
        edition="call__edition",
        region="region",
        synthetic="person__synthetic",
        starts=starts,
    )


def _applications(programme: UUID) -> QuerySet[Application]:
    """Who applied twice to a call, and was found to be one, counts once. Nobody applies for what follows."""
    return Application.objects.filter(call__programme=programme, call__follow_on=None).exclude(person__in=merged_away())


def _fact(measure: str, row: tuple[UUID, UUID, UUID | None, UUID | None, datetime, bool]) -> Fact:
    programme, edition, track, region, at, synthetic = row
    return Fact(measure, programme, edition, track, region, at.astimezone(UTC).date(), "", "", synthetic)
