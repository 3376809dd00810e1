"""What Wagtail's admin asks us: the menu and the look."""

from functools import partial

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from trenza.apps.people.api import Permission
from trenza.portals.office.access import may


class PermittedMenuItem(MenuItem):
    """An item for whoever holds a permission somewhere."""

    def __init__(self, label: str | Promise, view: str, permission: Permission, *, icon_name: str, order: int) -> None:
        super().__init__(label, reverse(view), name=view, icon_name=icon_name, order=order)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request, self.permission)


def items() -> list[tuple[str | Promise, str, Permission, str]]:
    """The menu: what it says, where it leads, who sees it, and its icon."""
    return [
        (_("Today"), "wagtailadmin_home", Permission.OFFICE_ENTER, "home"),
        (_("What I teach"), "trainer_today", Permission.SESSION_KEEP, "clipboard-list"),
        (_("Programmes"), "office_programmes", Permission.DEFINITION_READ, "doc-full"),
        (_("Calls"), "office_calls", Permission.CALL_READ, "calendar"),
        (_("Applications"), "office_applications", Permission.APPLICATION_READ, "form"),
        (_("Second looks"), "office_appeals", Permission.APPLICATION_AWARD, "help"),
        (_("Awards"), "office_awards", Permission.APPLICATION_READ, "pick"),
        (_("Parts of scholarships"), "office_parts", Permission.APPLICATION_READ, "check"),
        (_("Enrolments"), "office_enrolments", Permission.ENROLMENT_READ, "tasks"),
        (_("Sessions"), "office_sessions", Permission.SESSION_READ, "date"),
        (_("Certificates"), "office_credentials", Permission.CREDENTIAL_READ, "success"),
        (_("From other places"), "office_externals", Permission.CREDENTIAL_READ, "upload"),
        (_("NetAcad"), "office_netacad", Permission.PERSON_IMPORT, "download"),
        (pgettext_lazy("menu", "Issuing"), "office_templates", Permission.CREDENTIAL_READ, "success"),
        (_("To endorse"), "office_endorsing", Permission.CREDENTIAL_ENDORSE, "pick"),
        (_("People"), "office_persons", Permission.PERSON_READ, "group"),
        (_("Here twice?"), "office_duplicates", Permission.PERSON_MERGE, "group"),
        (_("Guardians"), "office_guardians", Permission.GUARDIAN_CHECK, "user"),
        (_("Bring in people"), "office_import_new", Permission.PERSON_IMPORT, "download"),
        (_("Centres"), "office_centres", Permission.PLACE_READ, "site"),
        (_("Inquiries"), "office_inquiries", Permission.INQUIRY_READ, "help"),
        (_("Not counted"), "office_uncounted", Permission.PHONE_HELP, "warning"),
        (_("Team"), "office_team", Permission.TEAM_READ, "user"),
        (_("Courses"), "office_courses", Permission.OFFICE_ENTER, "doc-full"),
    ]


def our_look() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("office/office.css"))


for position, (label, name, permission, icon) in enumerate(items()):
    hooks.register(
        "register_office_menu_item",
        partial(PermittedMenuItem, label, name, permission, icon_name=icon, order=100 * position),
    )


def our_behaviour() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("office/lists.js"))


hooks.register("insert_global_admin_css", our_look)
hooks.register("insert_global_admin_js", our_behaviour)
