"""What the pages of one row share, and how an action is carried out from one."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from trenza.apps.people.api import Person
from trenza.core.access import Rule
from trenza.core.errors import DomainError, NotAllowed
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.office.access import viewer_of
from trenza.portals.office.words import refusal


class Detail(WagtailAdminTemplateMixin, TemplateView):
    """The page of one row that the viewer may read; any other is not there."""

    rule: ClassVar[Rule[Person | None, Any]]
    related: ClassVar[tuple[str, ...]] = ()

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.viewer = viewer_of(request)
        self.object = found(self.rule, self.viewer, kwargs["pk"], *self.related)

    def list_crumb(self) -> dict[str, Any]:
        """The list that this page belongs to, for the path above it."""
        raise NotImplementedError

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, self.list_crumb(), {"url": "", "label": self.get_page_title()}]

    def is_synthetic(self) -> bool:
        """Whether the page is about somebody made up."""
        return bool(self.object.person.synthetic)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(object=self.object, **kwargs)
        context["demonstration"] = demonstration_everywhere() or self.is_synthetic()
        return context


def found(rule: Rule[Person | None, Any], viewer: Person, pk: UUID, *related: str) -> Any:
    """The row, if the viewer may read it; else it is not there."""
    return get_object_or_404(rule.which(viewer).select_related(*related), pk=pk)


def carry_out(request: HttpRequest, act: Callable[[], str | Promise], *, back: str) -> HttpResponse:
    """Call an action, say what came of it (`act` returns the sentence), and go back.

    What she may not do to this row answers as if it were not there.
    """
    try:
        sentence = act()
    except NotAllowed as error:
        raise Http404 from error
    except DomainError as error:
        messages.error(request, str(refusal(error)))
    else:
        messages.success(request, str(sentence))
    return redirect(back)
