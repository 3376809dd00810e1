"""What a programme has achieved: counted from what happened, against its targets, telling of nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from trenza.apps.impact.api import (
    MINIMUM,
    Aim,
    Past,
    Result,
    bar_chart,
    column_chart,
    public_results,
    written,
)
from trenza.core.access import public
from trenza.portals.public.views.calls import programme_or_404

HIDDEN_IN_DRAWING = "–"  # beside a dashed box; the table says it in words

Rows = Sequence[tuple[str, int | None]]


@dataclass(frozen=True)
class AimCard:
    """A target and how much of it is reached, in words and as a drawing: blank where that may not be told."""

    value: str
    source: str
    days: str
    reached: str
    drawing: SafeString | str


@dataclass(frozen=True)
class Breakdown:
    """One drawing and the table with the same numbers."""

    heading: str
    column: str
    drawing: SafeString
    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class Card:
    """One indicator as the page shows it."""

    code: str
    name: str
    total: str
    aims: list[AimCard]
    breakdowns: list[Breakdown]


@public
@require_safe
def results(request: HttpRequest, programme: str) -> HttpResponse:
    """The page of results. It is counted at each request, up to the end of yesterday."""
    found = programme_or_404(programme)
    shown = public_results(found)
    context = {
        "programme": found,
        "last_day": shown.last_day,
        "cards": [_card(result) for result in shown.results],
        "past": [_past_row(each) for each in shown.past],
        "minimum": MINIMUM,
        "zone": shown.zone,
        "demonstration": shown.demonstration,
    }
    return render(request, "public/results.html", context)


def _card(result: Result) -> Card:
    return Card(
        code=result.code,
        name=result.name,
        total=_said(result.total),
        aims=[_aim(result, aim) for aim in result.aims],
        breakdowns=_breakdowns(result) if result.periods else [],
    )


def _breakdowns(result: Result) -> list[Breakdown]:
    regions = [(name or _("Without a region"), number) for name, number in result.regions]
    return [
        Breakdown(
            heading=_("By region"),
            column=_("Region"),
            drawing=bar_chart(
                regions,
                title=_("%(name)s, by region") % {"name": result.name},
                description=_description(regions),
                suppressed_label=HIDDEN_IN_DRAWING,
            ),
            rows=[(name, _said(number)) for name, number in regions],
        ),
        _by_year(result) if result.by_year else _by_month(result),
    ]


def _by_month(result: Result) -> Breakdown:
    months = [(date_format(month, "YEAR_MONTH_FORMAT"), number) for month, number in result.periods]
    return Breakdown(
        heading=_("By month"),
        column=_("Month"),
        drawing=column_chart(
            [(_short_month(month, result.periods[0][0]), number) for month, number in result.periods],
            title=_("%(name)s, by month") % {"name": result.name},
            description=_description(months),
            suppressed_label=HIDDEN_IN_DRAWING,
        ),
        rows=[(name, _said(number)) for name, number in months],
    )


def _by_year(result: Result) -> Breakdown:
    years = [(str(year.year), number) for year, number in result.periods]
    return Breakdown(
        heading=_("By year"),
        column=_("Year"),
        drawing=column_chart(
            years,
            title=_("%(name)s, by year") % {"name": result.name},
            description=_description(years),
            suppressed_label=HIDDEN_IN_DRAWING,
        ),
        rows=[(name, _said(number)) for name, number in years],
    )


def _description(rows: Rows) -> str:
    """The greatest number in a sentence; the rest stands in the table."""
    greatest = max((row for row in rows if row[1]), key=lambda row: row[1] or 0, default=None)
    if greatest is None:
        return _("No number here can be shown. The table below says so row by row.")
    name, number = greatest
    return _("The greatest number is that of %(name)s: %(number)s. The table below has all of them.") % {
        "name": name,
        "number": written(number or 0),
    }


def _aim(result: Result, aim: Aim) -> AimCard:
    drawing: SafeString | str = ""
    reached = _("What was reached is not shown: it would tell of few people.")
    if aim.reached is not None:
        reached = _("%(reached)s of %(value)s") % {"reached": written(aim.reached), "value": written(aim.value)}
        drawing = bar_chart(
            [(_("Reached"), aim.reached)],
            title=_("%(name)s, against the target") % {"name": result.name},
            description=reached,
            target=aim.value,
            target_label=_("Target:"),
        )
    return AimCard(written(aim.value), aim.source, _days(aim.starts_on, aim.ends_on), reached, drawing)


def _past_row(past: Past) -> dict[str, object]:
    return {
        "name": past.name,
        "value": written(past.value),
        "days": _days(past.starts_on, past.ends_on),
        "source": past.source,
        "is_target": past.is_target,
    }


def _days(first: date, last: date) -> str:
    words = {"first": date_format(first, "YEAR_MONTH_FORMAT"), "last": date_format(last, "YEAR_MONTH_FORMAT")}
    return words["first"] if words["first"] == words["last"] else _("%(first)s to %(last)s") % words


def _short_month(month: date, first: date) -> str:
    """Three letters, with the year where it begins."""
    return date_format(month, "b y" if month.month == 1 or month == first else "b")


def _said(number: int | None) -> str:
    return _hidden() if number is None else written(number)


def _hidden() -> str:
    """What stands in the place of a number that is hidden, itself small or to protect a small one."""
    return _("not shown")
