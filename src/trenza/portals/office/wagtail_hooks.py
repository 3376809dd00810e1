"""What Wagtail's admin asks us: the menu and the look."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from trenza.apps.people.api import Permission
from trenza.portals.office.access import may


class PermittedMenuItem(MenuItem):
    """An item for whoever holds a permission somewhere."""

    def __init__(self, label: str | Promise, url: str, permission: Permission, *, icon_name: str, order: int) -> None:
        super().__init__(label, url, name=url.strip("/").replace("/", "-"), icon_name=icon_name, order=order)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request, self.permission)


def home_item() -> MenuItem:
    return PermittedMenuItem(
        _("Today"), reverse("wagtailadmin_home"), Permission.OFFICE_ENTER, icon_name="home", order=100
    )


def our_look() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("office/office.css"))


hooks.register("register_office_menu_item", home_item)
hooks.register("insert_global_admin_css", our_look)
