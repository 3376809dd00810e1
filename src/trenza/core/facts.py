"""How apps publish pseudonymous facts in their `measures.py`: counts by place and time, never rows, never persons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.db.models import Count as CountOf


@dataclass(frozen=True)
class Count:
    """So many things happened in a period, in a region of an edition.

    `period` is the index of its start in `starts`, -1 for what happened before the first. `region` is None where none
    was said. `synthetic` things happened to nobody and never stand in a total with real ones.
    """

    edition: UUID
    region: UUID | None
    period: int
    synthetic: bool
    number: int


def count(
    rows: QuerySet[Any], *, at: str, edition: str, region: str, synthetic: str, starts: Sequence[datetime]
) -> list[Count]:
    """Count rows in one query, grouped by the database; the names are lookups that lead from a row to each value.

    `starts` are the moments at which periods begin, in order; the last period has no end. Periods are compared as
    moments, so that a month may be that of any time zone, with its change of the clock.
    """
    newest_first = [When(**{f"{at}__gte": start}, then=Value(i)) for i, start in reversed(list(enumerate(starts)))]
    period = Case(*newest_first, default=Value(-1), output_field=IntegerField())
    grouped = (
        rows.order_by()
        .annotate(_edition=F(edition), _region=F(region), _synthetic=F(synthetic), _period=period)
        .values_list("_edition", "_region", "_period", "_synthetic")
        .annotate(_number=CountOf("pk"))
        .order_by("_edition", "_region", "_period", "_synthetic")
    )
    return [Count(*row) for row in grouped]
