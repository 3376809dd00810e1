"""What the four lists share: rows within the viewer's scope, search by words, filters, order, export."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from trenza.apps.people.api import Person
from trenza.core.access import Rule
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.office import spreadsheets
from trenza.portals.office.access import viewer_of
from trenza.portals.office.words import Words

DEMONSTRATION = "demonstration"


class RowPaginator(WagtailPaginator):
    """Counts rows, in the reader's language: models have no names for people to read."""

    model = None


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


class WordsColumn(Column):
    """A state, in words."""

    def __init__(self, name: str, *, words: Mapping[str, Words], **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.words = words

    def get_value(self, instance: Any) -> str:
        return str(self.words.get(super().get_value(instance), ""))


class Listing(SpreadsheetExportMixin, BaseListingView):  # type: ignore[override]  # Wagtail types what differs
    """One list. Subclasses say the rule, the columns and what words are looked for in.

    `synthetic` is the lookup that leads from a row to whether its person is made up, None where rows have no person.
    """

    rule: ClassVar[Rule[Person | None, Any]]
    related: ClassVar[tuple[str, ...]] = ()
    synthetic: ClassVar[str | None] = "person__synthetic"
    export_only: ClassVar[tuple[Column, ...]] = ()
    # Wagtail declares these with values of other types.
    is_searchable: Any = True
    search_backend_name: Any = None
    search_fields: Any = ()
    filterset_class: Any = None
    index_url_name: Any = None
    index_results_url_name: Any = None
    default_ordering: Any = None
    paginate_by = 25
    paginator_class = RowPaginator

    def get_base_queryset(self) -> Any:
        return self.rule.which(viewer_of(self.request)).select_related(*self.related)

    def get_search_form(self) -> SearchForm:
        """Wagtail's, with our words in it."""
        data = self.request.GET if self.search_kwarg in self.request.GET else None
        return SearchForm(data, placeholder=_("Search by name"))

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The chosen order, and the key behind it, so that pages do not overlap."""
        chosen = self.ordering if isinstance(self.ordering, list | tuple) else (self.ordering,)
        return queryset.order_by(*chosen, "-pk")

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Every word is in some of the fields: "quispe maria" finds María Quispe's row."""
        for word in self.search_query.split()[:6]:
            anywhere = Q()
            for field in self.search_fields:
                anywhere |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(anywhere)
        return queryset

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.is_export:
            return self.export(self.get_queryset(), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context[DEMONSTRATION] = demonstration_everywhere() or any(map(self.is_synthetic, context["object_list"]))
        return context

    def is_synthetic(self, row: Model) -> bool:
        """Whether the row is about somebody made up."""
        value: Any = row
        for name in self.synthetic.split("__") if self.synthetic else ():
            value = getattr(value, name)
        return value is True

    def export(self, rows: QuerySet[Any], format: str) -> HttpResponseBase:
        """The list as it is filtered now, whole; people who do not exist are marked in a column of their own."""
        self.sheet_columns: list[Column] = [*self.columns, *self.export_only]
        if (self.synthetic and rows.filter(**{self.synthetic: True}).exists()) or demonstration_everywhere():
            mark = Column(DEMONSTRATION, label=_("DEMONSTRATION DATA"), accessor=self.demonstration_mark)
            self.sheet_columns.insert(0, mark)
            self.export_filename = f"demostracion-{self.export_filename}"
        self.list_export = [column.name for column in self.sheet_columns]
        self.export_headings = {column.name: column.label for column in self.sheet_columns}
        answer: HttpResponseBase = self.as_spreadsheet(spreadsheets.Streamed(rows), format)
        return answer

    def demonstration_mark(self, row: Model) -> str:
        """What stands in the column of the mark."""
        return _("DEMONSTRATION DATA") if self.is_synthetic(row) or demonstration_everywhere() else ""

    def to_row_dict(self, item: Model) -> dict[str, Any]:
        return {column.name: exported(column, item) for column in self.sheet_columns}

    @property
    def show_export_buttons(self) -> bool:
        """Wagtail shows them where `list_export` says so, which is known here only when exporting."""
        return True


def exported(column: Column, row: Model) -> Any:
    """The value of a cell in a spreadsheet."""
    value = column.moment(row) if isinstance(column, DayColumn) else column.get_value(row)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)  # spreadsheets know no time zones
    if value is None or isinstance(value, bool | int | float):
        return value
    return spreadsheets.safe(str(value))


def languages(codes: Iterable[str]) -> str:
    """Languages by their names where we speak them."""
    names = dict(settings.LANGUAGES)
    return ", ".join(names.get(code, code) for code in codes)
