"""The keys with which organisations sign: to look at. They are made at the command line, where their files are."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from trenza.apps.credentials.api import did_of, key_programmes, readable_keys, state_of_key, waiting_for_keys
from trenza.portals.office.access import viewer_of
from trenza.portals.office.roles import OfficePage
from trenza.portals.office.words import KEY_FILES


class KeysPage(OfficePage):
    """Each key: whose, since when, whether it signs still, and whether its private half can be read here."""

    template_name = "office/issuing/keys.html"
    header_icon = "key"

    def get_page_title(self) -> str:
        return _("Keys that sign")

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("office_templates"), "label": _("Issuing certificates")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = readable_keys.which(viewer_of(self.request)).select_related("organisation__programme")
        found = list(rows.order_by("organisation__programme__name", "organisation__position", "-created_at"))
        programmes = set(key_programmes.which(viewer_of(self.request)).values_list("pk", flat=True))
        return super().get_context_data(
            rows=[(each, did_of(each.organisation), KEY_FILES[state_of_key(each)]) for each in found],
            unsigned=[each for each in waiting_for_keys() if each.programme.pk in programmes],
            **kwargs,
        )
