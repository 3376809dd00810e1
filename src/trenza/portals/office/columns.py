"""Columns of lists: what a cell shows on a page, and what it holds in a spreadsheet."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail.admin.ui.tables import Column, TitleColumn

from trenza.portals.field.countries import country_name
from trenza.portals.office.words import Words

Cell = str | int | float | bool | date | datetime | None


class LinkColumn(TitleColumn):
    """The column that leads to the row's own page."""


class DayColumn(Column):
    """A moment, shown as the day it was (in UTC, or in `zone(row)`), exported with its time."""

    def __init__(
        self, name: str, *, zone: Callable[[Any], ZoneInfo | None] = lambda row: None, time: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(name, **kwargs)
        self.zone = zone
        self.format = "SHORT_DATETIME_FORMAT" if time else "SHORT_DATE_FORMAT"

    def moment(self, row: Any) -> datetime | None:
        """The value, in its zone."""
        value: datetime | None = super().get_value(row)
        return localtime(value, self.zone(row)) if value else None

    def get_value(self, instance: Any) -> str:
        moment = self.moment(instance)
        return date_format(moment, self.format) if moment else ""


class DateColumn(Column):
    """A day that has no time, exported as a date."""

    def day(self, row: Any) -> date | None:
        """The value."""
        value: date | None = super().get_value(row)
        return value

    def get_value(self, instance: Any) -> str:
        day = self.day(instance)
        return date_format(day, "SHORT_DATE_FORMAT") if day else ""


class WordsColumn(Column):
    """A state, in words."""

    def __init__(self, name: str, *, words: Mapping[str, Words], **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.words = words

    def get_value(self, instance: Any) -> str:
        return str(self.words.get(super().get_value(instance), ""))


class CountryColumn(Column):
    """A country by its name."""

    def get_value(self, instance: Any) -> str:
        return country_name(super().get_value(instance))


class TickColumn(Column):
    """A box to tick a row for what is done with several at once. Its label is the row's own, for who hears it."""

    cell_template_name = "office/tick.html"
    header_template_name = "office/tick_header.html"


def exported(column: Column, row: Any) -> Cell:
    """What a cell holds in a spreadsheet: numbers and days are kept as such."""
    if isinstance(column, DayColumn):
        moment = column.moment(row)
        return moment.replace(tzinfo=None) if moment else None  # spreadsheets know no time zones
    if isinstance(column, DateColumn):
        return column.day(row)
    value = column.get_value(row)
    return value if value is None or isinstance(value, bool | int | float | date) else str(value)
