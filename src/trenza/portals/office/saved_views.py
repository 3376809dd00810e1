"""Saved views: how somebody looks at a list, under a name; above the list, and a page to change each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trenza.apps.people.api import SavedView, delete_view, own_views, save_view, update_view, visible_views
from trenza.portals.office.access import viewer_of
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.words import LISTS

if TYPE_CHECKING:
    from trenza.portals.office.listing import Listing


@dataclass(frozen=True)
class Shown:
    """A view as a link above its list."""

    view: SavedView
    url: str
    current: bool
    own: bool


def context(listing: "Listing") -> dict[str, Any]:
    """What a list shows of its saved views: hers and those that are shared. One query."""
    if listing.results_only:
        return {}
    now = sorted(parse_qsl(urlsplit(listing.address()).query))
    shown = [
        Shown(
            view,
            f"{listing.index_url}?{view.query}" if view.query else str(listing.index_url),
            sorted(parse_qsl(view.query)) == now,
            view.person_id == listing.viewer.pk,
        )
        for view in visible_views.which(listing.viewer).filter(list=listing.code)
    ]
    return {"views": shown, "view_query": urlsplit(listing.address()).query, "list_code": listing.code}


class ViewForm(forms.Form):
    """A name, and whether everybody in the office sees it."""

    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=60)
    shared = forms.BooleanField(label=gettext_lazy("Everybody in the office sees it"), required=False)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep how she looks at a list."""
    code = request.POST.get("list", "")
    if code not in LISTS:
        return redirect("wagtailadmin_home")
    query = request.POST.get("query", "")
    form = ViewForm(request.POST)
    back = reverse(f"office_{code}") + (f"?{query}" if query else "")
    if not form.is_valid():
        messages.error(request, _("Give the view a name of at most 60 letters."))
        return redirect(back)

    def act() -> str:
        view = save_view(list=code, query=query, by=viewer_of(request), **form.cleaned_data)
        return _("The view “%(name)s” is saved.") % {"name": view.name}

    return carry_out(request, act, back=back)


class SavedViewPage(Detail):
    """One of her views: call it otherwise, share it, remove it."""

    rule = own_views
    template_name = "office/saved_view.html"
    header_icon = "view"

    def get_page_title(self) -> str:
        return str(self.object.name)

    def list_crumb(self) -> dict[str, Any]:
        code = self.object.list
        return {"url": reverse(f"office_{code}"), "label": LISTS[code]}

    def is_synthetic(self) -> bool:
        return False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {"name": self.object.name, "shared": self.object.shared_at is not None}
        return super().get_context_data(**{"form": ViewForm(initial=given), **kwargs})

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Keep what she changed."""
        form = ViewForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))

        def act() -> str:
            view = update_view(view=self.object, by=self.viewer, **form.cleaned_data)
            return _("The view “%(name)s” is saved.") % {"name": view.name}

        return carry_out(request, act, back=reverse(f"office_{self.object.list}") + f"?{self.object.query}")


@require_POST
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove one of her views."""
    viewer = viewer_of(request)
    view: SavedView = found(own_views, viewer, pk)

    def act() -> str:
        delete_view(view=view, by=viewer)
        return _("The view is removed.")

    return carry_out(request, act, back=reverse(f"office_{view.list}"))
