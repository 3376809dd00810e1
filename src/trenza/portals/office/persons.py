"""People: the list of who lies within the viewer's scope. The page of one is in person.py."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.people.api import Person, read_person
from trenza.portals.office.choices import country_filter, days_filter, words_filter
from trenza.portals.office.columns import CountryColumn, DateColumn, DayColumn, LinkColumn, WordsColumn
from trenza.portals.office.listing import Listing
from trenza.portals.office.words import SEXES


class PersonFilters(WagtailFilterSet):
    sex = words_filter(gettext_lazy("Sex"), SEXES)
    country = country_filter(gettext_lazy("Country"))
    registered_at = days_filter(gettext_lazy("Registered"))

    class Meta:
        model = Person
        fields: list[str] = []


class Persons(Listing):
    """Everybody within the viewer's scope: who has applied or is enrolled there."""

    code = "persons"
    rule = read_person
    synthetic = "synthetic"
    person = "pk"
    nothing = gettext_lazy("Nobody has applied or enrolled in your scope yet.")
    search_hint = gettext_lazy("Search by name, e-mail or phone")
    filterset_class = PersonFilters
    index_url_name = "office_persons"
    index_results_url_name = "office_persons_results"
    header_icon = "group"
    default_ordering = "-registered_at"
    export_filename = "personas"
    columns = [
        LinkColumn("name", label=gettext_lazy("Name"), url_name="office_person", sort_key="search_text"),
        Column("family_name", label=gettext_lazy("Family name")),
        CountryColumn("country", label=gettext_lazy("Country"), sort_key="country"),
        WordsColumn("sex", label=gettext_lazy("Sex"), words=SEXES),
        DayColumn("registered_at", label=gettext_lazy("Registered"), sort_key="registered_at"),
    ]
    export_only = (
        Column("certificate_name", label=gettext_lazy("Name on certificates"), accessor="name_on_certificate"),
        DateColumn("birth_date", label=gettext_lazy("Born")),
        Column("language", label=gettext_lazy("Language")),
    )

    def get_page_title(self) -> str:
        return _("People")
