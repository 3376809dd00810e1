"""The first page of the office: what needs somebody today, and how the week goes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from trenza.apps.admissions.api import readable_applications
from trenza.apps.credentials.api import readable_credentials
from trenza.apps.people.api import Permission, Person
from trenza.apps.programmes.api import Enrolment, awaiting, enrolments_to_confirm, in_state_on, visible_enrolments
from trenza.core import clock
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.office.access import may, viewer_of
from trenza.portals.office.attention import module_of, waiting_for
from trenza.portals.office.words import Words

WEEK = timedelta(days=7)
AT_ONCE = 50


@dataclass(frozen=True)
class Counted:
    """How often something happened in the last seven days, and in the seven before."""

    label: Words
    url: str
    now: int
    before: int


class HomeView(WagtailAdminTemplateMixin, TemplateView):
    """What waits for somebody in her scope, how many are enrolled and have completed, and how the week goes."""

    template_name = "office/home.html"
    header_icon = "home"

    def get_page_title(self) -> str:
        return _("Today")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = viewer_of(self.request)
        reads = may(self.request, Permission.ENROLMENT_READ)
        numbers, synthetic = enrolled(viewer) if reads else ({}, False)
        context: dict[str, Any] = super().get_context_data(
            waiting=waiting_for(self.request, viewer, roles_of(viewer)),
            numbers=numbers,
            week=[each.counted(viewer) for each in WEEKLY if may(self.request, each.permission)],
            **kwargs,
        )
        context["demonstration"] = demonstration_everywhere() or synthetic
        return context


@dataclass(frozen=True)
class Weekly:
    """Something that is counted by week: who may read it, which rows, and the moment of each."""

    label: Words
    permission: Permission
    rows: Any
    at: str
    url: str

    def counted(self, viewer: Person) -> Counted:
        """One query, over the rows of two weeks."""
        now = clock.now()
        rows: QuerySet[Any] = self.rows.which(viewer).filter(**{f"{self.at}__gt": now - 2 * WEEK})
        count = rows.order_by().aggregate(
            now=Count("pk", filter=Q(**{f"{self.at}__gt": now - WEEK})),
            before=Count("pk", filter=Q(**{f"{self.at}__lte": now - WEEK})),
        )
        return Counted(self.label, reverse(self.url), count["now"], count["before"])


WEEKLY = (
    Weekly(
        gettext_lazy("Applications"), Permission.APPLICATION_READ, readable_applications, "submitted_at",
        "office_applications",
    ),
    Weekly(
        gettext_lazy("Enrolments"), Permission.ENROLMENT_READ, visible_enrolments, "enrolled_at", "office_enrolments"
    ),
    Weekly(
        gettext_lazy("Completed tracks"), Permission.ENROLMENT_READ, visible_enrolments, "completion__completed_at",
        "office_enrolments",
    ),
    Weekly(
        gettext_lazy("Certificates issued"), Permission.CREDENTIAL_READ, readable_credentials, "issued_at",
        "office_credentials",
    ),
)  # fmt: skip


class ToConfirmPage(WagtailAdminTemplateMixin, TemplateView):
    """Who waits for the viewer to confirm one module, the longest enrolled first."""

    template_name = "office/to_confirm.html"
    header_icon = "tasks"

    def get_page_title(self) -> str:
        return _("To confirm")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = viewer_of(self.request)
        module = module_of(roles_of(viewer), self.kwargs["pk"])
        if module is None:
            raise Http404
        hers = enrolments_to_confirm(module.confirmed_by).which(viewer).filter(awaiting([module])[module])
        page = Paginator(
            hers.select_related("person", "region", "edition").order_by("enrolled_at", "pk"), AT_ONCE
        ).get_page(self.request.GET.get("p"))
        context: dict[str, Any] = super().get_context_data(module=module, page=page, **kwargs)
        context["demonstration"] = demonstration_everywhere() or any(each.person.synthetic for each in page)
        return context


def roles_of(viewer: Person) -> list[str]:
    """The codes of the roles that she holds somewhere. One query."""
    return list(viewer.role_grants.filter(withdrawn_at=None).values_list("role", flat=True).distinct())


def enrolled(viewer: Person) -> tuple[dict[str, int], bool]:
    """How many enrolments are in her scope, and of these in each state today, paused apart from active; and whether
    some are of people made up. Two queries."""
    hers, today = visible_enrolments.which(viewer).order_by(), clock.today("UTC")
    count = hers.aggregate(
        enrolments=Count("pk"), **{state: Count("pk", filter=in_state_on(state, today)) for state in Enrolment.State}
    )
    return count, hers.filter(person__synthetic=True).exists()
