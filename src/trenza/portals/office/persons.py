"""People: the list, and one person with what of hers lies within the viewer's scope."""

from typing import Any

import django_filters
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.admissions.api import readable_applications
from trenza.apps.people.api import Person, read_person
from trenza.apps.programmes.api import visible_enrolments
from trenza.portals.office.choices import days_filter, words_filter
from trenza.portals.office.detail import Detail
from trenza.portals.office.listing import DayColumn, LinkColumn, Listing, WordsColumn, languages
from trenza.portals.office.words import APPLICATION_STATES, ENROLMENT_STATES, SEXES


class PersonFilters(WagtailFilterSet):
    sex = words_filter(gettext_lazy("Sex"), SEXES)
    country = django_filters.AllValuesFilter(label=gettext_lazy("Country"))
    registered_at = days_filter(gettext_lazy("Registered"))

    class Meta:
        model = Person
        fields: list[str] = []


class Persons(Listing):
    """Everybody within the viewer's scope: who has applied or is enrolled there."""

    rule = read_person
    synthetic = "synthetic"
    filterset_class = PersonFilters
    index_url_name = "office_persons"
    index_results_url_name = "office_persons_results"
    header_icon = "group"
    default_ordering = "-registered_at"
    search_fields = ["given_name", "family_name", "certificate_name"]
    export_filename = "personas"
    columns = [
        LinkColumn("name", label=gettext_lazy("Name"), url_name="office_person", sort_key="given_name"),
        Column("family_name", label=gettext_lazy("Family name"), sort_key="family_name"),
        Column("country", label=gettext_lazy("Country"), sort_key="country"),
        WordsColumn("sex", label=gettext_lazy("Sex"), words=SEXES),
        DayColumn("registered_at", label=gettext_lazy("Registered"), sort_key="registered_at"),
    ]
    export_only = (
        Column("certificate_name", label=gettext_lazy("Name on certificates"), accessor="name_on_certificate"),
        Column("birth_date", label=gettext_lazy("Born")),
        Column("language", label=gettext_lazy("Language")),
    )

    def get_page_title(self) -> str:
        return _("People")


class PersonPage(Detail):
    """One person. Her applications and enrolments elsewhere are not the viewer's to see."""

    rule = read_person
    template_name = "office/person.html"
    header_icon = "user"

    def get_page_title(self) -> str:
        return str(self.object.name)

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_persons"), "label": _("People")}

    def is_synthetic(self) -> bool:
        return bool(self.object.synthetic)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        applications = readable_applications.which(self.viewer).filter(person=self.object)
        enrolments = visible_enrolments.which(self.viewer).filter(person=self.object)
        return super().get_context_data(
            accounts=self.object.accounts.order_by("created_at"),
            sex=SEXES.get(self.object.sex, ""),
            language=languages([self.object.language]),
            applications=[
                (APPLICATION_STATES[each.state], each)
                for each in applications.select_related("call__programme", "region").order_by("-submitted_at")
            ],
            enrolments=[
                (ENROLMENT_STATES[each.state], each)
                for each in enrolments.select_related("edition__programme", "track", "region").order_by("-enrolled_at")
            ],
            consents=self.object.consents.order_by("-given_at"),
            **kwargs,
        )
