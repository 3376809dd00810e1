"""The list of centres within the viewer's scope."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from trenza.apps.people.api import Permission
from trenza.apps.places.api import Centre, figures_of, read_centre
from trenza.portals.office.access import may
from trenza.portals.office.choices import country_filter, words_filter
from trenza.portals.office.columns import CountryColumn, DateColumn, LinkColumn, WordsColumn
from trenza.portals.office.listing import Listing
from trenza.portals.office.place_words import CENTRE_STATES
from trenza.portals.office.searching import words_of


class CentreFilters(WagtailFilterSet):
    country = country_filter(gettext_lazy("Country"))
    state = words_filter(gettext_lazy("State"), CENTRE_STATES, method="in_state")

    class Meta:
        model = Centre
        fields: list[str] = []

    def in_state(self, centres: QuerySet[Centre], name: str, value: str) -> QuerySet[Centre]:
        """Open, or closed for good."""
        return centres.filter(closed_at__isnull=value == "open")


class Centres(Listing):
    """Every centre that the viewer may see, with what is lent, late and left."""

    code = "centres"
    rule = read_centre
    synthetic = None
    person = None
    nothing = gettext_lazy("There is no centre in your scope yet.")
    search_hint = gettext_lazy("Search by name, municipality or address")
    filterset_class = CentreFilters
    index_url_name = "office_centres"
    index_results_url_name = "office_centres_results"
    header_icon = "site"
    default_ordering = "name"
    export_filename = "centros"
    columns = [
        LinkColumn("name", label=gettext_lazy("Centre"), url_name="office_centre", sort_key="name"),
        Column("municipality", label=gettext_lazy("Municipality"), sort_key="municipality"),
        CountryColumn("country", label=gettext_lazy("Country"), sort_key="country"),
        WordsColumn(
            "state", label=gettext_lazy("State"), words=CENTRE_STATES,
            accessor=lambda row: "open" if row.is_open else "closed",
        ),
        Column("equipment", label=gettext_lazy("Equipment"), accessor="figures.equipment"),
        Column("lent", label=gettext_lazy("Lent"), accessor="figures.lent"),
        Column("late", label=gettext_lazy("Late"), accessor="figures.late"),
        Column("vouchers", label=gettext_lazy("Vouchers left"), accessor="figures.vouchers"),
        DateColumn("last_visit", label=gettext_lazy("Last visit"), accessor="figures.last_visit"),
    ]  # fmt: skip
    export_only = (
        Column("code", label=gettext_lazy("Code")),
        Column("address", label=gettext_lazy("Address")),
        Column("region", label=gettext_lazy("Region")),
        Column("organisation", label=gettext_lazy("Organisation")),
        Column("latitude", label=gettext_lazy("Latitude"), accessor=lambda row: degrees(row.latitude)),
        Column("longitude", label=gettext_lazy("Longitude"), accessor=lambda row: degrees(row.longitude)),
        Column("time_zone", label=gettext_lazy("Time zone")),
    )

    def get_page_title(self) -> str:
        return _("Centres")

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Every word stands in the name, code, municipality or address."""
        for word in words_of(self.search_query) if self.is_searching else ():
            queryset = queryset.filter(search_text__contains=word)
        return queryset

    def prepare(self, rows: Sequence[Any]) -> None:
        """What is theirs. Four queries."""
        figures = figures_of(rows)
        for row in rows:
            row.figures = figures[row.pk]

    def get_header_buttons(self) -> list[HeaderButton]:
        """Open another one."""
        buttons: list[HeaderButton] = super().get_header_buttons()
        if may(self.request, Permission.PLACE_KEEP):
            buttons.append(HeaderButton(_("Open a centre"), url=reverse("office_centre_new"), icon_name="plus"))
        return buttons


def degrees(value: Any) -> float | None:
    """As a number that a spreadsheet knows."""
    return None if value is None else float(value)
