"""Sentences of Wagtail's on our pages that its own Spanish lacks: named here, our catalogue translates them."""

from typing import Final

from django.utils.translation import gettext_noop as _

WAGTAILS: Final = (
    _("any"),
    _("item"),
    _("items"),
    _("There are no results."),
    _("Go to the first error"),
    _("Show filters"),
    _("Filter by"),
)
