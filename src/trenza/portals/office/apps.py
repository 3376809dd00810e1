"""The office: lists and actions for the team, in Wagtail's admin."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "trenza.portals.office"
    label = "office"
    verbose_name = _("Office")

    def ready(self) -> None:
        # Wagtail is ready only now. Its menus ask our hooks and not its own: pages, settings and reports are not used,
        # and asking whether she may see them costs queries on every page.
        from wagtail.admin.menu import admin_menu
        from wagtail.admin.search import admin_search_areas

        admin_menu.register_hook_name = "register_office_menu_item"
        admin_search_areas.register_hook_name = "register_office_search_area"
