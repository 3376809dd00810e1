"""Awards: places that were given, when and by whom, and what she answered."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.admissions.api import Acceptance, Award, Refusal, readable_awards
from trenza.portals.office.choices import CallFilter, days_filter, edition_filter, region_filter, words_filter
from trenza.portals.office.columns import DayColumn, LinkColumn, WordsColumn
from trenza.portals.office.listing import Listing
from trenza.portals.office.words import AWARD_STATES


class AwardFilters(WagtailFilterSet):
    state = words_filter(gettext_lazy("State"), AWARD_STATES, method="in_state")
    call = CallFilter(label=gettext_lazy("Call"))
    edition = edition_filter("call__edition")
    region = region_filter()
    awarded_at = days_filter(gettext_lazy("Awarded"))

    class Meta:
        model = Award
        fields: list[str] = []

    def in_state(self, awards: QuerySet[Award], name: str, value: str) -> QuerySet[Award]:
        """The state is no column: it follows from whether she answered, and what."""
        if value == "waiting":
            return awards.filter(acceptance=None, refusal=None)
        return awards.filter(**{f"{'acceptance' if value == 'accepted' else 'refusal'}__isnull": False})


def answer_of(award: Award) -> Acceptance | Refusal | None:
    """What she answered, if she has."""
    found: Acceptance | Refusal | None = getattr(award, "acceptance", None) or getattr(award, "refusal", None)
    return found


def state_of(award: Award) -> str:
    """Whether she has answered, and what: a key of AWARD_STATES."""
    match answer_of(award):
        case None:
            return "waiting"
        case Acceptance():
            return "accepted"
    return "declined"


def answered_at(award: Award) -> datetime | None:
    """When she answered."""
    match answer_of(award):
        case Acceptance(accepted_at=moment) | Refusal(declined_at=moment):
            return moment
    return None


class Awards(Listing):
    """Who was given a place. A row leads to its application."""

    code = "awards"
    rule = readable_awards
    related = ("person", "call__programme", "region", "awarded_by", "acceptance", "refusal")
    shared = ("call__programme", "region", "awarded_by")
    nothing = gettext_lazy("No place in your scope has been awarded yet. Award places from the list of applications.")
    filterset_class = AwardFilters
    index_url_name = "office_awards"
    index_results_url_name = "office_awards_results"
    header_icon = "pick"
    default_ordering = "-awarded_at"
    export_filename = "adjudicaciones"
    columns = [
        LinkColumn(
            "name", label=gettext_lazy("Name"), accessor="person.name", url_name="office_application",
            id_accessor="application_id", sort_key="person__search_text",
        ),
        Column("programme", label=gettext_lazy("Programme"), accessor="call.programme.name"),
        Column("call", label=gettext_lazy("Call"), accessor="call.name", sort_key="call__name"),
        Column("region", label=gettext_lazy("Region"), accessor="region.name", sort_key="region__name"),
        WordsColumn("state", label=gettext_lazy("State"), accessor=state_of, words=AWARD_STATES),
        DayColumn(
            "awarded_at", label=gettext_lazy("Awarded"), zone=lambda row: row.call.zone, time=True,
            sort_key="awarded_at",
        ),
        Column("awarded_by", label=gettext_lazy("By whom"), accessor="awarded_by.name"),
        DayColumn(
            "answered_at", label=gettext_lazy("Answered"), accessor=answered_at, zone=lambda row: row.call.zone,
        ),
    ]  # fmt: skip

    def get_page_title(self) -> str:
        return _("Awards")
