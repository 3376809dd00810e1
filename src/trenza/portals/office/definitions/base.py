"""What the pages of definitions share: whose programme it is, what she works on, the path above the page."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from trenza.apps.people.api import Person
from trenza.apps.programmes.api import (
    DefinitionVersion,
    Programme,
    editable_definitions,
    readable_definitions,
)
from trenza.core.access import Rule
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.office.access import viewer_of
from trenza.portals.office.definitions.working import Working, working_of


class DefinitionPage(WagtailAdminTemplateMixin, TemplateView):
    """A page about one programme's definition, which the viewer may read; any other is not there."""

    rule: ClassVar[Rule[Person | None, Programme]] = readable_definitions
    header_icon = "doc-full"
    title: ClassVar[Any] = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.viewer = viewer_of(request)
        self.programme: Programme = get_object_or_404(self.rule.which(self.viewer), pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.title)

    def between(self) -> Sequence[tuple[str, str]]:
        """What stands in the path between the programme and this page: addresses and words."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        crumbs = [
            (reverse("office_programmes"), _("Programmes")),
            (reverse("office_programme", args=[self.programme.pk]), self.programme.name),
            *self.between(),
        ]
        path = [{"url": url, "label": label} for url, label in crumbs]
        return [*self.breadcrumbs_items, *path, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(programme=self.programme, **kwargs)
        context["demonstration"] = demonstration_everywhere()
        return context


class EditingPage(DefinitionPage):
    """A page on which she edits."""

    rule = editable_definitions

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.working: Working = working_of(self.programme, self.viewer)

    def between(self) -> Sequence[tuple[str, str]]:
        return [(reverse("office_definition", args=[self.programme.pk]), _("Edit"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(working=self.working, who_came_between=who(self.working.latest), **kwargs)


def who(version: DefinitionVersion) -> str:
    """Who made a version, and when, in words."""
    name = version.loaded_by.name if version.loaded_by else _("the system")
    return f"{name} · {date_format(version.loaded_at, 'SHORT_DATETIME_FORMAT')}"


def posted_number(request: HttpRequest, name: str) -> int:
    """A number that a form carries; 0 where it makes no sense."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
