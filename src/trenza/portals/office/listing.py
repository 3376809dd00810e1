"""What the lists share: rows within the viewer's scope, search, filters, order, saved views, bulk actions, export."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.search import SearchForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button

from trenza.apps.people.api import Permission, Person
from trenza.core.access import Rule
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.office import bulk, exporting, saved_views
from trenza.portals.office.access import may, viewer_of
from trenza.portals.office.bulk import Bulk
from trenza.portals.office.columns import TickColumn
from trenza.portals.office.paging import RowPaginator
from trenza.portals.office.searching import by_person, matching

DEMONSTRATION = "demonstration"
OURS = frozenset({"q", "p", "ordering", "export", "csrfmiddlewaretoken"})


class Listing(BaseListingView):
    """One list. Subclasses say the rule, the columns, what is looked for and what is done with several rows at once.

    `code` names the list in the journal and in saved views. `synthetic` is the lookup that leads from a row to whether
    its person is made up, None where rows have no person; `person` the one to its person, None where words are looked
    for in `search_fields` instead. `shared` are those of `related` that many rows have in common (calls, editions,
    regions): an export reads them once for each portion and not again for each row, which takes most of its time.
    """

    code: ClassVar[str]
    rule: ClassVar[Rule[Person | None, Any]]
    related: ClassVar[tuple[str, ...]] = ()
    shared: ClassVar[tuple[str, ...]] = ()
    synthetic: ClassVar[str | None] = "person__synthetic"
    person: ClassVar[str | None] = "person"
    nothing: ClassVar[str | Promise] = gettext_lazy("There is nothing here yet.")
    export_only: ClassVar[tuple[Column, ...]] = ()
    bulks: ClassVar[tuple[Bulk, ...]] = ()
    # Wagtail declares these with values of other types.
    is_searchable: Any = True
    search_backend_name: Any = None
    search_fields: Any = ()
    search_hint: ClassVar[str | Promise] = gettext_lazy("Search by name")
    filterset_class: Any = None
    index_url_name: Any = None
    index_results_url_name: Any = None
    default_ordering: Any = None
    export_filename: str
    template_name = "office/listing.html"
    results_template_name = "office/listing_results.html"
    paginate_by = 25
    paginator_class = RowPaginator

    def prepare(self, rows: Sequence[Any]) -> None:
        """Give a page of rows, or a portion of an export, what their columns need from other tables."""

    def get_base_queryset(self) -> Any:
        return self.rule.which(self.viewer)

    @cached_property
    def viewer(self) -> Person:
        """Who looks at the list."""
        return viewer_of(self.request)

    def get_search_form(self) -> SearchForm:
        """Wagtail's, with our words in it."""
        data = self.request.GET if self.search_kwarg in self.request.GET else None
        return SearchForm(data, placeholder=self.search_hint)

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The chosen order, and the key behind it in the same direction (an index has both), so that pages do not
        overlap."""
        return queryset.order_by(self.ordering, "-pk" if self.ordering.startswith("-") else "pk")

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Every word is somewhere: "quispe maria" finds María Quispe's row."""
        if not self.is_searching:
            return queryset
        if self.person is None:
            return queryset.filter(pk__in=matching(queryset, self.search_query, self.search_fields))
        reads = may(self.request, Permission.PERSON_READ)
        return queryset.filter(by_person(self.viewer, self.search_query, to=self.person, reads_contacts=reads))

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The filters whose value there is. Wagtail would leave out all of them where one is wrong."""
        if not self.filters:
            return {}
        self.filters.is_valid()  # so that the form looks at what was given
        return dict(self.filters.form.cleaned_data)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        for name, value in self.chosen.items():
            queryset = self.filters.filters[name].filter(queryset, value)
        return queryset

    @cached_property
    def is_filtering(self) -> bool:
        """Whether some filter leaves rows out."""
        return any(value not in (None, "", []) for value in self.chosen.values())

    @cached_property
    def not_applied(self) -> list[str]:
        """What the address asks and this list cannot do: a filter that is gone, or one whose value is (an old view)."""
        if not self.filters:
            return []
        self.filters.is_valid()
        fields = self.filters.form.fields
        known = {f"{name}{end}" for name in fields for end in ("", "_from", "_to")} | OURS
        strange = sorted(key for key in self.request.GET if key not in known and not key.startswith("_"))
        wrong = [str(field.label) for name, field in fields.items() if name in self.filters.form.errors]
        return [*wrong, *(each[:40] for each in strange[:5])]

    def get_paginator(self, *args: Any, **kwargs: Any) -> RowPaginator:
        paginator = RowPaginator(*args, **kwargs)
        paginator.related, paginator.prepare = self.related, self.prepare
        return paginator

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        format = request.GET.get("export")
        if format in exporting.FORMATS:
            return self.export(format)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Do something with the rows that were ticked, or with all that the filters leave."""
        return bulk.answer(self, request)

    def get_table(self, object_list: Sequence[Any]) -> Any:
        """With boxes to tick where something may be done with several rows."""
        columns = (
            [TickColumn("tick", label=_("Choose"), accessor=self.columns[0].get_value), *self.columns]
            if self.open_bulks
            else self.columns
        )
        return self.table_class(columns, object_list, **self.get_table_kwargs())

    @cached_property
    def open_bulks(self) -> list[Bulk]:
        """What she may do with several rows."""
        return [each for each in self.bulks if may(self.request, each.permission)]

    @cached_property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return _("Nothing matches. Look for less, or remove the filters.")
        return str(self.nothing)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        context[DEMONSTRATION] = demonstration_everywhere() or any(map(self.is_synthetic, context["object_list"]))
        context["bulks"] = self.open_bulks
        context["not_applied"] = self.not_applied
        context["address"] = self.address()
        context |= saved_views.context(self)
        return context

    def address(self) -> str:
        """Where this list stands as it is filtered and ordered now, on its first page."""
        kept: QueryDict = self.request.GET.copy()
        for key in [key for key in kept if key in {"p", "export"} or key.startswith("_")]:
            kept.pop(key)
        return f"{self.index_url}?{kept.urlencode()}" if kept else str(self.index_url)

    def is_synthetic(self, row: Model) -> bool:
        """Whether the row is about somebody made up."""
        value: Any = row
        for name in self.synthetic.split("__") if self.synthetic else ():
            value = getattr(value, name)
        return value is True

    def export(self, format: exporting.Format) -> HttpResponseBase:
        """The list as it is filtered now, whole; people who do not exist are marked in a column of their own."""
        rows = self.get_queryset()
        columns, name = [*self.columns, *self.export_only], self.export_filename
        if demonstration_everywhere() or (self.synthetic and rows.filter(**{self.synthetic: True}).exists()):
            columns.insert(0, Column(DEMONSTRATION, label=_("DEMONSTRATION DATA"), accessor=self.demonstration_mark))
            name = f"demostracion-{name}"
        try:
            return exporting.send(
                rows.select_related(*set(self.related).difference(self.shared)).prefetch_related(*self.shared), columns,
                code=self.code, name=name, format=format, prepare=self.prepare, by=self.viewer,
            )  # fmt: skip
        except exporting.TooLong:
            words = _("A workbook holds at most 1,048,575 rows, and this list has more. Filter it, or download CSV.")
            messages.error(self.request, words)
            return redirect(self.address())

    def demonstration_mark(self, row: Model) -> str:
        """What stands in the column of the mark."""
        return _("DEMONSTRATION DATA") if self.is_synthetic(row) or demonstration_everywhere() else ""

    def get_header_more_buttons(self) -> list[Button]:
        """Take the list away as a file."""
        return [
            Button(_("Download XLSX"), url=self.export_url("xlsx"), icon_name="download", priority=90),
            Button(_("Download CSV"), url=self.export_url("csv"), icon_name="download", priority=100),
        ]

    def export_url(self, format: exporting.Format) -> str:
        """This list, as it is now, as a file."""
        kept = self.request.GET.copy()
        kept["export"] = format
        return f"{self.index_url}?{kept.urlencode()}"


def languages(codes: Iterable[str]) -> str:
    """Languages by their names where we speak them, those of a region (es-419) by that of the language."""
    names = dict(settings.LANGUAGES)
    return ", ".join(names.get(code) or names.get(code.partition("-")[0], code) for code in codes)
