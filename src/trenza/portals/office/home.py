"""The first page of the office: what needs somebody today."""

from typing import Any

from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin


class HomeView(WagtailAdminTemplateMixin, TemplateView):
    """What waits for somebody in her scope, and how many are enrolled and have completed."""

    template_name = "office/home.html"
    header_icon = "home"

    def get_page_title(self) -> str:
        return _("Today")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context
