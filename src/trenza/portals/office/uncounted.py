"""What phones sent and could not be counted: why, and the decision where there is one to make."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from trenza.apps.people.api import decide_uncounted, uncounted
from trenza.core.errors import NotAllowed
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.office.access import viewer_of
from trenza.portals.office.words import Words

_DAMAGED: Final = gettext_lazy("It arrived damaged, or was changed on its way, and cannot be read.")
_STRANGE: Final = gettext_lazy("It does not fit what she may do, and cannot be counted.")
_NEWER: Final = gettext_lazy("Her phone has a newer version than we. It counts by itself once ours is as new.")
REASONS: Final[Mapping[str, Words]] = {
    "access_revoked": gettext_lazy(
        "It came after that phone had lost its access. If she did it before, or it was she, let it count."
    ),
    "unknown_kind": _NEWER,
    "unknown_act": _NEWER,
    "unknown_lesson": gettext_lazy("It is of a lesson that is not here yet. It counts by itself once it is."),
    "unknown_session": gettext_lazy("It is of a session that is not here yet. It counts by itself once it is."),
    "not_hers": gettext_lazy("It is about somebody who was in no session of hers when it arrived."),
    "secret_lost": gettext_lazy("The key of that phone was lost here. Whoever looks after the server may know why."),
    "same_identity_other_content": gettext_lazy(
        "That phone sent something else under the same number before. What came first counts."
    ),
    "bad_time": gettext_lazy("The clock of that phone shows a day that cannot be. Set it right."),
    "cannot_open": _DAMAGED,
    "malformed": _DAMAGED,
    "wrong_count": _DAMAGED,
    "too_large": _DAMAGED,
    "bad_sequence": _DAMAGED,
}


class UncountedPage(WagtailAdminTemplateMixin, TemplateView):
    """The bundles, what waits for a decision first."""

    template_name = "office/uncounted.html"
    header_icon = "warning"

    def get_page_title(self) -> str:
        return _("Not counted")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bundles = uncounted(viewer_of(self.request))
        context: dict[str, Any] = super().get_context_data(
            bundles=[(each, REASONS.get(each.reason, _STRANGE)) for each in bundles], **kwargs
        )
        context["demonstration"] = demonstration_everywhere() or any(each.profile.person.synthetic for each in bundles)
        return context


@require_POST
def decide(request: HttpRequest, device: UUID) -> HttpResponse:
    """Let a bundle count, or leave it out."""
    decision = request.POST.get("decision")
    if decision not in ("count", "discard"):
        raise Http404
    try:
        decided = decide_uncounted(
            profile=device,
            reason=request.POST.get("reason", "").replace("\0", "")[:60],  # which PostgreSQL refuses
            counts=decision == "count",
            by=viewer_of(request),
        )
    except NotAllowed as error:
        raise Http404 from error
    if decision == "count":
        said = ngettext("%(n)s thing counts now.", "%(n)s things count now.", decided.done)
    else:
        said = ngettext("%(n)s thing was left out.", "%(n)s things were left out.", decided.done)
    messages.success(request, said % {"n": decided.done})
    if decided.left:
        left = ngettext("%(n)s waits still: press again.", "%(n)s wait still: press again.", decided.left)
        messages.warning(request, left % {"n": decided.left})
    return redirect("office_uncounted")
