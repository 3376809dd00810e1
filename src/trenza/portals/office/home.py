"""The first page of the office: what needs somebody today."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from trenza.apps.admissions.api import Application, readable_applications
from trenza.apps.people.api import Permission, Person, reach_of
from trenza.apps.programmes.api import visible_enrolments
from trenza.core.models import SetAside, Task
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.office.access import may, viewer_of

MOST_CALLS = 10


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody, and where to do it. Without `url` it is done at the command line."""

    sentence: str
    url: str = ""


class HomeView(WagtailAdminTemplateMixin, TemplateView):
    """What waits for somebody in her scope, and how many are enrolled and have completed."""

    template_name = "office/home.html"
    header_icon = "home"

    def get_page_title(self) -> str:
        return _("Today")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = viewer_of(self.request)
        numbers, synthetic = enrolled(viewer) if may(self.request, Permission.ENROLMENT_READ) else ({}, False)
        waiting = [*applications_waiting(self.request, viewer), *entries_waiting(viewer)]
        context: dict[str, Any] = super().get_context_data(waiting=waiting, numbers=numbers, **kwargs)
        context["demonstration"] = demonstration_everywhere() or synthetic
        return context


def applications_waiting(request: HttpRequest, viewer: Person) -> list[Waiting]:
    """Calls with applications that wait for a place, minors without a guardian, people who need help. Two queries."""
    if not may(request, Permission.APPLICATION_READ):
        return []
    hers = readable_applications.which(viewer).filter(call__retired_at=None).order_by()
    state = Application.State
    calls = (
        hers.filter(state=state.SUBMITTED)
        .values_list("call", "call__name", "call__programme__name")
        .annotate(n=Count("pk"))
        .order_by("-n", "call__name")[:MOST_CALLS]
    )
    found = [
        Waiting(
            ngettext(
                "%(n)s application to “%(call)s” (%(programme)s) waits for a place.",
                "%(n)s applications to “%(call)s” (%(programme)s) wait for a place.",
                n,
            )
            % {"n": n, "call": name, "programme": programme},
            reverse("office_call", args=[call]),
        )
        for call, name, programme, n in calls
    ]
    count = hers.aggregate(
        minors=Count("pk", filter=Q(state=state.WAITING_GUARDIAN)), help=Count("pk", filter=Q(state=state.NEEDS_HELP))
    )
    if n := count["minors"]:
        words = ngettext("%(n)s minor waits for her guardian.", "%(n)s minors wait for their guardians.", n)
        found.append(Waiting(words % {"n": n}, in_state(state.WAITING_GUARDIAN)))
    if n := count["help"]:
        words = ngettext(
            "%(n)s person needs help before she can be awarded a place.",
            "%(n)s people need help before they can be awarded a place.",
            n,
        )
        found.append(Waiting(words % {"n": n}, in_state(state.NEEDS_HELP)))
    return found


def entries_waiting(viewer: Person) -> list[Waiting]:
    """What the journal could not do, for whoever looks after the whole installation. Two queries."""
    if not reach_of(viewer, Permission.OFFICE_ENTER).everything:
        return []
    found = []
    if n := Task.objects.filter(dead_at__isnull=False).count():
        words = ngettext(
            "%(n)s task failed too often and was given up.", "%(n)s tasks failed too often and were given up.", n
        )
        found.append(Waiting(words % {"n": n}))
    if n := SetAside.objects.count():
        words = ngettext("%(n)s entry from a device was set aside.", "%(n)s entries from devices were set aside.", n)
        found.append(Waiting(words % {"n": n}))
    return found


def enrolled(viewer: Person) -> tuple[dict[str, int], bool]:
    """How many enrolments and completions are in her scope, and whether some are of people made up. One query."""
    count = visible_enrolments.which(viewer).aggregate(
        enrolments=Count("pk"), completions=Count("completion"), synthetic=Count("pk", filter=Q(person__synthetic=True))
    )
    synthetic = count.pop("synthetic")
    return count, bool(synthetic)


def in_state(state: str) -> str:
    """The list of applications in one state."""
    return f"{reverse('office_applications')}?{urlencode({'state': state})}"
