"""How long each trainer taught: sessions that have begun and were not cancelled, as they were planned to last."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.people.api import Person
from trenza.apps.programmes.api import Edition
from trenza.apps.sessions.api import SessionTrainer, taught, teachers, teaching_of
from trenza.portals.office.choices import days_filter, edition_filter
from trenza.portals.office.listing import Listing


class HoursFilters(WagtailFilterSet):
    """Which sessions are counted; who gave none of them is left out."""

    edition = edition_filter()
    starts_at = days_filter(gettext_lazy("Day"))

    class Meta:
        model = Person
        fields: list[str] = []


class Hours(Listing):
    """Everybody who gave a session that the viewer may read, with how many and how long."""

    code = "hours"
    rule = teachers
    synthetic = "synthetic"
    person = "pk"
    nothing = gettext_lazy("No session in your scope has been given yet.")
    filterset_class = HoursFilters
    index_url_name = "office_hours"
    index_results_url_name = "office_hours_results"
    header_icon = "date"
    default_ordering = "search_text"
    export_filename = "horas"
    columns = [
        Column("name", label=gettext_lazy("Name"), sort_key="search_text"),
        Column("given", label=gettext_lazy("Sessions given"), accessor="teaching.sessions"),
        Column("hours", label=gettext_lazy("Hours"), accessor=lambda row: hours(row.teaching.minutes)),
        Column(
            "stood_in", label=gettext_lazy("Of these, as a substitute"),
            accessor=lambda row: hours(row.teaching.substitute_minutes),
        ),
    ]  # fmt: skip

    def get_page_title(self) -> str:
        return _("Hours taught")

    @cached_property
    def counted(self) -> QuerySet[SessionTrainer]:
        """What is counted, as the filters say."""
        edition: Edition | None = self.chosen.get("edition")
        days = self.chosen.get("starts_at")
        return taught(
            self.viewer, edition=edition, since=days.start if days else None, until=days.stop if days else None
        )

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Who gave one of these."""
        return queryset.filter(pk__in=self.counted.values("person"))

    def prepare(self, rows: Sequence[Any]) -> None:
        """How long. One query."""
        found = teaching_of(self.counted, [row.pk for row in rows])
        for row in rows:
            row.teaching = found[row.pk]


def hours(minutes: int) -> float:
    """As a number with a quarter of an hour for the smallest part."""
    return round(minutes / 15) / 4
