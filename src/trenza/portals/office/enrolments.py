"""Enrolments: the list, one enrolment with its modules, and the confirmation of a requirement."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.admissions.api import zones_of
from trenza.apps.credentials.api import courses_elsewhere, enrolments_to_add_to
from trenza.apps.people.api import Permission, Person, helped_with_phones, read_person
from trenza.apps.programmes.api import (
    Enrolment,
    Module,
    confirm_requirement,
    enrolments_to_confirm,
    enrolments_to_coordinate,
    in_state_on,
    module_states,
    visible_enrolments,
)
from trenza.core import clock
from trenza.portals.office import enrolment_bulks
from trenza.portals.office.access import may, viewer_of
from trenza.portals.office.choices import days_filter, edition_filter, region_filter, track_filter, words_filter
from trenza.portals.office.columns import DateColumn, DayColumn, LinkColumn, WordsColumn
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.listing import Listing
from trenza.portals.office.timeline import history_of
from trenza.portals.office.words import ENROLMENT_STATES, SEXES

RELATED = ("person", "edition__programme", "track", "region", "completion")


def zone(enrolment: Enrolment) -> ZoneInfo | None:
    """The zone of her edition's calls, where `Enrolments.prepare` has looked it up."""
    found: ZoneInfo | None = getattr(enrolment, "zone", None)
    return found


class EnrolmentFilters(WagtailFilterSet):
    state = words_filter(gettext_lazy("State"), ENROLMENT_STATES, method="in_state")
    edition = edition_filter()
    track = track_filter()
    region = region_filter()
    enrolled_at = days_filter(gettext_lazy("Enrolled"))

    class Meta:
        model = Enrolment
        fields: list[str] = []

    def in_state(self, enrolments: QuerySet[Enrolment], name: str, value: str) -> QuerySet[Enrolment]:
        """As of today: a pause that has run out is active again."""
        return enrolments.filter(in_state_on(value, clock.today("UTC")))


def state_today(enrolment: Enrolment) -> str:
    """How she stands today: a key of ENROLMENT_STATES."""
    return enrolment.state_on(clock.today("UTC"))


def paused_until(enrolment: Enrolment) -> date | None:
    """The last day of a pause that has not run out."""
    return enrolment.paused_until if state_today(enrolment) == Enrolment.State.PAUSED else None


class Enrolments(Listing):
    """Who is enrolled in what."""

    code = "enrolments"
    rule = visible_enrolments
    related = RELATED
    shared = ("edition__programme", "track", "region")
    nothing = gettext_lazy("Nobody in your scope is enrolled yet.")
    filterset_class = EnrolmentFilters
    index_url_name = "office_enrolments"
    index_results_url_name = "office_enrolments_results"
    header_icon = "tasks"
    default_ordering = "-enrolled_at"
    export_filename = "inscripciones"
    columns = [
        LinkColumn(
            "name", label=gettext_lazy("Name"), accessor="person.name", url_name="office_enrolment",
            sort_key="person__search_text",
        ),
        Column("programme", label=gettext_lazy("Programme"), accessor="edition.programme.name"),
        Column("edition", label=gettext_lazy("Edition"), accessor="edition.name", sort_key="edition__starts_on"),
        Column("track", label=gettext_lazy("Track"), accessor="track.name", sort_key="track__name"),
        Column("region", label=gettext_lazy("Region"), accessor="region.name", sort_key="region__name"),
        WordsColumn(
            "state", label=gettext_lazy("State"), accessor=state_today, words=ENROLMENT_STATES, sort_key="state"
        ),
        DayColumn("enrolled_at", label=gettext_lazy("Enrolled"), zone=zone, sort_key="enrolled_at"),
        DayColumn(
            "completed_at", label=gettext_lazy("Completed"), accessor="completion.completed_at", zone=zone,
            sort_key="completion__completed_at",
        ),
    ]  # fmt: skip
    export_only = (
        DateColumn("paused_until", label=gettext_lazy("Paused until"), accessor=paused_until),
        Column("age_band", label=gettext_lazy("Age group")),
        Column("sex", label=gettext_lazy("Sex"), accessor=lambda row: SEXES.get(row.sex, "")),
    )

    bulks = enrolment_bulks.ALL

    def get_page_title(self) -> str:
        return _("Enrolments")

    def prepare(self, rows: Sequence[Any]) -> None:
        """Days are told where the edition runs. One query."""
        zones = zones_of(row.edition_id for row in rows)
        for row in rows:
            row.zone = zones.get(row.edition_id)


class EnrolmentPage(Detail):
    """One enrolment: its modules and what has happened."""

    rule = visible_enrolments
    related = RELATED
    template_name = "office/enrolment.html"
    header_icon = "tasks"

    def get_page_title(self) -> str:
        return _("%(name)s in %(track)s") % {"name": self.object.person.name, "track": self.object.track.name}

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_enrolments"), "label": _("Enrolments")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        modules = module_states(self.object)
        return super().get_context_data(
            state=ENROLMENT_STATES[state_today(self.object)],
            paused_until=paused_until(self.object),
            may_help=may(self.request, Permission.PHONE_HELP)
            and helped_with_phones.allows(self.viewer, self.object.person),
            reads_her=read_person.allows(self.viewer, self.object.person),
            modules=modules,
            confirmable=confirmable(self.viewer, self.object, [state.module for state in modules if not state.met_at]),
            elsewhere=may(self.request, Permission.REQUIREMENT_CONFIRM)
            and enrolments_to_add_to.allows(self.viewer, self.object)
            and courses_elsewhere(self.object).exists(),
            coordinates=enrolments_to_coordinate.allows(self.viewer, self.object),
            zone=zones_of([self.object.edition_id]).get(self.object.edition_id),
            timeline=history_of(
                {self.object.pk, *self.object.credentials.values_list("pk", flat=True)},
                person=self.object.person,
                viewer=self.viewer,
            ),
            **kwargs,
        )


def confirmable(viewer: Person, enrolment: Enrolment, modules: list[Module]) -> set[UUID]:
    """Which of these modules the viewer may confirm. A query for each role that confirms some."""
    roles = {module.confirmed_by for module in modules if module.requirement_kind == Module.Kind.CONFIRMED}
    hers = {role for role in roles if enrolments_to_confirm(role).allows(viewer, enrolment)}
    return {module.pk for module in modules if module.confirmed_by in hers}


@require_POST
def confirm(request: HttpRequest, pk: UUID, module: UUID) -> HttpResponse:
    """Confirm that she has met a module."""
    viewer = viewer_of(request)
    enrolment = found(visible_enrolments, viewer, pk, "person")
    wanted = get_object_or_404(Module, pk=module, track=enrolment.track_id)

    def act() -> str:
        if confirm_requirement(enrolment=enrolment, module=wanted, by=viewer):
            return _("%(name)s has met “%(module)s”.") % {"name": enrolment.person.name, "module": wanted.name}
        return _("This was confirmed before; nothing was changed.")

    return carry_out(request, act, back=reverse("office_enrolment", args=[pk]))
