"""Pseudonymous facts for impact: what happened, where, on which day; never about whom.

Who is trained to teach is no participant: trainers' tracks are counted by `count_trained` alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import QuerySet

from trenza.apps.people.api import merged_away
from trenza.apps.programmes.models import Completion, Enrolment, Track
from trenza.core.facts import Count, count


@dataclass(frozen=True)
class Fact:
    """One thing that happened. `day` is in UTC; region, age band and sex are as of enrolment, empty if unknown.

    `synthetic` facts are a demonstration's and never stand in a total with real ones.
    """

    measure: str
    programme: UUID
    edition: UUID
    track: UUID
    region: UUID | None
    day: date
    age_band: str
    sex: str
    synthetic: bool


_STRATA = ("edition__programme_id", "edition_id", "track_id", "region_id")
_ABOUT = ("age_band", "sex", "person__synthetic")


def enrolments(programme: UUID) -> Iterator[Fact]:
    """One fact for each enrolment of a participant of the programme."""
    rows = _participants(programme).values_list(*_STRATA, "enrolled_at", *_ABOUT)
    return (_fact("enrolments", row) for row in rows.order_by("enrolled_at", "id").iterator())


def completions(programme: UUID) -> Iterator[Fact]:
    """One fact for each enrolment that a participant completed."""
    rows = Completion.objects.filter(enrolment__in=_participants(programme).values("pk")).values_list(
        *(f"enrolment__{name}" for name in _STRATA), "completed_at", *(f"enrolment__{name}" for name in _ABOUT)
    )
    return (_fact("completions", row) for row in rows.order_by("completed_at", "id").iterator())


def count_enrolments(programme: UUID, starts: Sequence[datetime]) -> list[Count]:
    """The enrolments of the programme's participants by edition, region and period; see `core.facts.count`."""
    return count(
        _participants(programme),
        at="enrolled_at",
        edition="edition",
        region="region",
        synthetic="person__synthetic",
        starts=starts,
    )


def count_completions(programme: UUID, starts: Sequence[datetime]) -> list[Count]:
    """The completions of the programme's participants, likewise."""
    return _count_completed(_participants(programme), starts)


def count_trained(programme: UUID, starts: Sequence[datetime]) -> list[Count]:
    """The trainers who completed their training, likewise."""
    return _count_completed(_trainers(programme), starts)


def _count_completed(enrolments: QuerySet[Enrolment], starts: Sequence[datetime]) -> list[Count]:
    return count(
        Completion.objects.filter(enrolment__in=enrolments.values("pk")),
        at="completed_at",
        edition="enrolment__edition",
        region="enrolment__region",
        synthetic="enrolment__person__synthetic",
        starts=starts,
    )


def _participants(programme: UUID) -> QuerySet[Enrolment]:
    enrolments = _enrolments(programme)
    return enrolments.exclude(track__in=Track.objects.of_trainers().order_by().values("pk"))


def _enrolments(programme: UUID) -> QuerySet[Enrolment]:
    """Who was enrolled twice in a track, and found to be one, counts once."""
    enrolments = Enrolment.objects.filter(edition__programme=programme).order_by()
    return enrolments.exclude(person__in=merged_away())


def _trainers(programme: UUID) -> QuerySet[Enrolment]:
    return _enrolments(programme).filter(track__in=Track.objects.of_trainers().order_by().values("pk"))


def _fact(measure: str, row: tuple[UUID, UUID, UUID, UUID | None, datetime, str, str, bool]) -> Fact:
    programme, edition, track, region, at, age_band, sex, synthetic = row
    return Fact(measure, programme, edition, track, region, at.astimezone(UTC).date(), age_band, sex, synthetic)
