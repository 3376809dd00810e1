"""Who she is here: her roles, in the sentences that describe them."""

from typing import Any

from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from trenza.apps.people.api import ROLES
from trenza.portals.office.access import viewer_of


class AccountView(WagtailAdminTemplateMixin, TemplateView):
    """What Wagtail calls the account. She changes her data where everybody does, not here."""

    template_name = "office/account.html"
    header_icon = "user"

    def get_page_title(self) -> str:
        return _("Your roles")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = viewer_of(self.request)
        codes = viewer.role_grants.filter(withdrawn_at=None).values_list("role", flat=True)
        context: dict[str, Any] = super().get_context_data(
            person=viewer, roles=[ROLES[code] for code in sorted(set(codes) & ROLES.keys())], **kwargs
        )
        return context
