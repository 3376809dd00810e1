"""What scholarships contain: who has it, who still lacks it; marked for several at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.admissions.api import AwardPart, give_parts, readable_parts, take_marks_back
from trenza.apps.people.api import Permission, Person
from trenza.core import clock
from trenza.portals.office.bulk import Bulk
from trenza.portals.office.choices import CallFilter, region_filter, words_filter
from trenza.portals.office.columns import DateColumn, LinkColumn, WordsColumn
from trenza.portals.office.listing import Listing
from trenza.portals.office.words import PART_KINDS, PART_STATES, Words


class PartFilters(WagtailFilterSet):
    state = words_filter(gettext_lazy("State"), PART_STATES, method="in_state")
    kind = words_filter(gettext_lazy("Kind"), PART_KINDS)
    call = CallFilter(field_name="award__call", label=gettext_lazy("Call"))
    region = region_filter("award__region")

    class Meta:
        model = AwardPart
        fields: list[str] = []

    def in_state(self, parts: QuerySet[AwardPart], name: str, value: str) -> QuerySet[AwardPart]:
        """Given, or not yet."""
        return parts.filter(given_on__isnull=value == "lacking")


class GivenForm(forms.Form):
    """On which day these were given."""

    on = forms.DateField(
        label=gettext_lazy("Given on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any, viewer: Person, rows: Sequence[AwardPart]) -> None:
        super().__init__(data, initial={"on": clock.now().date()})


def about(row: Any) -> str:
    """Whose part it is, and which."""
    return f"{row.award.person.name} · {row.name}"


def state_of(row: Any) -> str:
    """Whether she has it: a key of PART_STATES."""
    return "lacking" if row.given_on is None else "given"


def in_words(row: Any) -> Words:
    """The same in words."""
    return PART_STATES[state_of(row)]


class Parts(Listing):
    """A row for each thing that somebody who has accepted gets."""

    code = "parts"
    rule = readable_parts
    related = ("award__person", "award__call__programme", "award__region", "given_by")
    shared = ("award__call__programme", "award__region", "given_by")
    synthetic = "award__person__synthetic"
    person = "award__person"
    nothing = gettext_lazy("Nobody in your scope has accepted a scholarship that contains something yet.")
    filterset_class = PartFilters
    index_url_name = "office_parts"
    index_results_url_name = "office_parts_results"
    header_icon = "check"
    default_ordering = "award__person__search_text"
    export_filename = "partes-de-becas"
    columns = [
        LinkColumn(
            "name", label=gettext_lazy("Name"), accessor="award.person.name", url_name="office_award_page",
            id_accessor="award_id", sort_key="award__person__search_text",
        ),
        Column("part", label=gettext_lazy("Part"), accessor="name", sort_key="name"),
        WordsColumn("kind", label=gettext_lazy("Kind"), words=PART_KINDS, sort_key="kind"),
        Column("call", label=gettext_lazy("Call"), accessor="award.call.name", sort_key="award__call__name"),
        Column("region", label=gettext_lazy("Region"), accessor="award.region.name"),
        WordsColumn("state", label=gettext_lazy("State"), accessor=state_of, words=PART_STATES),
        DateColumn("given_on", label=gettext_lazy("Given on"), sort_key="given_on"),
        Column("given_by", label=gettext_lazy("By whom"), accessor="given_by.name"),
    ]  # fmt: skip
    bulks = (
        Bulk(
            code="give",
            label=gettext_lazy("Mark as given"),
            permission=Permission.APPLICATION_AWARD,
            question=gettext_lazy("Did each of these get it on this day? Write down no code of a voucher here."),
            done=gettext_lazy("She has it."),
            act=lambda rows, by, given: give_parts(parts=rows, on=given["on"], by=by),
            name=about,
            state=in_words,
            form=GivenForm,
        ),
        Bulk(
            code="not_given",
            label=gettext_lazy("Take the mark back"),
            permission=Permission.APPLICATION_AWARD,
            question=gettext_lazy("Were these marked by mistake? Then they stand among what is still to be given."),
            done=gettext_lazy("The mark is taken back."),
            act=lambda rows, by, given: take_marks_back(parts=rows, by=by),
            name=about,
            state=in_words,
        ),
    )

    def get_page_title(self) -> str:
        return _("Parts of scholarships")
